"""The charts of the Word file: every mark where it belongs, in its colour, sharp enough for print."""

from io import BytesIO

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from budgets.charts.shapes import Mark, Path, Picture, Rect, Text
from plans.document import Figure
from plans.render.docx import render
from plans.render.docx.picture import RESOLUTION, png
from tests.plans.made_documents import document_of, figure
from tests.services.docx import WordFile

ACCENT, PAPER, LIMIT = (11, 85, 99), (255, 255, 255), (27, 31, 35)
SCALE = RESOLUTION / 72
"""Dots per pixel of a picture that is as many points wide as it has pixels."""
Colour = tuple[int, int, int]


def drawn(*marks: Mark, width: float = 200, height: float = 100) -> Image.Image:
    return Image.open(BytesIO(png(Picture(width, height, marks), width)))


def colour_at(image: Image.Image, x: float, y: float) -> Colour:
    colour = image.getpixel((round(x * SCALE), round(y * SCALE)))
    assert isinstance(colour, tuple)
    return colour[0], colour[1], colour[2]


def ink_box(image: Image.Image) -> list[float]:
    """Left, top, right and bottom of what is not paper, in pixels of the picture."""
    box = image.convert("L").point(lambda value: 255 if value < 200 else 0).getbbox()
    assert box is not None
    return [side / SCALE for side in box]


def test_areas_stand_where_they_should():
    image = drawn(Rect(20, 30, 40, 50, "accent"))
    assert colour_at(image, 40, 50) == ACCENT
    assert colour_at(image, 10, 50) == colour_at(image, 40, 90) == PAPER
    assert ink_box(image) == pytest.approx([20, 30, 60, 80], abs=0.6)


def test_a_closed_path_is_filled_and_an_open_one_is_not():
    corners = ((20.0, 20.0), (80.0, 20.0), (80.0, 80.0), (20.0, 80.0))
    assert colour_at(drawn(Path((corners,), "accent", closed=True)), 50, 50) == ACCENT
    assert colour_at(drawn(Path((corners,), "outline")), 50, 50) == PAPER
    assert colour_at(drawn(Path((corners,), "outline")), 50, 20) != PAPER


def test_dashes_are_dashed_over_corners():
    """Dashes of 5 and gaps of 3, counted along the whole line."""
    stroke = ((10.0, 50.0), (22.0, 50.0), (100.0, 50.0))
    image = drawn(Path((stroke,), "limit-dashed"))
    for dash in range(8):
        assert colour_at(image, 10 + 8 * dash + 2.5, 50) == LIMIT
        assert colour_at(image, 10 + 8 * dash + 6.5, 50) == PAPER


@pytest.mark.parametrize(("anchor", "left", "right"), [("start", 100, 0), ("middle", 0, 0), ("end", 0, 100)])
def test_text_stands_at_its_anchor(anchor, left, right):
    box = ink_box(drawn(Text(100, 50, "HHHH", "ink", anchor)))
    assert box[3] == pytest.approx(50, abs=0.7), "the letters stand on the line"
    if anchor == "middle":
        assert (box[0] + box[2]) / 2 == pytest.approx(100, abs=0.7)
    else:
        assert box[0 if left else 2] == pytest.approx(left or right, abs=2)


def test_turned_text_reads_upwards():
    image = drawn(Text(50, 80, "HH......", "ink", turned=True))
    left, top, right, bottom = ink_box(image)
    assert bottom == pytest.approx(80, abs=2), "it starts at the point and goes up"
    assert right == pytest.approx(50, abs=0.7), "with its foot to the right"
    assert bottom - top > 2 * (right - left)
    dots = image.crop((0, 0, image.width, round((top + bottom) / 2 * SCALE)))
    assert ink_box(dots)[0] > right - 4, "the dots end it, low beside the letters"


def test_bold_is_heavier_and_halo_keeps_text_readable():
    def weight(image: Image.Image) -> int:
        return sum(255 - value for value in image.convert("L").tobytes())

    plain, bold = (drawn(Text(20, 50, "Resultat", "ink", bold=heavy)) for heavy in (False, True))
    assert weight(bold) > weight(plain)
    line = Path((((0.0, 46.0), (200.0, 46.0)),), "limit")
    bare, haloed = (drawn(line, Text(20, 50, "0", "ink", size=16, halo=halo)) for halo in (False, True))
    assert colour_at(bare, 19.5, 46) == LIMIT
    assert colour_at(haloed, 19.5, 46) == PAPER


def test_picture_is_sharp_in_print_and_as_wide_as_the_text():
    file = WordFile(render(document_of(figure())))
    (extent,) = file.document.element.body.iter(qn("wp:extent"))
    width, height = int(extent.get("cx")), int(extent.get("cy"))
    assert width == pytest.approx(Mm(160), abs=700)
    assert width / height == pytest.approx(640 / 200, rel=0.001)
    (part,) = (part for part in file.document.part.package.image_parts)
    image = Image.open(BytesIO(part.blob))
    assert image.width / (width / 914400) == pytest.approx(RESOLUTION, rel=0.01)
    assert image.size[0] / image.size[1] == pytest.approx(640 / 200, rel=0.01)


def test_a_tall_picture_leaves_room_on_the_page():
    tall = Figure("Hög", "En hög bild.", Picture(100, 900, ()), Picture(100, 900, ()), figure().table)
    file = WordFile(render(document_of(tall)))
    (extent,) = file.document.element.body.iter(qn("wp:extent"))
    assert int(extent.get("cy")) < Mm(180)
    assert int(extent.get("cx")) / int(extent.get("cy")) == pytest.approx(1 / 9, rel=0.001)


def test_each_picture_says_what_it_shows():
    first, second = figure("a"), figure("b")
    file = WordFile(render(document_of(first, second)))
    assert file.alternative_texts() == [first.description, second.description]
