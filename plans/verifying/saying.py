"""What a file says, whatever its bytes: its words and figures in reading order. Pure.

Two files that say the same may have other bytes when what writes them has changed: where lines and pages
break, how streams are packed. Line ends, hyphenation, page numbers and running heads are therefore left out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

MAPPED = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4,})>")
"""A code of a font and the signs it stands for, in UTF-16."""
WORD = re.compile(r"[−-]?\d{1,3}(?: \d{3})+(?!\d)|[^ ]+")
"""An amount with its spaces, or what stands between spaces."""
SPACES = re.compile(r"[ \t\r\u00a0\u202f]+")
SOFT_HYPHEN = "\u00ad"
PICTURE = "/Figure"
WITHIN_A_LINE = {"/Span", "/Link", "/Reference", "/Em", "/Strong"}
NUMBERED_BY_PAGE = "/TOC"


class UnreadableFileError(ValueError):
    """The file cannot be read as what it should be."""


@dataclass(frozen=True)
class Said:
    """`library` is what wrote the file, where the file says so."""

    words: tuple[str, ...]
    library: str = ""


def said(form: str, content: bytes) -> Said:
    """What the file says; `form` is pdf, docx or xlsx. Raises UnreadableFileError."""
    try:
        return READERS[form](content)
    except Exception as error:  # whatever its bytes do to whoever reads them
        raise UnreadableFileError(str(error)) from error


# -- PDF -------------------------------------------------------------------------------------------------

Place = tuple[tuple[int, int], int]
"""Marked content: the object of its page, and its number there."""


def _pdf(content: bytes) -> Said:
    """By the tags, which are the reading order; what is not tagged is a running head or a page number."""
    with pikepdf.open(BytesIO(content)) as pdf:
        marked: dict[Place, str] = {}
        for page in pdf.pages:
            for number, text in _marks(page):
                place = page.obj.objgen, number
                marked[place] = marked.get(place, "") + text
        text = "".join(_tagged(pdf.Root.StructTreeRoot, marked))
        return Said(_words(text), str(pdf.docinfo.get("/Producer", "")))


def _marks(page: Any) -> Iterator[tuple[int, str]]:
    """The texts of a page, each with the number of its mark."""
    fonts = {name: _signs(font) for name, font in page.Resources.Font.items()}
    numbers: list[int | None] = []
    after = ""
    signs: Mapping[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name in ("BDC", "BMC"):
            numbered = len(operands) > 1 and "/MCID" in operands[1]
            numbers.append(int(operands[1]["/MCID"]) if numbered else None)
            after = "\n" if operands[0] == PICTURE else ""  # where each text stands by itself
        elif name == "EMC":
            numbers.pop()
        elif name == "Tf":
            signs = fonts[str(operands[0])]
        elif name in ("Tj", "TJ", "'", '"') and numbers and numbers[-1] is not None:
            yield numbers[-1], "".join(signs.get(code, chr(code)) for code in _codes(operands[-1])) + after


def _codes(shown: Any) -> bytes:
    """Of a text that is shown, or of one with distances between its parts."""
    if isinstance(shown, pikepdf.Array):
        return b"".join(bytes(each) for each in shown if isinstance(each, pikepdf.String))
    return bytes(shown)


def _signs(font: Any) -> Mapping[int, str]:
    if "/ToUnicode" not in font:
        return {}
    pairs = MAPPED.findall(font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(sign.decode()).decode("utf-16-be") for code, sign in pairs}


def _tagged(root: Any, marked: Mapping[Place, str]) -> Iterator[str]:
    """The texts of the elements in reading order, and what is said of pictures; lines between paragraphs."""
    waiting: list[Any] = [root]
    seen = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
            continue
        if each.objgen in seen or each.get("/S") == NUMBERED_BY_PAGE:
            continue
        seen.add(each.objgen)
        between = "" if str(each.get("/S")) in WITHIN_A_LINE else "\n"
        kids = [_kid(kid, each, marked) for kid in _kids(each)]
        waiting += [between, *reversed(kids), f"{between}{each.get('/Alt', '')}{between}"]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _kid(kid: Any, element: Any, marked: Mapping[Place, str]) -> Any:
    """The text of a mark; an element beneath as it is; nothing for an annotation."""
    if isinstance(kid, int):
        return marked.get((element.Pg.objgen, kid), "")
    if "/S" in kid:
        return kid
    return marked.get((kid.Pg.objgen, int(kid.MCID)), "") if "/MCID" in kid else ""


# -- Word and Excel -----------------------------------------------------------------------------------------


def _docx(content: bytes) -> Said:
    with ZipFile(BytesIO(content)) as archive:
        parts = sorted(
            each for each in archive.namelist() if each.startswith("word/") and each.endswith(".xml")
        )
        paragraphs = [
            "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
            for part in parts
            for paragraph in parse_xml(archive.read(part)).iter(qn("w:p"))
        ]
    return Said(_words("\n".join(paragraphs)))


def _xlsx(content: bytes) -> Said:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return Said(tuple(_shown(cell) for row in rows for cell in row if cell != ""))


def _shown(cell: object) -> str:
    """Excel has no whole numbers; people do."""
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)


def _words(text: str) -> tuple[str, ...]:
    """Of paragraphs, cells and the like, a line each. All spaces are alike."""
    lines = SPACES.sub(" ", text.replace(SOFT_HYPHEN, "")).split("\n")
    return tuple(word for line in lines for word in WORD.findall(line))


READERS: Mapping[str, Callable[[bytes], Said]] = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx}
