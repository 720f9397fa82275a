"""The money of an insats in a budget, from the sheet, each amount with its cell in the grid. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from budgets.sheet import BudgetSheet, Line
from budgets.table import Head, head
from plans.figures.resolving import KINDS_PLANNED


@dataclass(frozen=True)
class Cell:
    """An amount (SEK) and its place in the grid."""

    amount: Decimal | None
    place: str


@dataclass(frozen=True)
class MoneyRow:
    """A budget line of the insats. `is_part`: its amount is in that of the line it is part of."""

    line: int
    name: str
    group: str
    cells: tuple[Cell, ...]
    is_part: bool


@dataclass(frozen=True)
class ProjectMoney:
    """`totals` are what the insats costs the federation in each column."""

    heads: tuple[Head, ...]
    costs: tuple[MoneyRow, ...]
    income: tuple[MoneyRow, ...]
    totals: tuple[Decimal | None, ...]

    @property
    def parts(self) -> tuple[tuple[str, tuple[MoneyRow, ...]], ...]:
        """The rows under their headings, those there are."""
        both = (("Kostnader", self.costs), ("Intäkter", self.income))
        return tuple((name, rows) for name, rows in both if rows)


def money_of(sheet: BudgetSheet, project: str) -> ProjectMoney:
    own = [line for line in sheet.lines if line.project == project]
    return ProjectMoney(
        heads=tuple(map(head, sheet.columns)),
        costs=tuple(_row(sheet, line) for line in own if line.section == "cost"),
        income=tuple(_row(sheet, line) for line in own if line.section == "income"),
        totals=tuple(sheet.project_total(project, column) for column in range(len(sheet.columns))),
    )


def _row(sheet: BudgetSheet, line: Line) -> MoneyRow:
    cells = tuple(
        Cell(sheet.amount(line, column), f"line-{line.key}-{column}") for column in range(len(sheet.columns))
    )
    return MoneyRow(line.key, line.name, line.group, cells, line.part_of is not None)


def column_of_plan_year(sheet: BudgetSheet) -> int | None:
    """The column that says what the plan year costs; None when there is none."""
    own = [place for place, column in enumerate(sheet.columns) if column.year == sheet.plan_year]
    return min(own, key=lambda place: KINDS_PLANNED.index(sheet.columns[place].kind), default=None)
