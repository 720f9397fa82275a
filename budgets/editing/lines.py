"""The steps that add, change, move and remove lines, groups and columns. Pure: from the state to steps.

Groups exist while something belongs to them: a line put in a group that is not there makes it, and the last
line to leave takes it away.
"""

from collections.abc import Iterable, Sequence

from budgets.editing.state import BudgetState, changed
from budgets.editing.steps import EMPTY_CELL, Step, Table, Value, Values, cell

NEW_LINE, NEW_GROUP, NEW_SUBGROUP = -1, -2, -3


class ImpossibleError(ValueError):
    """The change cannot be made; the message says why in Swedish."""


# -- lines -------------------------------------------------------------------------------------------


def add_line(state: BudgetState, values: Values, group: str, subgroup: str) -> list[Step]:
    """A new line, last in its group. `values` are those of the table but group and position."""
    steps, group_id = _group(state, group, subgroup)
    line = {**values, "group_id": group_id, "position": _end(state, Table.LINE)}
    return [*steps, Step(Table.LINE, NEW_LINE, None, line)]


def edit_line(state: BudgetState, line: int, values: Values, group: str, subgroup: str) -> list[Step]:
    """The line with other values, perhaps in another group. No steps when nothing differs."""
    now = _line(state, line)
    steps, group_id = _group(state, group, subgroup)
    before, after = changed(now, **values, group_id=group_id)
    if "section" in after and any(row["part_of_id"] == line for row in state.rows[Table.LINE].values()):
        raise ImpossibleError("Posten har varav-poster och kan inte byta avdelning. Flytta dem först.")
    if not after:
        return []
    if {"group_id", "section"} & after.keys() and now["group_id"] != group_id:
        before, after = (
            {**before, "position": now["position"]},
            {**after, "position": _end(state, Table.LINE)},
        )
    steps = [*steps, *_meaningless(state, line, {**now, **after}), Step(Table.LINE, line, before, after)]
    return _tidied(state, steps)


def _meaningless(state: BudgetState, line: int, row: Values) -> list[Step]:
    """The removal of what a line may not have when it has become `row`: targets of one that is computed, how
    far a contribution has come."""
    steps = []
    if row["section"] != "balancing":
        for (of_line, year), values in state.cells.items():
            if of_line == line and values["target"] is not None:
                steps.append(cell(line, year, {"target": values["target"]}, {"target": None}))
    if row["line_class"] != "contribution":
        for key, status in state.rows[Table.STATUS].items():
            if status["line_id"] == line:
                steps.append(Step(Table.STATUS, key, status, None))
    return steps


def remove_line(state: BudgetState, line: int) -> list[Step]:
    """The line goes, with its cells and the lines that are part of it."""
    _line(state, line)
    parts = [key for key, row in state.rows[Table.LINE].items() if row["part_of_id"] == line]
    steps = [step for key in (*parts, line) for step in _removal(state, Table.LINE, key)]
    return _tidied(state, steps)


def _removal(state: BudgetState, table: Table, key: int) -> list[Step]:
    """What belongs to a line or a column goes first, then the row itself."""
    place, field = (0, "line_id") if table == Table.LINE else (1, "year_id")
    steps = []
    for (line, year), values in state.cells.items():
        if (line, year)[place] == key:
            filled = {name: value for name, value in values.items() if value != EMPTY_CELL[name]}
            emptied = {name: EMPTY_CELL[name] for name in filled}
            steps.append(cell(line, year, filled, emptied))
    for of_table in (Table.STATUS, Table.TOTAL_PART, Table.TOTAL_AMOUNT):
        for pk, row in state.rows[of_table].items():
            if row.get(field) == key:
                steps.append(Step(of_table, pk, row, None))
    return [*steps, Step(table, key, state.row(table, key), None)]


def _line(state: BudgetState, line: int) -> Values:
    row = state.row(Table.LINE, line)
    if row is None:
        raise ImpossibleError("Posten finns inte längre. Någon annan har tagit bort den.")
    return row


# -- order -------------------------------------------------------------------------------------------


def move_line(state: BudgetState, line: int, *, down: bool) -> list[Step]:
    """One place up or down among its neighbours: the lines of its group, or the parts of its line. The
    first and the last stay."""
    now = _line(state, line)

    def beside(row: Values) -> bool:
        return all(row[field] == now[field] for field in ("section", "group_id", "part_of_id"))

    keys = [key for key, row in state.ordered(Table.LINE) if beside(row)]
    place = keys.index(line)
    other = place + (1 if down else -1)
    if not 0 <= other < len(keys):
        return []
    keys[place], keys[other] = keys[other], keys[place]
    return _in_order(state, Table.LINE, keys)


def move_group(state: BudgetState, group: int, *, down: bool) -> list[Step]:
    """All lines of a group (with its subgroups) before or after those of the next group in its section."""
    sections = {
        row["section"] for row in state.rows[Table.LINE].values() if _top(state, row["group_id"]) == group
    }
    blocks: dict[int, list[int]] = {}
    for key, row in state.ordered(Table.LINE):
        top = _top(state, row["group_id"])
        if row["section"] in sections:
            blocks.setdefault(top if top is not None else -key, []).append(key)
    order = list(blocks)
    if group not in order:
        raise ImpossibleError("Gruppen finns inte längre.")
    place = order.index(group)
    other = place + (1 if down else -1)
    if not 0 <= other < len(order):
        return []
    order[place], order[other] = order[other], order[place]
    return _in_order(state, Table.LINE, [key for block in order for key in blocks[block]])


def move_year(state: BudgetState, year: int, *, later: bool) -> list[Step]:
    """A column one place to the right or left."""
    keys = [key for key, _ in state.ordered(Table.YEAR)]
    if year not in keys:
        raise ImpossibleError("Kolumnen finns inte längre.")
    place = keys.index(year)
    other = place + (1 if later else -1)
    if not 0 <= other < len(keys):
        return []
    keys[place], keys[other] = keys[other], keys[place]
    return _in_order(state, Table.YEAR, keys)


def _in_order(state: BudgetState, table: Table, keys: Sequence[int]) -> list[Step]:
    """These rows in this order, in the positions they have together."""
    rows = state.rows[table]
    positions = sorted(int(str(rows[key]["position"])) for key in keys)
    for place in range(1, len(positions)):  # equal ones would leave the order to chance
        positions[place] = max(positions[place], positions[place - 1] + 1)
    return [
        Step(table, key, {"position": rows[key]["position"]}, {"position": position})
        for key, position in zip(keys, positions, strict=True)
        if rows[key]["position"] != position
    ]


def _end(state: BudgetState, table: Table) -> int:
    return max((int(str(row["position"])) for row in state.rows[table].values()), default=-1) + 1


# -- groups ------------------------------------------------------------------------------------------


def rename_group(state: BudgetState, group: int, name: str) -> list[Step]:
    row = state.row(Table.GROUP, group)
    if row is None:
        raise ImpossibleError("Gruppen finns inte längre.")
    if _find(state, name, row["parent_id"]) not in (None, group):
        raise ImpossibleError(f"Det finns redan en grupp som heter \u201d{name}\u201d.")
    before, after = changed(row, name=name)
    return [Step(Table.GROUP, group, before, after)] if after else []


def group_at(state: BudgetState, line: int, *, top: bool) -> int | None:
    """The group of a line: the one at the top, or the subgroup under it; None when there is none."""
    own = state.rows[Table.LINE][line]["group_id"]
    first = _top(state, own)
    if top:
        return first
    return own if isinstance(own, int) and own != first else None


def _top(state: BudgetState, group: Value) -> int | None:
    """The group that a line stands under, its subgroup's when it has one."""
    if not isinstance(group, int):
        return None
    parent = state.rows[Table.GROUP][group]["parent_id"]
    return parent if isinstance(parent, int) else group


def _find(state: BudgetState, name: str, parent: Value) -> int | None:
    groups = state.rows[Table.GROUP].items()
    return next((k for k, row in groups if row["name"] == name and row["parent_id"] == parent), None)


def _group(state: BudgetState, group: str, subgroup: str) -> tuple[list[Step], Value]:
    """The key of a group by its names, with the steps that make it when it is not there."""
    if not group:
        return [], None
    steps = []
    position = _end(state, Table.GROUP)
    key = _find(state, group, None)
    if key is None:
        key = NEW_GROUP
        steps.append(Step(Table.GROUP, key, None, {"parent_id": None, "name": group, "position": position}))
    if not subgroup:
        return steps, key
    under = _find(state, subgroup, key)
    if under is None:
        under = NEW_SUBGROUP
        values: dict[str, Value] = {"parent_id": key, "name": subgroup, "position": position + 1}
        steps.append(Step(Table.GROUP, under, None, values))
    return steps, under


def _tidied(state: BudgetState, steps: Iterable[Step]) -> list[Step]:
    """The steps, and after them the removal of groups that they leave with nothing."""
    steps = list(steps)
    after = state.after(steps, state.number)
    used = {row["group_id"] for row in after.rows[Table.LINE].values()}
    used |= {row["group_id"] for row in after.rows[Table.TOTAL_PART].values()}
    groups = after.rows[Table.GROUP]
    used |= {groups[key]["parent_id"] for key in used if isinstance(key, int)}
    empty = [key for key in groups if key not in used]
    empty.sort(key=lambda key: groups[key]["parent_id"] is None)  # subgroups first
    return [*steps, *(Step(Table.GROUP, key, groups[key], None) for key in empty)]


# -- columns -----------------------------------------------------------------------------------------


def add_year(state: BudgetState, values: Values, before: int | None) -> list[Step]:
    """A new column to the left of another, or last."""
    keys = [key for key, _ in state.ordered(Table.YEAR)]
    place = keys.index(before) if before in keys else len(keys)
    made = Step(Table.YEAR, NEW_LINE, None, {**values, "position": _end(state, Table.YEAR)})
    keys.insert(place, NEW_LINE)
    with_new = state.after([made], state.number)
    return [made, *_in_order(with_new, Table.YEAR, keys)]


def edit_year(state: BudgetState, year: int, values: Values) -> list[Step]:
    row = state.row(Table.YEAR, year)
    if row is None:
        raise ImpossibleError("Kolumnen finns inte längre. Någon annan har tagit bort den.")
    before, after = changed(row, **values)
    return [Step(Table.YEAR, year, before, after)] if after else []


def remove_year(state: BudgetState, year: int) -> list[Step]:
    """The column goes, with its cells."""
    if state.row(Table.YEAR, year) is None:
        raise ImpossibleError("Kolumnen finns inte längre. Någon annan har tagit bort den.")
    if len(state.rows[Table.YEAR]) == 1:
        raise ImpossibleError("En budget har minst en kolumn.")
    return _removal(state, Table.YEAR, year)


def remove_totals(state: BudgetState) -> list[Step]:
    """The totals that a source printed go, all of them."""
    return [
        Step(table, key, row, None)
        for table in (Table.TOTAL_AMOUNT, Table.TOTAL_PART, Table.TOTAL)
        for key, row in state.rows[table].items()
    ]
