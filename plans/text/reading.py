"""From a text of the small vocabulary (sanitising.py) to blocks of the document. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Protocol

from finsam.whole_numbers import whole_number
from plans.document import Block, BulletList, Item, Paragraph, Quotation, Span, Spans, Table
from plans.render.unbreakable import unbreakable
from plans.text.illustrations import NamedIllustration, named_illustration
from plans.text.tables import TypedCell, TypedRow, blocks_of_table
from plans.text.tree import Element, tree_of

BOLD, ITALIC = ("strong", "b"), ("em", "i")
LISTS = ("ul", "ol")
PARAGRAPHS = ("p", "li", "tr", "td", "th", "caption")
"""Elements that end the paragraph before them; all but p only where they stand outside of a list or table."""

MOST_SPANNED = 20
"""So many columns or rows a cell may span."""

_SPACE = re.compile("[ \t\r\n\f]+")


class Resolver(Protocol):
    """Gives what a text only refers to."""

    def figure(self, token: str, shown: str) -> str:
        """The words of a live figure; `shown` is what the text said when it was last written."""

    def reference(self, key: str, shown: str) -> tuple[str, str]:
        """What a reference to a section says, and its target (#anchor; empty when there is none)."""

    def footnote(self, text: str) -> int:
        """The number of a new footnote."""

    def illustration(self, named: NamedIllustration) -> Block:
        """The picture that the text names."""


def blocks_of(text: str, resolver: Resolver) -> tuple[Block, ...]:
    """The paragraphs, lists, quotations and tables of a text. Words outside of them are a paragraph."""
    return tuple(_blocks(tree_of(text), resolver))


def spans_of(text: str, resolver: Resolver) -> Spans:
    """A text of one paragraph or none, as words; whatever else it has follows with spaces between."""
    return _joined(_lines(blocks_of(text, resolver)), " ")


# -- paragraphs ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Style:
    """How the words within some elements are written."""

    bold: bool = False
    italic: bool = False
    target: str = ""

    def span(self, text: str) -> Span:
        return Span(text, self.bold, self.italic, self.target)


def _blocks(element: Element, resolver: Resolver) -> list[Block]:
    """What is in an element, as blocks."""
    flow = _Flow(resolver)
    flow.read(element, _Style())
    flow.end_paragraph()
    return flow.blocks


class _Flow:
    """Blocks after each other, and the words of the paragraph that is not ended yet."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.blocks: list[Block] = []
        self.spans: list[Span] = []

    def read(self, element: Element, style: _Style) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.spans.append(style.span(_SPACE.sub(" ", child)))
            else:
                self._element(child, style)

    def _element(self, element: Element, style: _Style) -> None:
        tag, attributes = element.tag, element.attributes
        if tag == "br":
            self.spans.append(style.span("\n"))
        elif "data-figure" in attributes:
            words = self.resolver.figure(attributes["data-figure"], element.words())
            self.spans.append(style.span(words))
        elif "data-section" in attributes:
            words, target = self.resolver.reference(attributes["data-section"], element.words())
            self.spans.append(replace(style.span(words), target=target))
        elif "data-footnote" in attributes:
            self.read(element, style)
            self.spans.append(Span("", note=self.resolver.footnote(attributes["data-footnote"])))
        elif tag in LISTS:
            self._add(_list(element, self.resolver))
        elif tag == "blockquote":
            self._add(*_quotations(_blocks(element, self.resolver)))
        elif tag == "table":
            self._add(*_table(element, self.resolver))
        elif tag == "img":
            if named := named_illustration(element):
                self._add(self.resolver.illustration(named))
        elif tag in PARAGRAPHS:
            self.end_paragraph()
            self.read(element, style)
            self.end_paragraph()
        else:
            self.read(element, _styled(style, element))

    def _add(self, *blocks: Block | None) -> None:
        self.end_paragraph()
        self.blocks += [block for block in blocks if block]

    def end_paragraph(self) -> None:
        """What was said since the last block is a paragraph, unless it is space alone."""
        if spans := _trimmed(self.spans):
            self.blocks.append(Paragraph(_unbreakable(spans)))
        self.spans = []


def _styled(style: _Style, element: Element) -> _Style:
    return _Style(
        style.bold or element.tag in BOLD,
        style.italic or element.tag in ITALIC,
        element.attributes.get("href", style.target),
    )


def _trimmed(spans: Iterable[Span]) -> Spans:
    """Spans without space around them."""
    left = list(spans)
    while left and left[0].note is None and not left[0].text.strip():
        left.pop(0)
    while left and left[-1].note is None and not left[-1].text.strip():
        left.pop()
    if left:
        left[0] = replace(left[0], text=left[0].text.lstrip())
        left[-1] = replace(left[-1], text=left[-1].text.rstrip())
    return tuple(left)


def _unbreakable(spans: Spans) -> Spans:
    """Spans with no-break spaces in amounts, also in one that is partly bold."""
    text = unbreakable("".join(span.text for span in spans))
    ends = accumulate(len(span.text) for span in spans)
    return tuple(
        replace(span, text=text[end - len(span.text) : end]) for span, end in zip(spans, ends, strict=True)
    )


# -- lists, quotations, tables -------------------------------------------------------------------


def _list(element: Element, resolver: Resolver) -> BulletList | None:
    """The list of its items, None when it has none. A list in no item is beneath the one before it."""
    items: list[Item] = []
    for child in element.children:
        of_item = child if isinstance(child, Element) and child.tag == "li" else Element("li", {}, [child])
        for item in _items(_blocks(of_item, resolver)):
            if items and not item.spans:
                items[-1] = replace(items[-1], lists=(*items[-1].lists, *item.lists))
            else:
                items.append(item)
    return BulletList(tuple(items), element.tag == "ol") if items else None


def _items(blocks: list[Block]) -> Iterator[Item]:
    """The words at a bullet and the lists beneath. Words after such a list are an item of their own."""
    before: list[Block] = []
    lists: list[BulletList] = []
    for block in blocks:
        if isinstance(block, BulletList):
            lists.append(block)
            continue
        if lists:
            yield Item(_joined(_lines(before), "\n"), tuple(lists))
            before, lists = [], []
        before.append(block)
    if before or lists:
        yield Item(_joined(_lines(before), "\n"), tuple(lists))


def _quotations(blocks: list[Block]) -> Iterator[Block]:
    """The paragraphs as quotations; a list or table among them stands between."""
    quoted: list[Spans] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            quoted.append(block.spans)
        elif isinstance(block, Quotation):
            quoted += block.paragraphs
        else:
            if quoted:
                yield Quotation(tuple(quoted))
            quoted = []
            yield block
    if quoted:
        yield Quotation(tuple(quoted))


def _table(element: Element, resolver: Resolver) -> tuple[Block, ...]:
    caption = _joined([_within(child, resolver) for child in _children(element, "caption")], " ")
    return blocks_of_table(caption, _rows(element, resolver))


def _rows(element: Element, resolver: Resolver) -> Iterator[TypedRow]:
    for child in _children(element, "thead", "tbody", "tr"):
        if child.tag != "tr":
            yield from _rows(child, resolver)
            continue
        cells = _children(child, "th", "td")
        yield TypedRow(
            tuple(
                TypedCell(
                    _within(cell, resolver),
                    _count(cell.attributes.get("colspan", "")),
                    _count(cell.attributes.get("rowspan", "")),
                )
                for cell in cells
            ),
            is_head=element.tag == "thead" or all(cell.tag == "th" for cell in cells),
        )


def _children(element: Element, *tags: str) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element) and child.tag in tags]


def _count(value: str) -> int:
    return min(whole_number(value, digits=3) or 1, MOST_SPANNED)


# -- blocks where only words go ------------------------------------------------------------------


def _within(element: Element, resolver: Resolver) -> Spans:
    return _joined(_lines(_blocks(element, resolver)), "\n")


def _joined(lines: Iterable[Spans], between: str) -> Spans:
    spans: list[Span] = []
    for line in filter(None, lines):
        spans += [Span(between), *line] if spans else line
    return tuple(spans)


def _lines(blocks: Iterable[Block]) -> Iterator[Spans]:
    """The words of blocks, a line for each paragraph, item and row."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.spans
        elif isinstance(block, Quotation):
            yield from block.paragraphs
        elif isinstance(block, BulletList):
            for item in block.items:
                yield item.spans
                yield from _lines(item.lists)
        elif isinstance(block, Table):
            yield (Span(block.caption),) if block.caption else ()
            for row in (*block.head, *block.rows):
                yield _joined((cell.spans for cell in row.cells), " ")
