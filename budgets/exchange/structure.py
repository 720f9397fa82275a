"""What an XML file with sheets is made of, read without unfolding it: extents, hidden rows, merged cells,
errors, formulas. Standard library only; nothing is parsed before its size is known. Pure.

calamine gives values fast but says nothing of what is hidden, loses errors, and unfolds a sheet to the
rectangle its cells span: one cell at XFD1048576 would take all memory. openpyxl unfolds everything into
objects (about fifty times the file). So the parts are streamed here first.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import IO
from xml.parsers import expat

from budgets.exchange.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_PARTS,
    MAX_ROWS,
    MAX_UNPACKED,
    UnreadableTableError,
)
from budgets.exchange.raw import place_of

DAMAGED = (
    "Filen är skadad eller bara delvis hämtad. Öppna den i Excel eller LibreOffice, spara den på nytt "
    "och försök igen."
)
TOO_LARGE_UNPACKED = (
    "Filen blir orimligt stor när den packas upp och läses därför inte. Kopiera budgeten till en ny, "
    "tom arbetsbok."
)


@dataclass
class Structure:
    """Of one sheet. `too_far` is a reason not to read its values, as a Swedish sentence."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    unsaved: set[tuple[int, int]] = field(default_factory=set)
    valued: int = 0
    last_row: int = -1
    last_column: int = -1

    def add(self, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        """Cells with a value: `rows` × `columns` of them from the place on."""
        self.valued += rows * columns
        self.last_row = max(self.last_row, row + rows - 1)
        self.last_column = max(self.last_column, column + columns - 1)

    @property
    def too_far(self) -> str:
        if self.last_row >= MAX_ROWS:
            return f"har värden ända ned på rad {self.last_row + 1}; högst {MAX_ROWS} rader läses".replace(
                "000 ", "\u00a0000 "
            )
        if self.last_column >= MAX_COLUMNS:
            column = self.last_column + 1
            return f"har värden i kolumn {column} från vänster; högst {MAX_COLUMNS} kolumner läses"
        return ""


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, every part of it unpacked once to its end and counted. Raises UnreadableTableError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise UnreadableTableError(TOO_LARGE_UNPACKED)
        if len({part.filename for part in parts}) != len(parts):
            raise UnreadableTableError(DAMAGED)
        if any(part.flag_bits & 0x1 for part in parts):
            raise UnreadableTableError(
                "Filen är skyddad med lösenord. Spara den utan lösenord och försök igen."
            )
        left = MAX_UNPACKED
        for part in parts:
            with archive.open(part) as content:
                while chunk := content.read(1 << 16):
                    left -= len(chunk)
                    if left < 0:
                        raise UnreadableTableError(TOO_LARGE_UNPACKED)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise UnreadableTableError(DAMAGED) from error
    except Exception as error:  # zlib.error, lzma.LZMAError and their like share no ancestor
        if isinstance(error, UnreadableTableError):
            raise
        raise UnreadableTableError(DAMAGED) from error
    return archive


class _Reading:
    """One XML part read as a stream. Document types, and so entities of its own, are refused."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def _refuse(self, *_: object) -> None:
        raise UnreadableTableError(
            "Filen innehåller XML-definitioner som ett kalkylprogram aldrig skriver och läses därför inte."
        )

    def read(self, part: IO[bytes]) -> None:
        try:
            while chunk := part.read(1 << 16):
                self.parser.Parse(chunk)
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UnreadableTableError(DAMAGED) from error
        except (ValueError, KeyError, OverflowError) as error:
            raise UnreadableTableError(DAMAGED) from error

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


def _local(attributes: Mapping[str, str], name: str) -> str:
    """An attribute whatever its prefix."""
    for key, value in attributes.items():
        if key.rpartition(":")[2] == name:
            return value
    return ""


class _Sheet(_Reading):
    """A worksheet part of an xlsx file."""

    def __init__(self, left: list[int]) -> None:
        super().__init__()
        self.found, self.left = Structure(), left
        self.row = self.column = -1
        self.kind = ""
        self.has_formula = self.has_value = self.in_value = False
        self.value = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.column += 1
            if "r" in attributes:
                self.row, self.column = place_of(attributes["r"])
            self.kind = attributes.get("t", "")
            self.has_formula = self.has_value = False
            self.value = ""
        elif name == "v":
            self.in_value = True
        elif name == "f":
            self.has_formula = True
        elif name == "is":
            self.has_value = True
        elif name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.found.hidden_rows.add(self.row)
        elif name == "col":
            if attributes.get("hidden") in ("1", "true"):
                first, last = int(attributes["min"]) - 1, int(attributes["max"])
                self.found.hidden_columns.update(range(first, min(last, MAX_COLUMNS + 1)))
        elif name == "mergeCell":
            top_left, _, bottom_right = attributes["ref"].partition(":")
            if len(self.found.merged) < MAX_CELLS:
                self.found.merged.append((*place_of(top_left), *place_of(bottom_right or top_left)))

    def text(self, text: str) -> None:
        if self.in_value:
            self.has_value = True
            if self.kind == "e":
                self.value += text[:20]

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "v":
            self.in_value = False
        elif name == "c":
            place = self.row, self.column
            if self.has_value:
                self.found.add(*place)
                self.left[0] -= 1
                if self.left[0] < 0:
                    raise UnreadableTableError(too_many_cells())
            if self.kind == "e" and self.has_value:
                self.found.errors[place] = self.value
            if self.has_formula:
                self.found.formulas.add(place)
                if not self.has_value and self.kind != "str":  # an empty text is a value
                    self.found.unsaved.add(place)


def too_many_cells() -> str:
    return (
        f"Filen har fler än {MAX_CELLS // 1000}\u00a0000 ifyllda celler och läses därför inte. "
        "Spara bara bladet med budgeten i en egen fil."
    )


class _Workbook(_Reading):
    """The list of sheets: their names, states and relations."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet" and "name" in attributes:
            self.sheets.append((attributes["name"], _local(attributes, "id")))


class _Relations(_Reading):
    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship" and attributes.get("TargetMode") != "External":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


def xlsx_structure(archive: zipfile.ZipFile) -> dict[str, Structure]:
    """Of every worksheet, by name. Raises UnreadableTableError."""
    names = {part.filename for part in archive.infolist()}
    book, relations = _Workbook(), _Relations()
    workbook = "xl/workbook.xml"
    if workbook not in names:
        raise UnreadableTableError(
            "Filen är ingen arbetsbok från Excel. Spara den som .xlsx och försök igen."
        )
    with archive.open(workbook) as part:
        book.read(part)
    if "xl/_rels/workbook.xml.rels" in names:
        with archive.open("xl/_rels/workbook.xml.rels") as part:
            relations.read(part)
    _refuse_definitions(archive, names)
    left, found = [MAX_CELLS], {}
    for sheet, relation in book.sheets:
        target = relations.targets.get(relation, "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if path in names and "worksheets/" in path:
            reading = _Sheet(left)
            with archive.open(path) as part:
                reading.read(part)
            found[sheet] = reading.found
    return found


def _refuse_definitions(archive: zipfile.ZipFile, names: set[str]) -> None:
    """Document types have no place in any part, also those that are not parsed here."""
    for name in names:
        if name.endswith((".xml", ".rels", ".vml")):
            with archive.open(name) as part:
                if b"<!DOCTYPE" in part.read(4096).upper() and not name.endswith(".vml"):
                    _Reading()._refuse()


class _Content(_Reading):
    """The content part of an ods file, with its repeated rows and cells counted."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Structure] = {}
        self.hidden_styles: set[str] = set()
        self.hidden: set[str] = set()
        self.style = ""
        self.sheet: Structure | None = None
        self.left = MAX_CELLS
        self.row = self.column = self.rows = 0
        self.covered = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style:style":
            self.style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table:table":
            self.sheet = self.found[attributes.get("table:name", "")] = Structure()
            if attributes.get("table:style-name") in self.hidden_styles:
                self.hidden.add(attributes.get("table:name", ""))
            self.row = self.column = 0
        elif self.sheet is None:
            return
        elif name == "table:table-column":
            count = int(attributes.get("table:number-columns-repeated", "1"))
            if attributes.get("table:visibility", "visible") != "visible":
                self.sheet.hidden_columns.update(
                    range(self.column, min(self.column + count, MAX_COLUMNS + 1))
                )
            self.column += count
        elif name == "table:table-row":
            self.rows, self.column = int(attributes.get("table:number-rows-repeated", "1")), 0
            if attributes.get("table:visibility", "visible") != "visible":
                self.sheet.hidden_rows.update(range(self.row, min(self.row + self.rows, MAX_ROWS + 1)))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell(self.sheet, attributes)

    def _cell(self, sheet: Structure, attributes: Mapping[str, str]) -> None:
        columns = int(attributes.get("table:number-columns-repeated", "1"))
        if "office:value-type" in attributes or "table:formula" in attributes:
            sheet.add(self.row, self.column, self.rows, columns)
            self.left -= self.rows * columns
            if self.left < 0:
                raise UnreadableTableError(too_many_cells())
        place = self.row, self.column
        if "table:formula" in attributes:
            sheet.formulas.add(place)
            if not attributes.get("office:value-type"):
                sheet.unsaved.add(place)
        spans = (
            int(attributes.get("table:number-rows-spanned", "1")),
            int(attributes.get("table:number-columns-spanned", "1")),
        )
        if spans != (1, 1):
            sheet.merged.append((*place, self.row + spans[0] - 1, self.column + spans[1] - 1))
        if attributes.get("calcext:value-type") == "error":
            sheet.errors[place] = "#FEL!"
        self.column += columns

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self.row += self.rows
        elif name == "table:table":
            self.sheet = None


def ods_structure(archive: zipfile.ZipFile) -> tuple[dict[str, Structure], set[str]]:
    """Of every sheet, by name, and the names of the hidden ones. Raises UnreadableTableError."""
    names = {part.filename for part in archive.infolist()}
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise UnreadableTableError("Filen är skyddad med lösenord. Spara den utan lösenord och försök igen.")
    if "content.xml" not in names:
        raise UnreadableTableError(DAMAGED)
    _refuse_definitions(archive, names)
    content = _Content()
    with archive.open("content.xml") as part:
        content.read(part)
    return content.found, content.hidden
