"""Charts: the picture with what it says in words, and its table."""

from dataclasses import replace

from budgets.charts.drawing import drawing
from budgets.charts.shapes import Mark, Picture, Text
from plans.document import Figure
from plans.render.pdf.inline import Inline, run_of
from plans.render.pdf.paragraph import text_strips
from plans.render.pdf.printable import printable
from plans.render.pdf.strips import Hold, Image, Strip, anchored, held, set_off
from plans.render.pdf.structure import Element
from plans.render.pdf.styles import CAPTION, DEPTH, MEASURE, SMALL
from plans.render.pdf.table import table
from plans.render.pdf.typefaces import REGULAR, SEMIBOLD

TALLEST = 0.6
"""Of a page."""


def figure(block: Figure, inline: Inline, parent: Element) -> list[Strip]:
    title = text_strips([run_of(block.title, CAPTION, parent.child("P").slot())], CAPTION)
    picture = _picture(block.wide, block.description or block.title, parent)
    notes: list[Strip] = []
    for note in block.notes:
        notes += text_strips([run_of(note, SMALL, parent.child("P").slot())], SMALL)
    picture = replace(picture, hold=Hold.FIRMLY if notes else Hold.LOOSELY)
    notes = held(set_off(notes, 2, 4), Hold.LOOSELY)
    strips = anchored([*held(title), picture, *notes], block.anchor)
    return [*strips, *table(block.table, inline, parent)]


def _picture(picture: Picture, description: str, parent: Element) -> Strip:
    wide = min(MEASURE, TALLEST * DEPTH * picture.width / max(picture.height, 1.0))
    drawn = drawing(replace(picture, marks=tuple(map(_printable, picture.marks))), REGULAR, SEMIBOLD, wide)
    tag = parent.child("Figure", alternative=description)
    return Strip(drawn.height, (Image(0, drawn.height, drawn, tag.slot()),), above=6, below=8)


def _printable(mark: Mark) -> Mark:
    return replace(mark, text=printable(mark.text)) if isinstance(mark, Text) else mark
