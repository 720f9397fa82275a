"""A document as PDF: accessible (PDF/UA-1) and archivable (PDF/A-2a) at once.

The blocks become strips (story.py), the strips fill pages (pages.py), and only then, when every page's number
is known, are they printed (painting.py) with their tags (structure.py). Nothing is laid out twice. The same
document gives the same bytes; nothing is shared between two renderings but fonts and measures.
"""

from plans.document import Document
from plans.render.pdf.canvas import TaggedCanvas
from plans.render.pdf.metadata import describe
from plans.render.pdf.pages import paginated
from plans.render.pdf.painting import Painter
from plans.render.pdf.printable import UnprintableError
from plans.render.pdf.story import story
from plans.render.pdf.structure import Element

__all__ = ["UnprintableError", "render"]


def render(document: Document) -> bytes:
    """The file. Raises UnprintableError for a sign that the fonts lack."""
    root = Element("Document")
    pages = paginated(story(document, root))
    canvas = TaggedCanvas(document.language, len(pages))
    Painter(document, pages, canvas).paint()
    canvas.outline({each.anchor: (each.level, each.full) for each in document.headings()})
    describe(canvas.document, document)
    return canvas.finish(root)
