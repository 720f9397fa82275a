"""What a change consists of. One step says what one row was and what it becomes, so that every step can
be judged against what is there now, undone, and read as history. Pure.

Values are plain data: amounts are text of exact SEK ("1268400.00"), foreign keys are `<name>_id` with a
primary key, empty is None or "".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Value = str | int | bool | None
Values = Mapping[str, Value]


class Table(StrEnum):
    """The tables a budget consists of; a change may write in no others."""

    YEAR = "year"
    GROUP = "group"
    LINE = "line"
    CELL = "cell"
    STATUS = "status"
    TOTAL = "total"
    TOTAL_PART = "total_part"
    TOTAL_AMOUNT = "total_amount"


@dataclass(frozen=True)
class Step:
    """One row before and after. `before` None: the row is made; `after` None: it is removed. Otherwise
    both name the same fields, those that change.

    `row` is the primary key. A row that is made in the same change may be named by any negative number,
    also as the value of a foreign key (`group_id: -1`) and as the `row` and `year` of a cell. A cell is
    named by its line (`row`) and its column (`year`); a cell with nothing in it has no row of its own
    but the values of EMPTY_CELL, and is never "made" or "removed".
    """

    table: Table
    row: int
    before: Values | None
    after: Values | None
    year: int | None = None

    @property
    def reversed(self) -> "Step":
        return Step(self.table, self.row, self.after, self.before, self.year)


EMPTY_CELL: dict[str, Value] = {
    "amount": None,
    "formula": "",
    "target": None,
    "printed_text": "",
    "note": "",
}


def cell(line: int, year: int, before: Values, after: Values) -> Step:
    """A step on one cell: only the named values change, for example `{"amount": None, "formula": ""}` to
    `{"amount": "500.00", "formula": ""}`."""
    return Step(Table.CELL, line, before, after, year)
