"""The notes of a table, numbered in reading order. Pure."""

from dataclasses import dataclass

from budgets.sheet import Status
from budgets.table import STATUS_NAMES, Cell, Table
from finsam.partial_date import PartialDate
from finsam.swedish import Unit, money


@dataclass(frozen=True)
class Footnotes:
    """`texts` in order; `numbers` says which belong to a row (column −1) or to a cell, counted from 1."""

    texts: tuple[str, ...]
    numbers: dict[tuple[str, int], int]


ROW = -1


def footnotes(table: Table, unit: Unit) -> Footnotes:
    """One note per row or cell that has something to tell: a note, a contribution's status, or the
    source's own words. The same words get the same number."""
    texts: dict[str, int] = {}
    numbers: dict[tuple[str, int], int] = {}
    for row in table.rows:
        for column, text in [
            (ROW, row.note),
            *((i, _cell_text(cell, unit)) for i, cell in enumerate(row.cells)),
        ]:
            if text:
                numbers[row.key, column] = texts.setdefault(text, len(texts) + 1)
    return Footnotes(tuple(texts), numbers)


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
