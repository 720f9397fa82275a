"""Where the cells of a pasted range come to stand in a table of lines, headings and sums. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from finsam.typed_amount import TypedAmount

Cells = Sequence[Sequence[TypedAmount | None]]


@dataclass(frozen=True)
class TableRow:
    """A row as the table shows it: a line by its key, else a heading (without figures) or a sum."""

    line: int | None
    heading: bool = False


@dataclass(frozen=True)
class Placed:
    """The amounts by line and column, SEK with the formula; `outside` amounts had no place in the table."""

    amounts: tuple[tuple[int, int, Decimal | None, str], ...]
    outside: int


def place(cells: Cells, rows: Sequence[TableRow], years: Sequence[int]) -> Placed:
    """Downwards from the first of the rows, to the right from the first of the columns. `rows` and `years`
    are those from the chosen cell on."""
    if not _with_headings_and_sums(cells, rows):
        rows = [row for row in rows if row.line is not None]
    amounts, outside = [], 0
    for r, row in enumerate(cells):
        for c, typed in enumerate(row):
            if typed is None:
                continue
            if r >= len(rows) or c >= len(years):
                outside += typed.amount is not None
            elif (line := rows[r].line) is not None:
                amounts.append((line, years[c], typed.amount, typed.formula))
    return Placed(tuple(amounts), outside)


def _with_headings_and_sums(cells: Cells, rows: Sequence[TableRow]) -> bool:
    """Whether the range was copied with the table's headings and sums in it: every heading is empty in the
    range, and every sum is empty or what stands above it comes to."""
    covered = list(zip(cells, rows, strict=False))
    if all(row.line is not None for _, row in covered):
        return False
    return all(
        _empty(amounts) if row.heading else _empty(amounts) or _is_sum(cells, rows, place)
        for place, (amounts, row) in enumerate(covered)
        if row.line is None
    )


def _empty(amounts: Sequence[TypedAmount | None]) -> bool:
    return all(typed is None or typed.amount is None for typed in amounts)


def _is_sum(cells: Cells, rows: Sequence[TableRow], place: int) -> bool:
    """Whether a row of the range comes to the sum of the lines above it, back to the last heading or to some
    row between: the table's sums are of blocks."""
    for column, typed in enumerate(cells[place]):
        if typed is None or typed.amount is None:
            continue
        so_far = Decimal(0)
        for above in reversed(range(place)):
            other = cells[above][column] if column < len(cells[above]) else None
            if rows[above].line is not None and other is not None:
                so_far += other.amount or 0
            if so_far == typed.amount and rows[above].line is not None:
                break
        else:
            return False
    return True
