"""Files that somebody sends who means harm: what they are called, what they say they are, what they hold."""

import struct
import zlib
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from tests.security.hostile_values import MARK
from tests.security.sending import Upload

SCRIPT = b"<script>" + MARK + b"()</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="' + MARK + b'()">' + SCRIPT + b"</svg>"
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b'<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + b'<w:document xmlns:w="a"><w:body>&a11;&x;</w:body></w:document>'
)


def packed(**parts: bytes) -> bytes:
    """A ZIP; `__` in a name stands for a slash, `_DOT_` for a dot."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return file.getvalue()


def workbook(**parts: bytes) -> bytes:
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    return packed(
        **{
            "[Content_Types]_DOT_xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "xl__workbook_DOT_xml": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
            "xl__worksheets__sheet1_DOT_xml": sheet,
            **parts,
        }
    )


def document(**parts: bytes) -> bytes:
    return packed(**{"[Content_Types]_DOT_xml": b"<Types/>", "word__document_DOT_xml": b"<a/>", **parts})


def picture_of(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that says how large it is, whatever it holds."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"tEXt", b"Comment\x00" + SCRIPT)
        + chunk(b"IDAT", zlib.compress(data or b"\x00" * (1 + 3 * min(width, 10)) * min(height, 10)))
        + chunk(b"IEND", b"")
    )


@cache
def files() -> dict[str, Upload]:
    """By what they are called here."""
    zeros = b"0" * 60_000_000
    many = {f"xl__part{n}_DOT_xml": b"" for n in range(2_500)}
    inner = packed(a=b"0" * 1_000_000)
    made = {
        "nothing": ("tom.xlsx", EXCEL, b""),
        "one byte": ("a.csv", "text/csv", b"\x00"),
        "NUL": ("a.csv", "text/csv", b"Post\t2021\x00\nKurs\t5\x00\n"),
        "a line without end": ("a.csv", "text/csv", b"Post\t2021\n" + b";" * 2_000_000),
        "lines without end": ("a.csv", "text/csv", b"Post\t2021\n" + b"a\t1\n" * 400_000),
        "a quote without end": ("a.csv", "text/csv", b'Post\t2021\n"' + b"a\n" * 100_000),
        "formulas": ("a.csv", "text/csv", b"Post\t2021\n=cmd|'/C calc'!A0\t=1+1\n@SUM(1)\t-5\n"),
        "markup": ("a.csv", "text/csv", b"Post\t2021\n" + SCRIPT + b"\t5\n" + SVG + b"\t1\n"),
        "half of UTF-16": ("a.csv", "text/csv", b"\xff\xfeP\x00o\x00s\x00t\x00\t\x00\x00\xd8"),
        "JSON in JSON": ("a.json", "application/json", b"[" * 1_000_000),
        "a bomb as a workbook": ("a.xlsx", EXCEL, workbook(xl__sharedStrings_DOT_xml=zeros)),
        "a bomb as a document": ("a.docx", WORD, document(word__styles_DOT_xml=zeros)),
        "a bomb in a bomb": ("a.docx", WORD, document(word__media__a_DOT_docx=inner * 20)),
        "thousands of parts": ("a.xlsx", EXCEL, workbook(**many)),
        "names that lead out": ("a.docx", WORD, document(**{"___DOT__DOT____DOT__DOT__etc__passwd": b"a"})),
        "entities in a workbook": ("a.xlsx", EXCEL, workbook(xl__workbook_DOT_xml=ENTITIES)),
        "entities in a document": ("a.docx", WORD, document(word__document_DOT_xml=ENTITIES)),
        "half a file": ("a.xlsx", EXCEL, workbook()[:120]),
        "a file of another office": (
            "a.xls",
            "application/x-ole",
            b"\xd0\xcf\x11\xe0" + b"\xff" * 5_000,
        ),
        "a drawing as a picture": ("a.png", PNG, SVG),
        "a page as a picture": ("a.png", PNG, b"<!doctype html>" + SCRIPT),
        "a picture without end": ("a.png", PNG, picture_of(60_000, 60_000)),
        "a picture of nothing": ("a.png", PNG, picture_of(0, 0)),
        "half a picture": ("a.png", PNG, picture_of(10, 10)[:60]),
        "a picture with a script": ("a.png", PNG, picture_of(10, 10)),
        "a picture and a page": ("a.jpg", JPEG, b"\xff\xd8\xff\xe0" + SCRIPT),
        "a program as a PDF": ("a.pdf", PDF, b"MZ\x90\x00" + b"\x00" * 500),
        "a PDF that runs": ("a.pdf", PDF, b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(a)>>>>endobj"),
        "a name that leads out": ("../../../etc/cron.d/a.png", PNG, picture_of(10, 10)),
        "a name in lines": ("a\r\nSet-Cookie: x=1.pdf", PDF, b"%PDF-1.7"),
        "a name that turns": ("a\u202efdp.exe", PDF, b"%PDF-1.7"),
        "a name that runs": ('"><script>finsam_attack()</script>.pdf', PDF, b"%PDF-1.7"),
        "a name without end": ("a" * 300 + ".pdf", PDF, b"%PDF-1.7"),
        "a kind that is none": ("a.pdf", "text/html\x00;;;charset=\xff", b"%PDF-1.7"),
        "too large a table": ("a.csv", "text/csv", b"a\t1\n" * 1_500_000),
        "too large a picture": ("a.png", PNG, picture_of(10, 10) + b"\x00" * 21_000_000),
    }

    return {what: Upload(*file) for what, file in made.items()}
