"""The notes of a table, numbered in reading order. Pure."""

from dataclasses import dataclass

from budgets.sheet import Status
from budgets.table import STATUS_NAMES, Cell, Row, Table
from finsam.partial_date import PartialDate
from finsam.swedish import Unit, money


@dataclass(frozen=True)
class Note:
    """A note, and where it is first marked: a row's key, or a cell's place in it."""

    text: str
    first_mark: str


@dataclass(frozen=True)
class Footnotes:
    """The notes in order; `numbers` says which (counted from 1) a row or a cell has, by its place."""

    notes: tuple[Note, ...]
    numbers: dict[str, int]


def cell_place(row: Row, column: int) -> str:
    """What names a cell on a page."""
    return f"{row.key}-{column}"


def footnotes(table: Table, unit: Unit) -> Footnotes:
    """One note per row or cell that has something to tell: a note, a contribution's status, or the
    source's own words. The same words get the same number."""
    notes: dict[str, Note] = {}
    numbers: dict[str, int] = {}
    order: dict[str, int] = {}
    for row in table.rows:
        cells = [(cell_place(row, i), _cell_text(cell, unit)) for i, cell in enumerate(row.cells)]
        for place, text in [(row.key, row.note), *cells]:
            if text:
                notes.setdefault(text, Note(text, place))
                numbers[place] = order.setdefault(text, len(order) + 1)
    return Footnotes(tuple(notes.values()), numbers)


def _cell_text(cell: Cell, unit: Unit) -> str:
    parts = [_status_text(status, unit) for status in cell.statuses]
    if cell.printed_text:
        parts.append(f"Tryckt: \u201d{cell.printed_text}\u201d.")
    if cell.note:
        parts.append(cell.note)
    return " ".join(parts)


def _status_text(status: Status, unit: Unit) -> str:
    when = f" ({PartialDate(status.date)})" if status.date else ""
    note = f": {status.note.rstrip('.')}" if status.note else ""
    name = STATUS_NAMES[status.status].capitalize()
    return f"{name} {money(status.amount, unit)}{when}{note}."
