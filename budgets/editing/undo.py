"""Undo and redo: a new change that leads back, by the same road as every other."""

from dataclasses import dataclass

from budgets.editing.change import Author, Made, make_change
from budgets.editing.steps import Step, Table
from budgets.models import Budget, Change, ChangeStep


class NothingLeftError(Exception):
    """There is nothing to undo, or to redo, in this sitting."""


@dataclass(frozen=True)
class Undoable:
    """The change (primary key) that the next undo and the next redo concern; None when there is none."""

    undo: int | None
    redo: int | None


def undoable(budget: Budget, author: Author) -> Undoable:
    """What the author may undo and redo of this sitting, in one query."""
    return _undoable(
        list(
            Change.objects.filter(budget=budget, made_by=author.user, sitting=author.sitting)
            .order_by("number")
            .values_list("pk", "kind")
        )
    )


def _undoable(changes: list[tuple[int, str]]) -> Undoable:
    """The ends of the two piles that undo and redo move between; a new edit clears the second."""
    undo: list[int] = []
    redo: list[int] = []
    for key, kind in changes:
        if kind == Change.Kind.UNDO:
            undo.pop()
            redo.append(key)
        elif kind == Change.Kind.REDO:
            redo.pop()
            undo.append(key)
        else:
            undo.append(key)
            redo.clear()
    return Undoable(undo[-1] if undo else None, redo[-1] if redo else None)


def undo(budget: Budget, author: Author) -> Made:
    """Take back the author's last change of the sitting.

    Raises NothingLeftError, ClosedError, ConflictError.
    """
    return _lead_back(budget, author, undoable(budget, author).undo, Change.Kind.UNDO)


def redo(budget: Budget, author: Author) -> Made:
    """Make again what the author last took back. Raises NothingLeftError, ClosedError, ConflictError."""
    return _lead_back(budget, author, undoable(budget, author).redo, Change.Kind.REDO)


def _lead_back(budget: Budget, author: Author, key: int | None, kind: Change.Kind) -> Made:
    if key is None:
        raise NothingLeftError
    change = Change.objects.get(pk=key)
    steps = [step.reversed for step in reversed(steps_of(change))]
    return make_change(budget, author, Change.Action(change.action), steps, kind=kind, undoes=change)


def steps_of(change: Change) -> list[Step]:
    return [step_of(row) for row in ChangeStep.objects.filter(change=change).order_by("position")]


def step_of(row: ChangeStep) -> Step:
    return Step(Table(row.table), row.row, row.before, row.after, row.year)
