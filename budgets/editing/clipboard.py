"""A range of cells on its way in from a spreadsheet, or out to one, as tab-separated text. Pure.

All cells are read, and every problem told with its place; what is then done with the range is not
decided here. See docs/algorithms/typed-amounts.md.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finsam.json_input import shown
from finsam.swedish import UNIT_SIZE, Unit, money
from finsam.typed_amount import NotAnAmount, TypedAmount, as_typed, read_amount, typed_amount
from finsam.typed_number import Reading, plain

MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_CHARACTERS = 1_000_000


class NotARange(ValueError):  # noqa: N818 - as NotAnAmount
    """Pasted text that is no range of cells. The message is a sentence in Swedish."""


@dataclass(frozen=True)
class PastedCell:
    """A cell of the range: `amount`, or the `problem` with it and the amounts to choose between, if any.
    `note` is what the user should know of how it was read. Rows and columns count from 1 in the range."""

    row: int
    column: int
    text: str
    amount: TypedAmount | None = None
    problem: str = ""
    choices: tuple[tuple[str, Decimal], ...] = ()
    note: str = ""

    @property
    def place(self) -> str:
        return f"rad {self.row}, kolumn {self.column}"


@dataclass(frozen=True)
class PastedRange:
    """As many cells in every row, at least one."""

    rows: tuple[tuple[PastedCell, ...], ...]

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        return len(self.rows[0])

    @property
    def single(self) -> PastedCell | None:
        """The only cell, which may fill a whole selected range."""
        return self.rows[0][0] if self.height == self.width == 1 else None

    @property
    def problems(self) -> tuple[PastedCell, ...]:
        return tuple(cell for row in self.rows for cell in row if cell.problem)

    @property
    def notes(self) -> tuple[PastedCell, ...]:
        return tuple(cell for row in self.rows for cell in row if cell.note)


def read_range(text: str, unit: Unit) -> PastedRange:
    """What Excel or LibreOffice puts on the clipboard, for cells shown in `unit`. Raises NotARange."""
    table = _table(text)
    cells = [
        [_Cell(row, column, content, unit) for column, content in enumerate(contents, 1)]
        for row, contents in enumerate(table, 1)
    ]
    habits = _habits([cell for row in cells for cell in row])
    return PastedRange(tuple(tuple(cell.judged(habits) for cell in row) for row in cells))


def text_of_range(rows: Sequence[Sequence[Decimal | None]], unit: Unit) -> str:
    """Amounts in SEK as text that a Swedish Excel, and read_range, read as the same numbers in `unit`."""
    return "\r\n".join("\t".join(_copied(amount, unit) for amount in row) for row in rows)


def _copied(amount: Decimal | None, unit: Unit) -> str:
    if amount is None:
        return ""
    text = as_typed(amount, unit)
    if not text.endswith(" kr"):
        return text
    # as_typed does without 1,268, which may be a thousand and some; 1,2680 may not, and is a number in Excel
    return f"{amount / UNIT_SIZE[unit]:.4f}".replace(".", ",")


# -- the cells of the text -------------------------------------------------------------------------

# A cell in quotation marks may hold tabs and line breaks; one that only begins with one stands as it is.
_CONTENT = re.compile(r'"(?P<quoted>(?:[^"]++|"")*+)"(?=[\t\r\n]|\Z)|(?P<bare>[^\t\r\n]*)')
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def _table(text: str) -> list[list[str]]:
    """Raises NotARange."""
    if len(text) > MOST_CHARACTERS:
        raise NotARange("Det inklistrade är för stort: högst en miljon tecken går bra.")
    rows: list[list[str]] = []
    for row in _rows(text):
        rows.append(row)
        if len(row) > MOST_COLUMNS:
            raise NotARange(f"Det inklistrade har fler än {MOST_COLUMNS} kolumner.")
        if len(rows) > MOST_ROWS:
            raise NotARange(f"Det inklistrade har fler än {MOST_ROWS} rader.")
    if max(map(len, rows), default=0) > 1:
        # A spreadsheet writes tabs in an empty row too; a line without them is only a line break.
        while rows and rows[-1] == [""]:
            rows.pop()
        while rows and rows[0] == [""]:
            rows.pop(0)
    if not any(content.strip() for row in rows for content in row):
        raise NotARange("Det inklistrade är tomt. Kopiera cellerna igen, och klistra in dem.")
    width = len(rows[0])
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            raise NotARange(
                f"Rad {number} i det inklistrade har {_cells(len(row))}, men rad 1 har {_cells(width)}. "
                "Kopiera ett område där alla rader är lika långa."
            )
    return rows


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} celler"


def _rows(text: str) -> Iterator[list[str]]:
    """The rows, without the one that a line break at the very end would seem to begin."""
    row: list[str] = []
    position = 0
    while True:
        match = _CONTENT.match(text, position)
        assert match is not None
        quoted = match["quoted"]
        row.append(match["bare"] if quoted is None else quoted.replace('""', '"'))
        position = match.end()
        if text.startswith("\t", position):
            position += 1
            continue
        yield row
        row = []
        line_break = _LINE_BREAK.match(text, position)
        if line_break is None or line_break.end() == len(text):
            return
        position = line_break.end()


# -- what stands in them ---------------------------------------------------------------------------

Habit = tuple[str, str]
"""A sign for thousands and one for decimals, as one program writes all its numbers."""

_KNOWN_HABITS: tuple[Habit, ...] = (
    ("", ","),
    ("", "."),
    (" ", ","),
    (".", ","),
    (",", "."),
    ("'", ","),
    ("'", "."),
)
_SIGN_NAME = {".": "punkten", ",": "kommat", "'": "apostrofen"}
_NOTHING = re.compile("[-\u2014]{1,3}(?: *(?:kr|tkr))?", re.IGNORECASE | re.ASCII)


def _fits(reading: Reading, habit: Habit) -> bool:
    return reading.thousands in ("", habit[0]) and reading.decimal in ("", habit[1])


class _Cell:
    """A cell read by itself: what it is, and which readings it leaves open."""

    def __init__(self, row: int, column: int, text: str, unit: Unit) -> None:
        self.result = PastedCell(row, column, text)
        self.readings: tuple[Reading, ...] = ()
        try:
            content = plain(text)
            if _NOTHING.fullmatch(content):
                note = f"{shown(content)} lästes som tomt. Skriv 0 om noll menas."
                self.result = replace(self.result, amount=TypedAmount(None), note=note)
            elif not content or content.startswith("="):
                self.result = replace(self.result, amount=typed_amount(content, unit))
            else:
                reading = read_amount(content, unit)
                self.readings = (reading,)
                self.result = replace(self.result, amount=TypedAmount(reading.amount))
        except NotAnAmount as error:
            self.readings = error.readings
            self.result = replace(self.result, problem=str(error), choices=error.choices)

    def judged(self, habits: tuple[Habit, ...]) -> PastedCell:
        """The cell as the habits of the whole range have it, where they leave but one reading."""
        fitting = {
            reading.amount: reading for habit in habits for reading in self.readings if _fits(reading, habit)
        }
        if not self.result.problem or len(fitting) != 1:
            return self.result
        ((amount, reading),) = fitting.items()
        sign = reading.thousands or reading.decimal
        role = "tusentalstecken" if reading.thousands else "decimaltecken"
        note = (
            f"{shown(self.result.text)} lästes som {money(amount, 'SEK')}: {_SIGN_NAME[sign]} är {role} i "
            "det inklistrade."
        )
        return replace(self.result, amount=TypedAmount(amount), problem="", choices=(), note=note)


def _habits(cells: Sequence[_Cell]) -> tuple[Habit, ...]:
    """The ways of writing numbers that all cells with a number agree with; none without evidence.

    Evidence: a number that can only be read with a sign for thousands (1.268.400), or two that can only be
    read with one for decimals (1,5).
    """
    certain = [cell.readings[0] for cell in cells if cell.result.amount and cell.readings]
    if not any(each.thousands for each in certain) and sum(bool(each.decimal) for each in certain) < 2:
        return ()
    return tuple(
        habit
        for habit in _KNOWN_HABITS
        if all(any(_fits(each, habit) for each in cell.readings) for cell in cells if cell.readings)
    )
