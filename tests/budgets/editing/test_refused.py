"""Changes that are not made: nothing of them is stored."""

from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from django.core.exceptions import ValidationError

from budgets.editing.amounts import fill_right, set_amount
from budgets.editing.change import ClosedError, ConflictError, make_change
from budgets.editing.lines import (
    ImpossibleError,
    add_line,
    add_year,
    edit_line,
    edit_year,
    move_line,
    remove_line,
    remove_year,
    rename_group,
)
from budgets.editing.remembered import STATES
from budgets.editing.steps import Step, Table, cell
from budgets.editing.undo import redo, undo
from budgets.models import Budget, Change, ChangeStep
from members.models import Member
from tests.budgets.editing.sittings import (
    author_of,
    budget_of,
    fresh,
    group_named,
    line_named,
    make,
    rows_in_all,
    state_of,
    years_of,
)
from tests.budgets.editing.test_changes import COLUMN, COST, JOBB, STATE, amount, was
from tests.budgets.editing.test_undo import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def budget() -> Budget:
    return budget_of("gotland")


_amounts = map(str, count(77))


def refused(budget: Budget, steps, error: type[Exception]) -> Exception:
    """The steps are refused with the error, and nothing in the database is different."""
    author = author_of(budget)
    before, counted, changes = state_of(budget), rows_in_all(budget), Change.objects.count()
    with pytest.raises(error) as caught:
        make_change(fresh(budget), author, Change.Action.AMOUNT, steps)
    assert state_of(budget) == before
    assert rows_in_all(budget) == counted
    assert (Change.objects.count(), ChangeStep.objects.filter(change__budget=budget).exists()) == (
        changes,
        bool(changes),
    )
    make(budget, author, typed(STATE, 0, next(_amounts)))  # what is remembered is not the refused state
    return caught.value


# -- closed ------------------------------------------------------------------------------------------


def test_a_closed_budget_takes_no_change_no_undo_and_no_redo(budget):
    author = author_of(budget)
    make(budget, author, typed(JOBB, 0, "1"))
    make(budget, author, typed(JOBB, 0, "2"))
    undo(fresh(budget), author)
    before = state_of(budget)
    Budget.objects.filter(pk=budget.pk).update(is_open=False)
    for act in (
        lambda: make_change(fresh(budget), author, Change.Action.AMOUNT, typed(JOBB, 0, "3")),
        lambda: undo(fresh(budget), author),
        lambda: redo(fresh(budget), author),
    ):
        with pytest.raises(ClosedError):
            act()
    assert state_of(budget) == before
    Budget.objects.filter(pk=budget.pk).update(is_open=True)
    redo(fresh(budget), author)
    assert amount(state_of(budget), JOBB, 0) == "2.00"


def test_a_budget_closed_after_it_was_read_takes_no_change(budget):
    read_before = fresh(budget)
    Budget.objects.filter(pk=budget.pk).update(is_open=False)
    with pytest.raises(ClosedError):
        make_change(read_before, author_of(budget), Change.Action.AMOUNT, typed(JOBB, 0, "3"))
    assert not Change.objects.exists()


# -- conflicts ---------------------------------------------------------------------------------------


def test_a_cell_that_is_not_what_the_user_saw_is_refused_with_what_it_is(budget):
    state = state_of(budget)
    line, year, now = was(state, JOBB, 0)
    error = refused(budget, set_amount(state, line, year, "1.00", Decimal(2)), ConflictError)
    assert [(step.row, now) for step, now in error.refused] == [(line, {"amount": now})]


def test_one_step_that_does_not_fit_keeps_all_others_from_being_made(budget):
    state = state_of(budget)
    steps = [
        *add_line(state, COST, "Fika", "Svart"),
        *set_amount(state, *was(state, STATE, 0), Decimal(3)),
        *set_amount(state, *was(state, JOBB, 0)[:2], "1.00", Decimal(2)),
        *set_amount(state, *was(state, JOBB, 1)[:2], "1.00", Decimal(2)),
    ]
    error = refused(budget, steps, ConflictError)
    assert len(error.refused) == 2


def test_steps_made_from_an_earlier_state_are_judged_against_what_is_there_now(budget):
    """Also where the one who makes them read the budget before the other's change."""
    read_before, author = fresh(budget), author_of(budget)
    state = state_of(budget)
    mine = set_amount(state, *was(state, JOBB, 0), Decimal(2))
    make(budget, author_of(budget), typed(JOBB, 0, "5"))
    with pytest.raises(ConflictError):
        make_change(read_before, author, Change.Action.AMOUNT, mine)
    other = fresh(budget)
    make(budget, author_of(budget), typed(STATE, 0, "5"))
    made = make_change(other, author, Change.Action.AMOUNT, typed(JOBB, 0, "6"))
    assert made.change.number == 3
    assert state_of(budget) == made.after


def test_a_line_with_something_in_it_is_not_removed_by_a_bare_step(budget):
    state = state_of(budget)
    line = line_named(state, JOBB)
    step = Step(Table.LINE, line, state.rows[Table.LINE][line], None)
    refused(budget, [step], ConflictError)


@pytest.mark.parametrize("table", [Table.YEAR, Table.GROUP, Table.TOTAL])
def test_nor_is_a_column_a_group_or_a_total_that_others_belong_to(budget, table):
    state = state_of(budget)
    key = min(state.rows[table])
    refused(budget, [Step(table, key, state.rows[table][key], None)], ConflictError)


def test_what_is_gone_is_said_to_be_gone(budget):
    state = state_of(budget)
    line, year = line_named(state, JOBB), years_of(state)[0]
    make(budget, author_of(budget), lambda s: remove_line(s, line))
    make(budget, author_of(budget), lambda s: remove_year(s, year))
    refused(budget, set_amount(state, line, year, "1268400.00", Decimal(1)), ConflictError)
    for steps in (
        lambda s: edit_line(s, line, {"name": "x"}, "", ""),
        lambda s: remove_line(s, line),
        lambda s: move_line(s, line, down=True),
        lambda s: edit_year(s, year, {"label": "x"}),
        lambda s: remove_year(s, year),
        lambda s: rename_group(s, 10**9, "x"),
    ):
        assert "finns inte längre" in str(refused(budget, steps, ImpossibleError))


def test_a_budget_keeps_its_last_column(budget):
    for _ in range(3):
        make(budget, author_of(budget), lambda s: remove_year(s, years_of(s)[0]))
    refused(budget, lambda s: remove_year(s, years_of(s)[0]), ImpossibleError)


def test_two_groups_do_not_get_the_same_name(budget):
    error = refused(
        budget, lambda s: rename_group(s, group_named(s, "Projekt"), "Administration"), ImpossibleError
    )
    assert "Administration" in str(error)


def test_a_line_with_parts_stays_in_its_section(budget):
    make(
        budget,
        author_of(budget),
        lambda s: add_line(s, {**COST, "part_of_id": line_named(s, JOBB)}, "Projekt", ""),
    )
    other = {"section": "financial_cost", "line_class": ""}
    refused(budget, lambda s: edit_line(s, line_named(s, JOBB), other, "", ""), ImpossibleError)


# -- another budget's rows ---------------------------------------------------------------------------


@pytest.mark.parametrize("remembered", [True, False])
def test_no_step_reaches_a_row_of_another_budget(budget, remembered):
    lund = budget_of("lund")
    make(lund, author_of(lund), lambda s: add_line(s, COST, "Fika", ""))
    Change.objects.all().delete()
    state = state_of(lund)
    line, year = next((place for place, values in state.cells.items() if values["amount"]))
    group = min(state.rows[Table.GROUP])
    mine = state_of(budget)
    own_line, own_year = line_named(mine, JOBB), years_of(mine)[0]
    if not remembered:
        STATES.forget()
    now = state.cells[line, year]["amount"]
    attempts = [
        [cell(line, year, {"amount": now}, {"amount": "1.00"})],
        [cell(line, own_year, {"amount": None}, {"amount": "1.00"})],
        [cell(own_line, year, {"amount": None}, {"amount": "1.00"})],
        [Step(Table.LINE, line, {"name": state.rows[Table.LINE][line]["name"]}, {"name": "Kapad"})],
        [Step(Table.LINE, line, state.rows[Table.LINE][line], None)],
        [Step(Table.GROUP, group, {"name": state.rows[Table.GROUP][group]["name"]}, {"name": "Kapad"})],
        [Step(Table.YEAR, year, {"label": ""}, {"label": "kapad"})],
    ]
    for steps in attempts:
        refused(budget, steps, ConflictError)
    foreign = [
        add_line(mine, {**COST, "part_of_id": line}, "", ""),
        [
            Step(
                Table.LINE,
                own_line,
                {"group_id": mine.rows[Table.LINE][own_line]["group_id"]},
                {"group_id": group},
            )
        ],
        add_line(
            mine,
            {
                **COST,
                "section": "income",
                "line_class": "contribution",
                "member_kind": "region",
                "member_id": Member.objects.filter(federation=lund.federation).first().pk,
            },
            "",
            "",
        ),
    ]
    for steps in foreign:
        refused(budget, steps, ValidationError)
    assert state_of(lund) == state


# -- constraints -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"line_class": "contribution"},
        {"section": "income"},
        {"section": "nonsense"},
        {"member_kind": "region"},
        {"name": ""},
        {"name": "x" * 201},
        {"note": "x" * 501},
        {"project_id": 10**9},
        {"member_id": 10**9},
        {"part_of_id": 10**9},
        {"section": "financial_cost", "line_class": "", "project_id": 1},
    ],
    ids=str,
)
def test_a_line_that_breaks_a_rule_of_its_table_is_refused(budget, values):
    refused(budget, lambda s: add_line(s, {**COST, **values}, "Fika", ""), ValidationError)
    refused(budget, lambda s: edit_line(s, line_named(s, JOBB), values, "Fika", ""), ValidationError)


@pytest.mark.parametrize("section", ["balancing", "opening_equity"])
def test_what_is_left_to_grant_is_no_part_of_another_line(budget, section):
    own = {**COST, "section": section, "line_class": ""}
    make(budget, author_of(budget), lambda s: add_line(s, {**own, "name": "Helheten"}, "", ""))
    refused(
        budget,
        lambda s: add_line(s, {**own, "part_of_id": line_named(s, "Helheten")}, "", ""),
        ValidationError,
    )


def test_a_part_has_no_parts_and_stands_in_the_section_of_its_whole(budget):
    make(
        budget,
        author_of(budget),
        lambda s: add_line(s, {**COST, "part_of_id": line_named(s, JOBB)}, "Projekt", ""),
    )
    part = {**COST, "name": "Del av del"}
    refused(
        budget,
        lambda s: add_line(s, {**part, "part_of_id": line_named(s, "Kaffe")}, "", ""),
        ValidationError,
    )
    refused(
        budget, lambda s: add_line(s, {**part, "part_of_id": line_named(s, STATE)}, "", ""), ValidationError
    )
    whole = lambda s: edit_line(  # noqa: E731
        s, line_named(s, JOBB), {"part_of_id": line_named(s, "Frukostmöten")}, "Projekt", ""
    )
    refused(budget, whole, ValidationError)
    refused(
        budget,
        lambda s: edit_line(
            s, line_named(s, "Frukostmöten"), {"part_of_id": line_named(s, "Frukostmöten")}, "", ""
        ),
        ValidationError,
    )


@pytest.mark.parametrize(
    "values",
    [
        {"year": 1999},
        {"year": 2101},
        {"kind": "gissning"},
        {"year": 2021, "kind": "budget", "label": ""},
        {"starts": "2020-01-01"},
        {"starts": "2020-02-01", "ends": "2020-01-01"},
        {"starts": "2019-01-01", "ends": "2019-06-30"},
        {"label": "x" * 61},
    ],
    ids=str,
)
def test_a_column_that_breaks_a_rule_of_its_table_is_refused(budget, values):
    refused(budget, lambda s: add_year(s, {**COLUMN, **values}, None), ValidationError)


def test_no_steps_are_no_change(budget):
    refused(budget, [], ValueError)


@pytest.mark.parametrize("kronor", ["1000000000000", "-1000000000000", "1e60"])
def test_an_amount_that_no_cell_can_hold_is_refused(budget, kronor):
    """Such as a fill with a large per cent comes to; SQLite would hold it, inexactly."""
    error = refused(budget, lambda s: set_amount(s, *was(s, JOBB, 0), Decimal(kronor)), ImpossibleError)
    assert "för stort" in str(error)


def test_a_fill_that_comes_to_more_than_a_cell_holds_is_refused(budget):
    make(budget, author_of(budget), typed(JOBB, 0, "999999999999"))
    refused(
        budget,
        lambda s: fill_right(s, [line_named(s, JOBB)], years_of(s), Decimal(1000)),
        ImpossibleError,
    )


def test_a_fill_from_a_column_that_is_gone_is_refused_and_empties_nothing(budget):
    first = years_of(state_of(budget))[0]
    make(budget, author_of(budget), lambda s: remove_year(s, first))
    error = refused(
        budget, lambda s: fill_right(s, [line_named(s, JOBB)], [first, *years_of(s)]), ImpossibleError
    )
    assert "finns inte längre" in str(error)


# -- numbers -----------------------------------------------------------------------------------------


def test_changes_are_numbered_from_one_without_gaps_also_past_refused_ones(budget):
    author = author_of(budget)
    for number in range(1, 6):
        with pytest.raises(ConflictError):
            make_change(
                fresh(budget),
                author,
                Change.Action.AMOUNT,
                [
                    cell(
                        line_named(state_of(budget), JOBB),
                        years_of(state_of(budget))[0],
                        {"amount": "0.11"},
                        {"amount": None},
                    )
                ],
            )
        assert make(budget, author, typed(JOBB, 0, str(number))).change.number == number
    lund = budget_of("lund")
    line, year = next(iter(state_of(lund).cells))
    other = make(
        lund, author_of(lund), lambda s: set_amount(s, line, year, s.cell(line, year)["amount"], Decimal(3))
    )
    assert other.change.number == 1
    assert list(Change.objects.filter(budget=budget).values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_a_date_in_a_step_is_text(budget):
    """Steps are kept as JSON: what is read back fits what is there."""
    author = author_of(budget)
    make(
        budget, author, lambda s: add_year(s, {**COLUMN, "starts": "2020-01-01", "ends": "2020-06-30"}, None)
    )
    undo(fresh(budget), author)
    redo(fresh(budget), author)
    year = budget.years.get(label="efter bokslut")
    assert (year.starts, year.ends) == (date(2020, 1, 1), date(2020, 6, 30))
