"""What this process has just worked out of budgets, so that the next change need not do it again.

A budget's figures change only through numbered changes, so a budget and a number stand for one state
forever; another process's change has another number. Nothing is kept before its transaction is committed.
"""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

from budgets.editing.state import BudgetState

MOST = 64
"""Budgets; one of 60 × 4 cells takes a few hundred kB."""

T = TypeVar("T")


class Latest(Generic[T]):
    """The latest thing worked out of each budget, of those lately asked for. Safe between threads."""

    def __init__(self) -> None:
        self._things: OrderedDict[int, T] = OrderedDict()
        self._lock = Lock()

    def keep(self, budget: int, thing: T) -> None:
        with self._lock:
            self._things[budget] = thing
            self._things.move_to_end(budget)
            while len(self._things) > MOST:
                self._things.popitem(last=False)

    def get(self, budget: int) -> T | None:
        with self._lock:
            return self._things.get(budget)

    def forget(self) -> None:
        """For tests, where budgets with the same keys come and go."""
        with self._lock:
            self._things.clear()


STATES: Latest[tuple[int, BudgetState]] = Latest()
"""With the number of the federation's surroundings: a member that is removed is taken off its lines."""


def remembered(budget: int, number: int, surroundings: int) -> BudgetState | None:
    """The state right after change `number`, if it is the one kept."""
    kept = STATES.get(budget)
    return kept[1] if kept and kept[0] == surroundings and kept[1].number == number else None
