"""Swedish numbers and dates as text. Standard library only, so that the pure modules may use it."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Unit = Literal["SEK", "kSEK"]

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
UNIT_NAME: dict[str, str] = {"SEK": "kr", "kSEK": "tkr"}
UNIT_SIZE: dict[str, Decimal] = {"SEK": Decimal(1), "kSEK": Decimal(1000)}


def unit_named(name: str) -> Unit:
    """The unit by its stored name: kSEK, else SEK."""
    return "kSEK" if name == "kSEK" else "SEK"


def number(value: Decimal, decimals: int | None = None) -> str:
    """A number with true minus, no-break thousands and decimal comma.

    `decimals` rounds half up to that many; None keeps the value exact, without trailing zeros.
    """
    if decimals is None:
        digits = format(value.normalize(), "f")
    else:
        digits = format(value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), "f")
    digits, _, fraction = digits.lstrip("-").partition(".")
    groups = f"{int(digits):,}".replace(",", NO_BREAK_SPACE)
    text = f"{groups},{fraction}" if fraction else groups
    return f"{MINUS}{text}" if value < 0 and text.strip("0,") else text


def money(amount: Decimal, unit: Unit) -> str:
    """An amount in SEK as exact text with its unit: 302 680 kr, or 302,68 tkr."""
    return f"{number(amount / UNIT_SIZE[unit])}{NO_BREAK_SPACE}{UNIT_NAME[unit]}"


def in_whole_units(amount: Decimal, unit: Unit) -> Decimal:
    """An amount in SEK as a whole number of kr or tkr, rounded half up (away from zero), for display."""
    return (amount / UNIT_SIZE[unit]).quantize(Decimal(1), ROUND_HALF_UP)


def percent(share: Decimal, decimals: int = 1) -> str:
    """A share (0.494) as text (49,4 %)."""
    return f"{number(share * 100, decimals)}{NO_BREAK_SPACE}%"


def listed(words: list[str]) -> str:
    """Words as a Swedish enumeration: a, b och c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} och {words[-1]}"


def genitive(name: str) -> str:
    """Whose: Anna Alms, but Karin Fors."""
    return name if name.lower().endswith(("s", "x", "z")) else f"{name}s"


MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def months(first: date, last: date) -> str:
    """The months of a part of a year, as in a column head: september–december."""
    if first.month == last.month:
        return MONTHS[first.month - 1]
    return f"{MONTHS[first.month - 1]}\u2013{MONTHS[last.month - 1]}"
