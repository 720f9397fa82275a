"""A Document as a Word file, with Word's own headings, lists, tables, footnotes and contents."""

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from plans.document import Document
from plans.render.docx import look, strips
from plans.render.docx.body import Body
from plans.render.docx.bookmarks import Bookmarks
from plans.render.docx.elements import Element, element, w
from plans.render.docx.file import File
from plans.render.docx.notes import Notes
from plans.render.docx.numbering import Numbering
from plans.render.docx.settings import fonts, settings
from plans.render.docx.style_sheet import styles

__all__ = ["render"]


def render(document: Document) -> bytes:
    """The bytes of the .docx: the same for the same document. Signs that XML cannot hold are left out."""
    file, bookmarks, numbering = File(), Bookmarks(document), Numbering()
    file.add("styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles(document.language))
    file.add("settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings(document.language))
    file.add("fontTable", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, fonts())
    notes_part, _ = file.add(
        "footnotes", CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, w("footnotes")
    )
    notes = Notes(document, notes_part, bookmarks)
    body = Body(document, file.part, bookmarks, notes, numbering)
    file.body.extend(body.title_page())
    file.body.append(
        w("p", w("pPr", _section(file, strips.title_header(document), strips.title_footer(), 1)))
    )
    file.body.extend(body.blocks())
    file.body.append(_section(file, strips.header(document), strips.footer(), 2))
    notes.write()
    file.add("numbering", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, numbering.element())
    file.describe(document)
    return file.content()


def _section(file: File, header: Element, footer: Element, number: int) -> Element:
    """Pages of A4 with a head and a foot of their own."""
    _, head = file.add(f"header{number}", CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER, header)
    _, foot = file.add(f"footer{number}", CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER, footer)
    margin, edge = look.twips(look.MARGIN), look.twips(look.STRIP)
    return w(
        "sectPr",
        element("w:headerReference", {"w:type": "default", "r:id": head}),
        element("w:footerReference", {"w:type": "default", "r:id": foot}),
        w("type", val="nextPage"),
        w("pgSz", w=look.twips(look.PAGE_WIDTH), h=look.twips(look.PAGE_HEIGHT)),
        w(
            "pgMar",
            top=margin,
            right=margin,
            bottom=margin,
            left=margin,
            header=edge,
            footer=edge,
            gutter=0,
        ),
    )
