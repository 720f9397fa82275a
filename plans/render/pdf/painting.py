"""Prints the pages: watermark, running head and foot, and the strips."""

from collections.abc import Mapping, Sequence

from plans.document import Document
from plans.render.pdf.canvas import TaggedCanvas
from plans.render.pdf.pages import Page, Placed
from plans.render.pdf.printable import printable
from plans.render.pdf.strips import Area, Image, Line, PageNumber, Photograph, Print, Words
from plans.render.pdf.styles import (
    FURNITURE,
    HAIRLINE,
    MARGIN,
    MEASURE,
    PAGE_HEIGHT,
    RULE,
    WATERMARK,
)
from plans.render.pdf.typefaces import SEMIBOLD, width

HEAD_Y, FOOT_Y = PAGE_HEIGHT - 44, 40.0
"""The baselines of the running head and foot."""
HEAD_GAP, WIDEST_STATE = 20.0, 0.6
LONGEST_YEAR = len("2021–2023")
WATERMARK_TEXT, WATERMARK_SIZE, WATERMARK_TURN = "UTKAST", 150.0, 54.0
ASCENT, DESCENT = 0.78, 0.24
"""How far a link's area reaches above and beneath the baseline, against the size."""


class Painter:
    """Prints a document's pages on a canvas."""

    def __init__(self, document: Document, pages: Sequence[Page], canvas: TaggedCanvas) -> None:
        self.document, self.pages, self.canvas = document, pages, canvas
        self.page_of: Mapping[str, int] = {
            anchor: number
            for number, page in reversed(list(enumerate(pages, 1)))
            for placed in page.placed
            for anchor in placed.strip.anchors
        }
        front = document.title_page
        self.right = _shortened(printable(front.state), WIDEST_STATE * MEASURE)
        room = MEASURE - width(self.right, FURNITURE.font, FURNITURE.size) - HEAD_GAP
        self.left = _running_title(printable(front.federation), printable(front.title), room)
        self.anchored: set[str] = set()

    def paint(self) -> None:
        for number, page in enumerate(self.pages, 1):
            if self.document.is_draft:
                self._watermark()
            if number > 1:
                self._head()
                self._foot(number)
            for placed in page.placed:
                self._strip(placed)
            self.canvas.end_page()

    # -- around the text -----------------------------------------------------------------------------

    def _watermark(self) -> None:
        self.canvas.into("Watermark")
        self.canvas.turned_text(WATERMARK_TURN, WATERMARK_TEXT, SEMIBOLD, WATERMARK_SIZE, WATERMARK)

    def _head(self) -> None:
        self.canvas.into("Header")
        self._furniture(MARGIN, HEAD_Y, self.left)
        wide = width(self.right, FURNITURE.font, FURNITURE.size)
        self._furniture(MARGIN + MEASURE - wide, HEAD_Y, self.right)
        self.canvas.line(Line(0, 6, MEASURE, 6, HAIRLINE, RULE), MARGIN, HEAD_Y)

    def _foot(self, number: int) -> None:
        self.canvas.into("Footer")
        text = f"Sida {number} av {len(self.pages)}"
        wide = width(text, FURNITURE.font, FURNITURE.size)
        self._furniture(MARGIN + MEASURE - wide, FOOT_Y, text)

    def _furniture(self, x: float, y: float, text: str) -> None:
        self.canvas.text(x, y, text, FURNITURE.font, FURNITURE.size, FURNITURE.colour)

    # -- the text ------------------------------------------------------------------------------------

    def _strip(self, placed: Placed) -> None:
        top = PAGE_HEIGHT - MARGIN - placed.top
        for anchor in placed.strip.anchors:
            self._anchor(anchor, top)
        for each in placed.strip.prints:
            self._print(each, top)

    def _anchor(self, name: str, top: float) -> None:
        """The first of a name is the one links lead to."""
        if name not in self.anchored:
            self.anchored.add(name)
            self.canvas.anchor(name, top + FURNITURE.size)

    def _print(self, each: Print, top: float) -> None:
        if isinstance(each, Words):
            self._words(each, top)
        elif isinstance(each, Line):
            self.canvas.into("")
            self.canvas.line(each, MARGIN, top)
        elif isinstance(each, PageNumber):
            text = str(self.page_of[each.anchor])
            x = MARGIN + each.right - width(text, each.font, each.size)
            self.canvas.into(each.slot)
            self.canvas.text(x, top - each.y, text, each.font, each.size, each.colour)
        elif isinstance(each, Area):
            left, right = MARGIN + each.x, MARGIN + each.to_x
            self.canvas.link(each.link, each.slot, left, top - each.to_y, right, top - each.y)
        elif isinstance(each, Image):
            self.canvas.into(each.slot)
            self.canvas.drawing(MARGIN + each.x, top - each.y, each.drawing, each.slot.element)
        elif isinstance(each, Photograph):
            self.canvas.into(each.slot)
            self.canvas.photograph(each, MARGIN, top)

    def _words(self, words: Words, top: float) -> None:
        x, y = MARGIN + words.x, top - words.y
        self.canvas.into(words.slot or "")
        self.canvas.text(x, y, words.text, words.font, words.size, words.colour)
        if words.anchor:
            self._anchor(words.anchor, y + 2 * words.size)
        if words.link and words.slot:
            above, beneath = y + ASCENT * words.size, y - DESCENT * words.size
            self.canvas.link(words.link, words.slot, x, beneath, x + words.width, above)


def _running_title(federation: str, title: str, room: float) -> str:
    """Both, or the title alone when there is no room for both. Its year, the last word, is always there."""
    both = " · ".join(filter(None, (federation, title)))
    if width(both, FURNITURE.font, FURNITURE.size) <= room:
        return both
    beginning, space, year = title.rpartition(" ")
    if len(year) > LONGEST_YEAR:
        return _shortened(title, room)
    return _shortened(beginning, room, space + year)


def _shortened(text: str, room: float, end: str = "") -> str:
    """The text and its end; when they are wider than the room, with … where the text is cut."""
    if width(text + end, FURNITURE.font, FURNITURE.size) <= room:
        return text + end
    while text and width(f"{text}…{end}", FURNITURE.font, FURNITURE.size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…{end}"
