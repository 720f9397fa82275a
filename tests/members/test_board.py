"""The board on a day: who sits in it, for whom, the deputies in their order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.board import DEPUTY, ORDINARY, POST_NAMES, Seat, board_on, in_force
from members.models import Post

TODAY = date(2021, 5, 1)
KASSAN, KOMMUNEN, REGIONEN = "Försäkringskassan", "Norrby kommun", "Region Norr"


def seat(post: str, *members: str, **more) -> Seat:
    return Seat(post, frozenset(members), **more)


def shown(*seats: Seat, members: tuple[str, ...] = (KASSAN, KOMMUNEN), day: date = TODAY):
    """The board as rows of text: who appoints, ledamot, ersättare."""
    return [
        (group.name, *(each.person if each else "" for each in pair))
        for group in board_on(members, seats, day).groups
        for pair in group.rows
    ]


def test_ledamoter_stand_beside_ersattare_in_the_order_of_the_members():
    assert shown(
        seat("deputy", KOMMUNEN, person="Bo"),
        seat("ordinary", KOMMUNEN, person="Karin"),
        seat("ordinary", KASSAN, person="Li"),
        seat("deputy", KASSAN, person="Eva"),
    ) == [(KASSAN, "Li", "Eva"), (KOMMUNEN, "Karin", "Bo")]


def test_deputies_stand_in_the_order_they_serve_those_without_one_last():
    assert shown(
        seat("deputy", KASSAN, person="utan"),
        seat("deputy", KASSAN, person="andra", order=2),
        seat("deputy", KASSAN, person="första", order=1),
        members=(KASSAN,),
    ) == [(KASSAN, "", "första"), (KASSAN, "", "andra"), (KASSAN, "", "utan")]


def test_who_presides_stands_first():
    rows = shown(
        seat("ordinary", KASSAN, person="Li"),
        seat("vice_chair", KASSAN, person="Bo"),
        seat("chair", KASSAN, person="Karin"),
        members=(KASSAN,),
    )
    assert [row[1] for row in rows] == ["Karin", "Bo", "Li"]


def test_a_member_without_anybody_has_an_empty_row_and_lacks_both():
    (group,) = board_on([KASSAN], [], TODAY).groups
    assert group.rows == [(None, None)]
    assert (group.lacks_ordinary, group.lacks_deputy) == (True, True)


def test_members_who_appoint_together_have_one_group_and_none_of_their_own():
    assert shown(seat("ordinary", KASSAN, KOMMUNEN, person="Li")) == [(f"{KASSAN} och {KOMMUNEN}", "Li", "")]


def test_seats_of_nobody_known_stand_last_and_lack_nothing():
    board = board_on([KASSAN], [seat("ordinary"), seat("ordinary", KASSAN)], TODAY)
    assert [group.members for group in board.groups] == [(KASSAN,), ()]
    assert not board.groups[-1].lacks_deputy


def test_a_source_that_says_only_the_number():
    board = board_on([KASSAN], [seat("ordinary", KASSAN, key=1), seat("deputy", KASSAN, key=2)], TODAY)
    assert board.nameless
    assert board.size == "1 ledamot och 1 ersättare"
    assert [each.name for each in board.ordinary] == ["ledamot för Försäkringskassan"]
    assert not board_on([KASSAN], [seat("ordinary", KASSAN, person="Li")], TODAY).nameless
    assert not board_on([KASSAN], [], TODAY).nameless


def test_who_served_before_and_who_will_are_kept_apart():
    board = board_on(
        [KASSAN],
        [
            seat("ordinary", KASSAN, person="nu", starts="2019", ends="2023"),
            seat("ordinary", KASSAN, person="förra", starts="2015", ends="2018"),
            seat("ordinary", KASSAN, person="nästa", starts="2023-04"),
            seat("ordinary", KASSAN, person="först", ends="2014"),
        ],
        TODAY,
    )
    assert [each.person for each in board.ordinary] == ["nu"]
    assert [each.person for each in board.earlier] == ["förra", "först"]
    assert [each.person for each in board.later] == ["nästa"]


def test_an_employee_at_the_board_is_neither_ledamot_nor_ersattare():
    board = board_on([KASSAN], [seat("staff", KASSAN, title="Sekreterare")], TODAY)
    assert (board.ordinary, board.deputies) == ([], [])
    assert [each.title for each in board.others] == ["Sekreterare"]


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        ("2021-05-01", "", True),
        ("2021-05-02", "", False),
        ("", "2021-05-01", True),
        ("", "2021-04-30", False),
        ("2021", "2021", True),  # as far as it is known
        ("2021-06", "", False),
    ],
)
def test_a_period_holds_its_first_and_its_last_day(starts, ends, holds):
    assert in_force(starts, ends, TODAY) is holds


def test_the_posts_are_called_what_the_forms_call_them():
    assert dict(Post.choices) == POST_NAMES


dates = st.sampled_from(["", "2019", "2020-06", "2021-05-01", "2022", "2023-03-31"])
seats = st.lists(
    st.builds(
        Seat,
        post=st.sampled_from(sorted(POST_NAMES)),
        members=st.frozensets(st.sampled_from([KASSAN, KOMMUNEN, REGIONEN, "Utträdda kommunen"]), max_size=2),
        starts=dates,
        ends=dates,
        key=st.uuids().map(lambda number: number.int),
        order=st.one_of(st.none(), st.integers(1, 4)),
    ).filter(lambda each: not each.starts or not each.ends or each.starts[:4] <= each.ends[:4]),
    max_size=12,
)
days = st.dates(date(2018, 1, 1), date(2024, 12, 31))


@given(seats, days)
def test_every_seat_stands_in_one_place_and_no_member_is_forgotten(seats, day):
    members = [KASSAN, KOMMUNEN, REGIONEN]
    board = board_on(members, seats, day)
    placed = [*board.ordinary, *board.deputies, *board.others, *board.earlier, *board.later]
    assert sorted(each.key for each in placed) == sorted(each.key for each in seats)
    assert all(each.held_on(day) for each in (*board.ordinary, *board.deputies, *board.others))
    assert {each.post for each in board.deputies} <= {DEPUTY}
    assert {each.post for each in board.ordinary} <= set(ORDINARY)
    assert set(members) <= {member for group in board.groups for member in group.members}
    for group in board.groups:
        assert len(group.rows) == max(len(group.ordinary), len(group.deputies), 1)
        orders = [each.order for each in group.deputies if each.order is not None]
        assert orders == sorted(orders)
