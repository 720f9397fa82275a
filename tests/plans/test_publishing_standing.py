"""Which versions are public, and as what: the rule itself."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from budgets.exchange.csv_writing import number
from plans.publishing.standing import (
    HERE,
    Event,
    PublicVersion,
    Status,
    VersionFacts,
    foremost,
    public_versions,
    publishable,
    why_not,
)

BEFORE, DAY, AFTER = date(2020, 11, 9), date(2020, 11, 10), date(2020, 11, 25)
ANNOUNCED = Event("meeting_announced", DAY)
PROPOSED, PUBLISHED, WITHDRAWN = (
    Event(kind, DAY, HERE) for kind in ("proposal_published", "published", "withdrawn")
)
ELSEWHERE = Event("proposal_published", DAY, "förbundets webbplats")


def version(number: int = 2, *events: Event, **changes: object) -> VersionFacts:
    """Before the board, unless `changes` say something else."""
    facts = VersionFacts(
        key=number,
        federation="gotland",
        federation_name="Gotland",
        plan_year=2021,
        number=number,
        hash="a" * 64,
        purpose="board",
        plan=1,
        plan_state="board",
        is_read_now=True,
        events=events,
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def adopted(number: int, *events: Event, **changes: object) -> VersionFacts:
    decided = {"plan_state": "adopted", "decided_on": date(2020, 11, 24), "paragraph": "45"}
    return version(number, *events, **{**decided, **changes})


def statuses(*versions: VersionFacts, today: date = AFTER) -> dict[int, str]:
    return {each.facts.number: each.status.value for each in public_versions(versions, today)}


def only(facts: VersionFacts) -> PublicVersion:
    (found,) = public_versions([facts], AFTER)
    return found


def test_nothing_is_public_that_nobody_has_published():
    assert statuses(version(2, ANNOUNCED), adopted(1)) == {}


def test_a_proposal_is_public_from_the_day_that_the_meeting_is_announced():
    assert statuses(version(2, PROPOSED)) == {}
    assert statuses(version(2, ANNOUNCED, PROPOSED), today=BEFORE) == {}
    assert statuses(version(2, ANNOUNCED, PROPOSED), today=DAY) == {2: "förslag"}


def test_the_announcement_is_of_the_plan_and_holds_for_a_version_sent_later():
    earlier = version(1, ANNOUNCED, is_read_now=False)
    assert statuses(earlier, version(2, PROPOSED)) == {2: "förslag"}
    assert statuses(replace(earlier, plan=7), version(2, PROPOSED)) == {}
    later = version(3, ANNOUNCED)
    assert statuses(version(2, PROPOSED, is_read_now=False), later) == {}, "of what was announced after it"


@pytest.mark.parametrize("state", ["draft", "consultation"])
def test_a_proposal_is_public_only_before_the_board(state):
    assert statuses(version(2, ANNOUNCED, PROPOSED, plan_state=state)) == {}


def test_what_is_sent_for_samrad_is_never_public():
    assert statuses(version(2, ANNOUNCED, PROPOSED, purpose="consultation")) == {}
    assert publishable(version(2, purpose="consultation")) is None
    assert "samråd" in why_not(version(2, purpose="consultation"))


def test_a_proposal_that_the_board_adopts_stays_until_the_adopted_plan_is_published():
    found = only(adopted(2, ANNOUNCED, PROPOSED))
    assert (found.status, found.state) == (Status.PROPOSAL, "Förslag till styrelsen (version 2)")
    found = only(adopted(2, ANNOUNCED, PROPOSED, PUBLISHED))
    assert (found.status, found.state) == (Status.ADOPTED, "Fastställd 2020-11-24 § 45 (version 2)")


def test_the_other_proposals_are_gone_once_the_plan_is_decided():
    lost = version(1, ANNOUNCED, PROPOSED, plan_state="adopted", is_read_now=False)
    assert statuses(lost, adopted(2, PROPOSED)) == {2: "förslag"}


def test_only_what_the_board_has_before_it_is_said_to_be_undecided():
    first = version(1, ANNOUNCED, PROPOSED, is_read_now=False)
    found = public_versions([first, version(2, PROPOSED)], AFTER)
    assert [each.state for each in found] == [
        "Förslag till styrelsen, inte beslutat (version 2)",
        "Förslag till styrelsen (version 1)",
    ]


def test_published_as_adopted_means_nothing_before_the_decision():
    assert statuses(version(2, ANNOUNCED, PUBLISHED)) == {}


@pytest.mark.parametrize("publish", [PROPOSED, PUBLISHED])
def test_the_latest_event_decides(publish):
    facts = adopted(2, ANNOUNCED, publish)
    assert len(statuses(facts)) == 1
    withdrawn = replace(facts, events=(*facts.events, WITHDRAWN))
    assert statuses(withdrawn) == {}
    assert len(statuses(replace(withdrawn, events=(*withdrawn.events, publish)))) == 1


def test_what_is_noted_as_published_or_withdrawn_elsewhere_changes_nothing_here():
    assert statuses(version(2, ANNOUNCED, ELSEWHERE)) == {}
    gone_elsewhere = replace(WITHDRAWN, where="Förbundets webbplats")
    assert statuses(version(2, ANNOUNCED, PROPOSED, gone_elsewhere)) == {2: "förslag"}


def test_an_earlier_proposal_stays_to_be_read_and_is_said_to_be_replaced():
    first = version(1, ANNOUNCED, PROPOSED, is_read_now=False)
    found = public_versions([first, version(2, PROPOSED)], AFTER)
    assert [(each.facts.number, each.is_replaced) for each in found] == [(2, False), (1, True)]


def test_what_was_superseded_stays_to_be_read_and_says_since_when():
    superseded = adopted(2, PUBLISHED, Event("superseded", date(2021, 3, 2)))
    found = only(superseded)
    assert (found.status, found.is_replaced) == (Status.ADOPTED, True)
    assert found.facts.superseded_on == date(2021, 3, 2)


def test_a_year_stands_for_what_was_adopted_last_before_any_proposal():
    first, second = adopted(2, PUBLISHED), adopted(4, PUBLISHED, plan=2)
    proposal = version(6, ANNOUNCED, PROPOSED, plan=3)
    assert foremost(public_versions([first, second, proposal], AFTER)).facts.number == 4
    assert foremost(public_versions([version(1), proposal], AFTER)).facts.number == 6
    assert foremost(()) is None


def test_what_may_be_published():
    assert publishable(version(2)) is Status.PROPOSAL
    assert publishable(adopted(2)) is Status.ADOPTED
    assert publishable(adopted(2, Event("superseded", AFTER))) is Status.ADOPTED
    for cannot in (version(2, plan_state="draft"), version(1, is_read_now=False)):
        assert publishable(cannot) is None
        assert why_not(cannot)
    assert not why_not(version(2))


@pytest.mark.parametrize(
    ("amount", "written"),
    [(None, ""), ("0", "0"), ("-1500.00", "-1500"), ("2162000.50", "2162000,5"), ("1000", "1000")],
)
def test_amounts_are_written_as_swedish_programs_read_them(amount, written):
    assert number(None if amount is None else Decimal(amount)) == written
