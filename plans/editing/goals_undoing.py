"""Undoing a change of the board of goals: what it touched is again as it was before."""

from members.models import User
from plans.editing.change import ImpossibleError
from plans.editing.goals import recorded
from plans.editing.goals_rows import KINDS, OwnerGoneError, Rows, all_rows, put_back
from plans.models import GoalChange, Plan


def undo(plan: Plan, user: User, number: int) -> GoalChange:
    """What change `number` touched is again as it was before. Raises ClosedError, and ImpossibleError when it
    was undone already or some of it was changed afterwards."""
    change = GoalChange.objects.filter(plan=plan, number=number).first()
    if change is None:
        raise ImpossibleError("Ändringen finns inte.")
    with recorded(plan, user, GoalChange.Action.UNDO, undoes=change) as recording:
        recording.key, recording.words = change.row_key, change.words
        if GoalChange.objects.filter(undoes=change).exists():
            raise ImpossibleError("Ändringen är redan ångrad.")
        if not _is_untouched(change, all_rows(plan)):
            raise ImpossibleError("Något av det har ändrats sedan dess, så ändringen kan inte ångras.")
        _restore(plan, change)
    return change


def latest_undoable(plan: Plan, user: User | None = None) -> GoalChange | None:
    """The latest change (of that user) that is not undone, if nothing that it touched was changed since."""
    changes = GoalChange.objects.filter(plan=plan, undone_by__isnull=True)
    if user is not None:
        changes = changes.filter(made_by=user)
    change = changes.exclude(action=GoalChange.Action.UNDO).order_by("number").last()
    return change if change and _is_untouched(change, all_rows(plan)) else None


def _is_untouched(change: GoalChange, rows: Rows) -> bool:
    """Whether all that the change touched is as it left it, and nothing has come to what it added."""
    added = change.after.keys() - change.before.keys()
    as_left = all(
        key in rows and all(rows[key][name] == value for name, value in fields.items())
        for key, fields in change.after.items()
    )
    others = (row for key, row in rows.items() if key not in change.after)
    return as_left and not any(added & _named(row) for row in others)


def _named(row: dict[str, object]) -> set[object]:
    """The keys of the rows that a row belongs to or is linked with."""
    return {
        key
        for name, value in row.items()
        if name in KINDS or name == "target_groups"
        for key in (value if isinstance(value, list) else [value])
    }


def _restore(plan: Plan, change: GoalChange) -> None:
    """What was added goes; the rest comes back, those that others belong to first."""
    for key in change.after.keys() - change.before.keys():
        name, _, pk = key.rpartition("-")
        KINDS[name].of(plan).filter(pk=pk).delete()
    order = list(KINDS)
    try:
        for key in sorted(change.before, key=lambda key: order.index(key.rpartition("-")[0])):
            put_back(plan, key, change.before[key])
    except OwnerGoneError:
        raise ImpossibleError("Det som uppgiften hörde till finns inte längre.") from None
