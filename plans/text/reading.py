"""From a text of the small vocabulary (sanitising.py) to blocks of the document. Pure."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Protocol

from plans.document import (
    Block,
    BulletList,
    Cell,
    Item,
    Paragraph,
    Quotation,
    Span,
    Spans,
    Table,
    TableColumn,
    TableRow,
)

BOLD, ITALIC = {"strong", "b"}, {"em", "i"}
FIGURE_CHARACTERS = set("0123456789 \u00a0\u202f.,−-–+%()")
"""A column of a typed table whose cells are made of these, with a unit or not, is one of figures."""


class Resolver(Protocol):
    """Gives what a text only refers to."""

    def figure(self, token: str, shown: str) -> str:
        """The words of a live figure; `shown` is what the text said when it was last written."""

    def reference(self, key: str, shown: str) -> tuple[str, str]:
        """What a reference to a section says, and its target (#anchor; empty when there is none)."""

    def footnote(self, text: str) -> int:
        """The number of a new footnote."""


def blocks_of(text: str, resolver: Resolver) -> tuple[Block, ...]:
    """The paragraphs, lists, quotations and tables of a text. Words outside of them are a paragraph."""
    reader = _Reader(resolver)
    reader.feed(text)
    reader.close()
    return reader.finished()


def spans_of(text: str, resolver: Resolver) -> Spans:
    """A text of one paragraph or none, as words; several paragraphs follow each other with a space."""
    spans: list[Span] = []
    for block in blocks_of(text, resolver):
        if isinstance(block, Paragraph):
            spans += [Span(" "), *block.spans] if spans else block.spans
    return tuple(spans)


@dataclass
class _List:
    ordered: bool
    items: list[Item] = field(default_factory=list)


@dataclass
class _Table:
    caption: str = ""
    head: list[TableRow] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    spanned: int = 1
    heads_only: bool = True


class _Reader(HTMLParser):
    def __init__(self, resolver: Resolver) -> None:
        super().__init__(convert_charrefs=True)
        self.resolver = resolver
        self.blocks: list[Block] = []
        self.spans: list[Span] = []
        self.bold = self.italic = 0
        self.target = ""
        self.lists: list[_List] = []
        self.quotation: list[Spans] | None = None
        self.table: _Table | None = None
        self.replaced: tuple[str, str] | None = None
        """The live figure, reference or footnote that is open: its kind and what it names."""
        self.shown = ""

    # -- what the parser meets -------------------------------------------------------------------

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attributes}
        if tag in BOLD:
            self.bold += 1
        elif tag in ITALIC:
            self.italic += 1
        elif tag == "br":
            self._words("\n")
        elif tag in ("a", "span"):
            self._open_inline(named)
        elif tag in ("ul", "ol"):
            self._close_paragraph()
            self.lists.append(_List(tag == "ol"))
        elif tag == "blockquote":
            self._close_paragraph()
            self.quotation = []
        elif tag == "table":
            self._close_paragraph()
            self.table = _Table()
        elif tag in ("th", "td") and self.table:
            self.spans = []
            self.table.spanned = _count(named.get("colspan", ""))
            self.table.heads_only &= tag == "th"
        elif tag in ("p", "li", "caption"):
            self._close_paragraph()

    def handle_endtag(self, tag: str) -> None:
        if tag in BOLD:
            self.bold = max(0, self.bold - 1)
        elif tag in ITALIC:
            self.italic = max(0, self.italic - 1)
        elif tag in ("a", "span"):
            self._close_inline()
        elif tag in ("p", "li"):
            self._close_paragraph()
        elif tag in ("ul", "ol") and self.lists:
            self._close_paragraph()
            self._close_list()
        elif tag == "blockquote" and self.quotation is not None:
            self._close_paragraph()
            self.blocks.append(Quotation(tuple(self.quotation)))
            self.quotation = None
        elif self.table:
            self._end_in_table(tag, self.table)

    def handle_data(self, data: str) -> None:
        if self.replaced:
            self.shown += data
        else:
            self._words(" ".join(data.split("\n")))

    def finished(self) -> tuple[Block, ...]:
        self._close_inline()
        self._close_paragraph()
        while self.lists:
            self._close_list()
        return tuple(self.blocks)

    # -- words -----------------------------------------------------------------------------------

    def _words(self, text: str) -> None:
        if text:
            self.spans.append(Span(text, bool(self.bold), bool(self.italic), self.target))

    def _open_inline(self, named: dict[str, str]) -> None:
        for name in ("data-figure", "data-section", "data-footnote"):
            if name in named:
                self.replaced, self.shown = (name, named[name]), ""
                return
        self.target = named.get("href", self.target)

    def _close_inline(self) -> None:
        if self.replaced is None:
            self.target = ""
            return
        (kind, value), self.replaced = self.replaced, None
        plain = Span("", bool(self.bold), bool(self.italic), self.target)
        if kind == "data-figure":
            self.spans.append(replace(plain, text=self.resolver.figure(value, self.shown)))
        elif kind == "data-section":
            words, target = self.resolver.reference(value, self.shown)
            self.spans.append(replace(plain, text=words, target=target))
        else:
            self.spans.append(Span("", note=self.resolver.footnote(value)))

    def _taken(self) -> Spans:
        """The words so far, without space around them; a paragraph of space alone is none."""
        spans, self.spans = self.spans, []
        while spans and spans[0].note is None and not spans[0].text.strip():
            spans.pop(0)
        while spans and spans[-1].note is None and not spans[-1].text.strip():
            spans.pop()
        if spans:
            spans[0] = replace(spans[0], text=spans[0].text.lstrip())
            spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip())
        return tuple(spans)

    # -- paragraphs, lists, quotations -----------------------------------------------------------

    def _close_paragraph(self) -> None:
        if self.table:
            return  # the cell takes them
        spans = self._taken()
        if not spans:
            return
        if self.lists:
            self.lists[-1].items.append(Item(spans))
        elif self.quotation is not None:
            self.quotation.append(spans)
        else:
            self.blocks.append(Paragraph(spans))

    def _close_list(self) -> None:
        done = self.lists.pop()
        if not done.items:
            return
        made = BulletList(tuple(done.items), done.ordered)
        if not self.lists:
            self.blocks.append(made)
            return
        items = self.lists[-1].items
        if items:
            items[-1] = replace(items[-1], lists=(*items[-1].lists, made))
        else:  # a list directly in a list
            items.append(Item((), (made,)))

    # -- tables ----------------------------------------------------------------------------------

    def _end_in_table(self, tag: str, table: _Table) -> None:
        if tag in ("th", "td"):
            table.cells.append(Cell(self._taken(), table.spanned))
        elif tag == "caption":
            table.caption = "".join(span.text for span in self._taken())
        elif tag == "tr" and table.cells:
            row = TableRow(tuple(table.cells))
            (table.head if table.heads_only and not table.rows else table.rows).append(row)
            table.cells, table.heads_only = [], True
        elif tag == "table":
            self.table = None
            if table.head or table.rows:
                self.blocks.append(_made(table))


def _made(table: _Table) -> Table:
    """The table, its rows filled up to the same width."""
    every = [*table.head, *table.rows]
    width = max(sum(cell.columns for cell in row.cells) for row in every)

    def filled(row: TableRow) -> TableRow:
        missing = width - sum(cell.columns for cell in row.cells)
        return replace(row, cells=(*row.cells, *[Cell(())] * missing))

    rows = tuple(filled(row) for row in table.rows)
    columns = tuple(_column([*table.head, *rows], rows, place) for place in range(width))
    return Table(table.caption, columns, tuple(filled(row) for row in table.head), rows)


def _column(every: list[TableRow], rows: tuple[TableRow, ...], place: int) -> TableColumn:
    """As wide as its longest words ask for, within reason; one of figures where every cell is a figure."""
    longest = max((len(row.cells[place].text) for row in every if _single(row)), default=1)
    texts = [row.cells[place].text for row in rows if _single(row) and row.cells[place].text]
    is_figure = bool(place and texts) and all(_is_figure(text) for text in texts)
    return TableColumn(min(max(longest, 6), 40), "figure" if is_figure else "text")


def _single(row: TableRow) -> bool:
    return all(cell.columns == 1 for cell in row.cells)


def _is_figure(text: str) -> bool:
    for unit in ("kronor", "tkr", "mkr", "kr"):
        text = text.removesuffix(unit)
    return set(text) <= FIGURE_CHARACTERS and any(character.isdigit() for character in text)


def _count(value: str) -> int:
    return min(int(value), 20) if value.isdecimal() and int(value) > 0 else 1
