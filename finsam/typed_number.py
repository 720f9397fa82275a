"""What a person writes as a number of kronor, and every way it can be read. Standard library only.

Never a guess: a text that two ways of writing read differently gives both, for the person to choose.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from finsam.json_input import shown
from finsam.swedish import Unit, money

LARGEST = Decimal("999999999999.99")
"""What the database holds."""

LONGEST_TEXT = 250  # characters, of anything
LONGEST = 60  # characters; the longest amount that can be stored takes 30

THOUSANDS_SIGNS = ("", " ", "'", ".", ",")
DECIMAL_SIGNS = ("", ",", ".")

KRONOR = {
    **dict.fromkeys(("kr", "kr.", "kronor", "sek", ":-", ",-"), 1),
    **dict.fromkeys(("tkr", "kkr", "tsek", "ksek"), 1_000),
    **dict.fromkeys(("mkr", "mnkr", "msek"), 1_000_000),
}
"""How many kronor a unit is, as it may be written after a number, in lower case."""

UNIT_PATTERN = r"(?:kronor|kr\b\.?|sek|tkr|kkr|tsek|ksek|mkr|mnkr|msek)"
UNIT_KRONOR: dict[Unit, int] = {"SEK": 1, "kSEK": 1_000}

_MINUS_SIGNS = "\u2212\u2010\u2011\u2012\u2013"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_AS_PLAIN = str.maketrans({**dict.fromkeys(_MINUS_SIGNS, "-"), **dict.fromkeys(_SPACES, " "), "\u2019": "'"})
# The last ones have no width, and no effect at the ends of a text; copied along from web pages and files.
_AT_ENDS = f" \t\r\n{_SPACES}\u200b\u200c\u200d\u200e\u2060\ufeff"


@dataclass(frozen=True)
class Reading:
    """One way of reading a text: the amount in exact SEK, and the signs it takes to be written with ("?":
    for thousands, but not the same sign throughout)."""

    amount: Decimal
    thousands: str = ""
    decimal: str = ""


class NotAnAmount(ValueError):  # noqa: N818 - it is what the text is, and no fault of the program
    """A text that is no amount, or may be several. The message is a sentence in Swedish."""

    def __init__(self, sentence: str, readings: Iterable[Reading] = ()) -> None:
        super().__init__(sentence)
        self.readings = tuple(readings)

    @property
    def choices(self) -> tuple[tuple[str, Decimal], ...]:
        """The readings to choose between, smallest figure first: what to show, and the amount in SEK.

        Always in kr: 1,268 tkr would itself have to be asked about, 1 268 kr never.
        """
        amounts = sorted({reading.amount for reading in self.readings}, key=lambda each: (abs(each), each))
        return tuple((money(each, "SEK"), each) for each in amounts)


def plain(text: str) -> str:
    """The text with plain spaces, hyphens for minus and nothing invisible at the ends.

    Raises NotAnAmount for an invisible character inside, and for figures other than 0-9.
    """
    text = text.strip(_AT_ENDS).translate(_AS_PLAIN)
    if len(text) > LONGEST_TEXT:
        raise NotAnAmount(f"{shown(text)} är för långt för ett belopp: {len(text)} tecken.")
    if text.isascii() and text.isprintable():
        return text
    for character in text:
        if character in "\t\r\n":
            raise NotAnAmount(f"{shown(text)} är flera rader eller celler. Skriv ett belopp.")
        if not character.isprintable():
            raise NotAnAmount(
                f"{shown(text)} har ett osynligt tecken (U+{ord(character):04X}). Skriv talet för hand."
            )
        if character.isnumeric() and character not in "0123456789":
            value = unicodedata.decimal(character, None)
            hint = "" if value is None else f" Skriv {value}."
            raise NotAnAmount(f"{shown(text)} har siffran {character}; använd bara 0\u20139.{hint}")
    return text


def read_number(number: str, kronor: int, *, sign: int = 1, whole: str = "") -> Reading:
    """A number without sign or unit, of units of so many kronor. `whole` is the text it stands in.

    Raises NotAnAmount; with every reading when there are several.
    """
    whole = whole or number
    written = list(ways_to_read(number))
    if not written:
        raise NotAnAmount(_why_no_number(number, whole))
    readings: list[Reading] = []
    faults: list[NotAnAmount] = []
    for value, thousands, decimal in written:
        try:
            readings.append(Reading(_exact(sign * value * kronor, whole, kronor), thousands, decimal))
        except NotAnAmount as fault:
            faults.append(fault)
    if not readings:
        raise faults[-1]
    if len(written) > 1:
        raise ask(whole, readings)
    return readings[0]


def ask(whole: str, readings: Iterable[Reading]) -> NotAnAmount:
    question = NotAnAmount("", readings)
    labels = " eller ".join(label for label, _ in question.choices)
    if len(question.choices) == 1:
        return NotAnAmount(f"{shown(whole)} kan läsas på flera sätt. Menas {labels}?", question.readings)
    return NotAnAmount(f"{shown(whole)} kan betyda {labels}. Välj vilket.", question.readings)


def ways_to_read(number: str) -> Iterator[tuple[Fraction, str, str]]:
    """Every value the number may have with the signs for thousands and decimals that give it."""
    for thousands in (sign for sign in THOUSANDS_SIGNS if sign in number):
        for decimal in (sign for sign in DECIMAL_SIGNS if sign in number):
            integer, _, fraction = number.rpartition(decimal) if decimal else (number, "", "")
            if decimal == thousands != "" or (decimal and not _digits(fraction)):
                continue
            if _grouped(integer, thousands):
                digits = integer.replace(thousands, "") if thousands else integer
                value = Fraction(int(digits + fraction), 10 ** len(fraction))
                yield value, thousands, decimal
                if _may_be_careless(integer, thousands, decimal, fraction):
                    yield Fraction(int(digits + fraction)), "?", ""


def _may_be_careless(integer: str, thousands: str, decimal: str, fraction: str) -> bool:
    """1 268.400, 2162.500 and 1.268,400: by the book a decimal sign, but so easily a slip of the finger
    in a sign for thousands that it is asked. (1 268,400 and 2162,500 are Swedish, and are not.)"""
    if len(fraction) != 3 or integer == "0":
        return False
    ordinary = not thousands and len(integer) <= 3  # 1.268: read as thousands elsewhere
    return (decimal == "." or thousands == ".") and not ordinary


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _grouped(integer: str, thousands: str) -> bool:
    if not thousands:
        return integer == "0" or (_digits(integer) and integer[0] != "0")
    first, *rest = integer.split(thousands)
    return (
        bool(rest)
        and _digits(first)
        and len(first) <= 3
        and first[0] != "0"
        and all(_digits(group) and len(group) == 3 for group in rest)
    )


def _exact(amount: Fraction, whole: str, kronor: int) -> Decimal:
    """Raises NotAnAmount for parts of an öre, or for more than can be stored."""
    check_size(amount, whole)
    if 100 % amount.denominator:
        decimals = {1: 2, 1_000: 5, 1_000_000: 8}[kronor]
        unit = {1: "kr", 1_000: "tkr", 1_000_000: "mkr"}[kronor]
        raise NotAnAmount(
            f"{shown(whole)} har delar av ett öre: i {unit} går högst {decimals} decimaler bra. "
            f"Avrunda till {money(to_ore(amount), 'SEK')} om det är så det ska vara."
        )
    return to_ore(amount)


def to_ore(amount: Fraction) -> Decimal:
    """SEK rounded to öre, a half away from zero."""
    ore = (abs(amount) * 200 + 1) // 2
    return Decimal(-ore if amount < 0 else ore).scaleb(-2)


def check_size(amount: Fraction, whole: str) -> None:
    """Raises NotAnAmount for more than the database holds, also when it is rounded."""
    if abs(amount) > LARGEST:
        raise NotAnAmount(
            f"{shown(whole)} är för stort: ett belopp är högst {money(LARGEST, 'SEK')}. "
            "Se efter att enheten är rätt."
        )


def _why_no_number(number: str, whole: str) -> str:
    """Why a text of figures, spaces, dots, commas and apostrophes is no number."""
    digits = "".join(character for character in number if _digits(character))
    if number[-1] in ".,'":
        return f"{shown(whole)} slutar med {number[-1]}. Skriv {digits}, eller decimalerna efter komma."
    if number[0] == "0":
        return f"{shown(whole)} börjar med en nolla. Skriv talet utan den, eller 0,5 för en halv."
    return (
        f"{shown(whole)} är inte grupperat som ett tal. Skriv siffrorna tätt, eller med mellanrum "
        "mellan grupper om tre: 2 162 000. Decimaler skrivs efter komma."
    )
