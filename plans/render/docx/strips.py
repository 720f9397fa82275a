"""What stands at the head and foot of every page, and across a draft."""

from budgets.charts.measure import text_width
from plans.document import Document
from plans.render.docx.elements import Element, element, w
from plans.render.docx.look import HEADER_SIZE, TEXT_WIDTH, WARNING, WATERMARK
from plans.render.docx.paragraphs import paragraph
from plans.render.docx.words import Look, field, run

DRAFT = "UTKAST"
BETWEEN = 12.0
"""Least space between the title and the state, in points; if there is less, the state stands beneath."""


def header(document: Document) -> Element:
    """Federation and title, and which state of the document this is."""
    page = document.title_page
    state = run(page.state, Look(bold=True, colour=WARNING) if document.is_draft else Look())
    name = f"{page.federation} · {page.title}"
    room = TEXT_WIDTH - BETWEEN - text_width(page.state, HEADER_SIZE, bold=True)
    between = "\t" if text_width(name, HEADER_SIZE) <= room else "\n"
    return w("hdr", *_watermark(document, 1), paragraph("Header", run(name + between), state))


def title_header(document: Document) -> Element:
    """Nothing, but for the mark of a draft: the title page says the rest itself."""
    return w("hdr", *_watermark(document, 2), paragraph("Normal"))


def footer() -> Element:
    """Page x of y, counted by Word."""
    words = (run("Sida "), *field("PAGE", "1"), run(" av "), *field("NUMPAGES", "1"))
    return w("ftr", paragraph("Footer", *words))


def title_footer() -> Element:
    return w("ftr", paragraph("Normal"))


def _watermark(document: Document, number: int) -> list[Element]:
    """As Word's own: a word behind the text, so pale that every figure on it stays easy to read."""
    if not document.is_draft:
        return []
    kind = element(
        "v:shapetype",
        {
            "id": "_x0000_t136",
            "coordsize": "21600,21600",
            "o:spt": 136,
            "path": "m0,0l21600,0m0,21600l21600,21600e",
        },
        element("v:path", {"textpathok": "t", "o:connecttype": "rect"}),
        element("v:textpath", {"on": "t", "fitshape": "t"}),
    )
    style = (
        "position:absolute;margin-left:0;margin-top:0;width:400pt;height:110pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    shape = element(
        "v:shape",
        {
            "id": f"PowerPlusWaterMarkObject{number}",
            "o:spid": f"_x0000_s{2048 + number}",
            "type": "#_x0000_t136",
            "alt": "",
            "style": style,
            "fillcolor": f"#{WATERMARK}",
            "stroked": "f",
        },
        element(
            "v:textpath", {"style": "font-family:Calibri;font-size:1pt;font-weight:bold", "string": DRAFT}
        ),
    )
    return [paragraph("Normal", w("r", w("pict", kind, shape)))]
