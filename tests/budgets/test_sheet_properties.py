"""What holds for the sums of every budget."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.charts.costs import costs
from budgets.charts.equity import equity
from budgets.charts.income import income
from budgets.rules import Circumstances, Finding, ProjectFacts, check
from budgets.sheet import SECTIONS, BudgetSheet, Line
from budgets.table import Row, table
from tests.budgets.strategies import GROUPS, PROJECTS, SUBGROUPS, amounts, sheets, with_parts

pytestmark = pytest.mark.usefixtures("search")

CLASSES = ("contribution", "esf", "other", "board", "administration", "audit", "insats")
LEVELS = ("", "individual", "structural")


def plain_sum(cells: Iterable[Decimal | None]) -> Decimal | None:
    stated = [cell for cell in cells if cell is not None]
    return sum(stated, Decimal(0)) if stated else None


@st.composite
def with_and_without_parts(draw) -> tuple[BudgetSheet, BudgetSheet]:
    budget = draw(sheets())
    return with_parts(draw, budget), budget


def everything(budget: BudgetSheet) -> list[object]:
    """All that a budget amounts to, and what the rules say of it."""
    columns = range(len(budget.columns))
    return [
        budget.figures,
        budget.payers,
        Counter((each.total, each.column, each.printed, each.computed) for each in budget.discrepancies()),
        [[budget.section_total(section, c) for section in SECTIONS] for c in columns],
        [[budget.class_total(name, c) for name in CLASSES] for c in columns],
        [[budget.group_total(group, c) for group in GROUPS] for c in columns],
        [[budget.project_total(project, c) for project in PROJECTS[1:]] for c in columns],
        [budget.administration(c) for c in columns],
        Counter((each.code, each.variant, each.column, repr(each.figures)) for each in check(budget)),
    ]


@given(with_and_without_parts(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_never_matters(both, random):
    budget, _ = both
    lines = list(budget.lines)
    random.shuffle(lines)

    assert everything(replace(budget, lines=tuple(lines))) == everything(budget)


FACTS = Circumstances(
    projects=tuple(
        ProjectFacts(name, None, date(2012, 12, 31), open_ended=False, parties=1, period="")
        for name in PROJECTS[1:]
    )
)


@given(with_and_without_parts())
def test_parts_change_no_figure_and_no_finding_but_those_of_their_own_project(both):
    more, budget = both
    wholes = {line.key: line for line in budget.lines}
    own = {
        line.project
        for line in more.lines
        if line.part_of is not None and line.project and wholes[line.part_of].project != line.project
    }

    def about_others(sheet: BudgetSheet) -> list[Finding]:
        return [each for each in check(sheet, FACTS) if each.figures.get("project") not in own]

    def rows(sheet: BudgetSheet) -> list[Row]:
        return [row for row in table(sheet, FACTS, sheet.unit).rows if row.kind != "part"]

    def projects(sheet: BudgetSheet) -> list[list[Decimal | None]]:
        return [
            [sheet.project_total(name, column) for column in range(len(sheet.columns))]
            for name in PROJECTS[1:]
            if name not in own
        ]

    assert about_others(more) == about_others(budget)
    assert rows(more) == rows(budget)
    assert projects(more) == projects(budget)
    assert more.figures == budget.figures
    assert more.payers == budget.payers
    assert more.discrepancies() == budget.discrepancies()
    assert [chart(more, FACTS, "SEK") for chart in (costs, equity, income)] == [
        chart(budget, FACTS, "SEK") for chart in (costs, equity, income)
    ]
    for column in range(len(budget.columns)):
        assert [more.section_total(each, column) for each in SECTIONS] == [
            budget.section_total(each, column) for each in SECTIONS
        ]
        assert [more.class_total(each, column) for each in CLASSES] == [
            budget.class_total(each, column) for each in CLASSES
        ]
        assert [more.level_total(each, column) for each in LEVELS] == [
            budget.level_total(each, column) for each in LEVELS
        ]
        assert more.administration(column) == budget.administration(column)


@given(with_and_without_parts())
def test_every_part_stands_once_next_after_its_line_or_another_part_of_it(both):
    more, _ = both
    part_of = {line.key: line.part_of for line in more.lines}
    shown = [row for row in table(more, FACTS, "SEK").rows if row.line is not None]
    parts = [row for row in shown if row.kind == "part"]

    assert sorted(row.line for row in parts) == sorted(key for key in part_of if part_of[key] is not None)
    for before, row in pairwise(shown):
        if row.kind == "part":
            assert part_of[row.line] in (before.line, part_of[before.line])
            assert row.label.startswith("varav ")


@given(sheets())
def test_the_sums_are_those_of_the_cells(budget):
    """Against the plainest possible sums, in columns where nothing is computed to balance."""
    for column, year in enumerate(budget.figures):
        if year.balancing:
            continue
        cells = {
            section: plain_sum(line.amounts[column] for line in budget.lines if line.section == section)
            for section in SECTIONS
        }
        assert [budget.section_total(section, column) for section in SECTIONS] == list(cells.values())
        costs = plain_sum([cells["cost"], cells["financial_cost"], cells["balancing"]])
        assert year.costs == costs
        if cells["income"] is None:
            assert (year.income, year.result) == (None, None)
        else:
            assert year.income == cells["income"] + (cells["financial_income"] or 0)
            assert year.result == year.income - (costs or 0)


@given(sheets())
def test_closing_is_opening_and_result(budget):
    for year in budget.figures:
        if year.opening is None or year.result is None:
            assert year.closing is None
        else:
            assert year.closing == year.opening + year.result


@given(sheets())
def test_a_column_opens_with_what_a_column_before_it_closes_with_unless_entered(budget):
    for column, year in enumerate(budget.figures):
        entered = plain_sum(line.amounts[column] for line in budget.lines if line.section == "opening_equity")
        eve = budget.columns[column].first_day - timedelta(days=1)
        before = [budget.figures[i].closing for i, each in enumerate(budget.columns) if each.last_day == eve]
        if entered is not None:
            assert year.opening == entered
        elif any(closing is not None for closing in before):
            assert year.opening in before
        else:
            assert year.opening is None


@given(sheets(balancing=False), amounts)
def test_the_result_does_not_depend_on_opening_equity(budget, opening):
    row = Line(999, "opening_equity", "Sparade medel", (opening,) * len(budget.columns))
    richer = replace(budget, lines=(*budget.lines, row))

    assert [year.result for year in richer.figures] == [year.result for year in budget.figures]
    assert [year.income for year in richer.figures] == [year.income for year in budget.figures]


@given(sheets())
def test_groups_and_ungrouped_lines_sum_to_the_section(budget):
    for column in range(len(budget.columns)):
        for section in SECTIONS:
            parts = [budget.group_total(group, column, section=section) for group in GROUPS]
            assert plain_sum(parts) == budget.section_total(section, column)


@given(sheets())
def test_subgroups_sum_to_the_group(budget):
    for column in range(len(budget.columns)):
        for group in GROUPS:
            parts = [budget.group_total(group, column, subgroup=each) for each in SUBGROUPS]
            assert plain_sum(parts) == budget.group_total(group, column)


@given(sheets())
def test_classes_sum_to_income_and_costs(budget):
    for column in range(len(budget.columns)):
        income, costs = CLASSES[:3], CLASSES[3:]
        assert plain_sum(budget.class_total(name, column) for name in income) == budget.section_total(
            "income", column
        )
        assert plain_sum(budget.class_total(name, column) for name in costs) == budget.section_total(
            "cost", column
        )


@given(sheets())
def test_payers_sum_to_the_contributions(budget):
    for column, year in enumerate(budget.figures):
        paid = budget.payers[column]
        assert plain_sum(paid.values()) == year.contributions
        if year.contributions:
            assert abs(sum(budget.payer_shares(column).values()) - 1) < Decimal("1e-20")


@given(sheets())
def test_a_balancing_line_lands_the_closing_equity_on_its_target(budget):
    for line in budget.lines:
        for column, target in enumerate(line.targets):
            year = budget.figures[column]
            if target is None:
                continue
            if year.funds_available is None:
                assert budget.amount(line, column) is None
                assert year.result is None
            else:
                assert year.closing == target
                assert budget.amount(line, column) is not None


@given(sheets())
def test_showing_in_kr_or_tkr_never_changes_a_figure(budget):
    in_kr, in_tkr = replace(budget, unit="SEK"), replace(budget, unit="kSEK")
    assert everything(in_kr)[:-1] == everything(in_tkr)[:-1]

    shown_in_kr, shown_in_tkr = (table(budget, Circumstances(), unit) for unit in ("SEK", "kSEK"))
    assert [row.label for row in shown_in_kr.rows] == [row.label for row in shown_in_tkr.rows]
    assert [[cell.amount for cell in row.cells] for row in shown_in_kr.rows] == [
        [cell.amount for cell in row.cells] for row in shown_in_tkr.rows
    ]


@given(sheets())
def test_only_the_tolerance_of_the_shares_depends_on_the_unit(budget):
    in_kr, in_tkr = (check(replace(budget, unit=unit)) for unit in ("SEK", "kSEK"))

    assert [finding for finding in in_kr if finding.code != "SHARES"] == [
        finding for finding in in_tkr if finding.code != "SHARES"
    ]


@given(sheets(), st.data())
def test_an_empty_line_changes_nothing(budget, data):
    empty = Line(
        999,
        data.draw(st.sampled_from(SECTIONS)),
        "Ny post",
        (None,) * len(budget.columns),
        group=data.draw(st.sampled_from(GROUPS)),
    )
    if empty.section == "income":
        empty = replace(empty, line_class="contribution", member_kind="region_municipality")
    place = data.draw(st.integers(0, len(budget.lines)))

    more = replace(budget, lines=(*budget.lines[:place], empty, *budget.lines[place:]))

    assert everything(more) == everything(budget)


@given(sheets())
def test_what_has_no_figure_is_not_zero(budget):
    """A sum is known exactly when one of its cells is."""
    for column in range(len(budget.columns)):
        for section in set(SECTIONS) - {"balancing"}:
            stated = [
                line for line in budget.lines if line.section == section and line.amounts[column] is not None
            ]
            assert (budget.section_total(section, column) is not None) == bool(stated)
