"""The styles as the part of the file that holds them."""

from collections.abc import Iterator

from plans.render.docx.elements import Element, w
from plans.render.docx.look import ACCENT, FONT, INK, QUIET, RULE, TEXT_WIDTH, twips
from plans.render.docx.styles import PARAGRAPHS, Style


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
