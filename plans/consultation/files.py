"""The file of an answer: which kinds are taken, told by what they hold and never by their name. Pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

LARGEST = 10 * 1024 * 1024
"""Bytes."""
LONGEST_NAME = 120
KINDS_NAMED = "PDF, Word (DOCX), OpenDocument (ODT), JPEG eller PNG"


class UnusableFileError(Exception):
    """The file cannot be taken; the message is a Swedish sentence."""


@dataclass(frozen=True)
class FileKind:
    extension: str
    media_type: str
    holds: Callable[[bytes], bool]


def _begins(beginning: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(beginning)


def _is_docx(content: bytes) -> bool:
    names = _names(content)
    return "word/document.xml" in names and "[Content_Types].xml" in names


def _is_odt(content: bytes) -> bool:
    return content[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"


def _names(content: bytes) -> set[str]:
    """The names of what is packed in a ZIP; none when it is no ZIP."""
    try:
        return set(ZipFile(BytesIO(content)).namelist())
    except (BadZipFile, ValueError, NotImplementedError):
        return set()


KINDS = (
    FileKind("pdf", "application/pdf", _begins(b"%PDF-")),
    FileKind("jpg", "image/jpeg", _begins(b"\xff\xd8\xff")),
    FileKind("png", "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    FileKind("odt", "application/vnd.oasis.opendocument.text", _is_odt),
    FileKind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _is_docx),
)
UNKNOWN_MEDIA_TYPE = "application/octet-stream"


def kind_of(content: bytes) -> FileKind | None:
    """The kind, None for one that is not taken."""
    return next((kind for kind in KINDS if kind.holds(content)), None)


def check_size(size: int) -> None:
    """Raises UnusableFileError. `size` in bytes."""
    if size > LARGEST:
        raise UnusableFileError(f"Filen är {_megabytes(size)} MB. Den får vara högst 10 MB.")
    if not size:
        raise UnusableFileError("Filen är tom.")


def checked_name(name: str, content: bytes) -> str:
    """What the file is called here: its name, with the ending of what it holds. Raises UnusableFileError."""
    check_size(len(content))
    kind = kind_of(content)
    if kind is None:
        raise UnusableFileError(f"Filen är inte av ett slag som går att bifoga. Välj {KINDS_NAMED}.")
    if kind.extension == "docx" and any(each.endswith("vbaProject.bin") for each in _names(content)):
        raise UnusableFileError("Filen innehåller makron (program). Spara den som PDF, eller utan makron.")
    name = unicodedata.normalize("NFC", name)  # a Mac may send å as two signs
    stem = re.sub(r"[^\w .,()&+-]", "", PurePath(name.replace("\\", "/")).stem)
    return f"{' '.join(stem.split())[:LONGEST_NAME].strip(' .') or 'svar'}.{kind.extension}"


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".replace(".", ",")
