"""How large a picture stands on paper, in the PDF and the Word file alike. Points."""

from plans.document import Illustration

COARSEST = 150
"""Dots per inch: a small picture stays small, as it would only show its dots."""
TALLEST = 0.6
"""Of the text of a page, so that there is room for the words about it."""


def size_on_paper(illustration: Illustration, measure: float, depth: float) -> tuple[float, float]:
    """Width and height on a page whose text is `measure` wide and `depth` high."""
    pixels = max(
        COARSEST / 72, illustration.width / measure, illustration.height / (TALLEST * depth)
    )  # in a point
    return illustration.width / pixels, illustration.height / pixels
