"""From tables to the pure pictures, with a fixed number of queries whatever the size."""

from collections import defaultdict
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Count, F, Q

from budgets.models import (
    Amount,
    Budget,
    BudgetLine,
    BudgetYear,
    ContributionStatus,
    PrintedTotalPart,
)
from budgets.models import (
    PrintedTotal as PrintedTotalRow,
)
from budgets.rules import Circumstances, Policy, ProjectFacts
from budgets.sheet import (
    BudgetSheet,
    Column,
    Line,
    PrintedTotal,
    StatedLimits,
    Status,
)
from finsam.swedish import Unit
from members.models import Federation
from projects.models import Project

T = TypeVar("T")


def read_sheet(budget: Budget) -> BudgetSheet:
    """The whole budget as a sheet, in six queries. A line's key is its primary key."""
    years = list(BudgetYear.objects.filter(budget=budget))
    column_of = {year.pk: column for column, year in enumerate(years)}
    federation = budget.federation
    return BudgetSheet(
        columns=tuple(_column(year) for year in years),
        lines=_lines(budget, column_of),
        totals=_totals(budget, column_of),
        federation=federation.name,
        organisation_number=federation.organisation_number,
        plan_year=budget.plan_year,
        unit=_unit(budget.unit),
        source=budget.source,
        stated_limits=_stated_limits(budget),
    )


def _unit(value: str) -> Unit:
    return "kSEK" if value == "kSEK" else "SEK"


def _column(year: BudgetYear) -> Column:
    return Column(year.year, year.kind, year.label, year.starts, year.ends)


def _kronor(money: Any) -> Decimal | None:
    """SEK of a MoneyField."""
    return None if money is None else Decimal(money.amount)


def _stated_limits(budget: Budget) -> StatedLimits | None:
    base, highest, lowest = (
        _kronor(money) for money in (budget.stated_base, budget.stated_highest, budget.stated_lowest)
    )
    if base is None or highest is None or lowest is None:
        return None
    return StatedLimits(base, highest, lowest, budget.stated_by)


class _Grid(dict[tuple[int, int], T]):
    """What stands in the cells, by line and column."""

    def row(self, line: int, columns: int, empty: T) -> tuple[T, ...]:
        return tuple(self.get((line, column), empty) for column in range(columns))

    def row_or_nothing(self, line: int, columns: int, empty: T) -> tuple[T, ...]:
        row = self.row(line, columns, empty)
        return row if any(cell != empty for cell in row) else ()


def _lines(budget: Budget, column_of: dict[int, int]) -> tuple[Line, ...]:
    amounts: _Grid[Decimal | None] = _Grid()
    targets: _Grid[Decimal | None] = _Grid()
    printed: _Grid[str] = _Grid()
    notes: _Grid[str] = _Grid()
    for cell in Amount.objects.filter(line__budget=budget):
        place = cell.line_id, column_of[cell.year_id]
        amounts[place], targets[place] = _kronor(cell.amount), _kronor(cell.target)
        printed[place], notes[place] = cell.printed_text, cell.note

    statuses: _Grid[tuple[Status, ...]] = _Grid()
    for each in ContributionStatus.objects.filter(line__budget=budget):
        place = each.line_id, column_of[each.year_id]
        status = Status(each.status, Decimal(each.amount.amount), each.date, each.note)
        statuses[place] = (*statuses.get(place, ()), status)

    width = len(column_of)
    rows = BudgetLine.objects.filter(budget=budget).select_related("group__parent", "member", "project")
    return tuple(
        Line(
            key=row.pk,
            section=row.section,
            name=row.name,
            amounts=amounts.row(row.pk, width, None),
            line_class=row.line_class,
            group=_group_names(row)[0],
            subgroup=_group_names(row)[1],
            member_kind=row.member_kind,
            member=row.member.name if row.member else "",
            agreed_share=row.member.agreed_share if row.member else None,
            project=row.project.name if row.project else "",
            level=row.project.level if row.project else "",
            note=row.note,
            targets=targets.row(row.pk, width, None),
            printed_texts=printed.row_or_nothing(row.pk, width, ""),
            cell_notes=notes.row_or_nothing(row.pk, width, ""),
            statuses=statuses.row_or_nothing(row.pk, width, ()),
        )
        for row in rows
    )


def _group_names(line: BudgetLine) -> tuple[str, str]:
    if line.group is None:
        return "", ""
    if line.group.parent is None:
        return line.group.name, ""
    return line.group.parent.name, line.group.name


def _totals(budget: Budget, column_of: dict[int, int]) -> tuple[PrintedTotal, ...]:
    printed: dict[int, list[Decimal | None]] = {}
    names: dict[int, str] = {}
    rows = PrintedTotalRow.objects.filter(budget=budget).order_by("position", "pk")
    for pk, name, year, amount in rows.values_list("pk", "name", "amounts__year", "amounts__amount"):
        names[pk] = name
        cells = printed.setdefault(pk, [None] * len(column_of))
        if year is not None:  # none: a total without figures
            cells[column_of[year]] = amount

    parts: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for part in PrintedTotalPart.objects.filter(total__budget=budget).select_related("line", "group"):
        if part.line:
            parts[part.total_id]["names"].append(part.line.name)
        elif part.group:
            parts[part.total_id]["groups"].append(part.group.name)
        else:
            parts[part.total_id]["minus" if part.subtracted else "sections"].append(part.section)

    def words(total: int, kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(parts[total][kind]))

    return tuple(
        PrintedTotal(
            name=name,
            printed=tuple(printed[pk]),
            names=words(pk, "names"),
            groups=words(pk, "groups"),
            sections=words(pk, "sections"),
            minus=words(pk, "minus"),
        )
        for pk, name in names.items()
    )


def read_circumstances(federation: Federation) -> Circumstances:
    """The federation's own limits and its insatser, in two queries."""
    projects = Project.objects.filter(federation=federation).annotate(
        partner_count=Count("partners", filter=~Q(partners=F("owner")) | Q(owner__isnull=True))
    )
    return Circumstances(
        policies=tuple(
            Policy(each.kind, each.value, each.first_year, each.last_year, each.source)
            for each in federation.policies.all()
        ),
        projects=tuple(
            ProjectFacts(
                name=project.name,
                first_day=project.first_day,
                last_day=project.last_day,
                open_ended=project.open_ended,
                parties=(project.partner_count + (1 if project.owner_id else 0)) or None,
                period=project.period(),
            )
            for project in projects
        ),
    )
