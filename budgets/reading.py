"""From tables to the pure pictures, with a fixed number of queries whatever the size."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Model, Q

from budgets.editing.state import BudgetState
from budgets.editing.steps import EMPTY_CELL, Step, Table, Value, Values
from budgets.models import (
    Amount,
    Budget,
    BudgetGroup,
    BudgetLine,
    BudgetYear,
    ContributionStatus,
    PrintedTotalAmount,
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
from finsam.partial_date import PartialDate, period
from finsam.swedish import unit_named
from members.models import Federation, Member
from members.models import Policy as OwnLimit
from projects.models import Project

FIELDS: dict[Table, tuple[str, ...]] = {
    Table.YEAR: ("year", "kind", "label", "starts", "ends", "position"),
    Table.GROUP: ("parent_id", "name", "position"),
    Table.LINE: (
        "section",
        "line_class",
        "member_kind",
        "member_id",
        "project_id",
        "group_id",
        "part_of_id",
        "name",
        "note",
        "position",
    ),
    Table.CELL: ("amount", "formula", "target", "printed_text", "note"),
    Table.STATUS: ("line_id", "year_id", "status", "amount", "date", "note", "position"),
    Table.TOTAL: ("name", "position"),
    Table.TOTAL_PART: ("total_id", "line_id", "group_id", "section", "subtracted", "position"),
    Table.TOTAL_AMOUNT: ("total_id", "year_id", "amount"),
}
"""What a budget holds in each table: the fields that a change may write."""

MODELS: dict[Table, tuple[type[Model], str]] = {
    Table.YEAR: (BudgetYear, "budget"),
    Table.GROUP: (BudgetGroup, "budget"),
    Table.LINE: (BudgetLine, "budget"),
    Table.CELL: (Amount, "line__budget"),
    Table.STATUS: (ContributionStatus, "line__budget"),
    Table.TOTAL: (PrintedTotalRow, "budget"),
    Table.TOTAL_PART: (PrintedTotalPart, "total__budget"),
    Table.TOTAL_AMOUNT: (PrintedTotalAmount, "total__budget"),
}
"""The model of each table, and the way from its rows to their budget."""


def plain(value: Any) -> Value:
    """A value of a table as the steps and states hold it."""
    if isinstance(value, Decimal | date):
        return str(value)
    assert value is None or isinstance(value, str | int)
    return value


def read_state(budget: Budget) -> BudgetState:
    """Everything the budget holds, read under its present `last_change`."""
    return read(budget)[0]


def read_sheet(budget: Budget) -> BudgetSheet:
    """The whole budget as a sheet, in six queries. A line's key is its primary key."""
    state, names = read(budget)
    return sheet_of(state, budget, names)


def read(budget: Budget) -> "tuple[BudgetState, Names]":
    """Everything the budget holds and what its lines name outside it, in six queries.

    Of one moment: when somebody changes the budget between two of the queries they are made again, and
    `budget.last_change` becomes the number of what was read.
    """
    while True:
        number = budget.last_change
        found = _read(budget)
        if budget.last_change == number:
            return found


def _read(budget: Budget) -> "tuple[BudgetState, Names]":
    """The rows, each table as it is when its turn comes; the budget's number at the end.

    Groups are read with what belongs to them: one with neither lines nor a printed total is no part of the
    budget.
    """
    rows: dict[Table, dict[int, Values]] = {table: {} for table in Table if table != Table.CELL}
    names = Names({}, {})

    def keep(table: Table, pk: int | None, values: Sequence[Any]) -> None:
        if pk is not None and pk not in rows[table]:
            rows[table][pk] = dict(zip(FIELDS[table], map(plain, values), strict=True))

    for pk, *values in BudgetYear.objects.filter(budget=budget).values_list("pk", *FIELDS[Table.YEAR]):
        keep(Table.YEAR, pk, values)

    own = FIELDS[Table.LINE]
    lines = BudgetLine.objects.filter(budget=budget).order_by()
    for pk, *values in lines.values_list("pk", *own, *NAMED, *GROUP_OF_LINE):
        keep(Table.LINE, pk, values[: len(own)])
        member, share, project, level, *groups = values[len(own) :]
        names.members[rows[Table.LINE][pk]["member_id"]] = (member or "", share)
        names.projects[rows[Table.LINE][pk]["project_id"]] = (project or "", level or "")
        _keep_groups(groups, keep)

    cells: dict[tuple[int, int], Values] = {}
    fields = FIELDS[Table.CELL]
    amounts = Amount.objects.filter(line__budget=budget).order_by()
    for line, year, *values in amounts.values_list("line_id", "year_id", *fields):
        if any(value not in (None, "") for value in values):
            cells[line, year] = dict(zip(fields, map(plain, values), strict=True))

    statuses = ContributionStatus.objects.filter(line__budget=budget).order_by()
    for pk, *values in statuses.values_list("pk", *FIELDS[Table.STATUS]):
        keep(Table.STATUS, pk, values)

    totals = PrintedTotalRow.objects.filter(budget=budget).order_by()
    for pk, name, position, *printed in totals.values_list(
        "pk", "name", "position", "amounts__pk", "amounts__year_id", "amounts__amount"
    ):
        keep(Table.TOTAL, pk, (name, position))
        keep(Table.TOTAL_AMOUNT, printed[0], (pk, *printed[1:]))

    own = FIELDS[Table.TOTAL_PART]
    parts = [f"printed_totals__parts__{field}" for field in ("pk", *own, *GROUP_OF_LINE)]
    with_number = Budget.objects.filter(pk=budget.pk).order_by().values_list("last_change", *parts)
    for number, pk, *values in with_number:  # one row at least, also without any printed total
        budget.last_change = number
        keep(Table.TOTAL_PART, pk, values[: len(own)])
        _keep_groups(values[len(own) :], keep)
    return BudgetState(budget.last_change, rows, cells), names


NAMED = ("member__name", "member__agreed_share", "project__name", "project__level")
GROUP_OF_LINE = (
    "group_id",
    "group__parent_id",
    "group__name",
    "group__position",
    "group__parent__name",
    "group__parent__position",
)


def _keep_groups(values: Sequence[Any], keep: Callable[[Table, int | None, Sequence[Any]], None]) -> None:
    group, parent, name, position, parent_name, parent_position = values
    keep(Table.GROUP, group, (parent, name, position))
    keep(Table.GROUP, parent, (None, parent_name, parent_position))


@dataclass(frozen=True)
class Names:
    """What lines name outside the budget, by primary key: members with their agreed shares (%), insatser
    with their levels. None stands for no member or insats."""

    members: dict[Value, tuple[str, Decimal | None]]
    projects: dict[Value, tuple[str, str]]


def sheet_of(state: BudgetState, budget: Budget, names: Names) -> BudgetSheet:
    """The sheet of a state of the budget; asks the database nothing."""
    years = state.ordered(Table.YEAR)
    column_of = {pk: column for column, (pk, _) in enumerate(years)}
    federation = budget.federation
    return BudgetSheet(
        columns=tuple(_column(pk, year) for pk, year in years),
        lines=_lines(state, column_of, names),
        totals=_totals(state, column_of),
        federation=federation.name,
        organisation_number=federation.organisation_number,
        plan_year=budget.plan_year,
        unit=unit_named(budget.unit),
        source=budget.source,
        stated_limits=_stated_limits(budget),
    )


def _column(pk: int, year: Values) -> Column:
    def day(value: Value) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else None

    number = year["year"]
    assert isinstance(number, int)
    return Column(number, str(year["kind"]), str(year["label"]), day(year["starts"]), day(year["ends"]), pk)


def _kronor(value: Value) -> Decimal | None:
    """SEK of a stored amount."""
    return None if value is None else Decimal(str(value))


def _stated_limits(budget: Budget) -> StatedLimits | None:
    money = budget.stated_base, budget.stated_highest, budget.stated_lowest
    base, highest, lowest = (None if each is None else Decimal(each.amount) for each in money)
    if base is None or highest is None or lowest is None:
        return None
    return StatedLimits(base, highest, lowest, budget.stated_by)


def sheet_after(sheet: BudgetSheet, state: BudgetState, steps: Iterable[Step]) -> BudgetSheet | None:
    """The sheet of the state that steps on cells alone lead to, from the sheet before them: only their lines
    are made anew. None when other tables are concerned."""
    steps = list(steps)
    if any(step.table != Table.CELL for step in steps):
        return None
    touched = {step.row for step in steps}
    years = [column.key for column in sheet.columns]
    lines = tuple(
        replace(line, **_of_cells(state, line.key, years)) if line.key in touched else line
        for line in sheet.lines
    )
    return replace(sheet, lines=lines)


def _of_cells(state: BudgetState, line: int, years: Sequence[int]) -> dict[str, Any]:
    """What a line of the sheet holds per column; nothing where every cell is empty, but for the amounts."""
    cells = [state.cells.get((line, year), EMPTY_CELL) for year in years]

    def texts(field: str) -> tuple[str, ...]:
        return tuple([str(cell[field]) for cell in cells]) if any(cell[field] for cell in cells) else ()

    computed = any(cell["target"] is not None for cell in cells)
    return {
        "amounts": tuple([_kronor(cell["amount"]) for cell in cells]),
        "targets": tuple([_kronor(cell["target"]) for cell in cells]) if computed else (),
        "printed_texts": texts("printed_text"),
        "cell_notes": texts("note"),
        "formulas": texts("formula"),
    }


def _statuses(state: BudgetState, column_of: dict[int, int]) -> dict[int, tuple[tuple[Status, ...], ...]]:
    """How far contributions have come, by line, per column."""
    found: dict[int, list[tuple[Status, ...]]] = {}
    for _, each in state.ordered(Table.STATUS):
        line, year, amount = each["line_id"], each["year_id"], _kronor(each["amount"])
        assert isinstance(line, int) and isinstance(year, int) and amount is not None
        status = Status(str(each["status"]), amount, str(each["date"]), str(each["note"]))
        cells = found.setdefault(line, [()] * len(column_of))
        cells[column_of[year]] = (*cells[column_of[year]], status)
    return {line: tuple(cells) for line, cells in found.items()}


def _lines(state: BudgetState, column_of: dict[int, int], names: Names) -> tuple[Line, ...]:
    statuses = _statuses(state, column_of)
    years = list(column_of)
    lines = []
    for pk, row in state.ordered(Table.LINE):
        group, subgroup = group_names(state, row["group_id"])
        member, agreed_share = names.members.get(row["member_id"], ("", None))
        project, level = names.projects.get(row["project_id"], ("", ""))
        lines.append(
            Line(
                key=pk,
                section=str(row["section"]),
                name=str(row["name"]),
                line_class=str(row["line_class"]),
                group=group,
                subgroup=subgroup,
                member_kind=str(row["member_kind"]),
                member=member,
                agreed_share=agreed_share,
                project=project,
                level=level,
                note=str(row["note"]),
                statuses=statuses.get(pk, ()),
                part_of=row["part_of_id"] if isinstance(row["part_of_id"], int) else None,
                **_of_cells(state, pk, years),
            )
        )
    return tuple(lines)


def group_names(state: BudgetState, group: Value) -> tuple[str, str]:
    """The group and the subgroup that a line with this `group_id` stands under, "" for none."""
    if not isinstance(group, int):
        return "", ""
    row = state.rows[Table.GROUP][group]
    if not isinstance(row["parent_id"], int):
        return str(row["name"]), ""
    return str(state.rows[Table.GROUP][row["parent_id"]]["name"]), str(row["name"])


def _totals(state: BudgetState, column_of: dict[int, int]) -> tuple[PrintedTotal, ...]:
    printed: dict[Value, list[Decimal | None]] = defaultdict(lambda: [None] * len(column_of))
    for row in state.rows[Table.TOTAL_AMOUNT].values():
        printed[row["total_id"]][column_of[row["year_id"]]] = _kronor(row["amount"])  # type: ignore[index]

    parts: dict[Value, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for _, part in state.ordered(Table.TOTAL_PART):
        of_total, line, group = parts[part["total_id"]], part["line_id"], part["group_id"]
        if isinstance(line, int):
            of_total["names"].append(str(state.rows[Table.LINE][line]["name"]))
        elif isinstance(group, int):
            of_total["groups"].append(str(state.rows[Table.GROUP][group]["name"]))
        else:
            of_total["minus" if part["subtracted"] else "sections"].append(str(part["section"]))

    def words(total: int, kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(parts[total][kind]))

    return tuple(
        PrintedTotal(
            name=str(total["name"]),
            printed=tuple(printed[pk]),
            names=words(pk, "names"),
            groups=words(pk, "groups"),
            sections=words(pk, "sections"),
            minus=words(pk, "minus"),
        )
        for pk, total in state.ordered(Table.TOTAL)
    )


@dataclass(frozen=True)
class Surroundings:
    """What a budget is judged and shown by that is not in its own tables."""

    circumstances: Circumstances
    names: Names


def read_surroundings(federation: Federation) -> Surroundings:
    """The federation's own limits, all its insatser and members, in three queries."""
    members = Member.objects.filter(federation=federation).order_by()
    shares: dict[Value, tuple[str, Decimal | None]] = {None: ("", None)}
    for pk, name, share in members.values_list("pk", "name", "agreed_share"):
        shares[pk] = (name, share)
    circumstances, projects = _read_circumstances(federation)
    return Surroundings(circumstances, Names(shares, {None: ("", ""), **projects}))


def read_circumstances(federation: Federation) -> Circumstances:
    """The federation's own limits and its insatser, in two queries."""
    return _read_circumstances(federation)[0]


def _read_circumstances(federation: Federation) -> tuple[Circumstances, dict[Value, tuple[str, str]]]:
    partners = Count("partners", filter=~Q(partners=F("owner")) | Q(owner__isnull=True))
    projects = Project.objects.filter(federation=federation).annotate(partner_count=partners)
    fields = ("pk", "name", "level", "owner_id", "partner_count", "starts", "ends", "open_ended")
    policies = OwnLimit.objects.filter(federation=federation)
    facts = []
    names: dict[Value, tuple[str, str]] = {}
    for pk, name, level, owner, partner_count, starts, ends, open_ended in projects.values_list(*fields):
        names[pk] = (name, level)
        facts.append(
            ProjectFacts(
                name=name,
                first_day=PartialDate(starts).first_day if starts else None,
                last_day=PartialDate(ends).last_day if ends else None,
                open_ended=open_ended,
                parties=(partner_count + (1 if owner else 0)) or None,
                period=period(starts, ends, open_ended=open_ended),
            )
        )
    own = ("kind", "value", "first_year", "last_year", "source")
    return Circumstances(
        policies=tuple(Policy(*values) for values in policies.values_list(*own)), projects=tuple(facts)
    ), names
