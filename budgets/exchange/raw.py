"""What stands in the cells of a file before anybody has said what it means. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    TEXT = "t"
    NUMBER = "n"
    DATE = "d"
    ERROR = "e"
    BOOLEAN = "b"
    TIME = "c"


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell with something in it. `text`: the text; a number in plain decimal form; an ISO date; an
    error's code (#REF!); SANT or FALSKT."""

    kind: Kind
    text: str

    @property
    def is_text(self) -> bool:
        return self.kind == Kind.TEXT


Row = tuple[RawCell | None, ...]
Place = tuple[int, int]
"""A row and a column, counted from 0."""


@dataclass(frozen=True)
class RawSheet:
    """A sheet of a file. `merged` are ranges: first row, first column, last row, last column.
    `formulas` are the cells whose value a formula gives, `unsaved` those of them without a value."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formulas: frozenset[Place] = frozenset()
    unsaved: frozenset[Place] = frozenset()

    def cell(self, row: int, column: int) -> RawCell | None:
        if row < 0 or column < 0 or row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def place(self, row: int, column: int) -> str:
        """Where a cell is, as people say it: Budget!C7."""
        return f"{self.name}!{address(row, column)}"


@dataclass(frozen=True)
class RawFile:
    """All sheets of a file. `remarks` are Swedish sentences about what the file holds that is not read."""

    name: str
    sheets: tuple[RawSheet, ...]
    remarks: tuple[str, ...] = field(default=())

    def sheet(self, name: str) -> RawSheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: A, B … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


def place_of(reference: str) -> Place:
    """The row and column of an address: C7 is (6, 2). Raises ValueError."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not letters or not digits or not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        raise ValueError(reference)
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def to_json(file: RawFile) -> dict[str, Any]:
    """The file as plain data, to be kept between the steps of an import."""
    return {
        "name": file.name,
        "remarks": list(file.remarks),
        "sheets": [
            {
                "name": sheet.name,
                "rows": [[cell and cell.kind.value + cell.text for cell in row] for row in sheet.rows],
                "hidden": sheet.hidden,
                "hidden_rows": sorted(sheet.hidden_rows),
                "hidden_columns": sorted(sheet.hidden_columns),
                "merged": [list(each) for each in sheet.merged],
                "formulas": [list(each) for each in sorted(sheet.formulas)],
                "unsaved": [list(each) for each in sorted(sheet.unsaved)],
            }
            for sheet in file.sheets
        ],
    }


def from_json(data: Mapping[str, Any]) -> RawFile:
    """What `to_json` made."""
    return RawFile(
        data["name"],
        tuple(_sheet(each) for each in data["sheets"]),
        tuple(data["remarks"]),
    )


def _sheet(data: Mapping[str, Any]) -> RawSheet:
    return RawSheet(
        name=data["name"],
        rows=tuple(
            tuple(RawCell(Kind(text[0]), text[1:]) if text else None for text in row) for row in data["rows"]
        ),
        hidden=data["hidden"],
        hidden_rows=frozenset(data["hidden_rows"]),
        hidden_columns=frozenset(data["hidden_columns"]),
        merged=tuple((a, b, c, d) for a, b, c, d in data["merged"]),
        formulas=frozenset((a, b) for a, b in data["formulas"]),
        unsaved=frozenset((a, b) for a, b in data["unsaved"]),
    )
