"""Tables of Word: repeated heads, rows that stay whole, figures to the right, few lines."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from finsam.swedish import NO_BREAK_SPACE
from plans.document import Cell, RowKind, Spans, Table, TableRow
from plans.render.docx.elements import Element, w
from plans.render.docx.look import HAIRLINE, INK, QUIET, RULE, TEXT_WIDTH, twips
from plans.render.docx.paragraphs import paragraph
from plans.render.docx.widths import SIZES, size_and_widths
from plans.render.docx.words import Look, Place, inline, run

INDENT = 10.0
"""Of a row's name for each depth, in points."""
MARGIN, TIGHT_MARGIN = 3.5, 2.0
"""Left and right in a cell, in points; the latter in a table of small text."""
SMALL_TABLE, FEW_SIGNS = 8, 600
"""A table of so many rows and signs stays on one page."""
LONG_ROW = 1500
"""A row of so many signs may be broken between pages: it might not fit on one."""

LOOKS: dict[RowKind, Look] = {
    "group": Look(bold=True),
    "subgroup": Look(bold=True, colour=QUIET),
    "part": Look(italic=True, colour=QUIET),
    "subtotal": Look(bold=True),
    "total": Look(bold=True),
    "key": Look(bold=True),
    "limit": Look(colour=QUIET),
    "note": Look(colour=QUIET),
}
Line = tuple[str, int, str]
"""Kind, thickness in eighths of a point, colour."""
LINES: dict[RowKind, dict[str, Line]] = {
    "subtotal": {"top": ("single", 4, RULE)},
    "total": {"top": ("single", 4, RULE), "bottom": ("double", 4, INK)},
}
UNDER_SPAN: dict[str, Line] = {"bottom": ("single", 4, RULE)}
UNDER_HEAD: dict[str, Line] = {"bottom": ("single", 10, INK)}
BETWEEN_WORDS: dict[str, Line] = {"bottom": ("single", 4, HAIRLINE)}
GROUP_BEFORE = 9.0


@dataclass(frozen=True)
class _Making:
    """What the rows of one table have in common."""

    table: Table
    place: Place
    size: float
    widths: list[float]
    is_small: bool

    def row(self, row: TableRow, number: int | None = None) -> Element:
        """A row; without a number, one of the head."""
        is_head = number is None
        properties = []
        if sum(len(cell.text) for cell in row.cells) < LONG_ROW:
            properties.append(w("cantSplit"))
        if is_head:
            properties.append(w("tblHeader"))
        cells = self._cells(row, is_head, is_head or self._stays_with_next(number or 0))
        return w("tr", *([w("trPr", *properties)] if properties else []), *cells)

    def _stays_with_next(self, number: int) -> bool:
        """So that no page begins or ends with a row or two, and no group heads an empty place."""
        rows = self.table.rows
        if number == len(rows) - 1:
            return False
        is_edge = number < 2 or number == len(rows) - 2 or self.is_small
        return is_edge or rows[number].kind in ("group", "subgroup")

    def _cells(self, row: TableRow, is_head: bool, keep_next: bool) -> Iterator[Element]:
        at = 0
        for cell in row.cells:
            is_figure = self.table.columns[at].kind == "figure"
            words = paragraph(
                _style(cell, is_figure, is_head),
                *inline(_unbroken(cell.spans) if is_figure else cell.spans, self.place, self._look(row)),
                keep_next=keep_next,
                before=GROUP_BEFORE if row.kind == "group" else None,
                left=0 if at or is_figure else INDENT * row.depth,
            )
            yield w("tc", self._cell_properties(row, cell, at, is_head), words)
            at += cell.columns

    def _look(self, row: TableRow) -> Look:
        look = LOOKS.get(row.kind, Look())
        size = None if self.size == SIZES[0] else self.size
        return Look(look.bold, look.italic, look.colour, size)

    def _cell_properties(self, row: TableRow, cell: Cell, at: int, is_head: bool) -> Element:
        width = sum(self.widths[at : at + cell.columns])
        properties = [w("tcW", w=twips(width), type="dxa")]
        if cell.columns > 1:
            properties.append(w("gridSpan", val=cell.columns))
        if lines := self._lines(row, cell, is_head):
            drawn = (
                w(side, val=kind, sz=thick, space=0, color=colour)
                for side, (kind, thick, colour) in lines.items()
            )
            properties.append(w("tcBorders", *drawn))
        if is_head:
            properties.append(w("vAlign", val="bottom"))
        return w("tcPr", *properties)

    def _lines(self, row: TableRow, cell: Cell, is_head: bool) -> dict[str, Line]:
        if is_head:
            if row is self.table.head[-1]:
                return UNDER_HEAD
            return UNDER_SPAN if cell.columns > 1 else {}
        if row.kind in LINES:
            return LINES[row.kind]
        holds_words = any(column.kind == "text" for column in self.table.columns[1:])
        return BETWEEN_WORDS if holds_words and row is not self.table.rows[-1] else {}


def table(block: Table, place: Place, description: str = "", caption: bool = True) -> list[Element]:
    """The caption and the table. `description` says what the table holds to those who do not see it."""
    return [*(_caption(block, place) if caption else []), _table(block, place, description)]


def _caption(block: Table, place: Place) -> list[Element]:
    words = [run(block.caption)] if block.caption else []
    if block.unit:
        words += [run("\t"), run(block.unit, Look(style="Quiet"))]
    words = place.bookmarks.around(block.anchor, words)
    return [paragraph("Caption", *words, keep_next=True)] if words else []


def _table(block: Table, place: Place, description: str) -> Element:
    size, widths = size_and_widths(block, TEXT_WIDTH, MARGIN)
    margin = MARGIN if size == SIZES[0] else TIGHT_MARGIN
    making = _Making(block, place, size, widths, _is_small(block))
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="PlanTable"),
            w("tblW", w=twips(TEXT_WIDTH), type="dxa"),
            w("tblLayout", type="fixed"),
            w(
                "tblCellMar",
                w("left", w=twips(margin), type="dxa"),
                w("right", w=twips(margin), type="dxa"),
            ),
            w(
                "tblLook",
                val="0480" if block.row_heads else "0400",
                firstRow=int(bool(block.head)),
                lastRow=0,
                firstColumn=int(block.row_heads),
                lastColumn=0,
                noHBand=1,
                noVBand=1,
            ),
            w("tblCaption", val=block.caption),
            w("tblDescription", val=description or _described(block)),
        ),
        w("tblGrid", *(w("gridCol", w=twips(width)) for width in widths)),
        *(making.row(row) for row in block.head),
        *(making.row(row, number) for number, row in enumerate(block.rows)),
        *([] if block.head or block.rows else [_empty_row(widths)]),
    )


def _is_small(block: Table) -> bool:
    signs = sum(len(cell.text) for row in block.rows for cell in row.cells)
    return len(block.rows) <= SMALL_TABLE and signs <= FEW_SIGNS


def _empty_row(widths: list[float]) -> Element:
    """Word calls a file damaged over a table without rows."""
    cells = (w("tc", w("tcPr", w("tcW", w=twips(width), type="dxa")), paragraph("Cell")) for width in widths)
    return w("tr", *cells)


def _style(cell: Cell, is_figure: bool, is_head: bool) -> str:
    if is_head and cell.columns > 1:
        return "CellSpanHead"
    return ("CellFigure" if is_figure else "Cell") + ("Head" if is_head else "")


def _unbroken(spans: Spans) -> Spans:
    """A figure stays on one line."""
    return tuple(replace(span, text=span.text.replace(" ", NO_BREAK_SPACE)) for span in spans)


def _described(block: Table) -> str:
    heads = [cell.text for cell in block.head[-1].cells if cell.text] if block.head else []
    columns = f" Kolumner: {', '.join(heads)}." if heads else ""
    unit = f" Belopp i {block.unit}." if block.unit else ""
    return f"Tabell med {len(block.rows)} {'rad' if len(block.rows) == 1 else 'rader'}.{columns}{unit}"
