"""The measures of the page and the styles of its text. Points; colours as #rrggbb."""

from dataclasses import dataclass, replace

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from plans.render.pdf.typefaces import ITALIC, REGULAR, SEMIBOLD, SEMIBOLD_ITALIC

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 25 * mm
MEASURE = PAGE_WIDTH - 2 * MARGIN
"""How wide the text is."""
DEPTH = PAGE_HEIGHT - 2 * MARGIN
"""How high the text of a page is."""

INK, QUIET, ACCENT = "#1b1f23", "#565d66", "#0b5563"
RULE, WARNING, WATERMARK = "#7c848c", "#8a5200", "#f1f3f2"
HAIRLINE, HEAVY = 0.5, 1.1


@dataclass(frozen=True)
class Style:
    """How a text is set. `above` and `below` are the least space to what stands there; the larger of two
    neighbours' wishes is what they get. `hyphenate` allows soft hyphens at line ends."""

    font: str = REGULAR
    size: float = 10.5
    leading: float = 15.0
    colour: str = INK
    above: float = 0.0
    below: float = 7.5
    hyphenate: bool = True

    @property
    def baseline(self) -> float:
        """Down from the top of a line."""
        return self.leading / 2 + self.size * 0.33

    def font_for(self, bold: bool, italic: bool) -> str:
        """The font of this style with a span's own weight and slope added."""
        heavy = bold or self.font in (SEMIBOLD, SEMIBOLD_ITALIC)
        if italic or self.font in (ITALIC, SEMIBOLD_ITALIC):
            return SEMIBOLD_ITALIC if heavy else ITALIC
        return SEMIBOLD if heavy else REGULAR


BODY = Style()
LEAD = Style(size=13, leading=19, below=12)
SMALL = Style(size=9, leading=12.5, colour=QUIET, below=6)
LABEL = Style(font=SEMIBOLD, above=6, below=2, hyphenate=False)
WARNING_TEXT = Style(above=6, below=9)
QUOTE = Style(font=ITALIC, size=11.5, leading=17, colour=ACCENT, above=6, below=6)
SOURCE = replace(SMALL, below=9)
ITEM = Style(below=3)
TERM = Style(font=SEMIBOLD, below=0, hyphenate=False)
NOTE = Style(size=9, leading=12.5, below=2)

HEADINGS = (
    Style(SEMIBOLD, 22, 27, above=30, below=11, hyphenate=False),
    Style(SEMIBOLD, 15, 20, above=22, below=6, hyphenate=False),
    Style(SEMIBOLD, 12, 16, above=16, below=4, hyphenate=False),
    Style(SEMIBOLD, 10.5, 15, above=12, below=3, hyphenate=False),
    Style(SEMIBOLD_ITALIC, 10.5, 15, above=10, below=3, hyphenate=False),
    Style(ITALIC, 10.5, 15, above=10, below=3, hyphenate=False),
)
CAPTION = Style(font=SEMIBOLD, leading=14, above=12, below=4, hyphenate=False)
UNIT = Style(size=9, leading=14, colour=QUIET, hyphenate=False)
TABLE = Style(size=9.5, leading=12.5, below=0)

CONTENTS = (
    Style(font=SEMIBOLD, above=6, below=0, hyphenate=False),
    Style(below=0, hyphenate=False),
    Style(size=9.5, leading=13.5, below=0, hyphenate=False),
)
FURNITURE = Style(size=8.5, leading=11, colour=QUIET, hyphenate=False)

FEDERATION = Style(font=SEMIBOLD, size=13, leading=18, colour=ACCENT, hyphenate=False)
TITLE = Style(font=SEMIBOLD, size=38, leading=44, below=8, hyphenate=False)
SUBTITLE = Style(size=16, leading=22, colour=QUIET, below=18, hyphenate=False)
STATE = Style(font=SEMIBOLD, size=12, leading=17, below=6, hyphenate=False)
TITLE_FACT_NAME = Style(size=9, leading=15, colour=QUIET, below=5, hyphenate=False)
TITLE_FACT = Style(below=5, hyphenate=False)
