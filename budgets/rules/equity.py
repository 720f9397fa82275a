"""Closing equity: never below zero, within its limits, and carried from year to year."""

from collections.abc import Iterator
from decimal import Decimal

from budgets.rules.circumstances import Circumstances
from budgets.rules.equity_limits import Limit, equity_limits
from budgets.rules.finding import Figure, Finding, Severity
from budgets.rules.legal_values import citation, law_year
from budgets.sheet import BudgetSheet


def equity_negative(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """A federation may not go into debt, and its members must cover a shortfall (FinsamL 21, 22 §§)."""
    for column in sheet.judged:
        year = sheet.figures[column]
        if year.closing is not None and year.closing < 0:
            assert year.opening is not None and year.result is not None
            yield Finding(
                "EQUITY_NEGATIVE",
                Severity.ERROR,
                {"opening": year.opening, "result": year.result, "closing": year.closing},
                citation("EQUITY_NEGATIVE", law_year(sheet, column)),
                column,
            )


def balancing_negative(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """Nothing is left to grant: the costs already stated take more than closing equity allows. A line
    that is computed would otherwise hide the deficit. An error when even without the line closing equity
    is below zero (FinsamL 21, 22 §§), else a warning."""
    for column in sheet.judged:
        year = sheet.figures[column]
        for key, amount in year.balancing.items():
            if amount is None or amount >= 0 or year.closing is None:
                continue
            without = year.closing + amount
            yield Finding(
                "BALANCING_NEGATIVE",
                Severity.ERROR if without < 0 else Severity.WARNING,
                {"shortfall": -amount, "target": year.closing, "closing_without": without},
                citation("EQUITY_NEGATIVE", law_year(sheet, column)),
                column,
                (key,),
            )


def _steps(limit: Limit) -> tuple[Figure, ...]:
    return tuple((step.part, step.percent) for step in limit.steps)


def equity_high(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """Closing equity above the staircase on the year's contributions, or the federation's own limit."""
    for column in sheet.judged:
        limits, closing = equity_limits(sheet, circumstances, column), sheet.figures[column].closing
        if limits and limits.highest and closing is not None and closing > limits.highest.amount:
            yield Finding(
                "EQUITY_HIGH",
                Severity.WARNING,
                {
                    "closing": closing,
                    "highest": limits.highest.amount,
                    "difference": closing - limits.highest.amount,
                    "base": limits.base,
                    "steps": _steps(limits.highest),
                },
                limits.highest.source,
                column,
                variant="recommended" if limits.highest.steps else "own",
            )


def equity_low(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """Closing equity from zero to below the lowest limit; below zero is EQUITY_NEGATIVE."""
    for column in sheet.judged:
        limits, closing = equity_limits(sheet, circumstances, column), sheet.figures[column].closing
        if limits and limits.lowest and closing is not None and Decimal(0) <= closing < limits.lowest.amount:
            yield Finding(
                "EQUITY_LOW",
                Severity.NOTICE,
                {
                    "closing": closing,
                    "lowest": limits.lowest.amount,
                    "difference": limits.lowest.amount - closing,
                    "base": limits.base,
                    "steps": _steps(limits.lowest),
                },
                limits.lowest.source,
                column,
                variant="recommended" if limits.lowest.steps else "own",
            )


def equity_limit_doubt(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """The base reaches a step of the staircase that no readable source confirms."""
    for column in sheet.judged:
        limits = equity_limits(sheet, circumstances, column)
        if limits and limits.doubt:
            for one in (limits.highest, limits.lowest):
                if one and one.steps:
                    figures: dict[str, Figure] = {"base": limits.base, "doubt": limits.doubt}
                    yield Finding("EQUITY_LIMIT_DOUBT", Severity.NOTICE, figures, one.source, column)
                    break


def equity_chain(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """Entered opening equity differs from the closing equity of the year before. Comparison columns
    too: what a document carries over wrongly it carries into the plan."""
    for column, year in enumerate(sheet.figures):
        if year.opening_entered is None or year.carried is None or year.carried_from is None:
            continue
        if year.opening_entered != year.carried:
            yield Finding(
                "EQUITY_CHAIN",
                Severity.WARNING,
                {
                    "opening": year.opening_entered,
                    "carried": year.carried,
                    "difference": year.opening_entered - year.carried,
                    "previous_year": sheet.columns[year.carried_from].year,
                },
                citation("EQUITY_CHAIN", law_year(sheet, column)),
                column,
                tuple(line.key for line in sheet.lines if line.section == "opening_equity"),
            )
