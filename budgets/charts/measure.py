"""How wide a text may get, without knowing the font: as wide as in the widest common one (DejaVu Sans).

So what fits here fits in every reader's own system font, and in the Source Sans of the PDF.
"""

NARROW, THIN, MIDDLE, DIGIT, CAPITAL, WIDE, FULL = 0.34, 0.42, 0.62, 0.64, 0.78, 0.99, 1.05
WIDTHS = {
    **dict.fromkeys("ijl.,:;'|!I \u00a0\u2009", NARROW),
    **dict.fromkeys('frt()[]-/\\"*\u201d', THIN),
    **dict.fromkeys("0123456789\u2013", DIGIT),
    **dict.fromkeys("mwMW%@\u2014\u2026", WIDE),
    "\u2212": 0.84,  # the minus sign, and its like
    "+": 0.84,
    "=": 0.84,
}
BOLD = 1.11
ELLIPSIS = "\u2026"


def text_width(text: str, size: float, bold: bool = False) -> float:
    """At most how wide the text is, in pixels."""
    return sum(map(_width, text)) * size * (BOLD if bold else 1)


def _width(sign: str) -> float:
    known = WIDTHS.get(sign)
    if known is not None:
        return known
    if ord(sign) > 0x2E7F:  # Chinese, Japanese, emoji
        return FULL
    return CAPITAL if sign.isupper() or ord(sign) > 0x24F else MIDDLE


def text_height(size: float) -> tuple[float, float]:
    """How far digits and letters reach above and below the baseline."""
    return size * 0.78, size * 0.22


def shortened(text: str, room: float, size: float, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than the room; empty when not even that fits."""
    if text_width(text, size, bold) <= room:
        return text
    left = room - text_width(ELLIPSIS, size, bold)
    if left < 0:
        return ""
    kept = 0
    for sign in text:
        left -= text_width(sign, size, bold)
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip(" ,(") + ELLIPSIS


def wrapped(text: str, room: float, size: float, most: int, bold: bool = False) -> list[str]:
    """The text in at most so many lines, broken between words; what does not fit is cut."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        count = 1
        while count < len(words) and text_width(" ".join(words[: count + 1]), size, bold) <= room:
            count += 1
        last = len(lines) == most - 1
        lines.append(shortened(" ".join(words if last else words[:count]), room, size, bold))
        words = words[count:]
    return lines
