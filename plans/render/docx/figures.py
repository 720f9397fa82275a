"""Charts: the title, the picture with words for those who do not see it, its notes and its table."""

from io import BytesIO

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.parts.document import DocumentPart

from plans.document import Figure
from plans.render.docx.elements import Element, element, w
from plans.render.docx.look import TEXT_HEIGHT, TEXT_WIDTH, emu
from plans.render.docx.paragraphs import paragraph
from plans.render.docx.picture import png
from plans.render.docx.tables import table
from plans.render.docx.words import Place, run

TALLEST = TEXT_HEIGHT * 0.7
"""A picture leaves room for its title and notes on the page."""
PICTURES = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def figure(block: Figure, place: Place, part: DocumentPart, number: int) -> list[Element]:
    """`number` tells the picture from the others of the file."""
    title = place.bookmarks.around(block.anchor, [run(block.title)])
    has_own_caption = block.table.caption not in ("", block.title)
    return [
        paragraph("Caption", *title, keep_next=True),
        paragraph("Figure", w("r", w("drawing", _picture(block, part, number))), keep_next=True),
        *(paragraph("Small", run(note), keep_next=True) for note in block.notes),
        *table(block.table, place, block.description, has_own_caption or bool(block.table.unit)),
    ]


def _picture(block: Figure, part: DocumentPart, number: int) -> Element:
    picture = block.wide
    width = min(TEXT_WIDTH, TALLEST * picture.width / picture.height)
    size = {"cx": emu(width), "cy": emu(width * picture.height / picture.width)}
    image = part.package.get_or_add_image_part(BytesIO(png(picture, width)))
    key = part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
    name: dict[str, str | int] = {"id": number, "name": f"Diagram {number}"}
    corner = element("a:off", {"x": 0, "y": 0})
    return element(
        "wp:inline",
        {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
        element("wp:extent", size),
        element("wp:docPr", {**name, "title": block.title, "descr": block.description}),
        element("wp:cNvGraphicFramePr", {}, element("a:graphicFrameLocks", {"noChangeAspect": 1})),
        element(
            "a:graphic",
            {},
            element(
                "a:graphicData",
                {"uri": PICTURES},
                element(
                    "pic:pic",
                    {},
                    element(
                        "pic:nvPicPr",
                        {},
                        element("pic:cNvPr", {**name, "descr": block.description}),
                        element("pic:cNvPicPr"),
                    ),
                    element(
                        "pic:blipFill",
                        {},
                        element("a:blip", {"r:embed": key}),
                        element("a:stretch", {}, element("a:fillRect")),
                    ),
                    element(
                        "pic:spPr",
                        {},
                        element("a:xfrm", {}, corner, element("a:ext", size)),
                        element("a:prstGeom", {"prst": "rect"}, element("a:avLst")),
                    ),
                ),
            ),
        ),
    )
