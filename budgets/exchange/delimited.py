"""Text with separated columns: CSV files, and what is pasted from a spreadsheet. Pure."""

import codecs
import csv
import io

from budgets.exchange.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    UnreadableTableError,
    check_size,
)
from budgets.exchange.raw import Kind, RawCell, RawSheet, Row
from budgets.exchange.structure import too_many_cells

NO_TABLE = "Filen är varken en arbetsbok eller text. Det går att läsa in .xlsx, .xls, .ods och .csv."
PREFIX = "'"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a text for a formula; our own CSV puts ' before it."""


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a CSV file and the name of its encoding: UTF-8, UTF-16 (by mark or by its zeros), else
    Windows-1252. Raises UnreadableTableError for what is no text."""
    text, name = _text_of(data)
    if any(ord(sign) < 32 and sign not in "\t\r\n\f\v" for sign in text[:5000]):
        raise UnreadableTableError(NO_TABLE)
    return text, name


def _text_of(data: bytes) -> tuple[str, str]:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, name), "UTF-8" if name == "utf-8-sig" else "UTF-16"
    head = data[:2000]
    if len(head) > 3 and head.count(0) > len(head) // 4:
        name = "utf-16-be" if head[0:1] == b"\0" else "utf-16-le"
        return _decoded(data, name), "UTF-16"
    if 0 in head:
        raise UnreadableTableError(NO_TABLE)
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    return _decoded(data, "cp1252"), "Windows-1252"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableTableError(
            "Det går inte att se hur filens text är kodad. Spara den som CSV UTF-8, eller som .xlsx."
        ) from error


def separator(text: str) -> str:
    """Tab, semicolon or comma: the one that parts most lines in most columns. Decimal commas make the
    comma the last choice."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]

    def likeness(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts) - {0}, key=counts.count, default=0)
        return sum(count > 0 for count in counts), usual

    for sign in ("\t", ";"):
        having, _ = likeness(sign)
        if having and having * 2 >= len(lines):
            return sign
    return max(("\t", ";", ","), key=likeness)


def read_text(text: str, name: str, sign: str = "") -> RawSheet:
    """The rows of a text. Raises UnreadableTableError when it is too large."""
    check_size(len(text))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        text, sign = rest, first[4]
    sign = sign or separator(text)
    rows: list[Row] = []
    cells = 0
    csv.field_size_limit(1_000_000)
    try:
        for fields in csv.reader(io.StringIO(text), delimiter=sign):
            if len(rows) >= MAX_ROWS:
                raise UnreadableTableError(
                    f"Texten har fler än {MAX_ROWS // 1000}\u00a0000 rader och läses därför inte."
                )
            row = [_cell(each) for each in fields]
            while row and row[-1] is None:
                row.pop()
            if len(row) > MAX_COLUMNS:
                raise UnreadableTableError(
                    f"Rad {len(rows) + 1} har {len(row)} kolumner; högst {MAX_COLUMNS} läses."
                )
            cells += len(row)
            if cells > MAX_CELLS:
                raise UnreadableTableError(too_many_cells())
            rows.append(tuple(row))
    except csv.Error as error:
        raise UnreadableTableError(
            "Texten går inte att dela i kolumner: ett citattecken saknar sin andra hälft."
        ) from error
    while rows and not rows[-1]:
        rows.pop()
    return RawSheet(name, tuple(rows))


def _cell(text: str) -> RawCell | None:
    if text.startswith(PREFIX) and text[1:].startswith(DANGEROUS):
        text = text[1:]
    return RawCell(Kind.TEXT, text[:MAX_TEXT]) if text.strip() else None
