"""The rules on a budget: pure functions from a sheet to findings. `check` runs them all."""

from budgets.rules.circumstances import Circumstances, Policy, ProjectFacts
from budgets.rules.finding import Finding, Severity
from budgets.rules.registry import RULES, Rule, check

__all__ = [
    "RULES",
    "Circumstances",
    "Finding",
    "Policy",
    "ProjectFacts",
    "Rule",
    "Severity",
    "check",
]
