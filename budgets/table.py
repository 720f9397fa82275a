"""The sheet as the rows of a table, in the order people read a budget. Pure; every renderer uses it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from budgets.rules.circumstances import Circumstances
from budgets.rules.equity_limits import EquityLimits, equity_limits
from budgets.sheet import (
    KIND_NAMES,
    Amounts,
    BudgetSheet,
    Column,
    Discrepancy,
    Line,
    PrintedTotal,
    Status,
    add,
)
from finsam.swedish import Unit, in_whole_units, months

STATUS_NAMES = {
    "applied": "sökt",
    "preliminary": "förhandsbesked",
    "granted": "beslutat",
    "declined": "avstått",
}


@dataclass(frozen=True)
class Head:
    """A column head: the year, and what kind of figures stand under it."""

    year: int
    kind: str
    detail: str


@dataclass(frozen=True)
class Cell:
    """A figure in SEK and what is known of it. `faults` are printed figures that differ from ours;
    `rounding` is how much the shown parts exceed the shown sum, in whole units (0: they add up)."""

    amount: Decimal | None
    printed_text: str = ""
    note: str = ""
    statuses: tuple[Status, ...] = ()
    computed: bool = False
    faults: tuple[Discrepancy, ...] = ()
    rounding: Decimal = Decimal(0)


@dataclass(frozen=True)
class Row:
    """A row. `kind`: section, group, subgroup (headings without figures), line, subtotal, total, key
    (result and equity), limit, or printed (a sum that only the source has). `key` names it on a page."""

    kind: str
    label: str
    cells: tuple[Cell, ...] = ()
    note: str = ""
    key: str = ""
    depth: int = 0


@dataclass(frozen=True)
class Table:
    """`row_of_total` says in which row (key) each printed total of the sheet is compared."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    row_of_total: Mapping[int, str]

    @property
    def rounding_notes(self) -> list[tuple[str, Head, Decimal]]:
        """The sums whose shown parts do not add up to them: label, column, difference."""
        return [
            (row.label, head, cell.rounding)
            for row in self.rows
            for head, cell in zip(self.heads, row.cells, strict=False)
            if cell.rounding
        ]


def head(column: Column) -> Head:
    part = months(column.starts, column.ends) if column.starts and column.ends else ""
    return Head(column.year, KIND_NAMES[column.kind], ", ".join(filter(None, (column.label, part))))


def table(sheet: BudgetSheet, circumstances: Circumstances, unit: Unit) -> Table:
    """The whole budget: income, costs, result, equity and its limits, and what a source printed."""
    return _TableMaker(sheet, circumstances, unit).table()


class _TableMaker:
    def __init__(self, sheet: BudgetSheet, circumstances: Circumstances, unit: Unit) -> None:
        self.sheet, self.circumstances, self.unit = sheet, circumstances, unit
        self.columns = range(len(sheet.columns))
        self.faults = sheet.discrepancies()
        self.row_of_total: dict[int, str] = {}

    def table(self) -> Table:
        rows = [
            *self._section("INTÄKTER", ("income", "financial_income"), "Summa intäkter"),
            *self._section("KOSTNADER", ("cost", "balancing", "financial_cost"), "Summa kostnader"),
            *self._equity(),
            *self._printed(),
        ]
        heads = tuple(head(column) for column in self.sheet.columns)
        return Table(heads, tuple(rows), self.row_of_total)

    # -- income and costs ------------------------------------------------------------------------

    def _section(self, title: str, sections: tuple[str, ...], total: str) -> Iterator[Row]:
        lines = [line for name in sections for line in self.sheet.lines if line.section == name]
        if not lines:
            return
        yield Row("section", title)
        for group, members in _blocks(lines, lambda line: line.group):
            if group:
                yield from self._group(group, members)
            else:
                yield from (self._line(line, 0) for line in members)
        amounts = tuple(self._section_amount(sections, column) for column in self.columns)
        parts = [[self.sheet.amount(line, column) for line in lines] for column in self.columns]
        main = (sections[0],) if len({line.section for line in lines}) == 1 else None
        yield self._sum("total", total, amounts, parts, key=sections[0], sections=main)

    def _section_amount(self, sections: tuple[str, ...], column: int) -> Decimal | None:
        year = self.sheet.figures[column]
        return year.income if "income" in sections else year.costs

    def _group(self, group: str, lines: list[Line]) -> Iterator[Row]:
        yield Row("group", group)
        for subgroup, members in _blocks(lines, lambda line: line.subgroup):
            if subgroup:
                yield Row("subgroup", subgroup, depth=1)
            yield from (self._line(line, 2 if subgroup else 1) for line in members)
            if subgroup:
                yield replace(self._sum_of(f"Summa {subgroup}", members), depth=1)
        yield self._sum_of(f"Summa {group}", lines, group)

    def _sum_of(self, label: str, lines: list[Line], group: str = "") -> Row:
        parts = [[self.sheet.amount(line, column) for line in lines] for column in self.columns]
        amounts = tuple(add(column) for column in parts)
        return self._sum("subtotal", label, amounts, parts, key=f"sum-{lines[0].key}", group=group)

    def _line(self, line: Line, depth: int) -> Row:
        cells = tuple(
            Cell(
                amount=self.sheet.amount(line, column),
                printed_text=line.printed_texts[column] if line.printed_texts else "",
                note=line.cell_notes[column] if line.cell_notes else "",
                statuses=line.statuses[column] if line.statuses else (),
                computed=line.key in self.sheet.figures[column].balancing,
                faults=self._balancing_faults(line, column),
            )
            for column in self.columns
        )
        return Row("line", line.name, cells, line.note, f"line-{line.key}", depth)

    def _sum(
        self,
        kind: str,
        label: str,
        amounts: Amounts,
        parts: list[list[Decimal | None]],
        *,
        key: str,
        group: str = "",
        sections: tuple[str, ...] | None = None,
    ) -> Row:
        printed = self._printed_as(key, group=group, sections=sections)
        cells = tuple(
            Cell(
                amounts[column],
                faults=self._faults(printed, column),
                rounding=self._rounding(amounts[column], parts[column]),
            )
            for column in self.columns
        )
        return Row(kind, label, cells, key=key)

    def _rounding(self, total: Decimal | None, parts: Iterable[Decimal | None]) -> Decimal:
        """How much the parts as shown exceed the sum as shown, in whole units."""
        if total is None:
            return Decimal(0)
        shown = sum((in_whole_units(part, self.unit) for part in parts if part is not None), Decimal(0))
        return shown - in_whole_units(total, self.unit)

    # -- printed totals --------------------------------------------------------------------------

    def _faults(self, places: list[int], column: int) -> tuple[Discrepancy, ...]:
        return tuple(f for f in self.faults if f.place in places and f.column == column)

    def _balancing_faults(self, line: Line, column: int) -> tuple[Discrepancy, ...]:
        if line.key not in self.sheet.figures[column].balancing:
            return ()
        return tuple(
            f for f in self.faults if f.place is None and f.total == line.name and f.column == column
        )

    def _printed_as(self, key: str, *, group: str = "", sections: tuple[str, ...] | None = None) -> list[int]:
        """The places of the printed totals that sum just this group, or just these sections; they are
        compared in the row of that key."""

        def same(total: PrintedTotal) -> bool:
            if total.minus or total.names:
                return False
            if group:
                return total.groups == (group,)
            return sections is not None and not total.groups and total.sections == sections

        places = [place for place, total in enumerate(self.sheet.totals) if same(total)]
        self.row_of_total.update(dict.fromkeys(places, key))
        return places

    def _printed(self) -> Iterator[Row]:
        """The printed totals that no row of ours stands for."""
        rest = [place for place in range(len(self.sheet.totals)) if place not in self.row_of_total]
        if not rest:
            return
        yield Row("section", "ANDRA SUMMOR I KÄLLAN")
        for place in rest:
            total = self.sheet.totals[place]
            cells = tuple(
                Cell(
                    None if total.printed[column] is None else self.sheet.printed_total(total, column),
                    faults=self._faults([place], column),
                )
                for column in self.columns
            )
            self.row_of_total[place] = f"printed-{place}"
            yield Row("printed", total.name, cells, key=f"printed-{place}")

    # -- equity ----------------------------------------------------------------------------------

    def _equity(self) -> Iterator[Row]:
        sheet = self.sheet
        yield Row("section", "RESULTAT OCH EGET KAPITAL")
        yield self._key("result", "Resultat", lambda c: sheet.figures[c].result)
        entered = [line for line in sheet.lines if line.section == "opening_equity"]
        opening = self._key("opening", "Ingående eget kapital", lambda c: sheet.figures[c].opening)
        if len(entered) == 1:
            cells = self._line(entered[0], 0).cells
            opening = replace(
                opening,
                label=f"Ingående eget kapital ({entered[0].name})",
                note=entered[0].note,
                cells=tuple(
                    replace(cell, amount=shown.amount, computed=cell.amount is None)
                    for cell, shown in zip(cells, opening.cells, strict=True)
                ),
            )
        else:
            yield from (self._line(line, 1) for line in entered)
        yield opening
        yield self._key("closing", "Utgående eget kapital", lambda c: sheet.figures[c].closing)
        limits = [equity_limits(sheet, self.circumstances, column) for column in self.columns]
        if any(limits):
            for key, label in (("highest", "Högsta nivå"), ("lowest", "Lägsta nivå")):
                row = self._key(key, label, partial(_limit, limits, key))
                yield replace(row, kind="limit")
        funds = self._printed_as("funds", sections=("income", "opening_equity"))
        row = self._key("funds", "Tillgängliga medel", lambda c: sheet.figures[c].funds_available)
        yield replace(
            row,
            note="Intäkter och ingående eget kapital.",
            cells=tuple(
                replace(cell, faults=self._faults(funds, column)) for column, cell in enumerate(row.cells)
            ),
        )

    def _key(self, key: str, label: str, amount: Callable[[int], Decimal | None]) -> Row:
        return Row("key", label, tuple(Cell(amount(column)) for column in self.columns), key=key)


def _limit(limits: list[EquityLimits | None], name: str, column: int) -> Decimal | None:
    limit = getattr(limits[column], name, None)
    return limit.amount if limit else None


def _blocks(lines: list[Line], key: Callable[[Line], str]) -> list[tuple[str, list[Line]]]:
    """Lines gathered by a heading, headings in the order they first appear; lines without one stay
    where they are among them."""
    blocks: list[tuple[str, list[Line]]] = []
    by_name: dict[str, list[Line]] = {}
    for line in lines:
        name = key(line)
        if name and name in by_name:
            by_name[name].append(line)
        elif not name and blocks and not blocks[-1][0]:
            blocks[-1][1].append(line)
        else:
            members = [line]
            blocks.append((name, members))
            if name:
                by_name[name] = members
    return blocks
