"""Undo and redo through a whole sitting: one's own changes in order, never over somebody else's."""

import random
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from budgets.editing.amounts import set_amount, set_note
from budgets.editing.change import ConflictError, make_change
from budgets.editing.lines import add_line, add_year, edit_line, remove_line, remove_year
from budgets.editing.remembered import STATES
from budgets.editing.steps import Table
from budgets.editing.undo import NothingLeftError, redo, step_of, undo, undoable
from budgets.exchange.budget_file import read as read_file
from budgets.exchange.budget_file import write as write_file
from budgets.models import Change, ChangeStep
from budgets.reading import read_sheet
from tests.budgets.editing.random_changes import Dice
from tests.budgets.editing.sittings import (
    author_of,
    budget_of,
    empty_cells,
    fresh,
    line_named,
    make,
    rowless_groups,
    rows_in_all,
    same_rows,
    state_of,
    years_of,
)
from tests.budgets.editing.test_changes import COLUMN, COST, JOBB, STATE, amount, was

pytestmark = pytest.mark.django_db


def typed(name: str, column: int, kronor: str):
    return lambda state: set_amount(state, *was(state, name, column), Decimal(kronor))


# -- a long sitting ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "seed", [*range(3), *[pytest.param(n, marks=pytest.mark.soak) for n in range(3, 60)]]
)
def test_a_long_sitting_of_all_kinds_of_changes_leads_back_to_where_it_began(seed):
    budget = budget_of("gotland")
    author, dice, chance = author_of(budget), Dice(seed), random.Random(seed)
    original, counted = state_of(budget), rows_in_all(budget)
    undo_pile, redo_pile = [original], []  # the states that undo and redo lead to, as this test counts them
    now = original
    for _ in range(60):
        way = chance.random()
        if way < 0.2 and len(undo_pile) > 1:
            now_expected = undo_pile[-2]
            made = undo(fresh(budget), author)
            redo_pile.append(undo_pile.pop())
        elif way < 0.35 and redo_pile:
            now_expected = redo_pile.pop()
            made = redo(fresh(budget), author)
            undo_pile.append(now_expected)
        else:
            if not (steps := dice.steps(now)):
                continue
            made = make_change(fresh(budget), author, Change.Action.AMOUNT, steps)
            now_expected = made.after
            undo_pile.append(now_expected)
            redo_pile.clear()
        now = state_of(budget)
        assert now == made.after
        assert same_rows(now, now_expected)
        assert not empty_cells(budget)
    assert not rowless_groups(budget)
    sheet = read_sheet(fresh(budget))
    assert read_file(write_file(sheet).encode()).columns  # what was made can be written and read

    while len(undo_pile) > 1:
        undo(fresh(budget), author)
        undo_pile.pop()
        assert same_rows(state_of(budget), undo_pile[-1])
    with pytest.raises(NothingLeftError):
        undo(fresh(budget), author)
    assert same_rows(state_of(budget), original)
    assert rows_in_all(budget) == counted
    numbers = list(Change.objects.filter(budget=budget).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, fresh(budget).last_change + 1))


@pytest.mark.parametrize("seed", range(2))
def test_the_history_alone_leads_from_now_back_to_the_beginning(seed):
    """Each step says what was there before it: taken together, all the way back."""
    budget = budget_of("gotland")
    author, dice = author_of(budget), Dice(100 + seed)
    states = [state_of(budget)]
    for _ in range(25):
        if steps := dice.steps(states[-1]):
            states.append(make(budget, author, steps).after)
    now = states[-1]
    for number in range(len(states) - 1, -1, -1):
        rows = ChangeStep.objects.filter(change__budget=budget, change__number__gt=number)
        steps = [step_of(row) for row in rows.order_by("change__number", "position")]
        assert now.before(steps, number) == states[number]


def test_a_process_that_remembers_nothing_undoes_just_as_well():
    budget = budget_of("gotland")
    author = author_of(budget)
    before = state_of(budget)
    make(budget, author, lambda s: remove_line(s, line_named(s, JOBB)))
    STATES.forget()
    undo(fresh(budget), author)
    assert same_rows(state_of(budget), before)


# -- the order ---------------------------------------------------------------------------------------


def test_undo_goes_back_one_change_at_a_time_and_a_new_change_ends_redo():
    budget = budget_of("gotland")
    author = author_of(budget)
    for kronor in ("1", "2", "3"):
        make(budget, author, typed(JOBB, 0, kronor))

    def step(lead) -> object:
        lead(fresh(budget), author)
        return amount(state_of(budget), JOBB, 0)

    assert [step(undo), step(undo), step(redo), step(undo), step(undo)] == [
        "2.00",
        "1.00",
        "2.00",
        "1.00",
        "1268400.00",
    ]
    assert step(redo) == "1.00"
    make(budget, author, typed(JOBB, 0, "9"))
    with pytest.raises(NothingLeftError):
        redo(fresh(budget), author)
    assert [step(undo), step(undo)] == ["1.00", "1268400.00"]


def test_an_undo_is_a_change_of_its_own_in_the_history():
    budget = budget_of("gotland")
    author = author_of(budget)
    first = make(budget, author, typed(JOBB, 0, "1")).change
    undone = undo(fresh(budget), author).change
    redone = redo(fresh(budget), author).change
    assert [(each.number, each.kind, each.undoes) for each in (first, undone, redone)] == [
        (1, "edit", None),
        (2, "undo", first),
        (3, "redo", undone),
    ]


# -- others ------------------------------------------------------------------------------------------


def test_nobody_undoes_what_another_user_or_another_sitting_did():
    budget = budget_of("gotland")
    mine, theirs = author_of(budget), author_of(budget)
    make(budget, theirs, typed(STATE, 0, "5"))
    later = author_of(budget, theirs.user)
    for author in (mine, later):
        assert undoable(fresh(budget), author).undo is None
        with pytest.raises(NothingLeftError):
            undo(fresh(budget), author)
    make(budget, mine, typed(JOBB, 0, "1"))
    make(budget, theirs, typed(STATE, 1, "6"))
    undo(fresh(budget), mine)
    state = state_of(budget)
    assert [amount(state, JOBB, 0), amount(state, STATE, 0), amount(state, STATE, 1)] == [
        "1268400.00",
        "5.00",
        "6.00",
    ]


def test_the_changes_of_one_budget_are_not_undone_in_another():
    gotland, lund = budget_of("gotland"), budget_of("lund")
    author = author_of(gotland)
    make(gotland, author, typed(JOBB, 0, "1"))
    with pytest.raises(NothingLeftError):
        undo(fresh(lund), author)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (typed(JOBB, 0, "1"), typed(JOBB, 0, "2")),
        (typed(JOBB, 0, "1"), lambda s: remove_line(s, line_named(s, JOBB))),
        (typed(JOBB, 0, "1"), lambda s: remove_year(s, years_of(s)[0])),
        (
            lambda s: edit_line(s, line_named(s, JOBB), {"name": "Mitt"}, "Projekt", ""),
            lambda s: edit_line(s, line_named(s, "Mitt"), {"name": "Deras"}, "Projekt", ""),
        ),
        (
            lambda s: add_line(s, COST, "Projekt", ""),
            lambda s: set_amount(s, line_named(s, "Kaffe"), years_of(s)[0], None, Decimal(3)),
        ),
        (
            lambda s: add_line(s, COST, "Fika", ""),
            lambda s: add_line(s, {**COST, "name": "Te"}, "Fika", ""),
        ),
        (
            lambda s: add_year(s, COLUMN, None),
            lambda s: set_note(s, line_named(s, JOBB), years_of(s)[-1], "Deras."),
        ),
    ],
    ids=["cell", "removed line", "removed column", "name", "figure in my line", "line in my group", "note"],
)
def test_what_another_has_changed_since_is_not_undone_over_it(mine, theirs):
    budget = budget_of("gotland")
    me, they = author_of(budget), author_of(budget)
    make(budget, me, mine)
    made = make(budget, they, theirs)
    with pytest.raises(ConflictError):
        undo(fresh(budget), me)
    assert state_of(budget) == made.after
    assert Change.objects.count() == 2


def test_what_another_has_changed_in_the_same_line_but_another_field_stays_through_my_undo():
    budget = budget_of("gotland")
    me, they = author_of(budget), author_of(budget)
    make(budget, me, lambda s: edit_line(s, line_named(s, JOBB), {"name": "Mitt"}, "Projekt", ""))
    make(budget, they, lambda s: edit_line(s, line_named(s, "Mitt"), {"note": "Deras"}, "Projekt", ""))
    undo(fresh(budget), me)
    assert state_of(budget).rows[Table.LINE][line_named(state_of(budget), JOBB)]["note"] == "Deras"


def test_an_undo_that_no_longer_fits_stores_nothing():
    """My column comes back only if nobody has made the same one meanwhile."""
    budget = budget_of("gotland")
    me, they = author_of(budget), author_of(budget)
    first = state_of(budget).rows[Table.YEAR][years_of(state_of(budget))[0]]
    make(budget, me, lambda s: remove_year(s, years_of(s)[0]))
    made = make(budget, they, lambda s: add_year(s, {**first}, None))
    with pytest.raises(ValidationError):
        undo(fresh(budget), me)
    assert state_of(budget) == made.after
    assert Change.objects.count() == 2
