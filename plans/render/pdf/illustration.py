"""Pictures that somebody has put into the text, each with its caption."""

from plans.document import Illustration
from plans.render.illustration_size import size_on_paper
from plans.render.pdf.inline import run_of
from plans.render.pdf.paragraph import text_strips
from plans.render.pdf.strips import Hold, Photograph, Strip, set_off
from plans.render.pdf.structure import Element
from plans.render.pdf.styles import DEPTH, MEASURE, SMALL

ABOVE, TO_CAPTION, BELOW = 8.0, 5.0, 12.0


def illustration(block: Illustration, parent: Element) -> list[Strip]:
    width, height = size_on_paper(block, MEASURE, DEPTH)
    parent = parent.child("Div") if block.caption else parent
    tag = parent.child("Figure", alternative=block.description)
    picture = Strip(
        height,
        (Photograph(0, height, width, height, block.content, tag.slot()),),
        above=ABOVE,
        below=TO_CAPTION if block.caption else BELOW,
        hold=Hold.FIRMLY if block.caption else Hold.FREE,
    )
    caption = [run_of(block.caption, SMALL, parent.child("Caption").slot())] if block.caption else []
    return [picture, *set_off(text_strips(caption, SMALL), 0, BELOW)]
