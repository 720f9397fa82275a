"""Tables typed into a text: their cells in rows of the same width, in columns of words or figures. Pure."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from plans.document import Block, Cell, Paragraph, Span, Spans, Table, TableColumn, TableRow, plain

FIGURE_CHARACTERS = set("0123456789 \u00a0\u202f.,−-–+%()")
"""A column of a typed table whose cells are made of these, with a unit or not, is one of figures."""

NARROWEST, WIDEST = 6, 40
"""How many characters of its longest cell a column's width follows."""

MOST_COLUMNS = 63
"""As many as a table in Word can have."""
MOST_CELLS = 4_000
"""Of one table; the rows that come after are paragraphs."""


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


def blocks_of_table(caption: Spans, typed: Iterable[TypedRow]) -> tuple[Block, ...]:
    """The table of some typed rows; of the rows it has no room for, a paragraph each. Nothing but the caption
    when there is no cell. The rows first in it that are heads are its head, unless all are. Footnotes of the
    caption are marked in the first cell."""
    typed = [row for row in typed if row.cells]
    if not typed:
        return (Paragraph(caption),) if caption else ()
    rows = _of_same_width(_laid(typed))
    beyond = tuple(Paragraph(words) for row in typed[len(rows) :] if (words := _joined(row.cells)))
    marks = tuple(span for span in caption if span.note is not None)
    first = rows[0].cells[0]
    rows[0] = replace(rows[0], cells=(replace(first, spans=(*first.spans, *marks)), *rows[0].cells[1:]))
    heads = next((place for place, row in enumerate(typed[: len(rows)]) if not row.is_head), 0)
    columns = _columns(rows, heads)
    return (Table(plain(caption), columns, tuple(rows[:heads]), tuple(rows[heads:])), *beyond)


def _laid(typed: list[TypedRow]) -> list[TableRow]:
    """The rows that there is room for. A cell over several rows stands in the first, with empty cells beneath
    it."""
    rows: list[TableRow] = []
    hanging: dict[int, int] = {}  # column: how many more rows a cell above reaches into
    width = 0
    for each in typed:
        row, hanging = _row(each, hanging)
        width = max(width, _width(row))
        if width * (len(rows) + 1) > MOST_CELLS:
            break
        rows.append(row)
    return rows


def _row(typed: TypedRow, hanging: Mapping[int, int]) -> tuple[TableRow, dict[int, int]]:
    """A row, and what reaches beneath it. What stands beyond the last column is put into that."""
    cells: list[Cell] = []
    left, place = deque(typed.cells), 0
    beneath = {column: rows - 1 for column, rows in hanging.items() if rows > 1}
    while place < MOST_COLUMNS and (left or any(column >= place for column in hanging)):
        if place in hanging or not left:
            cells.append(Cell(()))
            place += 1
            continue
        cell = left.popleft()
        columns = min(cell.columns, MOST_COLUMNS - place)
        cells.append(Cell(cell.spans, columns))
        if cell.rows > 1:
            beneath |= dict.fromkeys(range(place, place + columns), cell.rows - 1)
        place += columns
    if more := _joined(left):
        cells[-1] = replace(cells[-1], spans=_with_space(cells[-1].spans, more))
    return TableRow(tuple(cells)), beneath


def _joined(cells: Iterable[TypedCell]) -> Spans:
    """The words of some cells, with spaces between."""
    spans: list[Span] = []
    for cell in cells:
        if cell.spans:
            spans += [Span(" "), *cell.spans] if spans else cell.spans
    return tuple(spans)


def _with_space(spans: Spans, more: Spans) -> Spans:
    return (*spans, Span(" "), *more) if spans else more


def _of_same_width(rows: list[TableRow]) -> list[TableRow]:
    width = max(map(_width, rows))
    return [replace(row, cells=(*row.cells, *[Cell(())] * (width - _width(row)))) for row in rows]


def _columns(rows: list[TableRow], heads: int) -> tuple[TableColumn, ...]:
    """By the rows that have a cell in each column."""
    single = [row for row in rows if _is_single(row)]
    bodies = [row for row in rows[heads:] if _is_single(row)]
    return tuple(_column(single, bodies, place) for place in range(_width(rows[0])))


def _width(row: TableRow) -> int:
    return sum(cell.columns for cell in row.cells)


def _column(every: list[TableRow], rows: list[TableRow], place: int) -> TableColumn:
    """As wide as its longest words ask for, within reason; one of figures where every cell is a figure."""
    longest = max((len(row.cells[place].text) for row in every), default=1)
    texts = [text for row in rows if (text := row.cells[place].text)]
    is_figure = bool(place and texts) and all(map(_is_figure, texts))
    return TableColumn(min(max(longest, NARROWEST), WIDEST), "figure" if is_figure else "text")


def _is_single(row: TableRow) -> bool:
    return all(cell.columns == 1 for cell in row.cells)


def _is_figure(text: str) -> bool:
    for unit in ("kronor", "tkr", "mkr", "kr"):
        text = text.removesuffix(unit)
    return set(text) <= FIGURE_CHARACTERS and any(character.isdigit() for character in text)
