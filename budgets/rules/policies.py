"""Limits that the federation has set for its own economy."""

from collections.abc import Iterator

from budgets.rules.circumstances import Circumstances
from budgets.rules.finding import Finding, Severity
from budgets.sheet import BudgetSheet


def policy_administration(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """Board, administration and audit take more of the year's costs than the federation allows."""
    for column in sheet.judged:
        policy = circumstances.policy("administration_ceiling", sheet.columns[column].year)
        share, cost = sheet.administration_share(column), sheet.administration(column)
        if policy is None or policy.value is None or share is None or cost is None:
            continue
        if share > policy.value / 100:
            yield Finding(
                "POLICY_ADMINISTRATION",
                Severity.WARNING,
                {"administration": cost, "share": share, "ceiling": policy.value / 100},
                policy.source,
                column,
            )


def policy_equity_goal(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """Closing equity above the federation's own goal."""
    for column in sheet.judged:
        policy = circumstances.policy("equity_goal", sheet.columns[column].year)
        closing = sheet.figures[column].closing
        if policy is None or policy.value is None or closing is None:
            continue
        if closing > policy.value:
            yield Finding(
                "POLICY_EQUITY_GOAL",
                Severity.WARNING,
                {"closing": closing, "goal": policy.value, "difference": closing - policy.value},
                policy.source,
                column,
            )
