"""DEADLINE and CONSULTATION: what the law asks of how a budget is decided."""

from dataclasses import replace
from datetime import date

import pytest

from budgets.rules import Severity
from plans.decisions.afterwards import Task, appeal_ends, tasks
from plans.rules.decision import Way, check_decision

MEMBERS = ("Försäkringskassan", "Region Norr", "Norrby kommun")
IN_ORDER = Way(
    plan_year=2021,
    decided_on=date(2020, 11, 24),
    is_public=True,
    announced_on=date(2020, 11, 10),
    published_on=date(2020, 11, 10),
    consulted_on=date(2020, 9, 15),
    members=MEMBERS,
    answers=dict.fromkeys(MEMBERS, date(2020, 10, 15)),
)


def said(way: Way) -> list[tuple[str, str]]:
    return [(each.code, each.sentence) for each in check_decision(way)]


def test_nothing_is_said_of_a_decision_in_order():
    assert not said(IN_ORDER)


def test_the_last_of_november_is_in_time_and_the_day_after_is_not():
    assert not said(replace(IN_ORDER, decided_on=date(2020, 11, 30)))
    assert said(replace(IN_ORDER, decided_on=date(2020, 12, 1))) == [
        ("DEADLINE", "Budgeten för 2021 fastställs 2020-12-01. Det skulle ha skett senast 2020-11-30.")
    ]


def test_a_revised_budget_has_no_last_day():
    assert not said(replace(IN_ORDER, decided_on=date(2021, 3, 1), is_revision=True))


def test_a_plan_that_was_never_sent_for_samrad():
    sentence = "Planen har inte skickats på samråd till medlemmarna före beslutet."
    assert said(replace(IN_ORDER, consulted_on=None)) == [("CONSULTATION", sentence)]
    assert said(replace(IN_ORDER, consulted_on=date(2020, 11, 25))) == [("CONSULTATION", sentence)]


@pytest.mark.parametrize(
    ("answers", "silent"),
    [
        ({}, "Försäkringskassan, Region Norr och Norrby kommun"),
        ({"Försäkringskassan": date(2020, 10, 1), "Region Norr": date(2020, 11, 24)}, "Norrby kommun"),
        (dict.fromkeys(MEMBERS, date(2020, 11, 25)), "Försäkringskassan, Region Norr och Norrby kommun"),
    ],
    ids=["nobody", "one is silent", "after the decision"],
)
def test_members_who_have_not_answered_before_the_decision(answers, silent):
    assert said(replace(IN_ORDER, answers=answers)) == [
        ("CONSULTATION", f"{silent} har inte svarat på samrådet före beslutet.")
    ]


def test_a_meeting_that_was_not_public():
    [finding] = check_decision(replace(IN_ORDER, is_public=False))
    assert (finding.code, finding.reference) == ("CONSULTATION", "FinsamL 19 §")
    assert finding.severity is Severity.WARNING
    assert "inte offentligt" in finding.sentence


def test_a_proposal_that_was_public_too_late_or_never():
    late = replace(IN_ORDER, published_on=date(2020, 11, 11))
    assert said(late) == [
        (
            "CONSULTATION",
            "Förslaget till budget blev offentligt 2020-11-11, men sammanträdet kungjordes 2020-11-10.",
        )
    ]
    never = check_decision(replace(IN_ORDER, published_on=None))
    assert [each.reference for each in never] == ["KL (2017:725) 8 kap. 14 § via FinsamL 21 §"]


def test_a_meeting_that_nobody_announced():
    assert [sentence for _, sentence in said(replace(IN_ORDER, announced_on=None))] == [
        "Det är inte antecknat när sammanträdet kungjordes."
    ]


def test_publication_is_not_asked_of_a_plan_that_is_older_than_the_law():
    way = replace(IN_ORDER, plan_year=2017, published_on=None, decided_on=date(2016, 11, 24))
    way = replace(way, consulted_on=date(2016, 9, 1), answers=dict.fromkeys(MEMBERS, date(2016, 10, 1)))
    assert not said(replace(way, announced_on=date(2016, 11, 10)))


def test_members_who_decide_themselves_are_asked_nothing():
    assert not said(Way(2021, date(2021, 2, 1), members=MEMBERS, by_members=True))


# -- afterwards ------------------------------------------------------------------------------------------


def test_what_is_to_be_done_after_the_decision():
    decided = date(2020, 11, 24)
    assert tasks(decided, None, {}, ("Norrby kommun",)) == [
        Task("Protokollet justeras", date(2020, 12, 8)),
        Task("Justeringen tillkännages på anslagstavlan hos Norrby kommun", None),
    ]
    approved, announced = date(2020, 12, 1), {"Norrby kommun": date(2020, 12, 2)}
    assert tasks(decided, approved, announced, ("Norrby kommun",)) == [
        Task("Protokollet justeras", date(2020, 12, 8), approved),
        Task(
            "Justeringen tillkännages på anslagstavlan hos Norrby kommun",
            date(2020, 12, 3),
            date(2020, 12, 2),
        ),
    ]


def test_the_appeal_counts_from_the_last_notice_board():
    boards = ("Norrby kommun", "Region Norr")
    announced = {"Norrby kommun": date(2020, 12, 2)}
    assert appeal_ends(announced, boards) is None
    assert appeal_ends({**announced, "Region Norr": date(2020, 12, 3)}, boards) == date(2020, 12, 24)
