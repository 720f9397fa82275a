"""Text as the fonts can print it. A sign without a glyph would be an empty box, which PDF/UA and PDF/A
forbid and no reader understands: it gets a faithful twin, or is refused by name."""

import unicodedata

from plans.render.pdf.typefaces import glyphs

TWINS = {
    "\t": " ",
    "\n": " ",
    "\r": " ",
    "\u2009": " ",  # thin space
    "\u200a": " ",
    "\u2008": " ",
    "\u2028": " ",
    "\u2029": " ",
    "\u2010": "-",
    "\u2011": "-",  # non-breaking hyphen
    "\u2015": "—",
    "\u2043": "•",
    "\u25cf": "•",
    "\u2714": "✓",
}
FAITHFUL = {"<compat>", "<wide>", "<narrow>", "<noBreak>"}
"""Kinds of Unicode decomposition that keep what is said: ligatures, wide letters. Not superscripts."""

AROUND = 25


class UnprintableError(ValueError):
    """A sign that the document's fonts lack. `sign` is it, `place` the text around it."""

    def __init__(self, sign: str, place: str) -> None:
        self.sign, self.place = sign, place
        shown = f" ”{sign}”" if sign.isprintable() else ""
        super().__init__(
            f"Tecknet{shown} ({code(sign)}) finns inte i dokumentets typsnitt och går inte att skriva ut. "
            f"Det står i: ”{place}”."
        )


def code(sign: str) -> str:
    """The sign's place in Unicode: U+1F600."""
    return f"U+{ord(sign):04X}"


def printable(text: str) -> str:
    """The text with only signs that the fonts have; raises UnprintableError."""
    have = glyphs()
    if have.issuperset(text):
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign if sign in have else _twin(sign, at, composed) for at, sign in enumerate(composed))


def with_codes(text: str) -> str:
    """The text where each sign that the fonts lack is its code: "Tack [U+1F600]". For what somebody else has
    said, which whoever prints it may not change."""
    try:
        printable(text)
    except UnprintableError:
        return "".join(map(_or_code, unicodedata.normalize("NFC", text)))
    return text


def _or_code(sign: str) -> str:
    try:
        printable(sign)
    except UnprintableError:
        return f"[{code(sign)}]"
    return sign


def _twin(sign: str, at: int, text: str) -> str:
    if (twin := TWINS.get(sign)) is not None:
        return twin
    if unicodedata.category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f":
        return ""  # joiners, marks of direction and of variant: they print nothing
    kind = unicodedata.decomposition(sign).partition(" ")[0]
    twin = unicodedata.normalize("NFKC", sign)
    if kind in FAITHFUL and glyphs().issuperset(twin):
        return twin
    raise UnprintableError(sign, text[max(0, at - AROUND) : at + AROUND + 1])
