"""Word files read back, as their reader would: headings, texts in order, tables, notes, links."""

import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.table import Table
from docx.text.paragraph import Paragraph

HEADING_STYLES = {
    **{f"Heading {level}": level for level in range(1, 7)},
    **{f"Rubrik {level} utanför innehållet": level for level in range(1, 7)},
}


@dataclass(frozen=True)
class WordFile:
    """A .docx, opened."""

    content: bytes

    @property
    def document(self) -> Document:
        return docx.Document(BytesIO(self.content))

    def part(self, name: str) -> Any:
        """The root element of a part ("word/footnotes.xml")."""
        with ZipFile(BytesIO(self.content)) as file:
            return parse_xml(file.read(name))

    def names(self) -> list[str]:
        with ZipFile(BytesIO(self.content)) as file:
            return file.namelist()

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in the order one reads, also in tables and the contents."""
        document = self.document
        for element in document.element.body.iter(qn("w:p")):
            yield Paragraph(element, document._body)

    def texts(self) -> list[str]:
        return [paragraph.text for paragraph in self.paragraphs()]

    def headings(self) -> list[tuple[int, str]]:
        """Level and text."""
        return [
            (HEADING_STYLES[name], paragraph.text)
            for paragraph in self.paragraphs()
            if (name := style_name(paragraph)) in HEADING_STYLES
        ]

    def tables(self) -> list[Table]:
        document = self.document
        return [Table(element, document._body) for element in document.element.body.iter(qn("w:tbl"))]

    def notes(self) -> dict[int, str]:
        """The footnotes by identity, without their marks."""
        root = self.part("word/footnotes.xml")
        return {
            int(note.get(qn("w:id"))): "".join(text.text or "" for text in note.iter(qn("w:t"))).strip()
            for note in root.iter(qn("w:footnote"))
            if note.get(qn("w:type")) is None
        }

    def note_marks(self) -> list[int]:
        """Which footnotes the text refers to, in order."""
        marks = self.document.element.body.iter(qn("w:footnoteReference"))
        return [int(mark.get(qn("w:id"))) for mark in marks]

    def bookmarks(self) -> list[str]:
        return [mark.get(qn("w:name")) for mark in self.document.element.body.iter(qn("w:bookmarkStart"))]

    def links(self) -> list[tuple[str, str]]:
        """Where each link leads (#bookmark or an address) and its words, also in footnotes."""
        found: list[tuple[str, str]] = []
        for name in ("document", "footnotes"):
            relations = f"word/_rels/{name}.xml.rels"
            targets = (
                {relation.get("Id"): relation.get("Target") for relation in self.part(relations)}
                if relations in self.names()
                else {}
            )
            for link in self.part(f"word/{name}.xml").iter(qn("w:hyperlink")):
                anchor = link.get(qn("w:anchor"))
                words = "".join(text.text or "" for text in link.iter(qn("w:t")))
                found.append((f"#{anchor}" if anchor else targets[link.get(qn("r:id"))], words))
        return found

    def alternative_texts(self) -> list[str]:
        return [picture.get("descr") for picture in self.document.element.body.iter(qn("wp:docPr"))]


def style_name(paragraph: Paragraph) -> str:
    assert paragraph.style is not None
    return str(paragraph.style.name)


def as_pdf(program: Path, content: bytes) -> bytes:
    """The Word file as LibreOffice sets it."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        (there / "in.docx").write_bytes(content)
        command = [
            str(program),
            f"-env:UserInstallation=file://{there / 'profile'}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(there),
            str(there / "in.docx"),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (there / "in.pdf").read_bytes()
