"""The four styles of Source Sans as ReportLab knows them: registered once, measured often."""

from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics

from plans.render.fonts import STYLES, FontStyle, font_file
from plans.render.pdf.faults import CleanFont, cure

FONT_NAME: dict[FontStyle, str] = {style: f"SourceSans-{style}" for style in STYLES}
REGULAR, ITALIC = FONT_NAME["Regular"], FONT_NAME["It"]
SEMIBOLD, SEMIBOLD_ITALIC = FONT_NAME["Semibold"], FONT_NAME["SemiboldIt"]

_FONTS = {FONT_NAME[style]: CleanFont(FONT_NAME[style], font_file(style)) for style in STYLES}
for _font in _FONTS.values():
    pdfmetrics.registerFont(_font)
cure(REGULAR)  # at import, which Python does once however many threads there are


@cache
def glyphs() -> frozenset[str]:
    """The signs that every style has. Signs beyond U+FFFF are left out: ReportLab cannot map them; so is
    U+FEFF, which prints nothing and which PDF/UA forbids."""
    common = set.intersection(*(set(font.face.charToGlyph) for font in _FONTS.values()))
    return frozenset(chr(code) for code in common if 0x20 <= code < 0x10000 and code != 0xFEFF)


@lru_cache(maxsize=50_000)
def _width(text: str, font: str) -> float:
    """In thousandths of the size."""
    face = _FONTS[font].face
    return float(sum(face.charWidths.get(ord(sign), face.defaultWidth) for sign in text))


def width(text: str, font: str, size: float) -> float:
    """In points."""
    return _width(text, font) * size / 1000
