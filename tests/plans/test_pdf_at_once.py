"""PDF files made at the same moment, in threads of one process, are the same bytes as made alone."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from plans.render.pdf.typefaces import FONT_NAME

FILES = 150
COMPOSED = "Åtgärder för år 2021: förändrad målgrupp, ÀÈÌÒÙ àèìòù ÂÊÎÔÛ âêîôû ÄËÏÖÜŸ äëïöüÿ ŠšŽžÑñÇç"
"""Signs that the font puts together from others."""


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns as often as they can."""
    ordinary = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(ordinary)


def file_with_every_style(number: int) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for font in FONT_NAME.values():
        canvas.setFont(font, 10)
        canvas.drawString(0, 0, COMPOSED)
    canvas.save()
    return file.getvalue()


def test_files_made_at_once_are_the_same_as_made_alone(hurried):
    alone = file_with_every_style(0)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(file_with_every_style, range(FILES))) == {alone}
