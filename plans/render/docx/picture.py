"""A chart as a PNG: the marks of the picture in the colours of the PDF, finely drawn and then reduced."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from math import hypot

from PIL import Image, ImageDraw, ImageFont

from budgets.charts.drawing import INKS, Ink
from budgets.charts.shapes import Mark, Path, Picture, Point, Rect, Text
from plans.render.fonts import FontStyle, font_file

RESOLUTION = 220
"""Dots per inch where it stands on paper."""
FINENESS = 3
"""How many times finer it is drawn; Pillow draws hard edges."""
HALO = 1.5
"""Width of the paper around a text that stands on lines, in pixels of the picture."""
PAPER = "#ffffff"


def png(picture: Picture, width: float) -> bytes:
    """The picture as a PNG, to stand `width` points wide."""
    scale = width / 72 * RESOLUTION / picture.width * FINENESS
    size = (_whole(picture.width * scale), _whole(picture.height * scale))
    image = Image.new("RGB", size, PAPER)
    canvas = ImageDraw.Draw(image)
    for mark in picture.marks:
        _draw(mark, image, canvas, scale)
    kept = BytesIO()
    image.reduce(FINENESS).save(kept, "PNG", dpi=(RESOLUTION, RESOLUTION), optimize=True)
    return kept.getvalue()


def _whole(length: float) -> int:
    """The nearest size that can be reduced without a rest."""
    return max(1, round(length / FINENESS)) * FINENESS


def _draw(mark: Mark, image: Image.Image, canvas: ImageDraw.ImageDraw, scale: float) -> None:
    ink = INKS[mark.role]
    if isinstance(mark, Rect):
        corners = (mark.x, mark.y), (mark.x + mark.width, mark.y + mark.height)
        canvas.rectangle(
            [_scaled(corner, scale) for corner in corners],
            fill=ink.fill or None,
            outline=ink.stroke or None,
            width=max(1, round(ink.width * scale)),
        )
    elif isinstance(mark, Path):
        _path(mark, ink, canvas, scale)
    else:
        _text(mark, ink, image, scale)


def _scaled(point: Point, scale: float) -> Point:
    return point[0] * scale, point[1] * scale


def _path(mark: Path, ink: Ink, canvas: ImageDraw.ImageDraw, scale: float) -> None:
    for stroke in mark.strokes:
        if mark.closed:
            canvas.polygon([_scaled(point, scale) for point in stroke], fill=ink.fill)
            continue
        for piece in _dashed(stroke, ink.dash) if ink.dash else [stroke]:
            points = [_scaled(point, scale) for point in piece]
            canvas.line(points, fill=ink.stroke, width=max(1, round(ink.width * scale)), joint="curve")


def _dashed(stroke: tuple[Point, ...], dash: tuple[float, ...]) -> Iterator[tuple[Point, ...]]:
    """The dashes of a stroke: `dash` says how long they and the gaps are, in turn."""
    turn, left = 0, dash[0]
    dashes: list[Point] = [stroke[0]]
    for start, end in pairwise(stroke):
        length, done = hypot(end[0] - start[0], end[1] - start[1]), 0.0
        while length - done > left:
            done += left
            part = done / length
            dashes.append((start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part))
            if turn % 2 == 0:
                yield tuple(dashes)
            turn += 1
            dashes, left = dashes[-1:], dash[turn % len(dash)]
        left -= length - done
        dashes.append(end)
    if turn % 2 == 0:
        yield tuple(dashes)


def _text(mark: Text, ink: Ink, image: Image.Image, scale: float) -> None:
    """On a sheet of its own as large as it needs, laid on the picture; a turned text reads upwards."""
    font = _font("Semibold" if mark.bold else "Regular", round(mark.size * scale))
    halo = round(HALO * scale) if mark.halo else 0
    length, (above, below) = font.getlength(mark.text), font.getmetrics()
    edge = halo + FINENESS
    sheet = Image.new("RGBA", (round(length) + 2 * edge, above + below + 2 * edge), (255, 255, 255, 0))
    ImageDraw.Draw(sheet).text(
        (edge, edge + above),
        mark.text,
        font=font,
        fill=ink.fill,
        anchor="ls",
        stroke_width=halo,
        stroke_fill=PAPER,
    )
    before = {"start": 0.0, "middle": length / 2, "end": length}[mark.anchor]
    x, y = _scaled((mark.x, mark.y), scale)
    if mark.turned:
        sheet = sheet.transpose(Image.Transpose.ROTATE_90)
        corner = x - above - edge, y + before + edge - sheet.height
    else:
        corner = x - before - edge, y - above - edge
    image.paste(sheet, (round(corner[0]), round(corner[1])), sheet)


@cache
def _font(style: FontStyle, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file(style), size, layout_engine=ImageFont.Layout.BASIC)
