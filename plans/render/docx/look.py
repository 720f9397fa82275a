"""Measures and colours of the Word file. Word counts in twips (twentieths of a point) and EMU."""

TWIPS = 20
"""In a point."""
EMU = 12700
"""In a point."""
MILLIMETRE = 72 / 25.4
"""In points."""

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 210 * MILLIMETRE, 297 * MILLIMETRE, 25 * MILLIMETRE
STRIP = 11 * MILLIMETRE
"""From the edge of the paper to the head or foot of a page."""
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TEXT_HEIGHT = PAGE_HEIGHT - 2 * MARGIN

HEADER_SIZE = 9.0
"""Of the text at the head and foot of a page, in points."""

FONT = "Calibri"
"""On every machine with Word; where it is not, the font table names what may stand for it."""
STAND_IN = "Carlito"

INK, QUIET, ACCENT, WARNING = "1B1F23", "565D66", "0B5563", "8A5200"
RULE, HAIRLINE, WATERMARK = "7C848C", "D5D8D3", "F0F2F2"


def twips(points: float) -> int:
    return round(points * TWIPS)


def emu(points: float) -> int:
    return round(points * EMU)
