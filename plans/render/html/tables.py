"""What the template of a table reads: its cells as heads or not, and its rows in the groups they form."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from plans.document import Cell, CellKind, Table, TableColumn, TableRow
from plans.render.html.words import Words

DEEPEST = 4
"""Rows deeper than this are moved in no further."""
STEP = 2
"""Per cent: how finely the width of a column is told, as the style sheet has a class for each."""
WIDE = 9
"""A table with more columns than this stands on a page across when printed."""
SHORT_HEAD = len("2021 prognos")
"""Heads of figures that are no longer stand on one line, so that those of one table stand evenly."""
AFTER_A_GROUP = ("total", "key", "limit", "note")
"""Kinds of rows that belong to the whole table and not to the group before them."""


@dataclass(frozen=True)
class ShownCell:
    """`scope` says what a head is the head of; empty for a cell that is none. `one_line`: never broken."""

    words: SafeString
    kind: CellKind
    columns: int
    scope: str = ""
    one_line: bool = False


@dataclass(frozen=True)
class ShownRow:
    kind: str
    depth: int
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True)
class ShownTable:
    """`label` is the id of its caption; `widths` the columns' parts of the whole in per cent."""

    table: Table
    label: str
    widths: tuple[int, ...]
    head: tuple[ShownRow, ...]
    bodies: tuple[tuple[ShownRow, ...], ...]

    @property
    def is_wide(self) -> bool:
        return len(self.table.columns) > WIDE


def shown(table: Table, words: Words) -> ShownTable:
    return ShownTable(
        table,
        words.ids.fresh(f"{table.anchor or 'tabell'}-rubrik"),
        _widths(table.columns),
        tuple(_head_row(row, table, words) for row in table.head),
        tuple(tuple(_row(row, table, words) for row in rows) for rows in _bodies(table.rows)),
    )


def _widths(columns: tuple[TableColumn, ...]) -> tuple[int, ...]:
    """Rounded down: a browser shares out what is left, but takes what is too much from the last columns."""
    whole = sum(column.weight for column in columns)
    return tuple(max(STEP, int(100 * column.weight / whole / STEP) * STEP) for column in columns)


def _bodies(rows: tuple[TableRow, ...]) -> Iterator[tuple[TableRow, ...]]:
    """The rows, parted before each group and where the rows of the last one end."""
    body: list[TableRow] = []
    for row in rows:
        in_group = bool(body) and body[0].kind == "group"
        if body and (row.kind == "group" or (in_group and row.kind in AFTER_A_GROUP)):
            yield tuple(body)
            body = []
        body.append(row)
    if body:
        yield tuple(body)


def _head_row(row: TableRow, table: Table, words: Words) -> ShownRow:
    return _shown_row(
        row,
        table,
        words,
        [("colgroup" if cell.columns > 1 else "col") if cell.text.strip() else "" for cell in row.cells],
    )


def _row(row: TableRow, table: Table, words: Words) -> ShownRow:
    first, *others = row.cells
    if row.kind in ("group", "subgroup") and first.text.strip() and not any(map(_says, others)):
        scope = "rowgroup" if row.kind == "group" else "row"
        heading = ShownCell(words.html(first.spans), "text", len(table.columns), scope)
        return ShownRow(row.kind, min(row.depth, DEEPEST), (heading,))
    has_head = table.row_heads and bool(first.text.strip())
    return _shown_row(row, table, words, ["row" if has_head else ""] + [""] * len(others))


def _says(cell: Cell) -> bool:
    """Whether there is something in it, if only a footnote's mark."""
    return any(span.text or span.note is not None for span in cell.spans)


def _shown_row(row: TableRow, table: Table, words: Words, scopes: list[str]) -> ShownRow:
    cells, place = [], 0
    for cell, scope in zip(row.cells, scopes, strict=True):
        kind = table.columns[place].kind if place < len(table.columns) else "text"
        one_line = kind == "figure" and scope == "col" and len(cell.text) <= SHORT_HEAD
        cells.append(ShownCell(words.html(cell.spans), kind, cell.columns, scope, one_line))
        place += cell.columns
    return ShownRow(row.kind, min(row.depth, DEEPEST), tuple(cells))
