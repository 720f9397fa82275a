"""The steps that say how far a contribution has come. Pure: from the state to steps."""

from collections.abc import Mapping

from budgets.editing.state import BudgetState, changed
from budgets.editing.steps import Step, Table, Values

NEW_STATUS = -1
FIELDS = ("status", "amount", "date", "note")


def statuses_of(state: BudgetState, line: int, year: int) -> dict[int, Values]:
    """The statuses of a cell by primary key, in order, each with the fields that a person fills in."""
    return {
        key: {field: row[field] for field in FIELDS}
        for key, row in state.ordered(Table.STATUS)
        if (row["line_id"], row["year_id"]) == (line, year)
    }


def set_statuses(
    state: BudgetState, line: int, year: int, wanted: Mapping[int, Values | None], new: Values | None
) -> list[Step]:
    """Statuses of a cell with other values, those that are `wanted` to be None removed, `new` last. Those
    that are gone already are passed over. No steps when nothing differs."""
    steps = []
    rows = state.rows[Table.STATUS]
    for key, values in wanted.items():
        if key not in rows:
            continue
        if values is None:
            steps.append(Step(Table.STATUS, key, rows[key], None))
            continue
        before, after = changed(rows[key], **values)
        if after:
            steps.append(Step(Table.STATUS, key, before, after))
    if new is not None:
        taken = [int(str(rows[key]["position"])) for key in statuses_of(state, line, year)]
        place = {"line_id": line, "year_id": year, "position": max(taken, default=-1) + 1}
        steps.append(Step(Table.STATUS, NEW_STATUS, None, {**new, **place}))
    return steps
