"""Tables of the budgets app."""

from budgets.models.budget import (
    Amount,
    Budget,
    BudgetGroup,
    BudgetLine,
    BudgetYear,
    ContributionStatus,
)
from budgets.models.choices import LineClass, MemberKind, Section
from budgets.models.history import Change, ChangeStep
from budgets.models.imports import Import
from budgets.models.printed import PrintedTotal, PrintedTotalAmount, PrintedTotalPart

__all__ = [
    "Amount",
    "Budget",
    "BudgetGroup",
    "BudgetLine",
    "BudgetYear",
    "Change",
    "ChangeStep",
    "ContributionStatus",
    "Import",
    "LineClass",
    "MemberKind",
    "PrintedTotal",
    "PrintedTotalAmount",
    "PrintedTotalPart",
    "Section",
]
