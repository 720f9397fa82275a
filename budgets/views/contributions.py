"""The members' contributions over all years and plans."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.contributions import Cell, Row, Source, Year, any_change, contributions, is_part
from budgets.models import Budget
from budgets.reading_contributions import read_contributions
from budgets.sheet import KIND_NAMES, BudgetSheet, Column, Status
from budgets.table import STATUS_NAMES
from budgets.working_copy import UNITS, own_unit
from finsam.partial_date import PartialDate
from finsam.swedish import UNIT_NAME, Unit, listed, months
from members.access import Action, access
from members.models import Member

STATUS_MARKS = {"applied": "notice", "preliminary": "notice", "granted": "ok", "declined": "notice"}


@dataclass(frozen=True)
class ShownYear:
    """A column head."""

    year: int
    kind: str
    detail: str


@dataclass(frozen=True)
class ShownStatus:
    """How far a contribution has come, in words."""

    status: Status
    name: str
    mark: str
    when: str

    @classmethod
    def of(cls, status: Status) -> "ShownStatus":
        when = str(PartialDate(status.date)) if status.date else ""
        return cls(status, STATUS_NAMES[status.status], STATUS_MARKS[status.status], when)


@dataclass(frozen=True)
class ShownCell:
    """`address` is the cell in the budget, `status_address` the form of its status; "" where there is no
    such page, or it may not be changed."""

    cell: Cell
    address: str
    status: ShownStatus | None
    status_address: str


@dataclass(frozen=True)
class ShownRow:
    row: Row
    cells: tuple[ShownCell, ...]

    @property
    def changes(self) -> bool:
        return any_change(self.row.cells)


@require_safe
def contributions_page(request: HttpRequest, slug: str) -> HttpResponse:
    """In kr or tkr (`enhet`)."""
    here = access(request, slug, Action.READ_WORKING_COPY)
    read = read_contributions(here.federation)
    members = list(here.federation.members.order_by("position", "pk"))
    found = contributions([sheet for _, sheet in read], [member.name for member in members])
    unit = UNITS.get(request.GET.get("enhet", ""), own_unit(here.federation))
    addresses = _Addresses(slug, read, unit, here.may(Action.EDIT_WORKING_COPY))
    context = {
        "here": here,
        "unit": unit,
        "units": UNITS,
        "years": [
            ShownYear(y.column.year, KIND_NAMES[y.column.kind], _detail(y.column)) for y in found.years
        ],
        "rows": [ShownRow(row, tuple(map(addresses.shown, row.cells, found.years))) for row in found.rows],
        "total": found.total,
        "total_changes": any_change(found.total),
        "told": [(row, year.column.year, ShownStatus.of(status)) for row, year, status in found.told],
        "without": listed([member.name for member in _without(members, found.rows)]),
        "state_is_one": _state_is_one(members, found.rows),
        "any_off": any(cell.off for row in found.rows for cell in row.cells),
    }
    return render(request, "budgets/contributions.html", context)


@dataclass(frozen=True)
class _Addresses:
    """Where the figures of the table stand in the budgets."""

    slug: str
    read: list[tuple[Budget, BudgetSheet]]
    unit: Unit
    may_edit: bool

    def shown(self, cell: Cell, year: Year) -> ShownCell:
        line = cell.lines[0] if cell.lines else None
        latest = cell.statuses[-1] if cell.statuses else None
        return ShownCell(
            cell,
            self._of_amount(year.source, line),
            ShownStatus.of(latest) if latest else None,
            self._of_status(cell.status_source or year.source, cell.status_line or line),
        )

    def _of_amount(self, source: Source, line: int | None) -> str:
        """The cell in the table of its budget."""
        budget, _ = self.read[source.budget]
        if line is None or budget.plan_year is None:
            return ""
        page = reverse("budget", args=[self.slug, budget.plan_year])
        return f"{page}?enhet={UNIT_NAME[self.unit]}#line-{line}-{source.column}"

    def _of_status(self, source: Source, line: int | None) -> str:
        """The form of the cell, where it may be changed."""
        budget, sheet = self.read[source.budget]
        if line is None or budget.plan_year is None or not (budget.is_open and self.may_edit):
            return ""
        year = sheet.columns[source.column].key
        page = reverse("cell", args=[self.slug, budget.plan_year, line, year])
        return f"{page}?enhet={UNIT_NAME[self.unit]}"


def _detail(column: Column) -> str:
    """What tells a column from others of its year and kind: the months of a part of a year, its label."""
    part = months(column.first_day, column.last_day) if is_part(column) else ""
    return ", ".join(filter(None, (part, column.label)))


def _without(members: Iterable[Member], rows: Iterable[Row]) -> list[Member]:
    """The members that no budget has a contribution of by name."""
    named = {row.name for row in rows if row.is_member}
    return [member for member in members if member.name not in named]


def _state_is_one(members: Iterable[Member], rows: Iterable[Row]) -> bool:
    """Whether one of the state's members pays for another, as they do: the state is one payer."""
    of_state = {member.name for member in members if member.kind == Member.Kind.STATE}
    paying = {row.name for row in rows if row.is_member}
    return bool(of_state & paying) and bool(of_state - paying)
