"""What the law asks of a plan and its budget, and by when. Pure.

The dates are those that the law names; a last day that falls on a Sunday is not moved here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from finsam.partial_date import PartialDate
from finsam.swedish import listed
from plans.decisions.afterwards import ANNOUNCEMENT_DAYS, APPROVAL_DAYS, appeal_ends
from plans.rules.decision import PUBLISHED_FROM, last_day

FINSAM = "FinsamL {} §"
ABOUT_PUBLISHING = "KL 8 kap. 14 §"
ABOUT_APPROVING = "KL 5 kap. 69 § och 6 kap. 35 §"
ABOUT_ANNOUNCING = "KL 8 kap. 12 §, FinsamL 19 §"
ABOUT_APPEALING = "KL 13 kap. 5 §, FinsamL 28 §"

State = Literal["done", "late", "next", "ahead", "past"]
"""past: the day has been, and there is nothing of it to tick off."""


@dataclass(frozen=True)
class Known:
    """What is known of a plan's way. `meeting_on` is the day of the meeting, held or to come, and `decided`
    whether it has decided; `consulted_on` the day the plan was first sent for samråd, `silent` how many
    members have not answered. `boards` are the members that the justering is announced with, `announced_with`
    when it was. A revision has no last day; `by_members` is a new federation's first budget."""

    plan_year: int
    consulted_on: date | None = None
    silent: int = 0
    announced_on: date | None = None
    published_on: date | None = None
    meeting_on: date | None = None
    decided: bool = False
    approved_on: date | None = None
    boards: tuple[str, ...] = ()
    announced_with: Mapping[str, date] = field(default_factory=dict)
    is_revision: bool = False
    by_members: bool = False


@dataclass(frozen=True)
class Entry:
    """One thing, by a day or, when it is not a deadline, on it; `by` is None while it is not known, and then
    `when` says it in words. `done` is the day it was done; `key` names it among the entries of a plan."""

    key: str
    what: str
    source: str
    by: date | None
    when: str = ""
    done: date | None = None
    note: str = ""
    is_deadline: bool = True
    is_task: bool = True
    """Whether it is something to do, which can be late."""
    state: State = "ahead"

    @property
    def was_late(self) -> bool:
        """Whether it was done after its last day."""
        return self.is_deadline and None not in (self.done, self.by) and self.done > self.by  # type: ignore[operator]

    @property
    def said(self) -> str:
        """When, in words: senast 30 november 2026."""
        if self.by is None:
            return self.when
        return f"senast {day(self.by)}" if self.is_deadline else day(self.by)


def day(of: date) -> str:
    """30 november 2026."""
    return str(PartialDate(of.isoformat()))


def calendar(known: Known, today: date) -> list[Entry]:
    """The entries in the order of time, each with its state that day. The first that is to come is next."""
    ordered = _in_time(replace(each, state=_state(each, today)) for each in _entries(known))
    first = next((each.key for each in ordered if each.state == "ahead"), "")
    return [replace(each, state="next") if each.key == first else each for each in ordered]


def _in_time(entries: Iterable[Entry]) -> list[Entry]:
    """By day; what has none yet stands after what comes before it on the way."""
    placed: list[tuple[date, Entry]] = []
    for entry in entries:
        placed.append((entry.by or (placed[-1][0] if placed else date.min), entry))
    return [entry for _, entry in sorted(placed, key=lambda pair: pair[0])]


def _state(entry: Entry, today: date) -> State:
    if entry.done:
        return "done"
    if entry.by is None or entry.by >= today:
        return "ahead"
    return "late" if entry.is_task else "past"


def _entries(known: Known) -> Iterator[Entry]:
    if not known.by_members:
        yield from _before(known)
    if known.meeting_on:
        meeting = "Sammanträde" if known.by_members else "Offentligt sammanträde"
        yield Entry(
            "sammantrade",
            f"{meeting} om planen för {known.plan_year}",
            FINSAM.format(23 if known.by_members else 19),
            known.meeting_on,
            done=known.meeting_on if known.decided else None,
            is_deadline=False,
        )
        yield from _after(known, known.meeting_on)
    yield Entry(
        "arsredovisning",
        f"Årsredovisningen för {known.plan_year} lämnas",
        FINSAM.format(24),
        date(known.plan_year + 1, 3, 31),
        is_task=False,
    )


def _before(known: Known) -> Iterator[Entry]:
    last = None if known.is_revision else last_day(known.plan_year)
    decided_on = known.meeting_on if known.decided else None
    yield Entry(
        "samrad",
        "Samråd med medlemmarna, före beslutet",
        FINSAM.format(23),
        known.meeting_on or last,
        when="före beslutet",
        done=known.consulted_on if known.decided or not known.silent else None,
        note=_consulted(known),
    )
    if known.plan_year >= PUBLISHED_FROM:
        yield Entry(
            "forslag",
            "Förslaget till budget är offentligt på webbplatsen, från kungörelsen av sammanträdet",
            ABOUT_PUBLISHING,
            known.announced_on or decided_on,
            when="från kungörelsen",
            done=known.published_on,
        )
    if last:
        yield Entry(
            "beslut", f"Budgeten för {known.plan_year} fastställs", FINSAM.format(23), last, done=decided_on
        )


def _consulted(known: Known) -> str:
    if known.consulted_on is None:
        return ""
    sent = f"Skickad på samråd {day(known.consulted_on)}"
    if not known.silent:
        return f"{sent}, alla har svarat."
    return f"{sent}. {known.silent} {'medlem' if known.silent == 1 else 'medlemmar'} har inte svarat."


def _after(known: Known, meeting_on: date) -> Iterator[Entry]:
    approved = known.approved_on
    yield Entry(
        "justering",
        "Protokollet justeras, inom 14 dagar från sammanträdet",
        ABOUT_APPROVING,
        meeting_on + timedelta(days=APPROVAL_DAYS),
        done=approved,
    )
    left = [name for name in known.boards if name not in known.announced_with]
    ends = appeal_ends(known.announced_with, known.boards)
    yield Entry(
        "anslag",
        "Justeringen tillkännages på varje medlemskommuns och regions anslagstavla",
        ABOUT_ANNOUNCING,
        approved + timedelta(days=ANNOUNCEMENT_DAYS) if approved else None,
        when="senast andra dagen efter justeringen",
        done=max(known.announced_with[name] for name in known.boards) if ends else None,
        note=f"Kvar: {listed(left)}." if left and known.announced_with else "",
    )
    yield Entry(
        "overklagande",
        "Tiden för att begära laglighetsprövning går ut, tre veckor från anslaget",
        ABOUT_APPEALING,
        ends,
        when="tre veckor från anslaget",
        is_deadline=False,
        is_task=False,
    )
