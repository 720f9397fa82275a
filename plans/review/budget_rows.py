"""The budget of a version as rows to read: frozen amounts, their sums, and the marks of findings. Pure."""

from dataclasses import dataclass, replace
from functools import cached_property

from budgets.footnotes import Footnotes, cell_place, footnotes
from budgets.page import ROW_OF_CODE
from budgets.rules import Severity
from budgets.rules.finding import SEVERITY_NAMES
from budgets.rules.legal_values import in_force
from budgets.sources import Origin, origin
from budgets.table import Cell, Head, Row, Table, table
from plans.versions.contents import Contents, ShownFinding, canonical

OPENED = ("opening", "highest", "lowest")
"""Rows whose figures come from something, though they are no sums of other rows."""


@dataclass(frozen=True)
class ShownCell:
    """`id` names the cell on the page; `opens` tells whether there is more to say of where it comes from."""

    cell: Cell
    column: int
    id: str
    footnote: int | None
    severity: str
    opens: bool

    @property
    def severity_name(self) -> str:
        return SEVERITY_NAMES[Severity(self.severity)] if self.severity else ""


@dataclass(frozen=True)
class ShownRow:
    row: Row
    cells: tuple[ShownCell, ...]
    footnote: int | None


class BudgetRows:
    """The table of a version's budget in the unit of its sheet."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self.sheet, self.unit = contents.picture.sheet, contents.picture.sheet.unit

    @cached_property
    def table(self) -> Table:
        """What a source printed in a cell is nothing that a reader needs. Without the limits of the equity
        where they would be worked out from other legal values than the version was judged by."""
        made = table(self.sheet, self._contents.picture.circumstances, self.unit)
        now = in_force(self._contents.head.plan_year)
        same_law = canonical(now) == canonical(self._contents.legal_values)
        rows = (
            replace(row, cells=tuple(replace(cell, printed_text="") for cell in row.cells))
            for row in made.rows
            if same_law or row.kind != "limit"
        )
        return replace(made, rows=tuple(rows))

    @cached_property
    def footnotes(self) -> Footnotes:
        return footnotes(self.table, self.unit)

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

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The rows by key."""
        return {row.key: row for row in self.table.rows if row.key}

    @property
    def heads(self) -> tuple[Head, ...]:
        return self.table.heads

    def place_of(self, finding: ShownFinding) -> str:
        """The id of the cell that a finding is about; empty when it is about none."""
        if finding.column is None:
            return ""
        key = ROW_OF_CODE.get(finding.code) or (f"line-{finding.lines[0]}" if finding.lines else "")
        return f"{key}-{finding.column}" if key in self.rows else ""

    def origin(self, key: str, column: int) -> Origin | None:
        """Where a figure comes from; None when there is no such figure."""
        row = self.rows.get(key)
        if row is None or not 0 <= column < len(row.cells):
            return None
        return origin(self.sheet, self._contents.picture.circumstances, self.table, row, column)

    def opens(self, key: str, column: int) -> bool:
        """Whether the figure has parts to show."""
        row = self.rows.get(key)
        if row is None or not 0 <= column < len(row.cells):
            return False
        return bool(row.parts) or key in OPENED or row.cells[column].computed

    @cached_property
    def _severities(self) -> dict[str, str]:
        worst: dict[str, str] = {}
        for finding in reversed(self._contents.findings):  # worst first: that is the one that is kept
            worst[self.place_of(finding)] = finding.severity
        return worst

    def _shown(self, row: Row) -> ShownRow:
        cells = tuple(self._cell(row, column) for column in range(len(row.cells)))
        return ShownRow(row, cells, self.footnotes.numbers.get(row.key))

    def _cell(self, row: Row, column: int) -> ShownCell:
        place = cell_place(row, column)
        has_amount = row.cells[column].amount is not None
        return ShownCell(
            row.cells[column],
            column,
            place,
            self.footnotes.numbers.get(place),
            self._severities.get(place, ""),
            has_amount and self.opens(row.key, column),
        )
