"""Runs of text: styles of words, line breaks, links and the marks of footnotes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart

from plans.document import Span, Spans
from plans.render.addresses import address
from plans.render.docx.bookmarks import Bookmarks
from plans.render.docx.elements import Element, element, holdable, w
from plans.render.unbreakable import unbreakable


@dataclass(frozen=True)
class Look:
    """How words look beside what their paragraph's style says. `size` in points."""

    bold: bool = False
    italic: bool = False
    colour: str = ""
    size: float | None = None
    style: str = ""
    """A character style."""


PLAIN = Look()


class Marks(Protocol):
    """Gives the mark of a footnote."""

    def mark(self, number: int) -> list[Element]: ...


@dataclass(frozen=True)
class Place:
    """Where words stand: the part of the file that keeps their addresses, and what they may refer to."""

    part: XmlPart
    bookmarks: Bookmarks
    marks: Marks


def run(text: str, look: Look = PLAIN) -> Element:
    """Words of one look. A line end breaks the line, a tab moves to the next stop."""
    made = w("r", *_properties(look))
    for number, line in enumerate(holdable(text).split("\n")):
        if number:
            made.append(w("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                made.append(w("tab"))
            if piece:
                words = element("w:t", {"xml:space": "preserve"})
                words.text = piece
                made.append(words)
    return made


def field(instruction: str, shown: str, look: Look = PLAIN) -> list[Element]:
    """A field: what Word computes, and what it shows until then."""
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = f" {instruction} "
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
        run(shown, look),
        w("r", w("fldChar", fldCharType="end")),
    ]


def inline(spans: Spans, place: Place, look: Look = PLAIN) -> list[Element]:
    """Spans as runs, links and marks. `look` is added to the spans' own."""
    made: list[Element] = []
    for target, group in groupby(spans, key=lambda span: "" if span.note is not None else span.target):
        made += _linked(target, list(_runs(group, place, look, bool(target))), place)
    return made


def _runs(spans: Iterator[Span], place: Place, look: Look, linked: bool) -> Iterator[Element]:
    for span in spans:
        if span.note is not None:
            yield from place.marks.mark(span.note)
        elif span.text:
            style = "Hyperlink" if linked else look.style
            bold, italic = span.bold or look.bold, span.italic or look.italic
            yield run(unbreakable(span.text), Look(bold, italic, look.colour, look.size, style))


def _linked(target: str, runs: list[Element], place: Place) -> list[Element]:
    """The runs within a link; as they are where the target is none that Word should follow."""
    if target.startswith("#") and (name := place.bookmarks.name(target[1:])):
        return [w("hyperlink", *runs, anchor=name, history=1)]
    if outside := address(target):
        key = place.part.relate_to(outside, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return [element("w:hyperlink", {"r:id": key, "w:history": 1}, *runs)]
    return runs


def _properties(look: Look) -> list[Element]:
    """In the order that the format wants them."""
    properties = []
    if look.style:
        properties.append(w("rStyle", val=look.style))
    if look.bold:
        properties += [w("b"), w("bCs")]
    if look.italic:
        properties += [w("i"), w("iCs")]
    if look.colour:
        properties.append(w("color", val=look.colour))
    if look.size:
        properties += [w("sz", val=round(look.size * 2)), w("szCs", val=round(look.size * 2))]
    return [w("rPr", *properties)] if properties else []
