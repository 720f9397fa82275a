"""Raw cells with their addresses out of xlsx, xls, ods, csv and pasted text. Nothing in a file is run,
fetched or calculated; what is refused is refused before it is unpacked or parsed."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from budgets.exchange import delimited
from budgets.exchange.limits import (
    MAX_COLUMNS,
    MAX_MEMORY,
    MAX_ROWS,
    MAX_SECONDS,
    MAX_TEXT,
    UnreadableTableError,
    check_size,
)
from budgets.exchange.raw import Kind, RawCell, RawFile, RawSheet, Row
from budgets.exchange.structure import DAMAGED, Structure, ods_structure, open_archive, xlsx_structure

READER = Path(__file__).with_name("workbook_reader.py")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PASSWORD = "Filen är skyddad med lösenord. Spara den utan lösenord och försök igen."  # noqa: S105
PASTED = "Inklistrat"


def read_pasted(text: str) -> RawFile:
    """What was copied from a spreadsheet. Raises UnreadableTableError."""
    sheet = delimited.read_text(text, PASTED)
    if not sheet.rows:
        raise UnreadableTableError("Klistra in tabellen, eller välj en fil.")
    return RawFile(PASTED, (sheet,))


def read_file(name: str, data: bytes) -> RawFile:
    """Every sheet of a file, whatever its name says it is. Raises UnreadableTableError."""
    check_size(len(data))
    if not data.strip():
        raise UnreadableTableError("Filen är tom.")
    if data.startswith(OLE):
        return _xls(name, data)
    if data.startswith(b"PK"):
        return _archive(name, data)
    if data.lstrip()[:1] == b"<" or data.startswith(b"%PDF"):
        raise UnreadableTableError(
            "Filen är ingen tabell utan en webbsida eller ett dokument. Spara den som .xlsx, .ods eller .csv."
        )
    text, encoding = delimited.decoded(data)
    sheet = delimited.read_text(text, Path(name).stem[:100] or "CSV")
    if not sheet.rows:
        raise UnreadableTableError("Filen är tom.")
    remarks = () if encoding == "UTF-8" else (f"Texten är läst som {encoding}.",)
    return RawFile(name, (sheet,), remarks)


def _archive(name: str, data: bytes) -> RawFile:
    with open_archive(data) as archive:
        names = {part.filename for part in archive.infolist()}
        if "content.xml" in names:
            structures, hidden = ods_structure(archive)
        else:
            structures, hidden = xlsx_structure(archive), set()
        remarks = _remarks(archive, names)
    wanted = [sheet for sheet, structure in structures.items() if not structure.too_far]
    remarks += [
        f"Bladet {sheet} {structure.too_far}." for sheet, structure in structures.items() if structure.too_far
    ]
    if not wanted:
        raise UnreadableTableError(" ".join(remarks) or "Filen har inget blad med celler.")
    found = _parsed(data, wanted)
    sheets = tuple(
        _sheet(each, structures[each["name"]], each["hidden"] or each["name"] in hidden) for each in found
    )
    return _readable(RawFile(name, sheets, tuple(remarks)))


def _xls(name: str, data: bytes) -> RawFile:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableTableError(PASSWORD)
    found = _parsed(data, None)
    remarks = [
        "Filen är i det äldre formatet .xls. Dolda rader och felvärden går inte att se i det; spara "
        "som .xlsx om "
        "du vill att de pekas ut."
    ]
    if "_VBA_PROJECT_CUR".encode("utf-16-le") in data:
        remarks.append(MACROS)
    remarks += [
        f"Bladet {each['name']} är för stort: högst {MAX_ROWS // 1000}\u00a0000 rader och "
        f"{MAX_COLUMNS} kolumner läses."
        for each in found
        if each["too_far"]
    ]
    sheets = tuple(_sheet(each, Structure(), each["hidden"]) for each in found if not each["too_far"])
    if not sheets:
        raise UnreadableTableError(remarks[-1])
    return _readable(RawFile(name, sheets, tuple(remarks)))


MACROS = "Filen innehåller makron. De läses inte och körs aldrig."


def _remarks(archive: zipfile.ZipFile, names: set[str]) -> list[str]:
    remarks = []
    if any(
        name.endswith("vbaProject.bin") or name.startswith(("Basic/", "xl/macrosheets/")) for name in names
    ):
        remarks.append(MACROS)
    if any(name.startswith("xl/externalLinks/") for name in names):
        remarks.append(
            "Filen hämtar värden ur andra filer. Ingenting hämtas nu: de senast sparade värdena läses."
        )
    return remarks


def _readable(file: RawFile) -> RawFile:
    if not any(sheet.rows for sheet in file.sheets):
        raise UnreadableTableError("Filen har inga ifyllda celler.")
    return file


def _parsed(data: bytes, wanted: list[str] | None) -> list[dict[str, Any]]:
    """The sheets as the reading process gives them."""
    options = {
        "wanted": wanted,
        "rows": MAX_ROWS,
        "columns": MAX_COLUMNS,
        "text": MAX_TEXT,
        "memory": MAX_MEMORY,
        "seconds": MAX_SECONDS,
    }
    command = [sys.executable, "-I", str(READER), json.dumps(options)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UnreadableTableError(
            f"Filen tog mer än {MAX_SECONDS} sekunder att läsa. Kopiera budgeten till en ny, tom arbetsbok."
        ) from error
    if done.returncode != 0:
        raise UnreadableTableError(DAMAGED)
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise UnreadableTableError(PASSWORD if "assword" in answer["error"] else DAMAGED)
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def _sheet(data: dict[str, Any], structure: Structure, hidden: bool) -> RawSheet:
    rows: list[Row] = [
        tuple(RawCell(Kind(text[0]), text[1:]) if text else None for text in row) for row in data["rows"]
    ]
    if structure.errors:
        rows = _with_errors(rows, structure.errors)
    return RawSheet(
        name=data["name"],
        rows=tuple(rows),
        hidden=hidden,
        hidden_rows=frozenset(structure.hidden_rows),
        hidden_columns=frozenset(structure.hidden_columns),
        merged=tuple(structure.merged),
        formulas=frozenset(structure.formulas),
        unsaved=frozenset(structure.unsaved),
    )


def _with_errors(rows: list[Row], errors: dict[tuple[int, int], str]) -> list[Row]:
    """The rows with the error cells that calamine leaves empty."""
    changed = [list(row) for row in rows]
    for (row, column), code in errors.items():
        changed += [[] for _ in range(row + 1 - len(changed))]
        changed[row] += [None] * (column + 1 - len(changed[row]))
        changed[row][column] = RawCell(Kind.ERROR, code)
    return [tuple(row) for row in changed]
