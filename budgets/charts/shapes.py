"""What a picture is made of. Pure geometry: x to the right, y downwards, one unit is one CSS pixel.

A mark says which *role* it plays (an accent, a limit, something negative); which colour that gets is
decided where it is drawn: finsam/static/finsam/charts.css on a page, drawing.py in a PDF. Nothing depends
on colour alone: hatching and dashes are marks of their own, the same everywhere.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from budgets.charts.measure import text_height, text_width
from budgets.table import Head

Role = Literal[
    "accent",  # what the chart is about
    "tint",  # a pale area behind or beside it
    "outline",  # the edge of an area
    "hatch",  # lines over an area
    "negative",  # an area below zero
    "negative-line",  # its edge and hatching
    "limit",  # a limit or legal share: solid
    "limit-dashed",  # the other limit: dashed
    "uncertain",  # what is not known for sure: dotted
    "halo",  # paper beneath a line, to keep it visible over areas
    "warning",  # a small mark beside what a rule warns of
    "axis",  # zero, and other lines to read from
    "grid",  # hairlines
    "ink",  # text that is read
    "quiet",  # text beside it
    "strong",  # text that is read first
]
Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """Where a mark is: its left, top, right and bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box", slack: float = 0.0) -> bool:
        """Whether they share more than `slack` pixels both ways."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    role: Role
    kind: ClassVar[str] = "rect"

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, self.x + self.width, self.y + self.height)


@dataclass(frozen=True)
class Path:
    """One or more strokes, each through its points; `closed` fills them instead."""

    strokes: tuple[tuple[Point, ...], ...]
    role: Role
    closed: bool = False
    kind: ClassVar[str] = "path"

    @property
    def box(self) -> Box:
        points = [point for stroke in self.strokes for point in stroke]
        across, down = [x for x, _ in points], [y for _, y in points]
        return Box(min(across), min(down), max(across), max(down))

    @property
    def data(self) -> str:
        """As the d attribute of an SVG path."""
        strokes = ("M" + "L".join(f"{x:g} {y:g}" for x, y in stroke) for stroke in self.strokes)
        return "".join(stroke + "Z" * self.closed for stroke in strokes)


@dataclass(frozen=True)
class Text:
    """`x`, `y`: where the baseline starts, ends or has its middle. `turned` reads upwards. `halo` keeps
    it readable over lines. `bold` is heavier; `size` is in pixels."""

    x: float
    y: float
    text: str
    role: Role
    anchor: Anchor = "start"
    size: float = 12.0
    bold: bool = False
    turned: bool = False
    halo: bool = False
    kind: ClassVar[str] = "text"

    @property
    def box(self) -> Box:
        """As large as the text may get in any common font."""
        length, (above, below) = text_width(self.text, self.size, self.bold), text_height(self.size)
        start = {"start": 0.0, "middle": length / 2, "end": length}[self.anchor]
        if self.turned:
            return Box(self.x - above, self.y + start - length, self.x + below, self.y + start)
        return Box(self.x - start, self.y - above, self.x - start + length, self.y + below)


Mark = Rect | Path | Text


@dataclass(frozen=True)
class Picture:
    """Marks in the order they are painted."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    @property
    def texts(self) -> tuple[Text, ...]:
        return tuple(mark for mark in self.marks if isinstance(mark, Text))


@dataclass(frozen=True)
class TableRow:
    """`kind` says what the figures are: money (SEK) or share (0 to 1). `note` stands by the name; `total`
    marks the sum of the others."""

    name: str
    cells: tuple[Decimal | None, ...]
    kind: Literal["money", "share"] = "money"
    note: str = ""
    total: bool = False


@dataclass(frozen=True)
class Table:
    """The figures of a chart: `corner` heads the names, `heads` the columns; each row has a cell for each."""

    corner: str
    heads: tuple[Head, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class Chart:
    """A chart for a page or a document, in two widths: the same figures, arranged for each.

    `key` names it in addresses and ids, `description` says in Swedish what one sees, with figures."""

    key: str
    title: str
    description: str
    wide: Picture
    narrow: Picture
    table: Table
    notes: tuple[str, ...] = field(default=())
