"""Income that does not come from the members."""

from collections.abc import Iterator

from budgets.rules.circumstances import Circumstances
from budgets.rules.finding import Finding, Severity
from budgets.rules.legal_values import citation, esf_source, law_year
from budgets.sheet import BudgetSheet


def _lines(sheet: BudgetSheet, line_class: str) -> tuple[int, ...]:
    return tuple(line.key for line in sheet.counted if line.line_class == line_class)


def outside_funds(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """Only a member may transfer money to the federation (FinsamL 6 §)."""
    for column in sheet.judged:
        amount = sheet.class_total("other", column)
        if amount:
            reference = citation("OUTSIDE_FUNDS", law_year(sheet, column))
            yield Finding(
                "OUTSIDE_FUNDS",
                Severity.NOTICE,
                {"amount": amount},
                reference,
                column,
                _lines(sheet, "other"),
            )


def esf(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """ESF money from plan year 2025, when the government said that it does not fit the Finsam law."""
    for column in sheet.judged:
        amount, source = sheet.class_total("esf", column), esf_source(law_year(sheet, column))
        if amount and source:
            yield Finding("ESF", Severity.NOTICE, {"amount": amount}, source, column, _lines(sheet, "esf"))
