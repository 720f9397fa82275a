"""The law's dates of a plan: cases that a lawyer can read, what the overview shows of them, and the file."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from members.models import RoleKind
from plans.calendar.dates import Entry, Known, calendar
from plans.models import Plan, VersionEvent
from tests.members import people
from tests.members.people import client_of, with_role
from tests.members.shown_page import Element, shown
from tests.plans.adoption_world import a_plan, meeting
from tests.plans.ready_plans import in_state

CASES = tomllib.loads((Path(__file__).parent / "situations" / "calendar.toml").read_text("utf-8"))["fall"]
STATES = {"done": "gjort", "late": "försenat", "next": "härnäst", "ahead": "senare", "past": "har varit"}
MONTHS = ("", "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
          "oktober", "november", "december")  # fmt: skip
HERE = "/gotland/plan/2021/kalender.ics"


def swedish(day: date) -> str:
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def known(case: dict[str, Any]) -> Known:
    return Known(
        plan_year=case["planår"],
        consulted_on=case.get("samråd"),
        silent=case.get("utan_svar", 0),
        announced_on=case.get("kungjort"),
        published_on=case.get("förslag"),
        meeting_on=case.get("sammanträde"),
        decided=case.get("beslutat", False),
        approved_on=case.get("justerat"),
        boards=tuple(case.get("anslagstavlor", ())),
        announced_with=case.get("anslaget", {}),
        is_revision=case.get("revidering", False),
        by_members=case.get("medlemmarna", False),
    )


def in_words(entry: Entry) -> str:
    done = f" {swedish(entry.done)}" if entry.done else ""
    late = " efter sista dagen" if entry.was_late else ""
    note = f" ({entry.note})" if entry.note else ""
    return f"{STATES[entry.state]}{done}{late}, {entry.said}: {entry.what}{note}"


@pytest.mark.parametrize("case", CASES, ids=lambda each: each["namn"])
def test_case(case):
    entries = calendar(known(case), case["idag"])
    assert [in_words(each) for each in entries] == case["kalender"].strip().splitlines()


def test_each_says_which_law():
    (case,) = [each for each in CASES if each["namn"].startswith("Gotland 2021")]
    sources = {each.key: each.source for each in calendar(known(case), case["idag"])}
    assert sources == {
        "samrad": "FinsamL 23 §",
        "forslag": "KL 8 kap. 14 §",
        "beslut": "FinsamL 23 §",
        "sammantrade": "FinsamL 19 §",
        "justering": "KL 5 kap. 69 § och 6 kap. 35 §",
        "anslag": "KL 8 kap. 12 §, FinsamL 19 §",
        "overklagande": "KL 13 kap. 5 §, FinsamL 28 §",
        "arsredovisning": "FinsamL 24 §",
    }


def test_at_most_one_is_next_on_every_day_of_two_years():
    for case in CASES:
        for days in range(-300, 400):
            day = case["idag"] + timedelta(days=days)
            entries = calendar(known(case), day)
            assert sum(each.state == "next" for each in entries) <= 1
            assert all(each.by and each.by < day for each in entries if each.state in ("late", "past"))
            assert all(each.by is None or each.by >= day for each in entries if each.state == "ahead")


# -- the overview ------------------------------------------------------------------------------------


@pytest.fixture
def plan(db: None) -> Plan:
    return in_state(a_plan(), "board")


def reader(plan: Plan, kind: RoleKind = RoleKind.OBSERVER) -> Client:
    return client_of(with_role(plan.federation, kind))


def shown_calendar(client: Client) -> Element:
    return shown(client.get("/gotland/")).one("section", css="calendar")


def happened(plan: Plan, kind: str, on: date, where: str = "") -> None:
    now = timezone.now()
    VersionEvent.objects.create(
        version=plan.version, kind=kind, on=on, where=where, at=now, by=plan.version.made_by, by_name="Karin"
    )


@pytest.mark.parametrize("kind", RoleKind)
def test_the_overview_has_what_is_next_first_and_what_has_been_folded(plan, kind):
    today = timezone.localdate()
    meeting(plan, on=today + timedelta(days=5), announced_on=today)
    happened(plan, "proposal_published", today)
    page = shown_calendar(reader(plan, kind))
    words = [each.one("p", css="when").text for each in page.one("ol", css="coming").all("li")]
    assert words[0] == f"senast {swedish(today + timedelta(days=5))}"
    assert "Härnäst. Samråd med medlemmarna" in page.one("ol", css="coming").all("li")[0].text
    (late,) = page.all("li", css="late")
    assert "Försenat. Budgeten för 2021 fastställs." in late.text and late.one("svg", css="warning")
    folded = page.one("details")
    assert "Det som har varit (2)" in folded.one("summary").text
    assert f"Gjort {swedish(today)}." in folded.text and "Årsredovisningen för 2021" in folded.text
    assert page.one("a", href=HERE).attributes["download"] == ""


def test_from_the_calendar_one_comes_to_where_the_proposal_is_noted_until_it_is(plan):
    way = "/gotland/plan/2021/beslut/?anteckna=proposal_published#anteckna"

    def ways(kind: RoleKind) -> list[str]:
        return [link.href for link in shown_calendar(reader(plan, kind)).all("a")]

    assert way in ways(RoleKind.CHAIR)
    assert way not in ways(RoleKind.BOARD_MEMBER)
    happened(plan, "proposal_published", timezone.localdate())
    assert way not in ways(RoleKind.CHAIR)


def test_the_overview_without_a_plan_has_no_calendar(db):
    federation = people.federation("lund")
    assert not shown(client_of(with_role(federation)).get("/lund/")).all("section", css="calendar")


# -- the file ----------------------------------------------------------------------------------------


def events(content: bytes) -> dict[str, Any]:
    """The events of a calendar file by their uid, read by the library."""
    found = {str(each["uid"]): each for each in Calendar.from_ical(content).walk("VEVENT")}
    assert len(found) == content.count(b"BEGIN:VEVENT")
    return found


def test_the_file_has_each_day_as_an_event_of_that_whole_day(plan):
    meeting(plan)  # 24 November 2020
    answer = reader(plan).get(HERE)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="gotland-plan-2021.ics"'
    days = {uid: each["dtstart"].dt for uid, each in events(answer.content).items()}
    assert days == {
        "gotland-2021-0-samrad@finsam": date(2020, 11, 24),
        "gotland-2021-0-forslag@finsam": date(2020, 11, 10),
        "gotland-2021-0-beslut@finsam": date(2020, 11, 30),
        "gotland-2021-0-sammantrade@finsam": date(2020, 11, 24),
        "gotland-2021-0-justering@finsam": date(2020, 12, 8),
        "gotland-2021-0-arsredovisning@finsam": date(2022, 3, 31),
    }
    decision = events(answer.content)["gotland-2021-0-beslut@finsam"]
    assert decision["dtend"].dt == date(2020, 12, 1)
    assert decision["summary"] == "Senast: Budgeten för 2021 fastställs"
    assert decision["description"] == "Gotland, plan 2021\nFinsamL 23 §"
    assert b"DTSTART;VALUE=DATE:20201130\r\n" in answer.content


def test_the_file_is_the_same_until_something_has_happened(plan):
    client = reader(plan)
    first = client.get(HERE).content
    assert client.get(HERE).content == first
    stamped = {each["dtstamp"].dt for each in events(first).values()}
    assert stamped == {plan.state_since.astimezone(UTC).replace(microsecond=0)}
    meeting(plan)
    later = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
    VersionEvent.objects.create(
        version=plan.version,
        kind="proposal_published",
        on=date(2020, 11, 10),
        at=later,
        by=plan.version.made_by,
        by_name="Karin",
    )
    after = events(client.get(HERE).content)
    assert events(first).keys() < after.keys()
    assert {each["dtstamp"].dt for each in after.values()} == {later}
    assert "Gjort 10 november 2020." in after["gotland-2021-0-forslag@finsam"]["description"]


def test_the_file_is_written_as_the_standard_says(plan):
    plan.federation.short_name = "Gotland, norra; \\södra\nBEGIN:VALARM"
    plan.federation.save()
    content = reader(plan).get(HERE).content
    lines = content.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert not [line for line in lines if line.startswith(b"BEGIN:VALARM")]
    described = {str(each["description"]).splitlines()[0] for each in events(content).values()}
    assert described == {"Gotland, norra; \\södra"}
    content.decode("utf-8")


def test_a_stranger_finds_no_file(plan):
    assert reader(a_plan("lund")).get(HERE).status_code == 404
    assert reader(plan).get("/gotland/plan/2022/kalender.ics").status_code == 404
