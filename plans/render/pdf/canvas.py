"""A canvas on which nothing can be printed untagged: before each thing one says which slot of the tag tree
it fills, or that it is an artifact (a rule, a running head) that no reader needs to hear of."""

from collections.abc import Mapping
from io import BytesIO
from typing import Literal

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from plans.render.addresses import address
from plans.render.pdf.strips import Line, Link, Photograph
from plans.render.pdf.structure import Annotation, Element, Mark, Marked, Slot, TreeWriter
from plans.render.pdf.styles import PAGE_HEIGHT, PAGE_WIDTH
from plans.render.pdf.typefaces import REGULAR

Artifact = Literal["", "Header", "Footer", "Watermark"]
"""What an artifact is; empty for what belongs to the layout."""

PRINTED = 4
"""The flag of an annotation that is also there on paper."""


class TaggedCanvas:
    """`page_count` is how many pages there will be. Coordinates are PDF's: points, y upwards."""

    def __init__(self, language: str, page_count: int) -> None:
        self.file = BytesIO()
        self.canvas = Canvas(
            self.file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=language,
            initialFontName=REGULAR,
        )
        self.document = self.canvas._doc
        self.page_count = page_count
        self.marked = Marked([[]], [])
        self.open: Slot | Artifact | None = None

    @property
    def page(self) -> int:
        return len(self.marked.pages)

    # -- marks ---------------------------------------------------------------------------------------

    def into(self, place: Slot | Artifact) -> None:
        """What follows fills this slot, or is such an artifact."""
        if self.open == place:
            return
        self._close()
        self.open = place
        if isinstance(place, Slot):
            slots = self.marked.pages[-1]
            place.content.append(Mark(self.page, len(slots)))
            self._write(f"/{place.element.tag} <</MCID {len(slots)}>> BDC")
            slots.append(place)
        elif place:
            self._write(f"/Artifact <</Type/Pagination/Subtype/{place}>> BDC")
        else:
            self._write("/Artifact BMC")

    def _close(self) -> None:
        if self.open is not None:
            self._write("EMC")
            self.open = None

    def _write(self, operators: str) -> None:
        self.canvas._code.append(operators)

    # -- what is printed -----------------------------------------------------------------------------

    def text(self, x: float, y: float, text: str, font: str, size: float, colour: str) -> None:
        written = self.canvas.beginText(x, y)
        written.setFont(font, size)
        written.setFillColor(HexColor(colour))
        written.textOut(text)
        self.canvas.drawText(written)

    def line(self, line: Line, left: float, top: float) -> None:
        """A line whose own coordinates are from (left, top), y downwards."""
        self.canvas.setStrokeColor(HexColor(line.colour))
        self.canvas.setLineWidth(line.weight)
        self.canvas.setDash(list(line.dash))
        self.canvas.line(left + line.x, top - line.y, left + line.to_x, top - line.to_y)

    def turned_text(self, degrees: float, text: str, font: str, size: float, colour: str) -> None:
        """Across the middle of the page."""
        self.canvas.saveState()
        self.canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        self.canvas.rotate(degrees)
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.setFont(font, size)
        self.canvas.drawCentredString(0, -size / 3, text)
        self.canvas.restoreState()

    def drawing(self, x: float, y: float, drawing: Drawing, element: Element) -> None:
        """A drawing with its lower left corner at (x, y), and in its tag where it is."""
        element.attributes.append(_placed(x, y, drawing.width, drawing.height))
        renderPDF.draw(drawing, self.canvas, x, y)

    def photograph(self, each: Photograph, left: float, top: float) -> None:
        """A picture whose own coordinates are from (left, top), y downwards. The file holds it once."""
        x, y = left + each.x, top - each.y
        each.slot.element.attributes.append(_placed(x, y, each.width, each.height))
        self.canvas.drawImage(ImageReader(BytesIO(each.content)), x, y, each.width, each.height)

    # -- links ---------------------------------------------------------------------------------------

    def anchor(self, name: str, top: float) -> None:
        """Links to `name` lead here."""
        self.canvas.bookmarkPage(_key(name), fit="XYZ", left=0, top=top)

    def link(self, link: Link, slot: Slot, left: float, bottom: float, right: float, top: float) -> None:
        annotation = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Link"),
                "Rect": PDFArray([left, bottom, right, top]),
                "Border": PDFArray([0, 0, 0]),
                "F": PRINTED,
                "Contents": PDFString(link.says or link.target),  # never empty
                "StructParent": self.page_count + len(self.marked.annotations),
            }
        )
        if link.target.startswith("#"):
            annotation["Dest"] = self.canvas._bookmarkReference(_key(link.target[1:]))
        else:
            action = {"S": PDFName("URI"), "URI": PDFString(address(link.target))}
            annotation["A"] = PDFDictionary(action)
        name = f"link-{len(self.marked.annotations)}"
        slot.content.append(Annotation(self.page, name))
        self.marked.annotations.append(slot.element)
        self.canvas._addAnnotation(annotation, name)

    # -- pages and the whole -------------------------------------------------------------------------

    def end_page(self) -> None:
        self._close()
        self.canvas.showPage()
        page = self.document.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = self.page - 1, PDFName("S")
        self.marked.pages.append([])

    def outline(self, entries: Mapping[str, tuple[int, str]]) -> None:
        """The bookmarks: by anchor its level (from 1) and text."""
        for name, (level, text) in entries.items():
            self.canvas.addOutlineEntry(text, _key(name), level - 1, closed=level > 1)
        if entries:
            self.canvas.showOutline()

    def finish(self, root: Element) -> bytes:
        """The file, with `root` as its tag tree."""
        self.marked.pages.pop()
        TreeWriter(self.document, root, self.marked).write()
        self.canvas.save()
        return self.file.getvalue()


def _placed(x: float, y: float, width: float, height: float) -> str:
    """What the tag of a picture says of where it is."""
    box = f"{x:.2f} {y:.2f} {x + width:.2f} {y + height:.2f}"
    return f"<</O/Layout/Placement/Block/BBox[{box}]>>"


def _key(anchor: str) -> str:
    """ReportLab keeps destinations among its own names."""
    return f"to {anchor}"
