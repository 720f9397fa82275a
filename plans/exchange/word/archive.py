"""The Word file as a packed archive: judged before anything in it is read. Pure."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from budgets.exchange.limits import megabytes

MAX_UPLOAD = 20_000_000
"""Bytes of the file."""
MAX_UNPACKED = 100_000_000
"""Bytes of all parts together."""
MAX_PARTS = 2_000
MAX_TEXT = 6_000_000
"""Bytes of a part of XML: the text of about a thousand pages."""
MAX_RATIO = 150
"""Times that a part larger than RATIO_FROM may be its packed size; what people write is below 50."""
RATIO_FROM = 1_000_000
MAX_DEPTH = 150
"""Elements within each other; a table in a table in a table is about 30."""
MAX_ELEMENTS = 400_000
"""In a part of XML; three hundred pages from Word have about half of that."""
MAX_PIECES = 50_000
"""Paragraphs, cells, and words between changes of form; some ten seconds' work, four hundred pages."""
PIECES = {"p", "r", "tc", "br", "tab", "sym", "hyperlink", "drawing", "pict"}

MAIN = "word/document.xml"
CONTENT_TYPES = "[Content_Types].xml"
OTHER_FORMATS = {
    b"\xd0\xcf\x11\xe0": "Filen är i Words äldre format (.doc) eller skyddad med lösenord.",
    b"{\\rtf": "Filen är i formatet RTF.",
    b"%PDF": "Filen är en PDF.",
}
SAVE_AS = "Öppna den i Word och spara den som Word-dokument (.docx) utan lösenord."
OTHER_PACKAGES = {
    "xl/workbook.xml": "Filen är en Excelbok. Budgeten läses in under Budget.",
    "ppt/presentation.xml": "Filen är en presentation i PowerPoint. Välj ett Word-dokument (.docx).",
    "content.xml": f"Filen är ett dokument från LibreOffice (.odt). {SAVE_AS}",
}


class UnreadableWordError(ValueError):
    """A file that is not read; the message is a Swedish sentence for the user."""


@dataclass(frozen=True)
class Archive:
    """A file that has passed. `parts` are its parts of XML by name, `names` are all."""

    names: tuple[str, ...]
    parts: Mapping[str, bytes]

    @property
    def has_macros(self) -> bool:
        return any(name.endswith("vbaProject.bin") for name in self.names) or (
            b"macroEnabled" in self.parts.get(CONTENT_TYPES, b"")
        )


def opened(content: bytes) -> Archive:
    """The archive of a Word file. Raises UnreadableWordError."""
    if len(content) > MAX_UPLOAD:
        raise UnreadableWordError(
            f"Filen är {megabytes(len(content))}. Högst {megabytes(MAX_UPLOAD)} läses in; ta bort eller "
            "komprimera bilderna i Word och försök igen."
        )
    for start, sentence in OTHER_FORMATS.items():
        if content.startswith(start):
            raise UnreadableWordError(f"{sentence} {SAVE_AS}")
    try:
        with ZipFile(io.BytesIO(content)) as file:
            infos = file.infolist()
            _check(infos)
            names = tuple(info.filename for info in infos)
            parts = {info.filename: file.read(info) for info in infos if _is_xml(info)}
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
        if isinstance(error, UnreadableWordError):
            raise
        raise UnreadableWordError(f"Filen är inget Word-dokument, eller skadad. {SAVE_AS}") from error
    _check_package(names)
    for name, part in parts.items():
        _check_xml(name, part)
    return Archive(names, parts)


def _check(infos: list[ZipInfo]) -> None:
    if len(infos) > MAX_PARTS:
        raise UnreadableWordError(f"Filen har fler än {MAX_PARTS} delar och läses inte in.")
    if len({info.filename for info in infos}) < len(infos):
        raise UnreadableWordError("Filen har flera delar med samma namn och läses inte in.")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_UNPACKED:
        raise UnreadableWordError(
            f"Filen blir {megabytes(unpacked)} när den packas upp. Högst {megabytes(MAX_UNPACKED)} läses in."
        )
    for info in infos:
        if info.file_size > RATIO_FROM and info.file_size > info.compress_size * MAX_RATIO:
            raise UnreadableWordError(
                f"Delen {info.filename} är {megabytes(info.file_size)} uppackad men nästan ingenting packad. "
                "Så ser inte ett dokument ut, så filen läses inte in."
            )
        if _is_xml(info) and info.file_size > MAX_TEXT:
            raise UnreadableWordError(
                f"Delen {info.filename} är {megabytes(info.file_size)}. Högst {megabytes(MAX_TEXT)} text "
                "läses in."
            )


def _is_xml(info: ZipInfo) -> bool:
    return info.filename.endswith((".xml", ".rels"))


def _check_package(names: tuple[str, ...]) -> None:
    if MAIN in names:
        return
    for name, sentence in OTHER_PACKAGES.items():
        if name in names:
            raise UnreadableWordError(sentence)
    raise UnreadableWordError(f"Filen är inget Word-dokument. {SAVE_AS}")


def _check_xml(name: str, part: bytes) -> None:
    """Well-formed, no deeper or longer than anybody writes, and without declarations of entities."""
    depth = elements = pieces = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements, pieces
        depth += 1
        elements += 1
        pieces += tag.rpartition(":")[2] in PIECES
        if depth > MAX_DEPTH:
            raise UnreadableWordError(f"Delen {name} har för många lager i varandra och läses inte in.")
        if pieces > MAX_PIECES or elements > MAX_ELEMENTS:
            raise UnreadableWordError(
                f"Dokumentet är för långt att läsa in på en gång: fler än {MAX_PIECES // 1000} 000 stycken, "
                "celler och ord med egen form. Dela det i flera filer."
            )

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1

    def declaration(*_: object) -> None:
        raise UnreadableWordError(f"Delen {name} har egna XML-definitioner, och sådana läses inte in.")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = declaration
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise UnreadableWordError(f"Filen är skadad: delen {name} kan inte läsas. {SAVE_AS}") from error
