"""A document's blocks as strips and tags."""

from dataclasses import replace

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
    Quotation,
    Signatures,
    Table,
)
from plans.render.pdf.contents import contents
from plans.render.pdf.enumeration import bullet_list, facts, footnotes, signatures
from plans.render.pdf.figure import figure
from plans.render.pdf.illustration import illustration
from plans.render.pdf.inline import Inline
from plans.render.pdf.paragraph import heading, paragraph, quotation
from plans.render.pdf.strips import Strip
from plans.render.pdf.structure import Element
from plans.render.pdf.table import table
from plans.render.pdf.title_page import title_page


def story(document: Document, root: Element) -> list[Strip]:
    """The strips of the whole document, whose tags become `root`'s."""
    return _Teller(document, root).strips()


class _Teller:
    def __init__(self, document: Document, root: Element) -> None:
        self.document, self.root = document, root
        self.headings = tuple(document.headings())
        self.level = 1
        self.inline = Inline(_anchors(document), _notes(document))

    def strips(self) -> list[Strip]:
        strips = title_page(self.document.title_page, self.inline, self.root)
        blocks = self.document.blocks
        new_page = True
        for at, block in enumerate(blocks):
            if isinstance(block, PageBreak):
                new_page = True
                continue
            made = self._block(block, at)
            if made and new_page:
                made[0] = replace(made[0], new_page=True)
            new_page = new_page and not made
            strips += made
        return strips

    def _is_heading(self, at: int) -> bool:
        blocks = self.document.blocks
        return 0 <= at < len(blocks) and isinstance(blocks[at], Heading)

    def _block(self, block: Block, at: int) -> list[Strip]:
        match block:
            case Heading():
                self.level = block.level
                return heading(block, self.root, self._is_heading(at - 1), self._is_heading(at + 1))
            case Paragraph():
                return paragraph(block, self.inline, self.root)
            case Quotation():
                return quotation(block, self.inline, self.root)
            case BulletList():
                return bullet_list(block, self.inline, self.root)
            case Table():
                return table(block, self.inline, self.root)
            case Figure():
                return figure(block, self.inline, self.root)
            case Illustration():
                return illustration(block, self.root)
            case Facts():
                return facts(block, self.inline, self.root)
            case Signatures():
                return signatures(block, self.root)
            case Footnotes():
                return footnotes(block, self.inline, self.root)
            case Contents():
                return contents(block, self.headings, self.level, self.root)
            case PageBreak():
                return []


def _anchors(document: Document) -> frozenset[str]:
    """What links may lead to. A chart's table is one of them too."""
    anchors = set()
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph | Table | Figure):
            anchors.add(block.anchor)
        if isinstance(block, Figure):
            anchors.add(block.table.anchor)
    return frozenset(anchors - {""})


def _notes(document: Document) -> frozenset[int]:
    blocks = (block for block in document.blocks if isinstance(block, Footnotes))
    return frozenset(number for block in blocks for number, _ in block.notes)
