"""What the cells of a table take: the styles of its rows, and how wide what stands in each column is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from plans.document import Cell, RowKind, Span, Table, TableRow
from plans.render.pdf.inline import Inline
from plans.render.pdf.lines import words_of
from plans.render.pdf.styles import ACCENT, QUIET, TABLE, Style
from plans.render.pdf.typefaces import SEMIBOLD, width

FRACTION = re.compile(r",\d+$")
ROUNDING = 0.1
INDENT = 9.0
"""For each step of a row's depth."""

STYLES: dict[RowKind, Style] = {
    "line": TABLE,
    "part": TABLE,
    "group": replace(TABLE, font=SEMIBOLD, size=9, colour=ACCENT, hyphenate=False),
    "subgroup": replace(TABLE, font=SEMIBOLD, size=9, colour=QUIET, hyphenate=False),
    "subtotal": replace(TABLE, font=SEMIBOLD),
    "total": replace(TABLE, font=SEMIBOLD),
    "key": replace(TABLE, font=SEMIBOLD),
    "limit": replace(TABLE, colour=QUIET),
    "note": replace(TABLE, size=9, colour=QUIET),
}
HEAD = replace(TABLE, font=SEMIBOLD, size=9, hyphenate=False)
HEADS_WHAT_FOLLOWS = ("group", "subgroup")


@dataclass
class Measured:
    """Of a column at full size, in points: the widest of what must not break before its decimals, of its
    decimals with their comma, and of its cells when each is one line."""

    solid: float = 0.0
    fraction: float = 0.0
    unbroken: float = 0.0

    @property
    def longest(self) -> float:
        return self.solid + self.fraction


def measures(block: Table) -> list[Measured]:
    """Of each column: its longest words, and of a column of figures the figures."""
    columns = [Measured() for _ in block.columns]
    for row in block.head:
        _measure(row, HEAD, block, columns, is_head=True)
    for row in block.rows:
        _measure(row, STYLES[row.kind], block, columns, is_head=False)
    return columns


def _measure(row: TableRow, style: Style, block: Table, columns: Sequence[Measured], is_head: bool) -> None:
    inline = Inline((), ())
    for cell, at in placed(row):
        if cell.columns > 1:
            continue
        column = columns[at]
        is_figure = block.columns[at].kind == "figure" and not is_head
        spans = [whole_figure(span) for span in cell.spans] if is_figure else cell.spans
        fraction = fraction_width(cell.text, style) if is_figure else 0.0
        column.fraction = max(column.fraction, fraction)
        indent = row.depth * INDENT if at == 0 else 0.0
        unbroken = indent + ROUNDING
        for word in words_of(inline.runs(spans, style, None)):
            solid = sum(part.width for part in word.parts if not (is_figure and part.run.hangs))
            column.solid = max(column.solid, solid - fraction + indent + ROUNDING)
            unbroken += solid + (width(" ", word.space.font, word.space.size) if word.space else 0.0)
        if row.kind not in HEADS_WHAT_FOLLOWS:  # whose words run on over other columns
            column.unbroken = max(column.unbroken, unbroken)


def placed(row: TableRow) -> list[tuple[Cell, int]]:
    """The cells with the column where each begins."""
    starts = accumulate((cell.columns for cell in row.cells), initial=0)
    return list(zip(row.cells, starts, strict=False))


def scaled(style: Style, scale: float) -> Style:
    return replace(style, size=style.size * scale, leading=style.leading * max(scale, 0.8))


def whole_figure(span: Span) -> Span:
    """A figure whose spaces do not break."""
    has_digit = any(sign.isdigit() for sign in span.text)
    return replace(span, text=span.text.replace(" ", "\u00a0")) if has_digit else span


def fraction_width(text: str, style: Style) -> float:
    """Of the decimals of a figure, with their comma."""
    found = FRACTION.search(text)
    return width(found.group(), style.font, style.size) if found else 0.0
