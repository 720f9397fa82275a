"""The tree of a paste read into blocks: paragraphs, items of lists and tables in their order. Pure."""

import re
from dataclasses import dataclass, replace
from html import escape

from finsam.whole_numbers import whole_number
from plans.text.pasting import word_lists
from plans.text.pasting.clipboard import BLOCKS
from plans.text.pasting.elements import (
    all_words,
    is_bulleted,
    is_dot,
    is_heading,
    marks_of,
    reference,
    without_bullet,
)
from plans.text.pasting.left_out import LeftOut
from plans.text.pasting.pictures import PicturesFound
from plans.text.pasting.words import (
    BREAK,
    PLAIN,
    Marks,
    Sign,
    Signs,
    bold,
    lines_of,
    paragraphs_of,
    signs_of,
)
from plans.text.pasting.writing import Block, Cell, Grid, ListItem, Picture, Row, Words
from plans.text.tree import Element

DEEPEST = 60
"""Elements within each other that are told apart; deeper there are only words."""
DEEPEST_LIST = 9
MOST_SPANNED = 20

EMBEDDED = {"iframe", "video", "audio", "object", "embed"}

_HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all")
_COMMENT = re.compile(r"mso-element:\s*comment")


@dataclass(frozen=True)
class _Where:
    """What an element stands in. `list` names the list that items belong to."""

    marks: Marks = PLAIN
    list: str = ""
    level: int = 0
    ordered: bool = False
    quoted: bool = False
    in_item: bool = False
    in_cell: bool = False
    keep_lines: bool = False
    depth: int = 0

    @property
    def is_outermost(self) -> bool:
        """Whether blocks of their own stand here."""
        return not (self.in_item or self.in_cell or self.quoted)


def blocks_of(tree: Element, left_out: LeftOut, pictures: PicturesFound) -> list[Block]:
    """Everything that the tree says; what is not taken along is told to `left_out`."""
    reader = _Reader(left_out, pictures)
    return reader.blocks(tree, _Where()) + reader.waiting


class _Reader:
    def __init__(self, left_out: LeftOut, pictures: PicturesFound) -> None:
        self.left_out = left_out
        self.pictures = pictures
        self.waiting: list[Block] = []
        """Pictures that come after the list, table or quotation that they are in."""
        self.lists = 0

    def blocks(self, element: Element, where: _Where) -> list[Block]:
        """What is in an element."""
        flow = _Flow(self, where)
        flow.read(element, where)
        flow.end_paragraph()
        return flow.done

    def name_of_list(self) -> str:
        self.lists += 1
        return f"list {self.lists}"


class _Flow:
    """Blocks after each other, and the signs of the paragraph that is not ended yet."""

    def __init__(self, reader: _Reader, where: _Where) -> None:
        self.reader, self.where = reader, where
        self.left_out = reader.left_out
        self.done: list[Block] = []
        self.signs: list[Sign] = []
        self.lists_begun: set[str] = set()
        """Of Word, by name."""

    def read(self, element: Element, where: _Where) -> None:
        if where.depth > DEEPEST:
            self.signs += signs_of(all_words(element), where.marks)
            return
        within = replace(where, depth=where.depth + 1)
        for child in element.children:
            if isinstance(child, str):
                self.signs += signs_of(child, where.marks, keep_lines=where.keep_lines)
            elif not self._is_left_out(child):
                self._element(child, within)

    def end_paragraph(self) -> None:
        """What was said since the last block is a paragraph, or an item where a bullet was typed."""
        for signs in paragraphs_of(self.signs):
            lines = lines_of(signs)
            if not self.where.in_item and not self.where.quoted and all(map(is_bulleted, lines)):
                self.done += [ListItem((without_bullet(line),), "typed", 1) for line in lines]
            else:
                self._place_pictures()
                self.done.append(Words(signs, self.where.quoted))
        self.signs = []

    def _is_left_out(self, element: Element) -> bool:
        """Whether nothing of an element is taken along; it is told."""
        style = element.attributes.get("style", "").casefold()
        names = element.attributes.get("class", "").split()
        if element.tag == "img" and is_dot(element):
            pass
        elif element.tag in EMBEDDED:
            self.left_out.embedded += 1
        elif _COMMENT.search(style) or "msocomanchor" in names or "MsoCommentReference" in names:
            self.left_out.comments += 1
        elif element.tag == "del":
            self.left_out.struck += bool(all_words(element).strip())
        elif _HIDDEN.search(style):
            self.left_out.hidden += bool(all_words(element).strip())
        else:
            return False
        return True

    def _element(self, element: Element, where: _Where) -> None:
        tag, attributes = element.tag, element.attributes
        if tag == "br":
            self.signs.append(Sign(BREAK))
        elif tag == "hr":
            self.end_paragraph()
        elif tag == "img":
            self._picture(element, where)
        elif "data-figure" in attributes or "data-section" in attributes:
            self.signs.append(reference(element, where.marks))
        elif "data-footnote" in attributes:
            self.read(element, where)
            note = f'<span data-footnote="{escape(attributes["data-footnote"])}"></span>'
            self.signs.append(Sign(note, is_html=True))
        elif tag in ("ul", "ol"):
            self._list(element, where)
        elif tag == "li":
            self._item(element, where)
        elif tag == "table":
            self._table(element, where)
        elif (item := word_lists.item_of(element)) and not where.in_item:
            self._word_item(element, item, where)
        elif tag in BLOCKS:
            self._paragraph(element, where)
        else:
            self.read(element, replace(where, marks=marks_of(element, where.marks)))

    # -- pictures ----------------------------------------------------------------------------------

    def _picture(self, element: Element, where: _Where) -> None:
        """A picture stands between paragraphs; one in a list, table or quotation comes after it."""
        tag = self.reader.pictures.tag(element)
        if not tag:
            self.left_out.pictures.append(" ".join(element.attributes.get("alt", "").split()))
            return
        if where.is_outermost:
            self.end_paragraph()
        self.reader.waiting.append(Picture(tag))
        if where.is_outermost:
            self._place_pictures()

    def _place_pictures(self) -> None:
        if self.where.is_outermost:
            self.done += self.reader.waiting
            self.reader.waiting = []

    # -- paragraphs --------------------------------------------------------------------------------

    def _paragraph(self, element: Element, where: _Where) -> None:
        """A paragraph, or an element around some."""
        self.end_paragraph()
        if is_heading(element):
            word_lists.take_marker(element)
            self.read(element, where)
            self.signs = [bold(sign) for sign in self.signs]
        elif element.tag == "blockquote" and not where.in_item and not where.in_cell:
            self._place_pictures()
            self.done += self.reader.blocks(element, replace(where, quoted=True))
        elif word_lists.goes_on(element) and self.done and isinstance(self.done[-1], ListItem):
            self._go_on(element, where, self.done[-1])
        else:
            marks = marks_of(element, where.marks)
            self.read(element, replace(where, marks=marks, keep_lines=element.tag == "pre"))
        self.end_paragraph()

    def _go_on(self, element: Element, where: _Where, before: ListItem) -> None:
        """A paragraph that is indented as the item before it belongs to that."""
        self.read(element, where)
        more = tuple(paragraphs_of(self.signs))
        self.signs = []
        self.done[-1] = replace(before, paragraphs=before.paragraphs + more)

    # -- lists -------------------------------------------------------------------------------------

    def _list(self, element: Element, where: _Where) -> None:
        self.end_paragraph()
        ordered = element.tag == "ol"
        start = element.attributes.get("start", "")
        if ordered and whole_number(start, digits=9) not in (None, 1):
            self.left_out.restarted.append(start)
        level = min(where.level + 1, DEEPEST_LIST)
        name = self.reader.name_of_list()
        inner = replace(where, list=name, level=level, ordered=ordered, in_item=True)
        self.done += _items(self.reader.blocks(element, inner), inner)

    def _item(self, element: Element, where: _Where) -> None:
        """An item; in Word on the web each is a list of its own, and says its level."""
        self.end_paragraph()
        level = whole_number(element.attributes.get("data-aria-level", ""), digits=3)
        if level is not None:
            name = f"web {element.attributes.get('data-listid', '')}"
            where = replace(where, level=min(level, DEEPEST_LIST) or 1, list=name)
        elif not where.level:
            where = replace(where, level=1)
        inner = replace(where, in_item=True, marks=marks_of(element, where.marks))
        self.done += _items(self.reader.blocks(element, inner), where)

    def _word_item(self, element: Element, item: word_lists.WordItem, where: _Where) -> None:
        self.end_paragraph()
        word_lists.take_marker(element)
        self.read(element, replace(where, in_item=True, marks=marks_of(element, where.marks)))
        paragraphs = tuple(paragraphs_of(self.signs))
        self.signs = []
        if not paragraphs:
            return
        if item.start and item.list not in self.lists_begun:
            self.left_out.restarted.append(item.start)
        self.lists_begun.add(item.list)
        self.done.append(ListItem(paragraphs, item.list, min(item.level, DEEPEST_LIST), item.ordered))

    # -- tables ------------------------------------------------------------------------------------

    def _table(self, element: Element, where: _Where) -> None:
        """A table. One within another, with one cell alone or without words is only there for the looks."""
        self.end_paragraph()
        rows = _rows(element)
        if (
            where.in_item
            or where.in_cell
            or max((len(cells) for _, cells in rows), default=0) < 2 > len(rows)
            or not all_words(element).strip()
        ):
            for caption in _children(element, "caption"):
                self._paragraph(caption, where)
            for _, cells in rows:
                for cell in cells:
                    self._paragraph(cell, where)
            return
        self._place_pictures()
        inner = replace(where, in_cell=True, quoted=False, level=0, list="")
        captions = [
            self.reader.blocks(each, replace(inner, in_item=True)) for each in _children(element, "caption")
        ]
        grid = Grid(
            _joined([block for blocks in captions for block in blocks]),
            tuple(
                Row(tuple(self._cell(cell, inner) for cell in cells), in_head)
                for in_head, cells in rows
                if cells
            ),
        )
        if grid.caption or any(cell.blocks for row in grid.rows for cell in row.cells):
            self.done.append(grid)

    def _cell(self, element: Element, where: _Where) -> Cell:
        return Cell(
            tuple(self.reader.blocks(element, where)),
            element.tag == "th",
            _count(element.attributes.get("colspan", "")),
            _count(element.attributes.get("rowspan", "")),
        )


def _items(blocks: list[Block], where: _Where) -> list[Block]:
    """What is in an item or a list: its words at a bullet, items within it as they are."""
    items: list[Block] = []
    words: list[Signs] = []
    for block in [*blocks, None]:
        if isinstance(block, Words):
            words.append(block.signs)
            continue
        if words:
            items.append(ListItem(tuple(words), where.list, where.level, where.ordered))
            words = []
        items += [block] if block else []
    return items


def _rows(element: Element) -> list[tuple[bool, list[Element]]]:
    """The rows of a table: whether in its head, and the cells."""
    rows: list[tuple[bool, list[Element]]] = []
    for child in _children(element, "thead", "tbody", "tfoot", "tr"):
        for row in [child] if child.tag == "tr" else _children(child, "tr"):
            rows.append((child.tag == "thead", _children(row, "th", "td")))
    return rows


def _children(element: Element, *tags: str) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element) and child.tag in tags]


def _joined(blocks: list[Block]) -> Signs:
    signs: list[Sign] = []
    for block in blocks:
        if isinstance(block, Words):
            signs += [Sign(" "), *block.signs] if signs else block.signs
    return tuple(signs)


def _count(value: str) -> int:
    return min(whole_number(value, digits=3) or 1, MOST_SPANNED)
