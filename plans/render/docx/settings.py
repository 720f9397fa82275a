"""What Word is told of the whole file, and of its font."""

from plans.render.docx.elements import Element, w
from plans.render.docx.look import FONT, STAND_IN

WORD_2013 = 15
"""The newest mode; without it Word opens the file as one of an older Word."""


def settings(language: str) -> Element:
    """In the order that the format wants them."""
    mode = w(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=WORD_2013,
    )
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=1304),
        w("autoHyphenation"),
        w("consecutiveHyphenLimit", val=2),
        w("hyphenationZone", val=425),
        w("doNotHyphenateCaps"),
        w("characterSpacingControl", val="doNotCompress"),
        w("footnotePr", w("footnote", id=-1), w("footnote", id=0)),
        w("compat", mode),
        w("themeFontLang", val=language),
        w("decimalSymbol", val=","),
        w("listSeparator", val=";"),
    )


def fonts() -> Element:
    """Which font may stand for ours."""
    font = w(
        "font",
        w("altName", val=STAND_IN),
        w("panose1", val="020F0502020204030204"),
        w("charset", val="00"),
        w("family", val="swiss"),
        w("pitch", val="variable"),
        name=FONT,
    )
    return w("fonts", font)
