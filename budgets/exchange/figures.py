"""A raw cell as an amount. Pure, and never by guessing: what cannot be read is said, with what to do."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from budgets.exchange.raw import Kind, RawCell
from finsam.swedish import UNIT_SIZE, Unit
from finsam.typed_amount import NotAnAmount, read_amount
from finsam.typed_number import LARGEST, Reading, plain

ORE = Decimal("0.01")
EMPTY = frozenset({"", "-", "--", ".", "..", "*", "n/a", "saknas"})
"""What people write in a cell with no figure; not zero."""
_WITH_WORD = re.compile(
    r"\(?(?P<word>prognos|beräknat|beräknad|prel\.?|preliminärt|preliminär)\)?:?\s*(?P<number>.+)",
    re.IGNORECASE,
)


class NoFigureError(Exception):
    """A cell that holds no amount; the message is a Swedish sentence without a full stop at the end."""


@dataclass(frozen=True)
class Figure:
    """`amount` in SEK, None when the cell is empty. `printed_text`: the source's words beside the figure.
    `rounded`: the cell holds parts of an öre."""

    amount: Decimal | None = None
    printed_text: str = ""
    rounded: bool = False


def figure(cell: RawCell | None, unit: Unit, style: str = "ask", part: int = 0, parts: int = 1) -> Figure:
    """The amount of a cell in units. Raises NoFigureError."""
    if cell is None:
        return Figure()
    match cell.kind:
        case Kind.NUMBER:
            return _number(cell.text, unit)
        case Kind.TEXT:
            return _text(_part(cell.text, part, parts), unit, style)
        case Kind.DATE | Kind.TIME:
            what = "ett datum" if cell.kind == Kind.DATE else "ett klockslag"
            raise NoFigureError(
                f"är {what} ({cell.text}), inte ett belopp. Ändra cellens format till tal i filen"
            )
        case Kind.ERROR:
            raise NoFigureError(f"visar felet {cell.text}. Rätta formeln i filen")
        case Kind.BOOLEAN:
            raise NoFigureError(f"är {cell.text}, inte ett belopp")


def _number(text: str, unit: Unit) -> Figure:
    try:
        value = Decimal(text) * UNIT_SIZE[unit]
        amount = value.quantize(ORE, ROUND_HALF_UP)
    except InvalidOperation:
        raise NoFigureError("är för stor för att vara ett belopp") from None
    if abs(amount) > LARGEST:
        raise NoFigureError("är för stor för att vara ett belopp")
    return Figure(amount, rounded=value != amount)


def _part(text: str, part: int, parts: int) -> str:
    if parts == 1:
        return text
    pieces = text.split("/")
    if len(pieces) != parts:
        if text.strip(" -\u2013\u2212") == "":
            return ""
        raise NoFigureError(f"ska ha {parts} belopp med snedstreck emellan men har {len(pieces)}")
    return pieces[part]


def _text(text: str, unit: Unit, style: str) -> Figure:
    try:
        typed = plain(text)
    except NotAnAmount as error:
        raise NoFigureError(_without_stop(error)) from None
    if typed.casefold() in EMPTY:
        return Figure()
    word = _WITH_WORD.fullmatch(typed)
    if word:
        return Figure(_amount(word["number"].strip(), unit, style), " ".join(text.split())[:100])
    return Figure(_amount(typed, unit, style))


def _amount(typed: str, unit: Unit, style: str) -> Decimal:
    if typed.startswith("="):
        raise NoFigureError("är en formel som text. Räkna ut den i filen, eller skriv talet")
    try:
        return read_amount(typed, unit).amount
    except NotAnAmount as error:
        readings = [reading for reading in error.readings if _fits(reading, style)]
        if style != "ask" and len({reading.amount for reading in readings}) == 1:
            return readings[0].amount
        raise NoFigureError(_without_stop(error)) from None


def _fits(reading: Reading, style: str) -> bool:
    thousands, decimal = (".", ",") if style == "swedish" else (",", ".")
    return reading.thousands in ("", thousands, " ") and reading.decimal in ("", decimal)


def _without_stop(error: NotAnAmount) -> str:
    return f"går inte att läsa: {str(error).rstrip('.')}"
