"""The file of Word: its parts, what it says of itself, and its bytes."""

from datetime import UTC
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.package import Package
from docx.parts.document import DocumentPart

from plans.document import Document
from plans.render.docx.elements import Element, holdable, w

LONGEST_PROPERTY = 255
"""Word reads no more of what a file says of itself."""
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every part in the archive: the only one that says nothing."""


class File:
    """A file under way. Parts are added to the document part, which is there from the start."""

    def __init__(self) -> None:
        self.package = Package()
        self.body = w("body")
        root = w("document", self.body)
        name, kind = PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN
        self.part = DocumentPart(name, kind, root, self.package)
        self.package.relate_to(self.part, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)

    def add(self, name: str, kind: str, relation: str, root: Element) -> tuple[XmlPart, str]:
        """Adds a part of the document: gives it and the key by which the document refers to it."""
        part = XmlPart(PackURI(f"/word/{name}.xml"), kind, root, self.package)
        return part, self.part.relate_to(part, relation)

    def describe(self, document: Document) -> None:
        """Title, author and the like, as Word shows them under Info."""
        page, made_at = document.title_page, document.made_at.astimezone(UTC)
        about = self.package.core_properties
        about.title = _property(document.title)
        about.author = about.last_modified_by = _property(page.federation)
        about.subject = _property(page.subtitle)
        about.content_status = _property(page.state)
        about.language = document.language
        about.created = about.modified = made_at
        about.revision = 1

    def content(self) -> bytes:
        """The same parts give the same bytes."""
        packed, file = BytesIO(), BytesIO()
        self.package.save(packed)
        with ZipFile(packed) as before, ZipFile(file, "w") as after:
            for name in before.namelist():
                about = ZipInfo(name, EARLIEST)
                about.compress_type = ZIP_DEFLATED
                about.create_system = 0
                after.writestr(about, before.read(name))
        return file.getvalue()


def _property(text: str) -> str:
    return holdable(text)[:LONGEST_PROPERTY]
