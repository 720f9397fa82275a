"""Which members lack a ledamot or an ersättare on the board (FinsamL 10 §)."""

from datetime import date

import pytest

from members.board import Seat, lacking

TODAY = date(2021, 5, 1)
KASSAN, KOMMUNEN = "Försäkringskassan", "Norrby kommun"


def seat(post: str, *members: str, starts: str = "", ends: str = "") -> Seat:
    return Seat(post, frozenset(members), starts, ends)


def test_a_board_with_one_of_each_for_every_member_lacks_nothing():
    seats = [seat(post, member) for post in ("ordinary", "deputy") for member in (KASSAN, KOMMUNEN)]
    assert lacking([KASSAN, KOMMUNEN], seats, TODAY) == []


def test_what_is_lacking_is_said_for_each_member_in_order():
    seats = [seat("ordinary", KASSAN)]
    assert lacking([KASSAN, KOMMUNEN], seats, TODAY) == [
        "Försäkringskassan saknar ersättare.",
        "Norrby kommun saknar ledamot och ersättare.",
    ]


@pytest.mark.parametrize("post", ["chair", "vice_chair", "ordinary"])
def test_the_chair_is_a_ledamot_too(post):
    assert lacking([KASSAN], [seat(post, KASSAN), seat("deputy", KASSAN)], TODAY) == []


@pytest.mark.parametrize("post", ["auditor", "deputy_auditor", "director", "staff"])
def test_an_auditor_or_an_employee_is_no_ledamot(post):
    assert lacking([KASSAN], [seat(post, KASSAN)], TODAY) == [
        "Försäkringskassan saknar ledamot och ersättare."
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [
        ("2021-05-01", "", True),
        ("2021-05-02", "", False),
        ("", "2021-05-01", True),
        ("", "2021-04-30", False),
        ("2021", "2021", True),  # as far as it is known
        ("2021-06", "", False),
    ],
)
def test_only_those_who_serve_that_day_count(starts, ends, counts):
    seats = [seat("ordinary", KASSAN), seat("deputy", KASSAN, starts=starts, ends=ends)]
    assert (lacking([KASSAN], seats, TODAY) == []) is counts
