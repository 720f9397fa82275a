"""What the budget page shows, put together from the pure pictures."""

from dataclasses import dataclass

from budgets.footnotes import cell_place, footnotes
from budgets.rules import RULES, Circumstances, Finding, Rule, Severity, check
from budgets.rules.finding import SEVERITY_NAMES
from budgets.rules.sentences import sentence
from budgets.sheet import BudgetSheet
from budgets.table import Cell, Row, Table, table
from finsam.swedish import Unit

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
    """A finding as the page shows it. `anchor` is the id of its cell, empty when it has none."""

    severity: Severity
    severity_name: str
    code: str
    sentence: str
    reference: str
    anchor: str


@dataclass(frozen=True)
class ShownCell:
    cell: Cell
    id: str
    footnote: int | None
    severity: Severity | None

    @property
    def severity_name(self) -> str:
        return SEVERITY_NAMES[self.severity] if self.severity else ""


@dataclass(frozen=True)
class ShownRow:
    row: Row
    cells: tuple[ShownCell, ...]
    footnote: int | None


class BudgetPage:
    """The table with its marks, footnotes and remarks, in a unit of display."""

    def __init__(self, sheet: BudgetSheet, circumstances: Circumstances, unit: Unit) -> None:
        self.sheet, self.unit = sheet, unit
        self.table: Table = table(sheet, circumstances, unit)
        self.footnotes = footnotes(self.table, unit)
        self.findings = check(sheet, circumstances)
        self._ids = {
            cell_place(row, column)
            for row in self.table.rows
            for column in range(len(row.cells))
            if sheet.lines  # without lines no table is shown
        }
        self._severity: dict[str, Severity] = {}
        for finding in reversed(self.findings):  # the worst of a cell is kept
            self._severity[self._anchor(finding)] = finding.severity

    @property
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
        numbers = self.footnotes.numbers
        cells = []
        for column, cell in enumerate(row.cells):
            place = cell_place(row, column)
            cells.append(ShownCell(cell, place, numbers.get(place), self._severity.get(place)))
        return ShownRow(row, tuple(cells), numbers.get(row.key))

    @property
    def remarks(self) -> list[Remark]:
        return [
            Remark(
                severity=finding.severity,
                severity_name=SEVERITY_NAMES[finding.severity],
                code=finding.code,
                sentence=sentence(finding, self.sheet, with_reference=False),
                reference=finding.reference,
                anchor=self._anchor(finding),
            )
            for finding in self.findings
        ]

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
