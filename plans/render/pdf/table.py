"""Tables: hairlines above and below, a heavier line under the head, figures to the right, heads repeated over
pages, and a row however tall, which breaks between its lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

from plans.document import Cell, Table, TableRow
from plans.render.pdf.inline import Inline, run_of
from plans.render.pdf.lines import Run, TextLine, lines_of
from plans.render.pdf.paragraph import line_prints, text_strips
from plans.render.pdf.strips import Hold, Line, Print, Strip, anchored, beside, held, set_off
from plans.render.pdf.structure import Element, literal
from plans.render.pdf.styles import (
    CAPTION,
    DEPTH,
    HAIRLINE,
    HEAVY,
    INK,
    MEASURE,
    RULE,
    UNIT,
    Style,
)
from plans.render.pdf.table_measures import (
    HEAD,
    HEADS_WHAT_FOLLOWS,
    INDENT,
    STYLES,
    fraction_width,
    measures,
    placed,
    scaled,
    whole_figure,
)
from plans.render.pdf.table_widths import GAP, Widths, fitted
from plans.render.pdf.typefaces import width

ENDS_IN_DIGIT = re.compile(r"\d$")
ROW_GAP, GROUP_GAP = 4.5, 10.0
FEWEST_ROWS = 3
"""A table does not begin at the foot of a page with fewer."""
FEWEST_ROWS_ON = 3
"""Nor does it end on the next with fewer."""
FEWEST_IN_GROUP = 2
"""What heads a group stands with so many of its rows."""
MOST_WHOLE_ROWS = 12
"""A table of no more is kept on one page if it fits there."""
MOST_HELD_LINES = 12
"""A row of more may break over pages though it is not taller than one."""
TALLEST_HEAD = 0.4
"""Of a page, for a head to be repeated."""
BELOW = 18.0

ENDS_WHAT_IS_ABOVE = ("part", "subtotal", "total")


def table(block: Table, inline: Inline, parent: Element) -> list[Strip]:
    summary = f"<</O/Table/Summary {literal(block.caption)}>>" if block.caption else ""
    tag = parent.child("Table", *filter(None, (summary,)))
    return _Setter(block, inline, tag).strips()


class _Setter:
    """Sets one table."""

    def __init__(self, block: Table, inline: Inline, tag: Element) -> None:
        self.block, self.inline, self.tag = block, inline, tag
        measured = measures(block)
        longest, unbroken = [each.longest for each in measured], [each.unbroken for each in measured]
        self.widths: Widths = fitted(block.columns, longest, unbroken)
        self.fractions = [each.fraction * self.widths.scale for each in measured]

    def strips(self) -> list[Strip]:
        caption = held(self._caption())
        parted = self.block.head and self.block.rows  # a THead may not be without a TBody
        head = held(self._head(self.tag.child("THead") if parted else self.tag))
        again = tuple(self._head(None))
        if sum(strip.height + ROW_GAP for strip in again) > TALLEST_HEAD * DEPTH:
            again = ()
        body = self._rows(again)
        if not self.block.head and body:
            body[0] = _ruled(body[0], -ROW_GAP, HAIRLINE, RULE)
        whole = [*caption, *head, *body]
        if whole and self.block.rows:
            whole[-1] = self._ended(whole[-1])
        return anchored(set_off(whole, 6, BELOW), self.block.anchor)

    # -- above the rows ------------------------------------------------------------------------------

    def _caption(self) -> list[Strip]:
        """The caption, with the unit to the right of its last line."""
        if not (self.block.caption or self.block.unit):
            return []
        tag = self.tag.child("Caption")
        caption_slot = tag.slot()
        room = MEASURE
        unit: list[Run] = []
        if self.block.unit:
            unit = [run_of(self.block.unit, UNIT, tag.slot())]
            room -= min(width(unit[0].text, UNIT.font, UNIT.size) + GAP, MEASURE / 2)
        text = f"{self.block.caption} " if unit else self.block.caption
        strips = text_strips([run_of(text, CAPTION, caption_slot)], CAPTION, 0, room)
        if unit:
            lines = lines_of(unit, MEASURE / 2)
            strips = strips or ([Strip(CAPTION.leading, above=CAPTION.above)] if lines else [])
            for line in lines[:1]:
                prints = line_prints(line, MEASURE - line.width, CAPTION.baseline)
                strips[-1] = replace(strips[-1], prints=(*strips[-1].prints, *prints))
            for line in lines[1:]:
                prints = line_prints(line, MEASURE - line.width, CAPTION.baseline)
                strips.append(Strip(CAPTION.leading, tuple(prints)))
        return set_off(strips, CAPTION.above, CAPTION.below)

    def _head(self, tag: Element | None) -> list[Strip]:
        """The head rows between their lines; without a tag they are printed as an artifact."""
        strips: list[Strip] = []
        last = len(self.block.head) - 1
        for at, row in enumerate(self.block.head):
            columns = self._cells(row, scaled(HEAD, self.widths.scale), tag, is_head=True)
            tallest = max((len(column) for column in columns), default=0)
            blank = Strip(scaled(HEAD, self.widths.scale).leading)
            lowered = [[blank] * (tallest - len(column)) + column for column in columns]
            made = beside(*lowered) or [blank]
            if at < last:
                made[-1] = replace(made[-1], prints=(*made[-1].prints, *self._spanners(row, made[-1].height)))
            strips += set_off(made, ROW_GAP, 0)
        if strips:
            strips[0] = _ruled(strips[0], -3, HAIRLINE, RULE)
            strips[-1] = _ruled(strips[-1], strips[-1].height + 3, HEAVY, INK)
            strips = set_off(strips, 0, ROW_GAP + 3)
        return strips

    def _spanners(self, row: TableRow, y: float) -> list[Print]:
        """A hairline under each head that spans columns."""
        prints: list[Print] = []
        for cell, column in placed(row):
            if cell.columns > 1 and cell.text.strip():
                left, wide = self.widths.span(column, cell.columns)
                prints.append(Line(left, y + 1.5, left + wide, y + 1.5, HAIRLINE, RULE))
        return prints

    # -- the rows ------------------------------------------------------------------------------------

    def _rows(self, again: tuple[Strip, ...]) -> list[Strip]:
        body = self.tag.child("TBody") if self.block.head and self.block.rows else self.tag
        rows = [self._row(row, body) for row in self.block.rows]
        strips: list[Strip] = []
        last = len(rows) - 1
        for at, made in enumerate(rows):
            if at < last:
                made[-1] = replace(made[-1], hold=self._hold(at))
            closing = tuple(_rule(made[-1].height + 4, HAIRLINE, RULE))
            strips += (replace(strip, head=again, closing=closing) for strip in made)
        return strips

    def _hold(self, at: int) -> Hold:
        """How a row, not the last, holds on to the next one."""
        rows = self.block.rows
        if at < FEWEST_ROWS - 1 or rows[at].kind in HEADS_WHAT_FOLLOWS:
            return Hold.FIRMLY
        begun = any(row.kind in HEADS_WHAT_FOLLOWS for row in rows[at - FEWEST_IN_GROUP + 1 : at])
        if begun or at > len(rows) - 1 - FEWEST_ROWS_ON or rows[at + 1].kind in ENDS_WHAT_IS_ABOVE:
            return Hold.GLADLY
        return Hold.LOOSELY if len(rows) <= MOST_WHOLE_ROWS else Hold.FREE

    def _row(self, row: TableRow, body: Element) -> list[Strip]:
        style = scaled(STYLES[row.kind], self.widths.scale)
        strips = beside(*self._cells(row, style, body, is_head=False)) or [Strip(style.leading)]
        if len(strips) <= MOST_HELD_LINES:
            strips = [*held(strips[:-1], Hold.GLADLY), strips[-1]]
        above = GROUP_GAP if row.kind == "group" else ROW_GAP
        strips = set_off(strips, above, ROW_GAP)
        if row.kind == "total":
            below = strips[-1].height
            for y in (below + 2.5, below + 4.3):
                strips[-1] = _ruled(strips[-1], y, HAIRLINE, INK)
            strips = set_off(strips, 0, ROW_GAP + 4)
        return strips

    def _ended(self, strip: Strip) -> Strip:
        """The last of the table, with its lower hairline unless a total has drawn two."""
        if self.block.rows[-1].kind == "total":
            return strip
        return _ruled(strip, strip.height + 4, HAIRLINE, RULE)

    def _cells(self, row: TableRow, style: Style, tag: Element | None, is_head: bool) -> list[list[Strip]]:
        """The cells as columns of lines, each in its tag."""
        line = tag.child("TR") if tag else None
        return [self._cell(cell, column, row, style, line, is_head) for cell, column in placed(row)]

    def _cell(
        self, cell: Cell, column: int, row: TableRow, style: Style, line: Element | None, is_head: bool
    ) -> list[Strip]:
        heads_row = column == 0 and self.block.row_heads
        tag = line.child(*_cell_tag(cell, is_head, heads_row)) if line else None
        kind = self.block.columns[column].kind
        left, wide = self.widths.span(column, self._reach(cell, column, row))
        if column == 0:
            indent = min(row.depth * INDENT, wide / 2)
            left, wide = left + indent, wide - indent
        is_figure = kind == "figure" and not is_head
        spans = [whole_figure(span) for span in cell.spans] if is_figure else cell.spans
        runs = self.inline.runs(spans, style, tag)
        if cell.columns > 1 and is_head:
            place = 0.5
        else:
            place = 1.0 if kind == "figure" and cell.columns == 1 else 0.0
        if place == 1.0 and not is_head and ENDS_IN_DIGIT.search(cell.text):
            wide -= max(0.0, self.fractions[column] - fraction_width(cell.text, style))
        lines = lines_of(runs, wide, style.hyphenate and not heads_row)
        return _aligned(lines, left, wide, place, style)

    def _reach(self, cell: Cell, column: int, row: TableRow) -> int:
        """How many columns its words may use: what heads a group runs on over empty cells."""
        if row.kind in HEADS_WHAT_FOLLOWS and not any(other.spans for other in row.cells[1:]):
            return len(self.block.columns) - column if column == 0 else cell.columns
        return cell.columns


def _cell_tag(cell: Cell, is_head: bool, heads_row: bool) -> tuple[str, ...]:
    """The tag of a cell and its attributes."""
    heads = is_head or heads_row
    scope = f"/Scope/{'Column' if is_head else 'Row'}" if heads else ""
    span = f"/ColSpan {cell.columns}" if cell.columns > 1 else ""
    attributes = f"<</O/Table{scope}{span}>>" if scope or span else ""
    return ("TH" if heads else "TD", *filter(None, (attributes,)))


def _aligned(lines: list[TextLine], left: float, wide: float, place: float, style: Style) -> list[Strip]:
    """The lines as strips; `place` 0 to the left, 1 to the right, where a note's mark hangs out."""
    strips = []
    last = len(lines) - 1
    for at, line in enumerate(lines):
        hanging = sum(part.width for part in line.parts if part.run.hangs) if place == 1.0 else 0.0
        x = left + place * (wide - (line.width - hanging))
        hold = Hold.FIRMLY if at < last and at in (0, last - 1) else Hold.FREE
        strips.append(Strip(style.leading, tuple(line_prints(line, x, style.baseline)), hold=hold))
    return strips


def _rule(y: float, weight: float, colour: str) -> Sequence[Line]:
    return (Line(0, y, MEASURE, y, weight, colour),)


def _ruled(strip: Strip, y: float, weight: float, colour: str) -> Strip:
    return replace(strip, prints=(*strip.prints, *_rule(y, weight, colour)))
