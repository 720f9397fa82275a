"""Income shall exceed costs, over a plan of three years whose figures are there."""

from collections.abc import Iterator
from decimal import Decimal

from budgets.rules.circumstances import Circumstances
from budgets.rules.finding import Figure, Finding, Severity
from budgets.rules.legal_values import citation, law_year
from budgets.sheet import PLANNED_KINDS, BudgetSheet

PLAN_YEARS = 3
"""The economic plan covers three years, the budget year first (KL 11:6)."""


def balance(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """The year's result, opening equity not counted (KL 11:5 via FinsamL 21 §). A deficit asks for an
    explanation; a result of zero is pointed out, since income shall exceed costs."""
    for column in sheet.judged:
        year = sheet.figures[column]
        if year.result is None or year.result > 0:
            continue
        assert year.income is not None
        yield Finding(
            "BALANCE",
            Severity.WARNING if year.result < 0 else Severity.NOTICE,
            {
                "income": year.income,
                "costs": year.costs or Decimal(0),
                "result": year.result,
                "deficit": -year.result,
            },
            citation("BALANCE", law_year(sheet, column)),
            column,
            variant="deficit" if year.result < 0 else "zero",
        )


def horizon(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """Three years, the budget year first."""
    if sheet.plan_year is None:
        return
    first = sheet.plan_year
    budgeted = {c.year for c in sheet.columns if c.kind in ("budget", "revised")}
    planned = {c.year for c in sheet.columns if c.kind in PLANNED_KINDS}
    missing = [year for year in range(first, first + PLAN_YEARS) if year not in planned]
    figures: dict[str, Figure] = {"first_year": first, "last_year": first + PLAN_YEARS - 1}
    reference = citation("HORIZON", first)
    if missing:
        yield Finding("HORIZON", Severity.ERROR, {**figures, "missing": tuple(missing)}, reference)
    elif first not in budgeted:
        yield Finding("HORIZON", Severity.ERROR, figures, reference, variant="no_budget_year")


def year_incomplete(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """A planned year without stated income, costs or opening equity: what cannot be judged is said."""
    for column in sheet.judged:
        if sheet.columns[column].kind not in PLANNED_KINDS:
            continue
        year = sheet.figures[column]
        missing = []
        if year.income is None:
            missing.append("no_figures" if year.costs is None else "no_income")
        elif year.costs is None:
            missing.append("no_costs")
        if year.income is not None and year.opening is None:
            missing.append("no_opening")
        for variant in missing:
            yield Finding("YEAR_INCOMPLETE", Severity.NOTICE, {}, "", column, variant=variant)
