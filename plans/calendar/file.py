"""The calendar of a plan as a file (RFC 5545), to be opened in the calendar one uses. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vText

from plans.calendar.dates import Entry, day

CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_file(name: str, identity: str, entries: Iterable[Entry], changed_at: datetime) -> bytes:
    """All that has a day, each as an event of that whole day. `identity` is the same for the same plan, so
    that a file that is opened again changes the events and adds none; `changed_at` (with time zone) is when
    what they are made of last changed."""
    made = Calendar()
    made.add("prodid", "-//Finsam//Planens kalender//SV")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", vText(name))  # the library escapes only what it knows
    for entry in entries:
        if entry.by is not None:
            made.add_component(_event(entry, name, identity, changed_at))
    return bytes(made.to_ical())


def _event(entry: Entry, name: str, identity: str, changed_at: datetime) -> Event:
    assert entry.by is not None
    event = Event()
    event.add("uid", f"{identity}-{entry.key}@finsam")
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("last-modified", changed_at.astimezone(UTC))
    event.add("dtstart", entry.by)
    event.add("dtend", entry.by + timedelta(days=1))
    event.add("summary", f"{'Senast: ' if entry.is_deadline else ''}{entry.what}")
    event.add("description", "\n".join(filter(None, (name, entry.source, _done(entry), entry.note))))
    event.add("transp", "TRANSPARENT")
    return event


def _done(entry: Entry) -> str:
    return f"Gjort {day(entry.done)}." if entry.done else ""
