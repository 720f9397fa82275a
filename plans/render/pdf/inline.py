"""Spans of a document as runs of text with their places in the tag tree: links, notes' marks, plain words."""

from collections.abc import Collection, Sequence

from plans.document import Span, plain
from plans.render.addresses import address
from plans.render.pdf.lines import Run
from plans.render.pdf.printable import printable
from plans.render.pdf.strips import Link
from plans.render.pdf.structure import Element, Slot
from plans.render.pdf.styles import ACCENT, Style
from plans.render.unbreakable import unbreakable

NARROW_SPACE = "\u202f"
"""Before a note's mark, so that text copied from the file does not join it to a figure."""
MARK_SIZE, MARK_RISE = 0.68, 0.33
"""Of a note's mark, against the text it stands in."""


def note_anchor(number: int) -> str:
    return f"note {number}"


def mark_anchor(number: int) -> str:
    return f"mark of note {number}"


class Inline:
    """`anchors` and `notes` are those the document has: nothing links to what is not there. `marked` are the
    notes whose marks have been set."""

    def __init__(self, anchors: Collection[str], notes: Collection[int]) -> None:
        self.anchors, self.notes = anchors, notes
        self.marked: set[int] = set()

    def runs(self, spans: Sequence[Span], style: Style, element: Element | None) -> list[Run]:
        """The spans as content of an element; of none: an artifact, without links."""
        return [self._run(span, style, element) for span in spans if span.text or span.note is not None]

    def _run(self, span: Span, style: Style, element: Element | None) -> Run:
        if span.note is not None:
            return self._mark(span.note, style, element)
        font = style.font_for(span.bold, span.italic)
        text = printable(unbreakable(span.text))
        if element is None:
            return Run(text, font, style.size, style.colour, None)
        if not self._leads(span.target):
            return Run(text, font, style.size, style.colour, element.slot())
        link = Link(span.target, plain((span,)))
        return Run(text, font, style.size, ACCENT, element.child("Link").slot(), link)

    def _leads(self, target: str) -> bool:
        return target[1:] in self.anchors if target.startswith("#") else bool(address(target))

    def _mark(self, number: int, style: Style, element: Element | None) -> Run:
        """The first mark of a note is what the note leads back to."""
        slot: Slot | None = None
        link: Link | None = None
        anchor = ""
        if element is not None and number in self.notes:
            slot = element.child("Reference").child("Link").slot()
            link = Link(f"#{note_anchor(number)}", f"Not {number}")
            anchor = "" if number in self.marked else mark_anchor(number)
            self.marked.add(number)
        elif element is not None:
            slot = element.slot()
        size, rise = style.size * MARK_SIZE, style.size * MARK_RISE
        font = style.font_for(bold=False, italic=False)
        text = f"{NARROW_SPACE}{number}"
        return Run(text, font, size, style.colour, slot, link, rise, anchor, hangs=True)


def run_of(text: str, style: Style, slot: Slot | None, link: Link | None = None) -> Run:
    """A plain text in a style."""
    return Run(printable(unbreakable(text)), style.font, style.size, style.colour, slot, link)
