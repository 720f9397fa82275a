"""What this process has just worked out of budgets, so that the next change need not do it again.

A budget's figures change only through numbered changes, so a budget and a number stand for one state
forever; another process's change has another number. Nothing is kept before its transaction is committed.
"""

from budgets.editing.state import BudgetState
from finsam.latest import Latest

MOST = 64
"""Budgets; one of 60 × 4 cells takes a few hundred kB."""

STATES: Latest[int, tuple[int, BudgetState]] = Latest(MOST)
"""With the number of the federation's surroundings: a member that is removed is taken off its lines."""


def remembered(budget: int, number: int, surroundings: int) -> BudgetState | None:
    """The state right after change `number`, if it is the one kept."""
    kept = STATES.get(budget)
    return kept[1] if kept and kept[0] == surroundings and kept[1].number == number else None
