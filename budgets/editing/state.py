"""Everything a budget's tables hold, as plain data at the moment of one change; steps lead from one state
to the next and back. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from budgets.editing.steps import EMPTY_CELL, Step, Table, Value, Values

Place = tuple[int, int]
"""A cell: the primary keys of its line and its column."""


@dataclass(frozen=True)
class BudgetState:
    """The rows of a budget by table and primary key, and its cells by line and column, as they were right
    after change `number`. Cells with nothing in them are left out."""

    number: int
    rows: Mapping[Table, Mapping[int, Values]]
    cells: Mapping[Place, Values]

    def row(self, table: Table, key: int) -> Values | None:
        return self.rows[table].get(key)

    def cell(self, line: int, year: int) -> Values:
        return self.cells.get((line, year), EMPTY_CELL)

    def ordered(self, table: Table) -> list[tuple[int, Values]]:
        """The rows of a table with a position, in order."""
        return sorted(self.rows[table].items(), key=lambda row: (row[1]["position"], row[0]))

    def now(self, step: Step) -> Values | None:
        """What the row of a step holds, of the fields that the step names; None when there is no row."""
        if step.table == Table.CELL:
            row: Values | None = self.cell(step.row, step.year or 0)
            if step.row not in self.rows[Table.LINE] or step.year not in self.rows[Table.YEAR]:
                return None
        else:
            row = self.row(step.table, step.row)
        named = step.before if step.before is not None else step.after
        if row is None or named is None:
            return None
        return {field: row.get(field) for field in named}

    def fits(self, step: Step) -> bool:
        """Whether the row of a step is now what the step says it was."""
        return self.now(step) == step.before

    def after(self, steps: Iterable[Step], number: int) -> "BudgetState":
        """The state that the steps lead to."""
        rows = {table: dict(of_table) for table, of_table in self.rows.items()}
        state = replace(self, number=number, rows=rows, cells=dict(self.cells))
        for step in steps:
            state.put(step)
        return state

    def put(self, step: Step) -> None:
        """Make the step in this very state: only for one that nobody else holds."""
        if step.table == Table.CELL:
            assert step.year is not None and step.after is not None
            assert isinstance(self.cells, dict)
            place = step.row, step.year
            values = {**self.cell(*place), **step.after}
            if values == EMPTY_CELL:
                self.cells.pop(place, None)
            else:
                self.cells[place] = values
            return
        rows = self.rows[step.table]
        assert isinstance(rows, dict)
        if step.after is None:
            rows.pop(step.row, None)
        else:
            rows[step.row] = {**rows.get(step.row, {}), **step.after}

    def before(self, steps: Iterable[Step], number: int) -> "BudgetState":
        """The state that the steps, in the order they were made, led from."""
        return self.after([step.reversed for step in reversed(list(steps))], number)


def changed(row: Values, **values: Value) -> tuple[Values, Values]:
    """Of these values, those that differ from the row's: as they were, and as they become."""
    different = {field: value for field, value in values.items() if row.get(field) != value}
    return {field: row.get(field) for field in different}, different
