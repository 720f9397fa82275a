"""What the budget page shows, put together from the pure pictures."""

from dataclasses import dataclass
from functools import cached_property

from budgets.comparison import Comparison
from budgets.editing.placing import TableRow
from budgets.footnotes import cell_place, footnotes
from budgets.rules import RULES, Circumstances, Finding, Rule, Severity, check
from budgets.rules.finding import SEVERITY_NAMES
from budgets.rules.sentences import sentence
from budgets.sheet import BudgetSheet, Column, Line
from budgets.sources import arithmetic_of
from budgets.table import Cell, Head, Row, Table, table
from finsam.swedish import Unit
from finsam.typed_amount import as_typed

ROW_OF_CODE = {
    "EQUITY_NEGATIVE": "closing",
    "EQUITY_HIGH": "closing",
    "EQUITY_LOW": "closing",
    "EQUITY_LIMIT_DOUBT": "highest",
    "EQUITY_CHAIN": "opening",
    "BALANCE": "result",
    "YEAR_INCOMPLETE": "result",
    "POLICY_EQUITY_GOAL": "closing",
    "POLICY_ADMINISTRATION": "cost",
}


@dataclass(frozen=True)
class Remark:
    """A finding as the page shows it. `anchor` is the id of its cell, empty when it has none; `cells` are
    all that it rests on, and `arithmetic` how the figure of its cell is made."""

    severity: Severity
    severity_name: str
    code: str
    sentence: str
    reference: str
    anchor: str
    arithmetic: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownCell:
    """A cell of the page. `line` and `year` name the stored cell it shows, when there is one that can be
    changed; `stored` is its amount as stored (SEK) and `typed` what the editor writes in the entry field."""

    cell: Cell
    id: str
    footnote: int | None
    severity: Severity | None
    line: int | None = None
    year: int | None = None
    stored: str = ""
    typed: str = ""

    @property
    def severity_name(self) -> str:
        return SEVERITY_NAMES[self.severity] if self.severity else ""

    @property
    def exact(self) -> str | None:
        """The amount in exact SEK, for copying it out."""
        return None if self.cell.amount is None else str(self.cell.amount)


@dataclass(frozen=True)
class ShownRow:
    row: Row
    cells: tuple[ShownCell, ...]
    footnote: int | None
    differences: tuple[str, ...] = ()


FIELDS_PER_CELL = 3
FIELDS_PER_FORM = 900
"""Django takes 1 000 fields in a form."""


@dataclass(frozen=True)
class FormPart:
    """Some rows under one heading."""

    name: str
    rows: tuple[ShownRow, ...]


def _cut(name: str, rows: list[ShownRow], longest: int) -> list[FormPart]:
    starts = range(0, len(rows), longest)
    return [
        FormPart(
            f"{name} ({place + 1} av {len(starts)})" if len(starts) > 1 else name,
            tuple(rows[start : start + longest]),
        )
        for place, start in enumerate(starts)
    ]


class BudgetPage:
    """The table with its marks, footnotes and remarks, in a unit of display. `editable`: for somebody who
    may change the amounts. `compared` names two columns whose difference is shown beside them; `like`
    is a page just made of the same budget, of which the unchanged rows are used again."""

    def __init__(
        self,
        sheet: BudgetSheet,
        circumstances: Circumstances,
        unit: Unit,
        *,
        editable: bool = False,
        compared: tuple[int, int] | None = None,
        like: "BudgetPage | None" = None,
    ) -> None:
        self.sheet, self.unit, self.editable = sheet, unit, editable
        self.table: Table = table(sheet, circumstances, unit, like.known_rows if like else None)
        self.comparison = Comparison(self.table, *compared) if compared else None
        self.footnotes = footnotes(self.table, unit)
        self.findings = check(sheet, circumstances)
        self._ids = {
            cell_place(row, column)
            for row in self.table.rows
            for column in range(len(row.cells))
            if sheet.lines  # without lines no table is shown
        }
        self._lines = {line.key: line for line in sheet.lines}
        self._severity: dict[str, Severity] = {}
        for finding in reversed(self.findings):  # the worst of a cell is kept
            self._severity[self._anchor(finding)] = finding.severity

    @cached_property
    def sections(self) -> list[tuple[str, list[ShownRow]]]:
        """The rows under each heading of the table."""
        sections: list[tuple[str, list[ShownRow]]] = []
        for row in self.table.rows:
            if row.kind == "section":
                sections.append((row.label, []))
            else:
                sections[-1][1].append(self._shown(row))
        return sections

    def _shown(self, row: Row) -> ShownRow:
        cells = tuple(self.shown_cell(row, column) for column in range(len(row.cells)))
        differences = self.comparison.differences(row, unit=self.unit) if self.comparison else ()
        return ShownRow(row, cells, self.footnotes.numbers.get(row.key), differences)

    def shown_cell(self, row: Row, column: int) -> ShownCell:
        cell, place = row.cells[column], cell_place(row, column)
        footnote, severity = self.footnotes.numbers.get(place), self._severity.get(place)
        line = self._lines.get(row.line) if self.editable and row.line is not None else None
        if line is None:
            return ShownCell(cell, place, footnote, severity)
        amount = line.amounts[column]
        formula = line.formulas[column] if line.formulas else ""
        return ShownCell(
            cell,
            place,
            footnote,
            severity,
            line=line.key,
            year=self.sheet.columns[column].key,
            stored="" if amount is None else str(amount),
            typed=formula or ("" if amount is None else as_typed(amount, self.unit)),
        )

    def marks(self, row: Row, column: int) -> tuple[object, ...]:
        """What a cell shows beside its figure, and what stands in it to be changed."""
        line = self._lines.get(row.line) if row.line is not None else None
        stored = (line.amounts[column], line.formulas[column] if line.formulas else "") if line else None
        return self._severity.get(cell_place(row, column)), stored

    @property
    def columns(self) -> list[tuple[Column, Head]]:
        return list(zip(self.sheet.columns, self.table.heads, strict=True))

    @property
    def width(self) -> int:
        """How many cells a row of the table has, its heading counted."""
        return 1 + len(self.table.heads) + (2 if self.comparison else 0)

    @cached_property
    def form_parts(self) -> list[FormPart]:
        """The rows that can be typed in, as forms of their own: a group each, cut where it gets too long."""
        longest = max(1, FIELDS_PER_FORM // (FIELDS_PER_CELL * max(1, len(self.sheet.columns))))
        parts: list[FormPart] = []
        for section, rows in self.sections:
            name, taken = section.capitalize(), list[ShownRow]()
            for shown in rows:
                if shown.row.kind == "group":
                    parts += _cut(name, taken, longest)
                    name, taken = shown.row.label, []
                elif shown.row.kind == "subtotal" and not shown.row.depth:
                    parts += _cut(name, taken, longest)
                    name, taken = section.capitalize(), []
                elif shown.row.line is not None:
                    taken.append(shown)
            parts += _cut(name, taken, longest)
        return parts

    @property
    def shape(self) -> list[TableRow]:
        """The rows under each other as shown, without the headings of sections."""
        rows = [row for row in self.table.rows if row.kind != "section"]
        return [TableRow(row.line, heading=not row.cells) for row in rows]

    @cached_property
    def remarks(self) -> list[Remark]:
        return [self._remark(finding) for finding in self.findings]

    def _remark(self, finding: Finding) -> Remark:
        anchor = self._anchor(finding)
        cells = [anchor] if anchor else []
        arithmetic = ""
        if anchor and finding.column is not None:
            row = self.rows[anchor.removesuffix(f"-{finding.column}")]
            cells += [f"{key}-{finding.column}" for _, key in row.parts]
            cells += [f"line-{line}-{finding.column}" for line in finding.lines]
            arithmetic = arithmetic_of(self.table, row, finding.column, self.unit)
        return Remark(
            severity=finding.severity,
            severity_name=SEVERITY_NAMES[finding.severity],
            code=finding.code,
            sentence=sentence(finding, self.sheet, with_reference=False),
            reference=finding.reference,
            anchor=anchor,
            arithmetic=arithmetic,
            cells=tuple(dict.fromkeys(cell for cell in cells if cell in self._ids)),
        )

    @property
    def known_rows(self) -> dict[int, tuple[Line, Row]]:
        """The rows of lines by key. Lines under another heading are not where they were."""
        rows = (row for row in self.table.rows if row.line is not None and row.kind != "key")
        return {row.line: (self._lines[row.line], row) for row in rows if row.line is not None}

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The rows of the table by key."""
        return {row.key: row for row in self.table.rows if row.key}

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many of each severity: the severity, its Swedish word, the number; only those there are."""
        counted = []
        for severity in Severity:
            number = sum(finding.severity == severity for finding in self.findings)
            if number:
                counted.append((severity.value, _counted_name(severity, number), number))
        return counted

    @property
    def passed(self) -> list[Rule]:
        """The rules that have nothing to say, of those with something to judge."""
        found = {finding.code for finding in self.findings}
        return [rule for rule in RULES if rule.code not in found and rule.judges(self.sheet)]

    def _anchor(self, finding: Finding) -> str:
        column = finding.column
        if column is None:
            return ""
        row = ROW_OF_CODE.get(finding.code, "")
        if finding.total is not None:
            row = self.table.row_of_total[finding.total]
        if not row and finding.lines:
            row = f"line-{finding.lines[0]}"
        anchor = f"{row}-{column}"
        return anchor if anchor in self._ids else ""


def _counted_name(severity: Severity, number: int) -> str:
    one, many = {
        Severity.ERROR: ("fel", "fel"),
        Severity.WARNING: ("varning", "varningar"),
        Severity.NOTICE: ("upplysning", "upplysningar"),
    }[severity]
    return one if number == 1 else many
