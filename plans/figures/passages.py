"""The words of a text as somebody reads them: sentences, and cells with their heads. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans.text.tree import Element, tree_of

LIVE = "\ufffc"
"""Stands for a live figure or a reference: a sign that no amount goes through."""
LONGEST_SENTENCE = 2_000
"""Signs; a list without full stops may have more, and is read in parts."""
LONGEST_HEAD = 300
"""Signs of what heads a row or a column that say what it is of."""
LONGEST_ABBREVIATION = 12
APART = {"p", "li", "tr", "caption", "blockquote", "table", "ul", "ol", "br"}

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÅÄÖ0-9”\"])")
_BREAK = re.compile(r"\n|[,;:] ")
_ABBREVIATED = re.compile(
    r"(?:\b(?:ca|c:a|kl|nr|bl|t|d|fr|st|s|inkl|exkl|milj|resp|max|min|jfr|dnr|prop)|\.\w)\.$", re.IGNORECASE
)


@dataclass(frozen=True)
class Passage:
    """A sentence or a cell at `place` in the plain text. Of a cell: `row` heads its row, and `column` its
    column."""

    text: str
    place: int
    row: str = ""
    column: str = ""
    is_cell: bool = False


def plain_text(html: str, *, with_live: bool = False) -> str:
    """The words of a text: a line for each paragraph, item and row, tabs between cells. Live figures and
    references are LIVE, or with the words they had when the text was last written."""
    return "".join(text for text, _ in _pieces(html, with_live))


def passages(html: str) -> Iterator[Passage]:
    """The sentences and cells of a text, in order."""
    place = 0
    for text, cell in _pieces(html, with_live=False):
        if cell:
            yield Passage(text, place, cell.row, cell.column, is_cell=True)
        else:
            yield from _sentences(text, place)
        place += len(text)


def _sentences(text: str, place: int) -> Iterator[Passage]:
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if not _ABBREVIATED.search(text[max(start, found.start() - LONGEST_ABBREVIATION) : found.start()]):
            yield from _parts(text, start, found.end(), place)
            start = found.end()
    yield from _parts(text, start, len(text), place)


def _parts(text: str, start: int, end: int, place: int) -> Iterator[Passage]:
    """The sentence from `start` to `end`; where it is too long, as much at a time as goes to a line's end or
    a comma."""
    while start < end:
        cut = end
        if end - start > LONGEST_SENTENCE:
            last = start + LONGEST_SENTENCE
            cut = max((each.end() for each in _BREAK.finditer(text, start, last)), default=last)
        if text[start:cut].strip():
            yield Passage(text[start:cut], place + start)
        start = cut


@dataclass(frozen=True)
class _Cell:
    row: str
    column: str


def _pieces(html: str, with_live: bool) -> Iterator[tuple[str, _Cell | None]]:
    """Text after text, with the cell that it is all of where it is of one."""
    words: list[str] = []
    for piece in _read(tree_of(html), with_live):
        if isinstance(piece, str):
            words.append(piece)
            continue
        yield "".join(words), None
        words = []
        for number, row in enumerate(piece):
            for place, cell in enumerate(row):
                yield cell, _Cell(row[0][:LONGEST_HEAD], _head(piece[: min(number, 2)], place)[:LONGEST_HEAD])
                yield ("\t" if place < len(row) - 1 else "\n"), None
    yield "".join(words), None


def _head(above: list[list[str]], place: int) -> str:
    """What stands over a cell: the words of the first row, and of the next where they are no amounts. `above`
    are those of the two that are above it."""
    heads = [row[place] for row in above if len(row) > place]
    return " ".join(heads[:1] if len(heads) < 2 or any(map(str.isdigit, heads[1])) else heads)


def _read(element: Element, with_live: bool) -> Iterator[str | list[list[str]]]:
    """Words, and tables as rows of cells. A table within a table is words."""
    for child in element.children:
        if isinstance(child, str):
            yield child.replace("\n", " ").replace("\t", " ")
        elif "data-figure" in child.attributes or "data-section" in child.attributes:
            yield child.words() if with_live else LIVE
        elif child.tag == "table":
            yield "\n"
            yield [[_words(cell, with_live) for cell in cells] for cells in _rows(child) if cells]
        elif child.tag == "br":
            yield "\n"
        else:
            yield from _read(child, with_live)
            if child.tag in APART:
                yield "\n"


def _words(cell: Element, with_live: bool) -> str:
    read = _read(cell, with_live)
    parts = (piece if isinstance(piece, str) else " ".join(map(" ".join, piece)) for piece in read)
    return " ".join("".join(parts).split(" ")).strip().replace("\n", " ")


def _rows(table: Element) -> Iterator[list[Element]]:
    for child in table.children:
        if isinstance(child, Element) and child.tag == "tr":
            yield [each for each in child.children if isinstance(each, Element) and each.tag in ("td", "th")]
        elif isinstance(child, Element):
            yield from _rows(child)
