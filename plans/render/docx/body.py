"""The blocks of a document, one after the other, as Word has them."""

from collections.abc import Iterable, Iterator

from docx.parts.document import DocumentPart

from plans.document import (
    Block,
    BulletList,
    Contents,
    Document,
    Facts,
    Figure,
    Footnotes,
    Heading,
    Illustration,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Quotation,
    Signatures,
    Table,
)
from plans.render.docx.bookmarks import Bookmarks
from plans.render.docx.contents import contents
from plans.render.docx.elements import Element, qualified
from plans.render.docx.facts import facts
from plans.render.docx.figures import figure, illustration
from plans.render.docx.notes import Notes
from plans.render.docx.numbering import Numbering
from plans.render.docx.paragraphs import on_new_page, paragraph, with_space_before
from plans.render.docx.quotations import quotation
from plans.render.docx.signatures import signatures
from plans.render.docx.tables import table
from plans.render.docx.title_page import title_page
from plans.render.docx.words import Place, inline, run

STYLES: dict[ParagraphStyle, str] = {
    "body": "BodyText",
    "lead": "Lead",
    "small": "Small",
    "label": "Label",
    "warning": "Important",
}

AFTER_TABLE = 14.0
"""Least space between a table and what follows, in points."""


class Body:
    """Makes the elements of one document. Called in the order of the text, as notes and lists are counted."""

    def __init__(
        self, document: Document, part: DocumentPart, bookmarks: Bookmarks, notes: Notes, numbering: Numbering
    ) -> None:
        self._document, self._part = document, part
        self._bookmarks, self._notes, self._numbering = bookmarks, notes, numbering
        self._place = Place(part, bookmarks, notes)
        self._figures = 0

    def title_page(self) -> list[Element]:
        return title_page(self._document.title_page, self._place)

    def blocks(self) -> list[Element]:
        """Everything after the title page."""
        made: list[Element] = []
        new_page = False
        for block in self._document.blocks:
            if isinstance(block, PageBreak):
                new_page = True
                continue
            elements = self._elements(block)
            if elements and made and (new_page or (isinstance(block, Heading) and block.new_page)):
                on_new_page(elements[0])
            made += elements
            new_page = new_page and not elements
        return list(_with_room_after_tables(made))

    def _elements(self, block: Block) -> list[Element]:
        match block:
            case Heading():
                return [self._heading(block)]
            case Paragraph():
                words = self._bookmarks.around(block.anchor, inline(block.spans, self._place))
                return [paragraph(STYLES[block.style], *words)]
            case Quotation():
                return quotation(block, self._place)
            case BulletList():
                return self._numbering.items(block, self._place)
            case Table():
                return table(block, self._place)
            case Figure():
                self._figures += 1
                return figure(block, self._place, self._part, self._figures)
            case Illustration():
                self._figures += 1
                return illustration(block, self._part, self._figures)
            case Facts():
                return facts(block, self._place)
            case Signatures():
                return signatures(block)
            case Footnotes():
                return list(self._notes.leave(block, self._place))
            case Contents():
                return [contents(block, self._document, self._bookmarks)]
            case PageBreak():
                return []

    def _heading(self, block: Heading) -> Element:
        style = f"Heading{block.level}{'' if block.in_contents else 'Unlisted'}"
        return paragraph(style, *self._bookmarks.around(block.anchor, [run(block.full)]))


def _with_room_after_tables(elements: Iterable[Element]) -> Iterator[Element]:
    """Words after a table stand somewhat away from it. Word makes one table of two that follow each other,
    and wants words after the last."""
    after_table = False
    for each in elements:
        is_table = each.tag == qualified("w:tbl")
        if is_table and after_table:
            yield paragraph("AfterTable")
        elif after_table:
            with_space_before(each, AFTER_TABLE)
        yield each
        after_table = is_table
    if after_table:
        yield paragraph("AfterTable")
