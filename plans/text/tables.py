"""Tables typed into a text: their cells in rows of the same width, in columns of words or figures. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from plans.document import Cell, Span, Spans, Table, TableColumn, TableRow, plain

FIGURE_CHARACTERS = set("0123456789 \u00a0\u202f.,−-–+%()")
"""A column of a typed table whose cells are made of these, with a unit or not, is one of figures."""

NARROWEST, WIDEST = 6, 40
"""How many characters of its longest cell a column's width follows."""


MOST_COLUMNS = 63
"""As many as a table in Word can have."""


@dataclass(frozen=True)
class TypedCell:
    """A cell as it was typed, over some columns and rows."""

    spans: Spans
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class TypedRow:
    cells: tuple[TypedCell, ...]
    is_head: bool


def table_of(caption: Spans, typed: Iterable[TypedRow]) -> Table | None:
    """The table of some typed rows; None when there is no cell. The rows first in it that are heads are its
    head, unless all are. Footnotes of the caption are marked in the first cell."""
    typed = [row for row in typed if row.cells]
    if not typed:
        return None
    rows = [_not_too_wide(row) for row in _of_same_width(_spanned(typed))]
    marks = tuple(span for span in caption if span.note is not None)
    first = rows[0].cells[0]
    rows[0] = replace(rows[0], cells=(replace(first, spans=(*first.spans, *marks)), *rows[0].cells[1:]))
    heads = next((place for place, row in enumerate(typed) if not row.is_head), 0)
    columns = tuple(_column(rows, rows[heads:], place) for place in range(_width(rows[0])))
    return Table(plain(caption), columns, tuple(rows[:heads]), tuple(rows[heads:]))


def _not_too_wide(row: TableRow) -> TableRow:
    """What stands beyond the widest that Word takes is put into the last cell."""
    kept: list[Cell] = []
    for cell in row.cells:
        room = MOST_COLUMNS - sum(each.columns for each in kept)
        if room > 0:
            kept.append(replace(cell, columns=min(cell.columns, room)))
        elif cell.spans:
            kept[-1] = replace(kept[-1], spans=(*kept[-1].spans, Span(" "), *cell.spans))
    return replace(row, cells=tuple(kept))


def _spanned(typed: list[TypedRow]) -> list[TableRow]:
    """A cell over several rows stands in the first, with empty cells beneath it."""
    rows = []
    hanging: dict[int, int] = {}  # column: how many more rows a cell above reaches into
    for row in typed:
        cells: list[Cell] = []
        left, place, beneath = list(row.cells), 0, {c: rows - 1 for c, rows in hanging.items() if rows > 1}
        while left or any(column >= place for column in hanging):
            if place in hanging or not left:
                cells.append(Cell(()))
                place += 1
                continue
            cell = left.pop(0)
            cells.append(Cell(cell.spans, cell.columns))
            if cell.rows > 1:
                beneath |= dict.fromkeys(range(place, place + cell.columns), cell.rows - 1)
            place += cell.columns
        rows.append(TableRow(tuple(cells)))
        hanging = beneath
    return rows


def _of_same_width(rows: list[TableRow]) -> list[TableRow]:
    width = max(map(_width, rows))
    return [replace(row, cells=(*row.cells, *[Cell(())] * (width - _width(row)))) for row in rows]


def _width(row: TableRow) -> int:
    return sum(cell.columns for cell in row.cells)


def _column(every: list[TableRow], rows: list[TableRow], place: int) -> TableColumn:
    """As wide as its longest words ask for, within reason; one of figures where every cell is a figure."""
    longest = max((len(row.cells[place].text) for row in every if _single(row)), default=1)
    texts = [row.cells[place].text for row in rows if _single(row) and row.cells[place].text]
    is_figure = bool(place and texts) and all(map(_is_figure, texts))
    return TableColumn(min(max(longest, NARROWEST), WIDEST), "figure" if is_figure else "text")


def _single(row: TableRow) -> bool:
    return all(cell.columns == 1 for cell in row.cells)


def _is_figure(text: str) -> bool:
    for unit in ("kronor", "tkr", "mkr", "kr"):
        text = text.removesuffix(unit)
    return set(text) <= FIGURE_CHARACTERS and any(character.isdigit() for character in text)
