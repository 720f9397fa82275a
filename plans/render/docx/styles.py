"""The styles of the file: Word's own where it has them, so that its contents and navigation work."""

from dataclasses import dataclass
from typing import Literal

from plans.render.docx.look import (
    ACCENT,
    HAIRLINE,
    HEADER_SIZE,
    INK,
    QUIET,
    RULE,
    TEXT_WIDTH,
    WARNING,
)

DEEPEST_LIST = 5
"""Word has List Bullet to List Bullet 5, and so for numbers."""
BULLETS, NUMBERS = 1, 2
"""The lists that the list styles themselves belong to."""


@dataclass(frozen=True)
class Style:
    """A paragraph style. Measures in points; `line` is the least height of a line; `right_tab` sets a tab
    stop at the right edge of the text; `outline` is the level in the navigation (1 to 9)."""

    key: str
    name: str
    based_on: str = "Normal"
    then: str = ""
    size: float | None = None
    line: float | None = None
    before: float | None = None
    after: float | None = None
    left: float | None = None
    right: float | None = None
    hanging: float = 0
    bold: bool | None = None
    italic: bool | None = None
    colour: str = ""
    align: Literal["", "right", "center"] = ""
    keep_next: bool = False
    keep_lines: bool = False
    hyphens: bool = True
    right_tab: bool = False
    outline: int | None = None
    edge: Literal["", "left", "top", "bottom"] = ""
    edge_colour: str = RULE
    list_level: tuple[int, int] | None = None
    """Which list it is an item of, and at which level (from 0)."""
    hidden: bool = False
    """Not offered in Word's gallery."""


def _heading(level: int, size: float, line: float, before: float, after: float, colour: str = INK) -> Style:
    return Style(
        f"Heading{level}",
        f"heading {level}",
        then="BodyText",
        size=size,
        line=line,
        before=before,
        after=after,
        bold=level != 5,
        italic=level >= 5,
        colour=colour,
        keep_next=True,
        keep_lines=True,
        hyphens=False,
        outline=level,
    )


def _unlisted(level: int) -> Style:
    """A heading that the contents leave out, but the navigation does not."""
    return Style(
        f"Heading{level}Unlisted",
        f"Rubrik {level} utanför innehållet",
        based_on=f"Heading{level}",
        then="BodyText",
        outline=level,
        hidden=True,
    )


def _contents(level: int) -> Style:
    return Style(
        f"TOC{level}",
        f"toc {level}",
        before=6 if level == 1 else 1,
        left=12.0 * (level - 1),
        right=24,
        bold=level == 1,
        hyphens=False,
        right_tab=True,
        hidden=True,
    )


def _list(kind: str, level: int) -> Style:
    number = f" {level}" if level > 1 else ""
    numbers = BULLETS if kind == "Bullet" else NUMBERS
    key = f"List{kind}{number.strip()}"
    return Style(key, f"List {kind}{number}", before=3.5, list_level=(numbers, level - 1))


PARAGRAPHS = (
    Style("BodyText", "Body Text", before=7.5),
    _heading(1, 22, 27, 30, 6, ACCENT),
    _heading(2, 15, 19, 22, 2, ACCENT),
    _heading(3, 12, 15, 16, 0),
    _heading(4, 10.5, 15, 12, 0),
    _heading(5, 10.5, 15, 10, 0),
    _heading(6, 10.5, 15, 10, 0, QUIET),
    *(_unlisted(level) for level in range(1, 7)),
    Style("Title", "Title", size=34, line=40, before=10, bold=True, colour=ACCENT, hyphens=False),
    Style("Subtitle", "Subtitle", size=16, line=21, before=6, colour=QUIET, hyphens=False),
    Style("TitleFederation", "Titelsida förbund", size=14, line=18, before=150, bold=True, hyphens=False),
    Style("TitleState", "Titelsida läge", size=12, line=16, before=18, hyphens=False),
    Style("TitleText", "Titelsida text", size=10.5, line=15, hyphens=False),
    Style("TitleLabel", "Titelsida etikett", before=30, bold=True, colour=QUIET, keep_next=True),
    Style("Lead", "Ingress", size=12.5, line=18, before=8, then="BodyText"),
    Style("Small", "Liten text", size=9, line=12.5, before=5, colour=QUIET),
    Style("Label", "Etikett", before=10, bold=True, keep_next=True, then="BodyText"),
    Style("Important", "Observera", before=9, left=10, edge="left", edge_colour=WARNING, keep_lines=True),
    Style("Quote", "Quote", before=9, left=22, right=22, italic=True, keep_lines=True),
    Style("QuoteSource", "Citatkälla", before=3, left=22, right=22, size=9.5, colour=QUIET),
    *(_list("Bullet", level) for level in range(1, DEEPEST_LIST + 1)),
    *(_list("Number", level) for level in range(1, DEEPEST_LIST + 1)),
    Style("Caption", "caption", before=16, after=4, bold=True, keep_next=True, hyphens=False, right_tab=True),
    Style("Figure", "Diagram", before=2, after=2, keep_next=True),
    Style("Illustration", "Bild", before=10, after=2),
    Style("IllustrationCaption", "Bildtext", size=9, line=12.5, before=2, after=12, colour=QUIET),
    Style("Cell", "Tabelltext", size=9.5, line=12.5, before=2.5, after=2.5, hyphens=False),
    Style("CellFigure", "Tabellsiffra", based_on="Cell", align="right"),
    Style("CellHead", "Tabellhuvud", based_on="Cell", bold=True, keep_next=True),
    Style("CellFigureHead", "Tabellhuvud siffra", based_on="CellHead", align="right"),
    Style("CellSpanHead", "Tabellhuvud över flera", based_on="CellHead", align="center"),
    Style("AfterTable", "Efter tabell", size=1, line=1),
    Style("Fact", "Faktarad", before=3, left=130, hanging=130),
    Style("Term", "Begrepp", before=8, bold=True, keep_next=True, then="TermMeaning"),
    Style("TermMeaning", "Begreppsförklaring", left=14),
    Style("PlaceAndDate", "Ort och datum", before=26, right=TEXT_WIDTH / 2, edge="bottom", keep_next=True),
    Style("SignatureLine", "Underskrift", before=44, edge="top", keep_next=True, hyphens=False),
    Style("SignaturePost", "Underskrift uppdrag", size=9.5, line=12.5, colour=QUIET, hyphens=False),
    Style("TOCHeading", "TOC Heading", based_on="Heading1", then="BodyText", outline=10, before=0),
    *(_contents(level) for level in range(1, 7)),
    Style(
        "Header",
        "header",
        size=HEADER_SIZE,
        line=12,
        colour=QUIET,
        edge="bottom",
        edge_colour=HAIRLINE,
        right_tab=True,
        hyphens=False,
        hidden=True,
    ),
    Style(
        "Footer", "footer", size=HEADER_SIZE, line=12, colour=QUIET, align="right", hyphens=False, hidden=True
    ),
    Style("FootnoteText", "footnote text", size=9, line=12, before=2, left=10, hanging=10, hidden=True),
)
