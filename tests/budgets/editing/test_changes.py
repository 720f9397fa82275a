"""Every kind of change makes exactly what it says in the database; undo and redo lead back and forth."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest

from budgets.editing.amounts import fill_right, set_amount, set_amounts, set_note, set_target
from budgets.editing.lines import (
    add_line,
    add_year,
    edit_line,
    edit_year,
    move_group,
    move_line,
    move_year,
    remove_line,
    remove_totals,
    remove_year,
    rename_group,
)
from budgets.editing.state import BudgetState
from budgets.editing.steps import Step, Table
from budgets.editing.undo import redo, undo
from budgets.models import Change
from tests.budgets.editing.sittings import (
    author_of,
    budget_of,
    empty_cells,
    fresh,
    group_named,
    line_named,
    make,
    names_in_order,
    rowless_groups,
    rows_in_all,
    same_rows,
    state_of,
    years_of,
)

pytestmark = pytest.mark.django_db

COST = {
    "name": "Kaffe",
    "note": "",
    "section": "cost",
    "line_class": "insats",
    "member_kind": "",
    "member_id": None,
    "project_id": None,
    "part_of_id": None,
}
JOBB = "JobbSam 3.0"
STATE = "Försäkringskassan"
SERVICES = ("Inköpta tjänster: ekonomi", "Inköpta tjänster: lönehantering")
COLUMN = {"year": 2020, "kind": "outcome", "label": "efter bokslut", "starts": None, "ends": None}


@dataclass
class Kind:
    """A kind of change: its steps from a state, and what a user sees of it in the new one."""

    steps: Callable[[BudgetState], list[Step]]
    seen: Callable[[BudgetState, BudgetState], bool]
    first: Callable[[BudgetState], list[Step]] | None = None


def amount(state: BudgetState, name: str, column: int) -> object:
    return state.cell(line_named(state, name), years_of(state)[column])["amount"]


def cell(state: BudgetState, name: str, column: int) -> tuple[int, int]:
    return line_named(state, name), years_of(state)[column]


def was(state: BudgetState, name: str, column: int) -> tuple[int, int, object]:
    return *cell(state, name, column), amount(state, name, column)


def row(state: BudgetState, name: str):
    return state.rows[Table.LINE][line_named(state, name)]


def group_of(state: BudgetState, name: str) -> object:
    return state.rows[Table.GROUP][row(state, name)["group_id"]]["name"]


def groups(state: BudgetState) -> set[object]:
    return {group["name"] for group in state.rows[Table.GROUP].values()}


def names(state: BudgetState) -> set[object]:
    return set(names_in_order(state))


def heads(state: BudgetState) -> list[tuple[object, object]]:
    return [(column["year"], column["kind"]) for _, column in state.ordered(Table.YEAR)]


def part_of(state: BudgetState, whole: str, name: str = "varav kaffe") -> list[Step]:
    values = {**COST, "name": name, "part_of_id": line_named(state, whole)}
    return add_line(state, values, "Projekt", "")


def balancing(state: BudgetState) -> list[Step]:
    values = {**COST, "name": "Att fördela", "section": "balancing", "line_class": ""}
    return add_line(state, values, "", "")


KINDS = {
    "an amount": Kind(
        lambda s: set_amount(s, *was(s, JOBB, 0), Decimal("-500.25"), "=-500,25 kr"),
        lambda before, after: (
            (amount(after, JOBB, 0), after.cell(*cell(after, JOBB, 0))["formula"])
            == ("-500.25", "=-500,25 kr")
        ),
    ),
    "an amount in an empty cell": Kind(
        lambda s: set_amount(s, *was(s, "Extra tilldelning", 2), Decimal(0)),
        lambda before, after: amount(after, "Extra tilldelning", 2) == "0.00",
    ),
    "an emptied cell": Kind(
        lambda s: set_amount(s, *was(s, JOBB, 1), None),
        lambda before, after: amount(after, JOBB, 1) is None,
    ),
    "a paste": Kind(
        lambda s: set_amounts(
            s, [(*cell(s, JOBB, 0), Decimal(1), ""), (*cell(s, STATE, 1), None, ""), (10**9, 1, None, "")]
        ),
        lambda before, after: (amount(after, JOBB, 0), amount(after, STATE, 1)) == ("1.00", None),
    ),
    "a fill": Kind(
        lambda s: fill_right(s, [line_named(s, STATE)], years_of(s), Decimal(2)),
        lambda before, after: (
            [amount(after, STATE, n) for n in range(4)]
            == ["2130000.00", "2172600.00", "2216052.00", "2260373.00"]
        ),
    ),
    "a note": Kind(
        lambda s: set_note(s, *cell(s, JOBB, 0), "Efter samråd."),
        lambda before, after: after.cell(*cell(after, JOBB, 0))["note"] == "Efter samråd.",
    ),
    "a note in an empty cell": Kind(
        lambda s: set_note(s, *cell(s, "Extra tilldelning", 3), "Inget än."),
        lambda before, after: after.cell(*cell(after, "Extra tilldelning", 3))["note"] == "Inget än.",
    ),
    "a target": Kind(
        lambda s: set_target(s, *cell(s, "Att fördela", 1), Decimal(0)),
        lambda before, after: after.cell(*cell(after, "Att fördela", 1))["target"] == "0.00",
        balancing,
    ),
    "a line in a group that is there": Kind(
        lambda s: add_line(s, COST, "Projekt", ""),
        lambda before, after: (
            group_of(after, "Kaffe") == "Projekt"
            and names_in_order(after) == [*names_in_order(before), "Kaffe"]
        ),
    ),
    "a line in a new group and subgroup": Kind(
        lambda s: add_line(s, COST, "Fika", "Svart"),
        lambda before, after: groups(after) - groups(before) == {"Fika", "Svart"},
    ),
    "a line without group": Kind(
        lambda s: add_line(s, COST, "", ""),
        lambda before, after: row(after, "Kaffe")["group_id"] is None,
    ),
    "a part of a line": Kind(
        lambda s: part_of(s, JOBB),
        lambda before, after: row(after, "varav kaffe")["part_of_id"] == line_named(after, JOBB),
    ),
    "another name and group": Kind(
        lambda s: edit_line(
            s, line_named(s, JOBB), {"name": "JobbSam 4.0", "project_id": None}, "Nytt", "Nyast"
        ),
        lambda before, after: (
            group_of(after, "JobbSam 4.0") == "Nyast" and row(after, "JobbSam 4.0")["project_id"] is None
        ),
    ),
    "another section": Kind(
        lambda s: edit_line(
            s,
            line_named(s, "Extra tilldelning"),
            {"section": "financial_income", "line_class": "", "member_kind": "", "member_id": None},
            "",
            "",
        ),
        lambda before, after: row(after, "Extra tilldelning")["section"] == "financial_income",
    ),
    "the last line leaves its subgroup": Kind(
        lambda s: edit_line(s, line_named(s, SERVICES[1]), {}, "Administration", ""),
        lambda before, after: groups(before) - groups(after) == {"Inköpta tjänster"},
        lambda s: remove_line(s, line_named(s, SERVICES[0])),
    ),
    "a line moves": Kind(
        lambda s: move_line(s, line_named(s, JOBB), down=False),
        lambda before, after: (
            names_in_order(after).index(JOBB) == names_in_order(before).index("JobbSam 2.0 (Q1 och Q2)")
        ),
    ),
    "a group moves": Kind(
        lambda s: move_group(s, group_named(s, "Projekt"), down=False),
        lambda before, after: names_in_order(after)[-1] == "Finsams pris och övriga samverkansinsatser",
    ),
    "a line is removed": Kind(
        lambda s: remove_line(s, line_named(s, STATE)),
        lambda before, after: (
            names(before) - names(after) == {STATE}
            and len(before.rows[Table.STATUS]) > len(after.rows[Table.STATUS])
        ),
    ),
    "a line is removed with its parts": Kind(
        lambda s: remove_line(s, line_named(s, JOBB)),
        lambda before, after: names(before) - names(after) == {JOBB, "varav kaffe"},
        lambda s: part_of(s, JOBB),
    ),
    "the last line of a group is removed": Kind(
        lambda s: remove_line(s, line_named(s, "Kaffe")),
        lambda before, after: groups(before) - groups(after) == {"Fika", "Svart"},
        lambda s: add_line(s, COST, "Fika", "Svart"),
    ),
    "a group is renamed": Kind(
        lambda s: rename_group(s, group_named(s, "Projekt"), "Insatser"),
        lambda before, after: groups(before) ^ groups(after) == {"Projekt", "Insatser"},
    ),
    "a column is added": Kind(
        lambda s: add_year(s, COLUMN, years_of(s)[1]),
        lambda before, after: heads(after) == [heads(before)[0], (2020, "outcome"), *heads(before)[1:]],
    ),
    "a column is added last": Kind(
        lambda s: add_year(s, COLUMN, None),
        lambda before, after: heads(after) == [*heads(before), (2020, "outcome")],
    ),
    "a column moves": Kind(
        lambda s: move_year(s, years_of(s)[0], later=True),
        lambda before, after: heads(after)[:2] == heads(before)[1::-1],
    ),
    "a column changes": Kind(
        lambda s: edit_year(s, years_of(s)[0], {**COLUMN, "starts": "2020-01-01", "ends": "2020-06-30"}),
        lambda before, after: after.rows[Table.YEAR][years_of(after)[0]]["ends"] == "2020-06-30",
    ),
    "a column is removed": Kind(
        lambda s: remove_year(s, years_of(s)[1]),
        lambda before, after: (
            heads(after) == [heads(before)[0], *heads(before)[2:]]
            and len(after.rows[Table.TOTAL_AMOUNT]) == len(before.rows[Table.TOTAL_AMOUNT]) - 6
        ),
    ),
    "the printed totals are removed": Kind(
        remove_totals,
        lambda before, after: (
            not any(after.rows[table] for table in (Table.TOTAL, Table.TOTAL_PART, Table.TOTAL_AMOUNT))
        ),
    ),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_change_makes_what_it_says_and_undo_and_redo_lead_back_and_forth(kind):
    budget = budget_of("gotland")
    author = author_of(budget)
    if kind.first:
        make(budget, author, kind.first)
    counted, before = rows_in_all(budget), state_of(budget)

    made = make(budget, author, kind.steps)
    assert kind.seen(before, made.after)
    assert not rowless_groups(budget) and not empty_cells(budget)

    undo(fresh(budget), author)
    assert same_rows(state_of(budget), before)
    assert rows_in_all(budget) == counted
    assert not rowless_groups(budget) and not empty_cells(budget)

    redo(fresh(budget), author)
    assert same_rows(state_of(budget), made.after)

    undo(fresh(budget), author)
    assert same_rows(state_of(budget), before)


def test_a_change_remembers_who_and_what():
    budget = budget_of("gotland")
    author = author_of(budget)
    made = make(
        budget,
        author,
        lambda s: set_amount(s, *was(s, JOBB, 0), Decimal(7)),
        Change.Action.AMOUNT,
    )
    change = Change.objects.get()
    assert (change.number, change.made_by, change.made_by_name) == (1, author.user, str(author.user))
    assert (change.kind, change.action, change.sitting) == ("edit", "amount", author.sitting)
    (step,) = change.steps.all()
    assert (step.row, step.year) == cell(made.after, JOBB, 0)
    assert (step.before, step.after) == ({"amount": "1268400.00"}, {"amount": "7.00"})


def test_what_is_as_it_was_is_no_step():
    state = state_of(budget_of("gotland"))
    line, year, now = was(state, JOBB, 0)
    jobb = state.rows[Table.LINE][line]
    assert set_amount(state, line, year, now, Decimal("1268400")) == []
    assert set_amounts(state, [(line, year, Decimal(str(now)), "")]) == []
    assert set_note(state, line, year, "") == []
    assert set_target(state, line, year, None) == []
    assert edit_line(state, line, {"name": jobb["name"]}, "Projekt", "") == []
    assert rename_group(state, group_named(state, "Projekt"), "Projekt") == []
    assert edit_year(state, year, {"year": 2020}) == []
    assert move_line(state, line_named(state, "JobbSam 2.0 (Q1 och Q2)"), down=False) == []
    assert move_year(state, years_of(state)[0], later=False) == []
    assert move_year(state, years_of(state)[-1], later=True) == []
    assert move_group(state, group_named(state, "Projekt"), down=True) == []


def test_moving_a_line_keeps_it_among_its_own():
    """However often it is moved, it stays in its group, and the others' order stays too."""
    budget = budget_of("gotland")
    author = author_of(budget)
    before = names_in_order(state_of(budget))
    for _ in range(3):
        state = state_of(budget)
        if steps := move_line(state, line_named(state, JOBB), down=False):
            make(budget, author, steps)
    after = names_in_order(state_of(budget))
    assert [name for name in after if name != JOBB] == [name for name in before if name != JOBB]
    assert after.index(JOBB) == before.index("JobbSam 2.0 (Q1 och Q2)")


def test_a_filled_amount_is_rounded_to_whole_kronor_half_up_from_the_first():
    state = state_of(budget_of("gotland"))
    line, (first, second, third, fourth) = line_named(state, STATE), years_of(state)
    state = state.after(set_amounts(state, [(line, first, Decimal("50.50"), "")]), 1)
    filled = state.after(fill_right(state, [line], [first, second, third, fourth], Decimal("-2")), 2)
    # 50.50 × 0.98 = 49.49; × 0.98² = 48.5002; × 0.98³ = 47.530196
    assert [filled.cell(line, year)["amount"] for year in (second, third, fourth)] == [
        "49.00",
        "49.00",
        "48.00",
    ]
    same = state.after(fill_right(state, [line], [first, second]), 2)
    assert same.cell(line, second)["amount"] == "50.50"


def test_a_line_that_is_no_longer_computed_keeps_no_target():
    """A target is for a balancing line: a budget with one elsewhere could not be read in again."""
    budget = budget_of("gotland")
    author = author_of(budget)
    make(budget, author, balancing)
    make(budget, author, lambda s: set_target(s, *cell(s, "Att fördela", 1), Decimal(0)))
    made = make(
        budget,
        author,
        lambda s: edit_line(
            s, line_named(s, "Att fördela"), {"section": "cost", "line_class": "insats"}, "", ""
        ),
    )
    assert made.after.cell(*cell(made.after, "Att fördela", 1))["target"] is None
    undo(fresh(budget), author)
    assert same_rows(state_of(budget), made.before)


def test_a_line_that_is_no_longer_a_contribution_keeps_no_status():
    budget = budget_of("gotland")
    author = author_of(budget)
    made = make(
        budget,
        author,
        lambda s: edit_line(
            s,
            line_named(s, STATE),
            {"line_class": "other", "member_kind": "", "member_id": None},
            "",
            "",
        ),
    )
    line = line_named(made.after, STATE)
    assert not [row for row in made.after.rows[Table.STATUS].values() if row["line_id"] == line]
    undo(fresh(budget), author)
    assert same_rows(state_of(budget), made.before)
