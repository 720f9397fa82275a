"""The only road to a changed board of goals: under the plan's lock, kept in its history."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from members.models import User
from plans.editing.change import ImpossibleError, locked
from plans.editing.goals_rows import KINDS, Kind, Rows, all_rows
from plans.models import GoalChange, Plan

BESIDE_GONE = "Någon annan har tagit bort eller flyttat det som {} skulle stå bredvid."
OWNER_GONE = "Någon annan har tagit bort det som {} skulle flyttas till."


class RowGoneError(Exception):
    """Somebody else has removed the row."""


class RowChangedError(Exception):
    """Somebody else has changed the row, or what belongs to it, since it was seen. `words` names it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass
class Recording:
    """What a change is about, to be filled in while it is made."""

    key: str = ""
    words: str = ""

    def about(self, kind: Kind, row: Any) -> None:
        self.key, self.words = kind.key(row), kind.words(row)


@contextmanager
def recorded(
    plan: Plan, user: User, action: GoalChange.Action, undoes: GoalChange | None = None
) -> Iterator[Recording]:
    """Within the block nobody else changes the plan; what the block has changed is written down after it.
    Raises ClosedError."""
    with locked(plan):
        before, recording = all_rows(plan), Recording()
        yield recording
        was, now = difference(before, all_rows(plan))
        if not (was or now):
            return
        GoalChange.objects.create(
            plan=plan,
            number=latest_number(plan) + 1,
            action=action,
            row_key=recording.key,
            words=recording.words,
            before=was,
            after=now,
            undoes=undoes,
            made_by=user,
            made_by_name=str(user),
        )


def difference(before: Rows, after: Rows) -> tuple[Rows, Rows]:
    """What differs: the fields of a row that is in both, the whole of one that is not."""
    was: Rows = {}
    now: Rows = {}
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            was |= {key: old} if old is not None else {}
            now |= {key: new} if new is not None else {}
        elif fields := [name for name in old if old[name] != new[name]]:
            was[key] = {name: old[name] for name in fields}
            now[key] = {name: new[name] for name in fields}
    return was, now


def latest_number(plan: Plan) -> int:
    """That of the latest change; 0 before the first."""
    return GoalChange.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0


def has_been(plan: Plan, kind: Kind, pk: int) -> bool:
    """Whether the plan has had a row that is gone."""
    return GoalChange.objects.filter(plan=plan, before__has_key=f"{kind.name}-{pk}").exists()


def row_of(plan: Plan, kind: Kind, pk: int) -> Any:
    """Raises RowGoneError."""
    row = kind.of(plan).filter(pk=pk).first()
    if row is None:
        raise RowGoneError
    return row


def place_row(
    plan: Plan, user: User, kind: Kind, pk: int, container: str, *, before: int = 0, after: int = 0
) -> None:
    """The row in a container (area-3; empty for the plan itself), right before or after the row with that
    primary key, or last. Raises ClosedError, RowGoneError and ImpossibleError."""
    with recorded(plan, user, GoalChange.Action.MOVE) as recording:
        row = row_of(plan, kind, pk)
        recording.about(kind, row)
        owner = _owner(plan, kind, container, recording.words)
        beside = list(kind.in_container(plan, container).exclude(pk=pk))
        place = _place(beside, before, after)
        if place is None:
            raise ImpossibleError(BESIDE_GONE.format(recording.words))
        if kind.container(row) != container:
            for name in kind.owners:
                setattr(row, f"{name}_id", owner.get(name))
            row.save()
        _put_in_order(kind, [*beside[:place], row, *beside[place:]])


def remove_row(plan: Plan, user: User, kind: Kind, pk: int, seen: int) -> None:
    """The row is gone with all that belongs to it, until it is undone. `seen` is the number of the plan's
    latest change when it was seen. Raises ClosedError, RowGoneError and RowChangedError."""
    with recorded(plan, user, GoalChange.Action.REMOVE) as recording:
        row = row_of(plan, kind, pk)
        recording.about(kind, row)
        vanishing = within(all_rows(plan), kind.key(row))
        for change in GoalChange.objects.filter(plan=plan, number__gt=seen):
            touched = {**change.before, **change.after}
            if any(key in touched and set(touched[key]) != {"position"} for key in vanishing):
                raise RowChangedError(recording.words)
        row.delete()


def within(rows: Rows, key: str) -> set[str]:
    """The row and all that belongs to it."""
    found = {key}
    while more := {each for each, row in rows.items() if found & _owners(each, row)} - found:
        found |= more
    return found


def _owners(key: str, row: dict[str, Any]) -> set[str]:
    return {row[name] for name in KINDS[key.rpartition("-")[0]].owners if row[name]}


def _owner(plan: Plan, kind: Kind, container: str, words: str) -> dict[str, int]:
    """The field and primary key of a container; nothing for the plan itself. Raises ImpossibleError."""
    name, _, pk = container.rpartition("-")
    if not container and not kind.needs_owner:
        return {}
    if name not in kind.owners or not pk.isdecimal() or not KINDS[name].of(plan).filter(pk=pk).exists():
        raise ImpossibleError(OWNER_GONE.format(words))
    return {name: int(pk)}


def _place(beside: list[Any], before: int, after: int) -> int | None:
    """Where among those beside it; None when the one that is named is not among them."""
    keys = [each.pk for each in beside]
    if before:
        return keys.index(before) if before in keys else None
    if after:
        return keys.index(after) + 1 if after in keys else None
    return len(keys)


def _put_in_order(kind: Kind, rows: list[Any]) -> None:
    """The positions that they have between them, in this order, so that none is touched that stays."""
    positions = sorted({row.position for row in rows})
    if len(positions) < len(rows):
        positions = list(range(len(rows)))
    for row, position in zip(rows, positions, strict=True):
        row.position = position
    kind.model._default_manager.bulk_update(rows, ["position"])
