"""The styles of the file: Word's own where it has them, so that its contents and navigation work."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from plans.render.docx.elements import Element, w
from plans.render.docx.look import (
    ACCENT,
    FONT,
    HAIRLINE,
    INK,
    QUIET,
    RULE,
    TEXT_WIDTH,
    WARNING,
    twips,
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
        size=9,
        line=12,
        colour=QUIET,
        edge="bottom",
        edge_colour=HAIRLINE,
        right_tab=True,
        hyphens=False,
        hidden=True,
    ),
    Style("Footer", "footer", size=9, line=12, colour=QUIET, align="right", hyphens=False, hidden=True),
    Style("FootnoteText", "footnote text", size=9, line=12, before=2, left=10, hanging=10, hidden=True),
)


def styles(language: str) -> Element:
    """The whole styles part."""
    return w(
        "styles",
        _defaults(language),
        w(
            "style",
            w("name", val="Normal"),
            w("qFormat"),
            w("pPr", w("spacing", before=0, after=0, line=twips(15), lineRule="atLeast")),
            type="paragraph",
            default=1,
            styleId="Normal",
        ),
        *(_paragraph(style) for style in PARAGRAPHS),
        *_characters(),
        *_tables(),
    )


def _defaults(language: str) -> Element:
    fonts = w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    language_of = w("lang", val=language, eastAsia=language, bidi="ar-SA")
    run = w("rPr", fonts, w("color", val=INK), w("sz", val=21), w("szCs", val=21), language_of)
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault", w("pPr", w("widowControl"))))


def _paragraph(style: Style) -> Element:
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val=style.based_on),
        *([w("next", val=style.then)] if style.then else []),
        w("uiPriority", val=99 if style.hidden else 1),
        *([] if style.hidden else [w("qFormat")]),
        w("pPr", *_paragraph_properties(style)),
        w("rPr", *_run_properties(style)),
        type="paragraph",
        styleId=style.key,
    )


def _paragraph_properties(style: Style) -> Iterator[Element]:
    """In the order that the format wants them."""
    if style.keep_next:
        yield w("keepNext")
    if style.keep_lines:
        yield w("keepLines")
    if style.list_level:
        number, level = style.list_level
        yield w("numPr", w("ilvl", val=level), w("numId", val=number))
    if style.edge:
        thick = 18 if style.edge == "left" else 4
        edge = w(style.edge, val="single", sz=thick, space=4, color=style.edge_colour)
        yield w("pBdr", edge)
    if style.right_tab:
        yield w("tabs", w("tab", val="right", pos=twips(TEXT_WIDTH)))
    if not style.hyphens:
        yield w("suppressAutoHyphens")
    spacing: dict[str, str | int] = {}
    if style.before is not None:
        spacing["before"] = twips(style.before)
    if style.after is not None:
        spacing["after"] = twips(style.after)
    if style.line is not None:
        spacing |= {"line": twips(style.line), "lineRule": "atLeast"}
    if spacing:
        yield w("spacing", **spacing)
    if style.left is not None or style.right is not None:
        yield w(
            "ind",
            left=twips(style.left or 0),
            right=twips(style.right or 0),
            hanging=twips(style.hanging),
        )
    if style.align:
        yield w("jc", val=style.align)
    if style.outline:
        yield w("outlineLvl", val=style.outline - 1)


def _run_properties(style: Style) -> Iterator[Element]:
    for name, wanted in (("b", style.bold), ("i", style.italic)):
        if wanted is not None:
            yield w(name, val=int(wanted))
            yield w(f"{name}Cs", val=int(wanted))
    if style.colour:
        yield w("color", val=style.colour)
    if style.size:
        yield w("sz", val=round(style.size * 2))
        yield w("szCs", val=round(style.size * 2))


def _characters() -> Iterator[Element]:
    looks = (
        ("Hyperlink", "Hyperlink", [w("color", val=ACCENT), w("u", val="single")]),
        ("FootnoteReference", "footnote reference", [w("vertAlign", val="superscript")]),
        ("Quiet", "Dämpad", [w("b", val=0), w("color", val=QUIET)]),
    )
    for key, name, properties in looks:
        yield w(
            "style",
            w("name", val=name),
            w("uiPriority", val=99),
            w("rPr", *properties),
            type="character",
            styleId=key,
        )


def _tables() -> Iterator[Element]:
    """Plantabell: hairlines above and below, a heavier line under the head, nothing upright."""
    margins = w("tblCellMar", w("left", w=70, type="dxa"), w("right", w=70, type="dxa"))
    bare = w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=twips(24), type="dxa"))
    lines = w(
        "tblBorders",
        w("top", val="single", sz=4, space=0, color=RULE),
        w("bottom", val="single", sz=4, space=0, color=RULE),
    )
    yield w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    yield w(
        "style",
        w("name", val="Plantabell"),
        w("basedOn", val="TableNormal"),
        w("qFormat"),
        w("tblPr", lines, margins),
        type="table",
        styleId="PlanTable",
    )
    yield w(
        "style",
        w("name", val="Underskrifter"),
        w("basedOn", val="TableNormal"),
        w("tblPr", bare),
        type="table",
        styleId="SignatureTable",
    )
