"""The sheet as the rows of a table, in the order people read a budget. Pure; every renderer uses it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from budgets.rules.circumstances import Circumstances
from budgets.rules.equity_limits import EquityLimits, equity_limits
from budgets.sheet import (
    KIND_NAMES,
    BudgetSheet,
    Column,
    Discrepancy,
    Line,
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


Parts = tuple[tuple[int, str], ...]


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
    """A row. `kind`: section, group, subgroup (headings without figures), line, part, subtotal, total, key
    (result and equity), limit, or printed (a sum that only the source has). `key` names it on a page,
    `line` is the key of the line whose amounts the row shows. `parts` are the rows (1 or −1, key) that a
    figure is the sum of, where they are the same in every column. `first_line` is under a heading."""

    kind: str
    label: str
    cells: tuple[Cell, ...] = ()
    note: str = ""
    key: str = ""
    depth: int = 0
    line: int | None = None
    parts: Parts = ()
    first_line: int | None = None


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


Known = Mapping[int, tuple[Line, Row]]


def table(sheet: BudgetSheet, circumstances: Circumstances, unit: Unit, known: Known | None = None) -> Table:
    """The whole budget: income, costs, result, equity and its limits, and what a source printed.

    `known` are rows made before of lines by key, in any unit; they are used again where the line is the same.
    """
    return _TableMaker(sheet, circumstances, unit, known or {}).table()


class _TableMaker:
    def __init__(self, sheet: BudgetSheet, circumstances: Circumstances, unit: Unit, known: Known) -> None:
        self.sheet, self.circumstances, self.unit, self.known = sheet, circumstances, unit, known
        self.columns = range(len(sheet.columns))
        self.faults = sheet.discrepancies()
        self.row_of_total: dict[int, str] = {}
        self.summed = [sheet.summed_by(total) for total in sheet.totals]
        self.parts: dict[int, list[Line]] = {}
        for line in sheet.lines:
            if line.part_of is not None:
                self.parts.setdefault(line.part_of, []).append(line)

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
        lines = self._lines(*sections)
        if not lines:
            return
        yield Row("section", title)
        for group, members in _blocks(lines, lambda line: line.group):
            if group:
                yield from self._group(group, members)
            else:
                yield from (self._line(line, 0) for line in members)
        yield self._sum("total", total, lines, sections[0])  # income, cost

    def _lines(self, *sections: str) -> list[Line]:
        """The lines of sections, each followed by its parts, which stand in its group."""
        lines = []
        for line in (line for name in sections for line in self.sheet.counted if line.section == name):
            lines.append(line)
            for part in self.parts.get(line.key, ()):
                lines.append(replace(part, group=line.group, subgroup=line.subgroup))
        return lines

    def _group(self, group: str, lines: list[Line]) -> Iterator[Row]:
        yield Row("group", group, first_line=lines[0].key)
        for subgroup, members in _blocks(lines, lambda line: line.subgroup):
            if subgroup:
                yield Row("subgroup", subgroup, depth=1, first_line=members[0].key)
            yield from (self._line(line, 2 if subgroup else 1) for line in members)
            if subgroup:
                key = f"subgroup-{lines[0].key}-{members[0].key}"
                yield replace(self._sum("subtotal", f"Summa {subgroup}", members, key), depth=1)
        yield self._sum("subtotal", f"Summa {group}", lines, f"group-{lines[0].key}")

    def _line(self, line: Line, depth: int) -> Row:
        same, row = self.known.get(line.key, (None, None))
        if same is line and row is not None and line.section != "balancing":
            return row
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
        if line.part_of is not None:
            return Row(
                "part", f"varav {line.name}", cells, line.note, f"line-{line.key}", depth + 1, line.key
            )
        return Row("line", line.name, cells, line.note, f"line-{line.key}", depth, line.key)

    def _sum(self, kind: str, label: str, lines: list[Line], key: str) -> Row:
        """A row that sums lines, compared with the printed totals that sum the same."""
        lines = [line for line in lines if line.part_of is None]
        parts = [[self.sheet.amount(line, column) for line in lines] for column in self.columns]
        amounts = tuple(add(column) for column in parts)
        cells = tuple(
            Cell(amount, rounding=self._rounding(amount, parts[column]))
            for column, amount in enumerate(amounts)
        )
        summed = tuple((1, f"line-{line.key}") for line in lines)
        return self._compared(Row(kind, label, cells, key=key, parts=summed), lines)

    def _rounding(self, total: Decimal | None, parts: Iterable[Decimal | None]) -> Decimal:
        """How much the parts as shown exceed the sum as shown, in whole units."""
        if total is None:
            return Decimal(0)
        shown = sum((in_whole_units(part, self.unit) for part in parts if part is not None), Decimal(0))
        return shown - in_whole_units(total, self.unit)

    # -- printed totals --------------------------------------------------------------------------

    def _compared(self, row: Row, lines: list[Line]) -> Row:
        """The row with the faults of the printed totals that sum these very lines, where the row shows
        what they come to; those totals then need no row of their own."""
        keys = frozenset(line.key for line in lines)
        places = [
            place
            for place, total in enumerate(self.sheet.totals)
            if place not in self.row_of_total
            and self.summed[place] == keys
            and all(
                (cell.amount or 0) == self.sheet.printed_total(total, column)
                for column, cell in enumerate(row.cells)
                if total.printed[column] is not None
            )
        ]
        if not places:
            return row
        self.row_of_total.update(dict.fromkeys(places, row.key))
        cells = tuple(
            replace(cell, faults=self._faults(places, column)) for column, cell in enumerate(row.cells)
        )
        return replace(row, cells=cells)

    def _faults(self, places: list[int], column: int) -> tuple[Discrepancy, ...]:
        return tuple(f for f in self.faults if f.place in places and f.column == column)

    def _balancing_faults(self, line: Line, column: int) -> tuple[Discrepancy, ...]:
        if line.key not in self.sheet.figures[column].balancing:
            return ()
        return tuple(f for f in self.faults if f.place is None and f.line == line.key and f.column == column)

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
        figures = self.sheet.figures
        yield Row("section", "RESULTAT OCH EGET KAPITAL")
        result = self._key(
            "result",
            "Resultat",
            lambda c: figures[c].result,
            lambda c: (figures[c].income, _less(figures[c].costs)),
        )
        yield replace(result, parts=((1, "income"), (-1, "cost")))
        entered = self._lines("opening_equity")
        opening = self._key("opening", "Ingående eget kapital", lambda c: figures[c].opening)
        if len(entered) == 1:
            yield self._named_opening(opening, entered[0])
        else:
            yield from (self._line(line, 1) for line in entered)
            yield opening
        closing = self._key(
            "closing",
            "Utgående eget kapital",
            lambda c: figures[c].closing,
            lambda c: (figures[c].opening, figures[c].result),
        )
        yield replace(closing, parts=((1, "opening"), (1, "result")))
        limits = [equity_limits(self.sheet, self.circumstances, column) for column in self.columns]
        if any(limits):
            for key, label in (("highest", "Högsta nivå"), ("lowest", "Lägsta nivå")):
                yield replace(self._key(key, label, partial(_limit, limits, key)), kind="limit")
        funds = self._key(
            "funds",
            "Tillgängliga medel",
            lambda c: figures[c].funds_available,
            lambda c: (figures[c].income, figures[c].opening),
        )
        lines = self._lines("income", "financial_income", "opening_equity")
        yield replace(
            self._compared(funds, lines),
            note="Intäkter och ingående eget kapital.",
            parts=((1, "income"), (1, "opening")),
        )

    def _named_opening(self, opening: Row, line: Line) -> Row:
        """Opening equity under the name its only line has in the source, with that line's notes."""
        cells = tuple(
            replace(cell, amount=shown.amount, computed=cell.amount is None)
            for cell, shown in zip(self._line(line, 0).cells, opening.cells, strict=True)
        )
        same = line.name.casefold() == opening.label.casefold()
        label = opening.label if same else f"{opening.label} ({line.name})"
        return replace(opening, label=label, note=line.note, cells=cells, line=line.key)

    def _key(
        self,
        key: str,
        label: str,
        amount: Callable[[int], Decimal | None],
        parts: Callable[[int], tuple[Decimal | None, ...]] | None = None,
    ) -> Row:
        """A key figure, with what the shown figures it follows from would give instead."""
        cells = tuple(
            Cell(
                amount(column),
                rounding=self._rounding(amount(column), parts(column)) if parts else Decimal(0),
            )
            for column in self.columns
        )
        return Row("key", label, cells, key=key)


def _less(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else -amount


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
