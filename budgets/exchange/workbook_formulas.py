"""The formulas of the workbook: the sheet's own arithmetic, written for a spreadsheet. Pure.

Every formula stands beside the value that the sheet computed, and gives the same when it is recalculated.
A sum of nothing is empty, not zero; so where nothing is stated the formula says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from budgets.exchange.raw import address, column_letters
from budgets.sheet import BudgetSheet, Line
from budgets.table import Row
from finsam.swedish import UNIT_SIZE, Unit

LONGEST = 8_000
"""Signs of a formula; Excel takes 8 192."""

ZERO_OR_EMPTY = '""'


@dataclass
class Places:
    """Where everything stands on the sheet: rows counted from 0 by what they show. `parts` are the rows
    that each sum adds up: lines, or the sums of groups."""

    lines: dict[int, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    parts: dict[str, list[int]] = field(default_factory=dict)


def places(rows: Sequence[Row], first: int) -> Places:
    """The places of a table's rows when the first of them stands in row `first`."""
    found = Places()
    section: list[int] = []
    group: list[int] | None = None
    subgroup: list[int] | None = None
    for at, row in enumerate(rows, first):
        if row.key:
            found.rows[row.key] = at
        if row.line is not None:
            found.lines[row.line] = at
        if row.kind == "section":
            section, group, subgroup = [], None, None
        elif row.kind == "group":
            group, subgroup = [], None
        elif row.kind == "subgroup":
            subgroup = []
        elif row.kind == "line":
            next(each for each in (subgroup, group, section) if each is not None).append(at)
        elif row.kind == "subtotal" and subgroup is not None:
            found.parts[row.key] = subgroup
            assert group is not None
            group.append(at)
            subgroup = None
        elif row.kind == "subtotal" and group is not None:
            found.parts[row.key] = group
            section.append(at)
            group = None
        elif row.kind == "total":
            found.parts[row.key] = section
    return found


def ranges(rows: Iterable[int], column: int) -> str:
    """Cells of a column as arguments of a function: C4:C9,C12."""
    letters, spans = column_letters(column), list[list[int]]()
    for row in sorted(rows):
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ",".join(
        f"{letters}{first + 1}" if first == last else f"{letters}{first + 1}:{letters}{last + 1}"
        for first, last in spans
    )


class Formulas:
    """The formulas of one sheet. `first_column` is where the first year stands."""

    def __init__(self, sheet: BudgetSheet, unit: Unit, places: Places, first_column: int) -> None:
        self.sheet, self.unit, self.places, self.first = sheet, unit, places, first_column

    def of(self, row: Row, column: int) -> str:
        """The formula of a cell, without its equals sign; empty where the cell holds a figure of its own."""
        if row.kind in ("subtotal", "total"):
            return self._sum(self.places.parts[row.key], column, row.cells[column].amount is None)
        if row.line is not None and row.kind == "line":
            return self._balancing(row.line, column)
        if row.kind != "key":
            return ""
        return {
            "result": self._result,
            "opening": self._opening,
            "closing": self._closing,
            "funds": self._funds,
        }[row.key](column)

    # -- sums --------------------------------------------------------------------------------------

    def _sum(self, rows: Sequence[int], column: int, empty: bool) -> str:
        """SUM of cells. Of nothing stated it is empty until something is."""
        cells = ranges(rows, self.first + column)
        if not cells:
            return ""
        formula = f'IF(COUNT({cells})=0,"",SUM({cells}))' if empty else f"SUM({cells})"
        return formula if len(formula) <= LONGEST and cells.count(",") < 250 else self._long_sum(rows, column)

    def _long_sum(self, rows: Sequence[int], column: int) -> str:
        """More cells than SUM takes: as many SUMs as are needed."""
        parts = [rows[at : at + 100] for at in range(0, len(rows), 100)]
        formula = "+".join(f"SUM({ranges(part, self.first + column)})" for part in parts)
        return formula if len(formula) <= LONGEST else ""

    def _cell(self, key: str, column: int) -> str:
        """The address of a row's cell; empty when there is no such row."""
        row = self.places.rows.get(key)
        return "" if row is None else address(row, self.first + column)

    def _lines(self, *sections: str) -> list[Line]:
        return [line for line in self.sheet.counted if line.section in sections]

    # -- key figures -------------------------------------------------------------------------------

    def _result(self, column: int) -> str:
        if self.sheet.figures[column].result is None:
            return ""
        return (
            f"{self._income(column)}-N({self._cell('cost', column)})"
            if self._cell("cost", column)
            else self._income(column)
        )

    def _income(self, column: int) -> str:
        return self._cell("income", column)

    def _opening(self, column: int) -> str:
        figures = self.sheet.figures[column]
        entered = self._lines("opening_equity")
        if figures.opening_entered is not None:
            if len(entered) == 1:
                return ""  # the row is the line itself
            return f"SUM({ranges((self.places.lines[line.key] for line in entered), self.first + column)})"
        if figures.carried_from is None:
            return ""
        return self._cell("closing", figures.carried_from)

    def _closing(self, column: int) -> str:
        if self.sheet.figures[column].closing is None:
            return ""
        return f"{self._cell('opening', column)}+{self._cell('result', column)}"

    def _funds(self, column: int) -> str:
        if self.sheet.figures[column].funds_available is None:
            return ""
        return f"{self._income(column)}+{self._cell('opening', column)}"

    def _balancing(self, key: int, column: int) -> str:
        """What is left to grant: funds less every other cost less the closing equity that is asked for."""
        computed = self.sheet.figures[column].balancing
        if key not in computed or computed[key] is None:
            return ""
        line = next(each for each in self.sheet.lines if each.key == key)
        target = line.target(column)
        assert target is not None
        others = [
            self.places.lines[other.key]
            for other in self._lines("cost", "financial_cost", "balancing")
            if other.key not in computed
        ]
        formula = self._cell("funds", column)
        if others:
            spent = self._sum(others, column, empty=False)
            if not spent:
                return ""
            formula += f"-({spent})" if "+" in spent else f"-{spent}"
        if target:
            formula += (
                f"{-target / UNIT_SIZE[self.unit]:+f}".rstrip("0").rstrip(".")
                if target % 1
                else f"{int(-target) if self.unit == 'SEK' else -target / UNIT_SIZE[self.unit]:+}"
            )
        return formula
