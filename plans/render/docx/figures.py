"""Charts and other pictures, each with words for those who do not see it, and what belongs to it."""

from io import BytesIO

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.parts.document import DocumentPart

from plans.document import Figure, Illustration
from plans.render.docx.elements import Element, element, w
from plans.render.docx.look import TEXT_HEIGHT, TEXT_WIDTH, emu
from plans.render.docx.paragraphs import paragraph
from plans.render.docx.picture import png
from plans.render.docx.tables import table
from plans.render.docx.words import Place, run
from plans.render.illustration_size import size_on_paper

TALLEST = TEXT_HEIGHT * 0.7
"""A picture leaves room for its title and notes on the page."""
Attributes = dict[str, str | int]
PICTURES = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def figure(block: Figure, place: Place, part: DocumentPart, number: int) -> list[Element]:
    """`number` tells the picture from the others of the file."""
    title = place.bookmarks.around(block.anchor, [run(block.title)])
    has_own_caption = block.table.caption not in ("", block.title)
    return [
        paragraph("Caption", *title, keep_next=True),
        paragraph("Figure", w("r", w("drawing", _chart(block, part, number))), keep_next=True),
        *(paragraph("Small", run(note), keep_next=True) for note in block.notes),
        *table(block.table, place, block.description, has_own_caption or bool(block.table.unit)),
    ]


def illustration(block: Illustration, part: DocumentPart, number: int) -> list[Element]:
    """The picture and its caption; `number` as of a figure."""
    size = size_on_paper(block, TEXT_WIDTH, TEXT_HEIGHT)
    about: Attributes = {"id": number, "name": f"Bild {number}", "descr": block.description}
    picture = w("r", w("drawing", _inline(block.content, size, about, part)))
    if not block.caption:
        return [paragraph("Illustration", picture)]
    return [
        paragraph("Illustration", picture, keep_next=True),
        paragraph("IllustrationCaption", run(block.caption)),
    ]


def _chart(block: Figure, part: DocumentPart, number: int) -> Element:
    picture = block.wide
    width = min(TEXT_WIDTH, TALLEST * picture.width / picture.height)
    size = width, width * picture.height / picture.width
    about: Attributes = {
        "id": number,
        "name": f"Diagram {number}",
        "title": block.title,
        "descr": block.description,
    }
    return _inline(png(picture, width), size, about, part)


def _inline(content: bytes, size: tuple[float, float], about: Attributes, part: DocumentPart) -> Element:
    """A picture that stands in the text like a word. `size` in points; `about` is what it is called."""
    extent = {"cx": emu(size[0]), "cy": emu(size[1])}
    image = part.package.get_or_add_image_part(BytesIO(content))
    key = part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
    untitled = {name: value for name, value in about.items() if name != "title"}
    corner = element("a:off", {"x": 0, "y": 0})
    return element(
        "wp:inline",
        {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
        element("wp:extent", extent),
        element("wp:docPr", about),
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
                        element("pic:cNvPr", untitled),
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
                        element("a:xfrm", {}, corner, element("a:ext", extent)),
                        element("a:prstGeom", {"prst": "rect"}, element("a:avLst")),
                    ),
                ),
            ),
        ),
    )
