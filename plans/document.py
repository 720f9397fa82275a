"""The document as a tree of blocks: what page, PDF and Word file are all made from. Pure.

Nothing here knows of plans or budgets. Every figure is already text, in the form it is shown; numbers of
sections and footnotes are already given. A renderer turns each kind of block into its format and adds
nothing of its own but page numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from budgets.charts.shapes import Picture


@dataclass(frozen=True)
class Span:
    """A run of text in one style. `target` is an address (https://…, mailto:…) or #anchor of a block of the
    same document; `note` the number of a footnote, whose mark stands in place of `text`."""

    text: str
    bold: bool = False
    italic: bool = False
    target: str = ""
    note: int | None = None


Spans = tuple[Span, ...]


def plain(spans: Spans) -> str:
    """The text alone, without footnote marks."""
    return "".join(span.text for span in spans if span.note is None)


@dataclass(frozen=True)
class Heading:
    """`level` 1 to 6, never more than one deeper than the heading before. `number` ("5.1", "Bilaga 2" or
    empty) stands before the text. The anchor is unique in the document."""

    level: int
    text: str
    anchor: str
    number: str = ""
    in_contents: bool = True
    new_page: bool = False

    @property
    def full(self) -> str:
        """Number and text as one reads them: "5.1 JobbSam 3.0", "Bilaga 2: Begrepp"."""
        if not self.number:
            return self.text
        return (
            f"{self.number}: {self.text}"
            if self.number.startswith("Bilaga")
            else f"{self.number} {self.text}"
        )


ParagraphStyle = Literal["body", "lead", "small", "label", "warning"]
"""lead: the first words of a document; small: beside a table or chart; label: a short line that heads what
follows without being a heading; warning: something the reader must not miss."""


@dataclass(frozen=True)
class Paragraph:
    spans: Spans
    style: ParagraphStyle = "body"
    anchor: str = ""


@dataclass(frozen=True)
class Quotation:
    paragraphs: tuple[Spans, ...]
    source: str = ""


@dataclass(frozen=True)
class Item:
    """What stands at one bullet or number: words, and possibly lists beneath."""

    spans: Spans
    lists: "tuple[BulletList, ...]" = ()


@dataclass(frozen=True)
class BulletList:
    items: tuple[Item, ...]
    ordered: bool = False


CellKind = Literal["text", "figure"]


@dataclass(frozen=True)
class TableColumn:
    """`weight` is its part of the width, against the other columns'. A figure is set to the right, so that
    decimals stand beneath each other, and never broken."""

    weight: float = 1.0
    kind: CellKind = "text"


@dataclass(frozen=True)
class Cell:
    spans: Spans
    columns: int = 1
    """How many columns it spans."""

    @property
    def text(self) -> str:
        return plain(self.spans)


RowKind = Literal["line", "part", "group", "subgroup", "subtotal", "total", "key", "limit", "note"]
"""group, subgroup: heads what follows and has no figures; part: "varav", below its line; subtotal, total:
bold, total with a double line; key: result and equity, bold; limit, note: quieter than a line."""


@dataclass(frozen=True)
class TableRow:
    """The first cell heads the row. `depth` moves it in. The columns that its cells span add up to those of
    the table."""

    cells: tuple[Cell, ...]
    kind: RowKind = "line"
    depth: int = 0


@dataclass(frozen=True)
class Table:
    """`head` are the rows repeated on each page; `unit` is said once, above the table ("tkr")."""

    caption: str
    columns: tuple[TableColumn, ...]
    head: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    unit: str = ""
    anchor: str = ""
    row_heads: bool = True
    """Whether the first cell of a row is its head."""


@dataclass(frozen=True)
class Figure:
    """A chart: its picture (geometry, drawn by each renderer), said in words, and as a table."""

    title: str
    description: str
    wide: Picture
    narrow: Picture
    table: Table
    notes: tuple[str, ...] = ()
    anchor: str = ""


NO_ALTERNATIVE_TEXT = "Bild utan beskrivning"


@dataclass(frozen=True)
class Illustration:
    """A picture that somebody has put into the text: a JPEG or PNG in grey or sRGB, without transparency.
    `key` is the same for the same picture, `width` and `height` are in pixels. A page fetches it from
    `address`; only a file needs its `content`."""

    key: str
    media_type: str
    width: int
    height: int
    alternative_text: str = ""
    caption: str = ""
    address: str = ""
    content: bytes = field(default=b"", repr=False)

    @property
    def description(self) -> str:
        """What it shows, for who does not see it."""
        return self.alternative_text or NO_ALTERNATIVE_TEXT


@dataclass(frozen=True)
class Fact:
    term: str
    description: Spans


@dataclass(frozen=True)
class Facts:
    """Terms with what is said of each: a glossary, or the facts of an insats."""

    facts: tuple[Fact, ...]
    compact: bool = True
    """Term and description on one line (facts), or the description beneath (a glossary)."""


@dataclass(frozen=True)
class Signature:
    """A line to sign on: the name and what the person is."""

    name: str
    post: str


@dataclass(frozen=True)
class Signatures:
    place_and_date: bool
    lines: tuple[Signature, ...]


@dataclass(frozen=True)
class Footnotes:
    """The notes that the text before has marks for: number and words."""

    notes: tuple[tuple[int, Spans], ...]


@dataclass(frozen=True)
class Contents:
    """The headings that are `in_contents`; a renderer with pages gives their numbers."""

    heading: str = "Innehåll"
    deepest: int = 2


@dataclass(frozen=True)
class PageBreak:
    pass


Block = (
    Heading
    | Paragraph
    | Quotation
    | BulletList
    | Table
    | Figure
    | Illustration
    | Facts
    | Signatures
    | Footnotes
    | Contents
    | PageBreak
)


@dataclass(frozen=True)
class TitlePage:
    """What the first page says. `state` is as in the running head: "Utkast 2021-11-02 14.10"."""

    federation: str
    title: str
    subtitle: str
    state: str
    members: tuple[str, ...]
    diary_number: str = ""
    organisation_number: str = ""
    quotation: Quotation | None = None


@dataclass(frozen=True)
class Document:
    """A whole document. `made_at` (with time zone) is its only clock: the same document gives the same file.
    A draft is marked on every page."""

    title_page: TitlePage
    blocks: tuple[Block, ...]
    made_at: datetime
    is_draft: bool = True
    language: str = "sv-SE"

    @property
    def title(self) -> str:
        """What a reader sees in a window's head: "Verksamhetsplan 2021, FinsamGotland"."""
        return f"{self.title_page.title}, {self.title_page.federation}"

    def headings(self) -> Iterator[Heading]:
        return (block for block in self.blocks if isinstance(block, Heading))
