"""What the members contribute, year by year, out of several budgets. Pure.

A year stands in many budgets: as plan, as budget, as forecast, as outcome. The figure shown is that of the
latest budget that has one for the year, and in it of the surest kind of column. All amounts are SEK.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgets.rules.legal_values import law_year
from budgets.rules.shares import legal_shares, rounded_share
from budgets.sheet import KINDS, BudgetSheet, Column, Line, Status, add
from finsam.swedish import UNIT_SIZE


@dataclass(frozen=True)
class Source:
    """Where a figure stands: the place of its budget among those given, and the column in it."""

    budget: int
    column: int


@dataclass(frozen=True)
class Cell:
    """What a payer contributes in a year. `lines` are the keys of the lines it is the sum of.

    `share` is its part of the year's contributions and `legal` what the law makes it, 0 to 1; `off` when
    they differ by more than the rounding of the budget's unit. `change` is from the year before, `growth`
    the same as a part of it. `statuses` come from `status_source`, which may be an older budget.
    """

    amount: Decimal | None = None
    lines: tuple[int, ...] = ()
    change: Decimal | None = None
    growth: Decimal | None = None
    share: Decimal | None = None
    legal: Decimal | None = None
    off: bool = False
    statuses: tuple[Status, ...] = ()
    status_source: Source | None = None
    status_line: int | None = None


@dataclass(frozen=True)
class Row:
    """A payer: a member, or what a budget calls several of them. `within` is the line that holds the figures
    already, for a member that is only said to pay a part of it ("varav")."""

    name: str
    payer: str
    is_member: bool
    within: str
    cells: tuple[Cell, ...]

    @property
    def legal(self) -> Decimal | None:
        """The legal share, when it is the same in every year that has one."""
        found = {cell.legal for cell in self.cells if cell.legal is not None}
        return found.pop() if len(found) == 1 else None


def any_change(cells: Iterable[Cell]) -> bool:
    """Whether there are two years to compare."""
    return any(cell.change is not None for cell in cells)


@dataclass(frozen=True)
class Year:
    column: Column
    source: Source


@dataclass(frozen=True)
class Contributions:
    """The table: a column for each year, a row for each payer, and all of them together."""

    years: tuple[Year, ...]
    rows: tuple[Row, ...]
    total: tuple[Cell, ...]

    @property
    def told(self) -> list[tuple[Row, Year, Status]]:
        """Every status with its payer and year, the latest year first."""
        return [
            (row, year, status)
            for place, year in sorted(enumerate(self.years), key=lambda each: -each[0])
            for row in self.rows
            for status in row.cells[place].statuses
        ]


@dataclass(frozen=True)
class _Payer:
    name: str
    payer: str
    is_member: bool


def contributions(sheets: Sequence[BudgetSheet], members: Sequence[str]) -> Contributions:
    """The contributions in these budgets of one federation, `members` in their order first."""
    years = _years(sheets)
    payers = _payers(sheets, members)
    rows = []
    for payer in payers:
        cells = [_cell(sheets, year, payer) for year in years]
        rows.append(
            Row(
                payer.name,
                payer.payer,
                payer.is_member,
                next((within for sheet in sheets for within in _within(sheet, payer)), ""),
                _with_changes(cells, years),
            )
        )
    total = [Cell(sheets[y.source.budget].figures[y.source.column].contributions) for y in years]
    return Contributions(years, tuple(rows), _with_changes(total, years))


def _latest_first(sheets: Sequence[BudgetSheet]) -> list[int]:
    """The places of the budgets. One of outcomes only is made after the last year that it has."""

    def made_for(place: int) -> int:
        sheet = sheets[place]
        return sheet.plan_year or max((column.year for column in sheet.columns), default=0) + 1

    return sorted(range(len(sheets)), key=lambda place: -made_for(place))


def _years(sheets: Sequence[BudgetSheet]) -> tuple[Year, ...]:
    """Every year once; from the latest budget that has contributions for it, else the latest that has it."""
    found: dict[int, Year] = {}
    latest = _latest_first(sheets)
    for must_have in (True, False):
        for place in latest:
            sheet = sheets[place]
            for column in _surest_first(sheet):
                year = sheet.columns[column].year
                stated = sheet.figures[column].contributions is not None
                if year not in found and (stated or not must_have):
                    found[year] = Year(sheet.columns[column], Source(place, column))
    return tuple(found[year] for year in sorted(found))


def _surest_first(sheet: BudgetSheet) -> list[int]:
    """Whole years before parts of one, outcome before forecast before budget, the last of equals."""

    def rank(column: int) -> tuple[bool, int, int]:
        each = sheet.columns[column]
        return is_part(each), KINDS.index(each.kind), -column

    return sorted(range(len(sheet.columns)), key=rank)


def is_part(column: Column) -> bool:
    """Whether it is a part of its year only."""
    return (column.first_day.month, column.first_day.day) != (1, 1) or (
        column.last_day.month,
        column.last_day.day,
    ) != (12, 31)


# -- who pays ----------------------------------------------------------------------------------------


def _payers(sheets: Sequence[BudgetSheet], members: Sequence[str]) -> list[_Payer]:
    """Members in their order, then those that only budgets know, the latest budget's first."""
    found = dict.fromkeys(_payer(line) for place in _latest_first(sheets) for line in _lines(sheets[place]))
    order = {name: place for place, name in enumerate(members)}
    by_name: dict[tuple[str, bool], _Payer] = {}
    for payer in found:  # a member whose kind has changed is one payer still
        by_name.setdefault((payer.name, payer.is_member), payer)
    return sorted(
        by_name.values(),
        key=lambda payer: order.get(payer.name, len(order)) if payer.is_member else len(order),
    )


def _payer(line: Line) -> _Payer:
    return _Payer(line.member or line.name, line.member_kind, bool(line.member))


def _lines(sheet: BudgetSheet) -> Iterator[Line]:
    """The lines that say what somebody contributes; of parts ("varav") those that tell a member apart."""
    for line in sheet.lines:
        if line.line_class == "contribution":
            whole = sheet.whole(line)
            if line.part_of is None or (line.member and whole is not None and not whole.member):
                yield line


def _of(sheet: BudgetSheet, payer: _Payer) -> list[Line]:
    return [
        line
        for line in _lines(sheet)
        if (line.member or line.name, bool(line.member)) == (payer.name, payer.is_member)
    ]


def _within(sheet: BudgetSheet, payer: _Payer) -> Iterator[str]:
    for line in _of(sheet, payer):
        whole = sheet.whole(line)
        if whole is not None:
            yield whole.name


# -- what they pay -----------------------------------------------------------------------------------


def _cell(sheets: Sequence[BudgetSheet], year: Year, payer: _Payer) -> Cell:
    sheet, column = sheets[year.source.budget], year.source.column
    lines = _of(sheet, payer)
    amount = add(line.amounts[column] for line in lines)
    total = sheet.figures[column].contributions
    share = rounded_share(amount, total) if amount is not None and total else None
    legal = _legal(sheet, column, lines) if share is not None else None
    off = False
    if legal is not None and amount is not None and total:
        off = abs(amount - total * legal) > UNIT_SIZE[sheet.unit]
    source, line, statuses = _statuses(sheets, year, payer)
    return Cell(
        amount,
        tuple(line.key for line in lines),
        share=share,
        legal=legal,
        off=off,
        statuses=statuses,
        status_source=source,
        status_line=line,
    )


def _legal(sheet: BudgetSheet, column: int, lines: Sequence[Line]) -> Decimal | None:
    """The payer's legal share, 0 to 1; its agreed part where several share a quarter. None where that is
    not known, and for a figure that covers everybody."""
    payers = sheet.payers[column]
    kinds = {line.member_kind for line in lines}
    if "all" in payers or len(kinds) != 1:
        return None
    (kind,) = kinds
    exact = legal_shares(payers, law_year(sheet, column))[0]
    if kind not in exact:
        return None
    if kind == "state":
        return exact[kind] / 100
    if len(exact) == 2 and payers.keys() - {"state", kind}:
        return None  # what it is to pay is said only of all local payers together
    if all(_payer(other) == _payer(lines[0]) for other in _paying(sheet, column, kind)):
        return exact[kind] / 100
    agreed = {line.agreed_share for line in lines}
    (part,) = agreed if len(agreed) == 1 else (None,)
    return None if part is None else exact[kind] * part / 10_000


def _paying(sheet: BudgetSheet, column: int, kind: str) -> Iterator[Line]:
    """The lines of a kind of payer with something in a column."""
    for line in _lines(sheet):
        if line.member_kind == kind and line.amounts[column] is not None:
            yield line


def _statuses(
    sheets: Sequence[BudgetSheet], year: Year, payer: _Payer
) -> tuple[Source | None, int | None, tuple[Status, ...]]:
    """How far the contribution has come: as the year's own column says, else the latest budget that says
    anything of the year."""
    own = year.source
    others = [
        Source(place, column)
        for place in _latest_first(sheets)
        for column in _surest_first(sheets[place])
        if sheets[place].columns[column].year == year.column.year and Source(place, column) != own
    ]
    for source in (own, *others):
        for line in _of(sheets[source.budget], payer):
            if line.statuses and line.statuses[source.column]:
                return source, line.key, line.statuses[source.column]
    return None, None, ()


def _with_changes(cells: Iterable[Cell], years: Sequence[Year]) -> tuple[Cell, ...]:
    """The cells with the difference from the year before, where both are whole years with a figure."""
    done = list(cells)
    known = {
        year.column.year: cell.amount
        for cell, year in zip(done, years, strict=True)
        if not is_part(year.column)
    }
    for place, year in enumerate(years):
        now, before = known.get(year.column.year), known.get(year.column.year - 1)
        if now is not None and before is not None:
            growth = rounded_share(now - before, before) if before else None
            done[place] = replace(done[place], change=now - before, growth=growth)
    return tuple(done)
