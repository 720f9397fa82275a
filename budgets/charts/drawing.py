"""A picture as a reportlab.graphics Drawing, for the PDF: the same marks, y upwards, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportlab.graphics import shapes
from reportlab.lib.colors import Color, HexColor

from budgets.charts.shapes import Mark, Path, Picture, Rect, Role, Text

PAPER = HexColor("#ffffff")


@dataclass(frozen=True)
class Ink:
    """How a role is drawn: filled, stroked, or both (text is filled). Widths in pixels of the picture."""

    fill: str = ""
    stroke: str = ""
    width: float = 1.0
    dash: tuple[float, ...] = ()


# The light theme of charts.css, on white paper.
INKS: Mapping[Role, Ink] = {
    "accent": Ink(fill="#0b5563"),
    "tint": Ink(fill="#e3eff1"),
    "outline": Ink(stroke="#0b5563"),
    "hatch": Ink(stroke="#0b5563"),
    "negative": Ink(fill="#fbeeed"),
    "negative-line": Ink(stroke="#a8201a"),
    "limit": Ink(stroke="#1b1f23", width=1.75),
    "limit-dashed": Ink(stroke="#1b1f23", width=1.75, dash=(5, 3)),
    "halo": Ink(stroke="#ffffff", width=4),
    "uncertain": Ink(stroke="#0b5563", width=2, dash=(2, 4)),
    "warning": Ink(fill="#8a5200"),
    "axis": Ink(stroke="#7c848c"),
    "grid": Ink(stroke="#d5d8d3"),
    "ink": Ink(fill="#1b1f23"),
    "quiet": Ink(fill="#565d66"),
    "strong": Ink(fill="#1b1f23"),
}


def drawing(picture: Picture, font: str, bold: str, width: float | None = None) -> shapes.Drawing:
    """The picture as a Drawing, `width` points wide (its own width when None). `font` and `bold` are names
    of fonts that reportlab knows; no other is used."""
    part = 1.0 if width is None else width / picture.width
    whole = shapes.Drawing(picture.width * part, picture.height * part)
    marks = shapes.Group(*(_shape(mark, picture.height, font, bold) for mark in picture.marks))
    marks.scale(part, part)
    whole.add(marks)
    return whole


def _color(value: str) -> Color | None:
    return HexColor(value) if value else None


def _shape(mark: Mark, height: float, font: str, bold: str) -> shapes.Shape:
    ink = INKS[mark.role]
    if isinstance(mark, Rect):
        return shapes.Rect(
            mark.x,
            height - mark.y - mark.height,
            mark.width,
            mark.height,
            fillColor=_color(ink.fill),
            strokeColor=_color(ink.stroke),
            strokeWidth=ink.width,
        )
    if isinstance(mark, Path):
        return _path(mark, ink, height)
    return _text(mark, ink, height, bold if mark.bold else font)


def _path(mark: Path, ink: Ink, height: float) -> shapes.Path:
    path = shapes.Path(
        fillColor=_color(ink.fill) if mark.closed else None,
        strokeColor=None if mark.closed else _color(ink.stroke),
        strokeWidth=ink.width,
        strokeDashArray=list(ink.dash) or None,
    )
    for (x, y), *rest in mark.strokes:
        path.moveTo(x, height - y)
        for x, y in rest:
            path.lineTo(x, height - y)
        if mark.closed:
            path.closePath()
    return path


def _text(mark: Text, ink: Ink, height: float, font: str) -> shapes.Shape:
    """A turned text is turned about where it starts."""
    string = shapes.String(
        0,
        0,
        mark.text,
        fontName=font,
        fontSize=mark.size,
        fillColor=_color(ink.fill),
        textAnchor=mark.anchor,
    )
    placed = shapes.Group(string)
    placed.translate(mark.x, height - mark.y)
    if mark.turned:
        placed.rotate(90)
    return placed
