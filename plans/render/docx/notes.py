"""Footnotes as Word has them: at the foot of the page with the mark, numbered by Word.

Our numbers are those of the plan, and the same everywhere; Word counts marks from the start. Where the two
differ (a note whose mark comes later than the next one's), the mark is text, and no longer counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from docx.opc.part import XmlPart

from plans.document import Document, Footnotes, Span, Spans
from plans.render.docx.bookmarks import Bookmarks
from plans.render.docx.elements import Element, w
from plans.render.docx.paragraphs import paragraph
from plans.render.docx.words import Look, Place, field, inline, run

MARK = Look(style="FootnoteReference")
Key = tuple[int, int]
"""Which of the document's Footnotes, and the number in it."""


@dataclass(frozen=True)
class Used:
    spans: Spans
    number: int
    counted: bool
    """Whether Word numbers it."""


class Notes:
    """The footnotes of one document. Marks are asked for in the order of the text."""

    def __init__(self, document: Document, part: XmlPart, bookmarks: Bookmarks) -> None:
        self._part, self._bookmarks = part, bookmarks
        self._groups = [dict(block.notes) for block in document.blocks if isinstance(block, Footnotes)]
        self._marked = set(self._marked_in(document))
        self._group = 0
        self._used: dict[Key, Used] = {}
        self._counted = 0

    def mark(self, number: int) -> list[Element]:
        """The mark of a note: the first carries the note, the others refer to it."""
        key = self._key(self._group, number)
        if key is None:
            return [run(str(number), MARK)]
        name = f"not_{key[0] + 1}_{number}"
        if key in self._used:
            return field(f"NOTEREF {name} \\f \\h", str(number), MARK)
        counted = number == self._counted + 1
        self._counted += counted
        self._used[key] = Used(self._groups[key[0]][number], number, counted)
        return self._bookmarks.named(name, [self._reference(len(self._used), self._used[key])])

    def leave(self, block: Footnotes, place: Place) -> Iterator[Element]:
        """Passes the place of the notes of a part of the text: only those without a mark stand there."""
        group, self._group = self._group, self._group + 1
        for number, spans in block.notes:
            if (group, number) not in self._marked:
                yield paragraph("Small", run(f"{number} "), *inline(spans, place))

    def write(self) -> None:
        """Fills the part of the file that holds the notes."""
        for kind, number in (("separator", -1), ("continuationSeparator", 0)):
            line = w("p", w("pPr", w("spacing", before=0, after=0)), w("r", w(kind)))
            self._part.element.append(w("footnote", line, type=kind, id=number))
        place = Place(self._part, self._bookmarks, _NoMarks())
        for number, used in enumerate(self._used.values(), start=1):
            mark = w("r", w("rPr", w("rStyle", val=MARK.style)), w("footnoteRef"))
            shown = mark if used.counted else run(str(used.number), MARK)
            words = paragraph("FootnoteText", shown, run(" "), *inline(used.spans, place))
            self._part.element.append(w("footnote", words, id=number))

    def _reference(self, identity: int, used: Used) -> Element:
        style = w("rPr", w("rStyle", val=MARK.style))
        if used.counted:
            return w("r", style, w("footnoteReference", id=identity))
        words = w("t")
        words.text = str(used.number)
        return w("r", style, w("footnoteReference", customMarkFollows=1, id=identity), words)

    def _key(self, group: int, number: int) -> Key | None:
        """The note that a mark means: of the notes that follow it, else of those before."""
        order = [*range(group, len(self._groups)), *range(group)]
        return next(((at, number) for at in order if number in self._groups[at]), None)

    def _marked_in(self, document: Document) -> Iterator[Key]:
        group = 0
        for block in (document.title_page, *document.blocks):
            if isinstance(block, Footnotes):
                group += 1
                continue
            for number in _numbers(block):
                key = self._key(group, number)
                if key:
                    yield key


class _NoMarks:
    """In a note: Word has no notes to notes."""

    def mark(self, number: int) -> list[Element]:
        return [run(str(number), MARK)]


def _numbers(part: object) -> Iterator[int]:
    """The numbers of the notes that a part of the document has marks for."""
    if isinstance(part, Span):
        if part.note is not None:
            yield part.note
    elif isinstance(part, tuple):
        for each in part:
            yield from _numbers(each)
    elif is_dataclass(part):
        for field_ in fields(part):
            yield from _numbers(getattr(part, field_.name))
