"""Puts the marks of a picture together, rounded to hundredths of a pixel."""

from collections.abc import Sequence

from budgets.charts.measure import shortened
from budgets.charts.shapes import Anchor, Mark, Path, Picture, Point, Rect, Role, Text

WIDE, NARROW = 640.0, 328.0
"""The two widths: of a column of text on a desk, and of a page on a phone (360 px less its margins)."""

SIZE = 12.0
"""Text in pixels; a picture is never shown smaller than 11/12 of its own size."""

HATCH_GAP = 5.0
HEAD = 4.0
GAP = 4.0
"""Between a bar and its figure."""


def _at(value: float) -> float:
    return round(value, 2) + 0.0  # never minus zero


class Sketch:
    """A picture in the making. Coordinates are pixels, y downwards."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.marks: list[Mark] = []

    @property
    def is_narrow(self) -> bool:
        return self.width < WIDE

    def picture(self, height: float) -> Picture:
        return Picture(self.width, _at(height), tuple(self.marks))

    def rect(self, x: float, y: float, width: float, height: float, role: Role) -> None:
        self.marks.append(Rect(_at(x), _at(y), _at(width), _at(height), role))

    def column(self, x: float, y: float, width: float, height: float, *, negative: bool) -> None:
        """The bar of an amount: solid, or below zero hatched with an edge."""
        self.rect(x, y, width, height, "negative" if negative else "accent")
        if negative:
            self.hatch(x, y, width, height, "negative-line")
            self.edge(x, y, width, height, "negative-line")

    def edge(self, x: float, y: float, width: float, height: float, role: Role) -> None:
        """A line just within an area's edge."""
        if width > 1 and height > 1:
            left, right, top, bottom = x + 0.5, x + width - 0.5, y + 0.5, y + height - 0.5
            self.path([[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]], role)

    def line(self, x1: float, y1: float, x2: float, y2: float, role: Role) -> None:
        self.path([[(x1, y1), (x2, y2)]], role)

    def path(self, strokes: Sequence[Sequence[Point]], role: Role, closed: bool = False) -> None:
        rounded = tuple(tuple((_at(x), _at(y)) for x, y in stroke) for stroke in strokes)
        if rounded:
            self.marks.append(Path(rounded, role, closed))

    def hatch(self, x: float, y: float, width: float, height: float, role: Role = "hatch") -> None:
        """Slanting lines over an area, cut at its edges."""
        strokes = []
        offset = HATCH_GAP
        while offset < width + height:
            # The line x + y = offset, from where it enters at the left or bottom to the top or right.
            start = (x, y + offset) if offset <= height else (x + offset - height, y + height)
            end = (x + offset, y) if offset <= width else (x + width, y + offset - width)
            strokes.append((start, end))
            offset += HATCH_GAP
        self.path(strokes, role)

    def arrow(self, x: float, y: float, towards: int, role: Role) -> None:
        """A head that points right (1) or left (-1), its tip at x."""
        self.path([[(x - towards * HEAD, y - HEAD), (x, y), (x - towards * HEAD, y + HEAD)]], role, True)

    def figure(
        self,
        x: float,
        end: float,
        label: str,
        *,
        below: bool,
        turned: bool,
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """The figure at the end of a bar: above it, or below that of a negative amount."""
        role: Role = "strong" if bold else "ink"
        if turned:
            anchor: Anchor = "end" if below else "start"
            y = end + GAP if below else end - GAP
            self.text(x + SIZE / 3, y, label, role, anchor, bold=bold, turned=True, halo=halo)
        else:
            y = end + SIZE + 1 if below else end - GAP
            self.text(x, y, label, role, "middle", bold=bold, halo=halo)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        role: Role = "ink",
        anchor: Anchor = "start",
        *,
        size: float = SIZE,
        bold: bool = False,
        turned: bool = False,
        halo: bool = False,
        room: float | None = None,
    ) -> None:
        """A text, cut to the room there is; nothing where there is none."""
        if room is not None:
            text = shortened(text, room, size, bold)
        if text:
            self.marks.append(Text(_at(x), _at(y), text, role, anchor, size, bold, turned, halo))
