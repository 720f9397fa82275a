"""What `check_budget` says about a budget file, as data and as text. Pure."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from budgets.rules import Circumstances, Finding, Severity, check
from budgets.rules.equity_limits import equity_limits
from budgets.rules.finding import SEVERITY_NAMES
from budgets.rules.sentences import column_name, sentence
from budgets.sheet import BudgetSheet, Discrepancy
from budgets.table import table
from finsam.swedish import NO_BREAK_SPACE, UNIT_NAME, money, number

NOTHING = Circumstances()


class CheckReport:
    """The sheet of one file, its discrepancies beyond `tolerance` (SEK), and its findings."""

    def __init__(self, file: str, sheet: BudgetSheet, tolerance: Decimal) -> None:
        self.file, self.sheet, self.tolerance = file, sheet, tolerance
        self.discrepancies = sheet.discrepancies(tolerance)
        within = {
            (each.place, each.total, each.column, each.printed)
            for each in sheet.discrepancies()
            if abs(each.difference) <= tolerance
        }
        self.findings = [finding for finding in check(sheet) if self._printed(finding) not in within]

    @staticmethod
    def _printed(finding: Finding) -> tuple[object, ...] | None:
        if finding.code != "PRINTED_TOTAL":
            return None
        figures = finding.figures
        return finding.total, figures["total"], finding.column, figures["printed"]

    @property
    def clean(self) -> bool:
        """Nothing worse than notices."""
        return not self.discrepancies and all(
            finding.severity == Severity.NOTICE for finding in self.findings
        )

    # -- data ------------------------------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        """As documented in docs/budget-file.md; amounts in SEK, an unknown figure is None."""
        sheet = self.sheet
        return {
            "file": self.file,
            "federation": sheet.federation,
            "plan_year": sheet.plan_year,
            "unit": sheet.unit,
            "tolerance": self.tolerance,
            "years": [
                {
                    "year": column.year,
                    "kind": column.kind,
                    "label": column.label,
                    "from": column.first_day.isoformat(),
                    "to": column.last_day.isoformat(),
                }
                for column in sheet.columns
            ],
            "totals": self._totals(),
            "parts": list(self._parts()),
            "equity": list(self._equity()),
            "discrepancies": [self._discrepancy(each) for each in self.discrepancies],
            "findings": [self._finding(each) for each in self.findings],
            "unknown_keys": list(sheet.unknown_keys),
        }

    def _totals(self) -> dict[str, list[Decimal | None]]:
        sheet, columns = self.sheet, range(len(self.sheet.columns))
        return {
            "income": [sheet.figures[c].income for c in columns],
            "contributions": [sheet.figures[c].contributions for c in columns],
            "costs": [sheet.figures[c].costs for c in columns],
            "administration": [sheet.administration(c) for c in columns],
            "result": [sheet.figures[c].result for c in columns],
            "opening": [sheet.figures[c].opening for c in columns],
            "closing": [sheet.figures[c].closing for c in columns],
            "funds_available": [sheet.figures[c].funds_available for c in columns],
        }

    def _parts(self) -> Iterator[dict[str, Any]]:
        """The lines that are part of another and not summed; a line by its place in the file."""
        places = {line.key: place for place, line in enumerate(self.sheet.lines)}
        for line in self.sheet.lines:
            if whole := self.sheet.whole(line):
                yield {
                    "line": places[line.key],
                    "name": line.name,
                    "part_of": places[whole.key],
                    "whole": whole.name,
                    "amounts": list(line.amounts),
                }

    def _equity(self) -> Iterator[dict[str, Any]]:
        for index, column in enumerate(self.sheet.columns):
            year = self.sheet.figures[index]
            if year.contributions is None:
                continue
            limits = equity_limits(self.sheet, NOTHING, index)
            yield {
                "year": column.year,
                "kind": column.kind,
                "opening": year.opening,
                "result": year.result,
                "closing": year.closing,
                "base": limits.base if limits else year.contributions,
                "highest": limits.highest.amount if limits and limits.highest else None,
                "lowest": limits.lowest.amount if limits and limits.lowest else None,
            }

    def _discrepancy(self, each: Discrepancy) -> dict[str, Any]:
        column = self.sheet.columns[each.column]
        return {
            "total": each.total,
            "year": column.year,
            "kind": column.kind,
            "printed": each.printed,
            "computed": each.computed,
            "difference": each.difference,
        }

    def _finding(self, finding: Finding) -> dict[str, Any]:
        column = None if finding.column is None else self.sheet.columns[finding.column]
        return {
            "code": finding.code,
            "severity": finding.severity.value,
            "year": column.year if column else None,
            "kind": column.kind if column else None,
            "message": plain(sentence(finding, self.sheet)),
            "figures": dict(finding.figures),
            "reference": finding.reference,
        }

    # -- text ------------------------------------------------------------------------------------

    def text(self) -> str:
        """For people at a terminal: the sheet, the discrepancies, the findings."""
        parts = [
            f"{self.file}: {self.sheet.federation or 'namnlöst förbund'}",
            *self._sheet_lines(),
            "",
            f"Tryckta summor som inte stämmer (tolerans {money(self.tolerance, 'SEK')}): "
            f"{len(self.discrepancies) or 'inga'}",
            *(f"  {self._discrepancy_text(each)}" for each in self.discrepancies),
            "",
            f"Anmärkningar: {len(self.findings) or 'inga'}",
            *(
                f"  {SEVERITY_NAMES[f.severity]:11} {f.code:21} {sentence(f, self.sheet)}"
                for f in self.findings
            ),
        ]
        if self.sheet.unknown_keys:
            parts += ["", f"Okända nycklar, förbigångna: {', '.join(self.sheet.unknown_keys)}"]
        return plain("\n".join(parts)) + "\n"

    def _sheet_lines(self) -> Iterator[str]:
        unit = self.sheet.unit
        shown = table(self.sheet, NOTHING, unit)
        size = Decimal(1000 if unit == "kSEK" else 1)
        rows = [
            (
                "  " * row.depth + row.label,
                ["" if c.amount is None else number(c.amount / size) for c in row.cells],
            )
            for row in shown.rows
        ]
        heads = [" ".join(filter(None, (str(h.year), h.kind, h.detail))) for h in shown.heads]
        widths = [
            max(len(heads[i]), *(len(cells[i]) for _, cells in rows if cells), 1) for i in range(len(heads))
        ]
        label_width = max(len(label) for label, _ in rows) if rows else 0
        for label, cells in [(UNIT_NAME[unit], heads), *rows]:
            figures = "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=False))
            yield f"  {label:{label_width}}  {figures}".rstrip()

    def _discrepancy_text(self, each: Discrepancy) -> str:
        unit = self.sheet.unit
        return (
            f"{column_name(self.sheet, each.column)} {each.total}: tryckt "
            f"{money(each.printed, unit)}, raderna ger {money(each.computed, unit)}, "
            f"skillnad {money(each.difference, unit)}"
        )


def plain(text: str) -> str:
    """Text for terminals and programs, with ordinary spaces."""
    return text.replace(NO_BREAK_SPACE, " ")
