"""The one road by which a budget changes: judge every step against what is there now, write all or nothing,
and remember it. Editing, closing and adoption compete for the budget's row.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import Model

from budgets.editing.remembered import STATES, remembered
from budgets.editing.state import BudgetState, Place
from budgets.editing.steps import EMPTY_CELL, Step, Table, Values
from budgets.models import Amount, Budget, Change, ChangeStep
from budgets.reading import MODELS, read_state
from members.models import User

REFERENCES = {
    Table.YEAR: ("year_id",),
    Table.LINE: ("line_id", "part_of_id"),
    Table.GROUP: ("group_id", "parent_id"),
    Table.TOTAL: ("total_id",),
}
"""The fields by which rows, of whatever table, belong to a row of these: it is not removed while any do."""
OF_CELL = {Table.LINE: 0, Table.YEAR: 1}
"""Where in the place of a cell its line and its column stand."""


@dataclass(frozen=True)
class Author:
    """Who makes a change, and in which sitting: from one sign-in to the next."""

    user: User
    sitting: str


class ClosedError(Exception):
    """The budget is closed; nothing is changed in it."""


class ConflictError(Exception):
    """Somebody else has changed what a step was about to change; nothing is stored.

    `refused` are the steps, each with what its row holds instead; None: the row is gone, or something has
    been added to a row that was to be removed.
    """

    def __init__(self, refused: list[tuple[Step, Values | None]]) -> None:
        super().__init__("Någon annan har ändrat samma uppgifter.")
        self.refused = refused


@dataclass(frozen=True)
class Made:
    """A change that is stored, with the state before it and after it."""

    change: Change
    steps: tuple[Step, ...]
    before: BudgetState
    after: BudgetState


def make_change(
    budget: Budget,
    author: Author,
    action: Change.Action,
    steps: Iterable[Step] | Callable[[BudgetState], Iterable[Step]],
    *,
    kind: Change.Kind = Change.Kind.EDIT,
    undoes: Change | None = None,
) -> Made:
    """Store the steps as one change of the budget, or nothing.

    `steps` may be a function of the state that they are judged against. `budget` is as it was just read.
    Raises ClosedError, ConflictError, or Django's ValidationError where a row would break a rule of its
    table. No steps: ValueError.
    """
    around = budget.federation.surroundings
    before = remembered(budget.pk, budget.last_change, around) or read_state(budget)
    with transaction.atomic():
        # The number is taken only if nobody has taken it: from here on the budget's row is ours.
        free = Budget.objects.filter(pk=budget.pk, is_open=True, last_change=before.number)
        if not free.update(last_change=before.number + 1):
            before = _read_under_lock(budget)
            Budget.objects.filter(pk=budget.pk).update(last_change=before.number + 1)
        wanted = list(steps(before) if callable(steps) else steps)
        if not wanted:
            raise ValueError("a change without steps")
        made, after = _apply(budget, before, wanted)
        change = Change.objects.create(
            budget_id=budget.pk,
            number=after.number,
            kind=kind,
            action=action,
            undoes=undoes,
            made_by=author.user,
            made_by_name=str(author.user),
            sitting=author.sitting,
        )
        ChangeStep.objects.bulk_create(
            ChangeStep(
                change=change,
                position=position,
                table=step.table.value,
                row=step.row,
                year=step.year,
                before=step.before,
                after=step.after,
            )
            for position, step in enumerate(made)
        )
    STATES.keep(budget.pk, (around, after))
    budget.last_change = after.number
    return Made(change, tuple(made), before, after)


def _read_under_lock(budget: Budget) -> BudgetState:
    """The state as it is now, which somebody else has changed since it was read; nobody can until the
    transaction ends. Raises ClosedError."""
    is_open, budget.last_change = (
        Budget.objects.select_for_update().values_list("is_open", "last_change").get(pk=budget.pk)
    )
    if not is_open:
        raise ClosedError
    return read_state(budget)


def _apply(budget: Budget, before: BudgetState, wanted: list[Step]) -> tuple[list[Step], BudgetState]:
    """The steps with real keys, written, and the state they lead to."""
    state = before.after((), before.number + 1)
    made, refused = list[Step](), list[tuple[Step, Values | None]]()
    keys: dict[int, int] = {}
    cells: dict[Place, Values] = {}
    for each in wanted:
        step = _with_real_keys(each, keys)
        if not state.fits(step):
            refused.append((step, state.now(step)))
        elif step.after is None and _has_rows(state, step):
            refused.append((step, None))
        if refused:  # the rest is only judged, as far as it can be
            continue
        if step.table == Table.CELL:
            state.put(step)
            assert step.year is not None
            cells[step.row, step.year] = state.cell(step.row, step.year)
        else:
            row = _write(budget, step)
            if row != step.row:
                keys[step.row] = row
                step = replace(step, row=row)
            state.put(step)
        made.append(step)
    if refused:
        raise ConflictError(refused)
    lines, years = state.rows[Table.LINE], state.rows[Table.YEAR]
    _write_cells({place: cells[place] for place in cells if place[0] in lines and place[1] in years})
    return made, state


def _with_real_keys(step: Step, keys: dict[int, int]) -> Step:
    """The step with the keys that rows made earlier in the same change got."""

    def real(values: Values | None) -> Values | None:
        if values is None or not keys:
            return values
        return {
            field: keys.get(value, value) if field.endswith("_id") and isinstance(value, int) else value
            for field, value in values.items()
        }

    year = keys.get(step.year, step.year) if step.year is not None else None
    return Step(step.table, keys.get(step.row, step.row), real(step.before), real(step.after), year)


def _has_rows(state: BudgetState, step: Step) -> bool:
    """Whether other rows belong to the one that is to be removed."""
    part = OF_CELL.get(step.table)
    if part is not None and any(place[part] == step.row for place in state.cells):
        return True
    fields = REFERENCES.get(step.table, ())
    return any(
        row.get(field) == step.row
        for of_table in state.rows.values()
        for row in of_table.values()
        for field in fields
    )


def _write(budget: Budget, step: Step) -> int:
    """Make, change or remove the row of a step; its primary key. Raises ValidationError."""
    model, way = MODELS[step.table]
    if step.after is None:
        model._default_manager.filter(pk=step.row).delete()
        return step.row
    if step.before is not None:
        row = model._default_manager.get(pk=step.row)
        for field, value in step.after.items():
            setattr(row, field, value)
        _check(row)
        row.save(update_fields=list(step.after))
        return step.row
    owner = {"budget_id": budget.pk} if way == "budget" else {}
    row = model(pk=step.row if step.row > 0 else None, **owner, **step.after)
    _check(row)
    row.save(force_insert=True)
    return int(row.pk)


def _check(row: Model) -> None:
    """Raises ValidationError, also when something that the row names has been removed meanwhile."""
    try:
        row.full_clean()
    except ObjectDoesNotExist as error:
        raise ValidationError("Något som ändringen gäller finns inte längre.") from error


def _write_cells(cells: dict[tuple[int, int], Values]) -> None:
    empty = [place for place, values in cells.items() if values == EMPTY_CELL]
    for line, year in empty:
        Amount.objects.filter(line=line, year=year).delete()
    rows = [
        Amount(line_id=place[0], year_id=place[1], **values)
        for place, values in cells.items()
        if values != EMPTY_CELL
    ]
    if rows:
        Amount.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["line", "year"],
            update_fields=list(EMPTY_CELL),
        )
