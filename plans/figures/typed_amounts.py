"""Amounts of money that stand in a sentence or a cell as typed digits. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from finsam.swedish import UNIT_SIZE, Unit

MONEY_WORDS = re.compile(
    r"budget|kostnad|anslag|anslå|bidrag|medel|intäkt|kapital|under\s?skott|överskott|resultat|tilldel|ram(?:en)?\b|"
    r"finansier|avsätt|summa|belopp|tillskott|utrymme|disponib|kostar|sparade",
    re.IGNORECASE,
)
"""Words by which a bare number is one of money."""

SIZES = {
    **dict.fromkeys(("kr", "kronor", "sek", ":-"), 1),
    **dict.fromkeys(("tkr", "ksek", "tusen"), 1_000),
    **dict.fromkeys(("mkr", "mnkr", "msek", "miljon", "miljoner", "milj"), 1_000_000),
    **dict.fromkeys(("mdkr", "miljard", "miljarder"), 1_000_000_000),
}
FORMS = {1: "kr", 1_000: "tkr", 1_000_000: "mkr"}
"""The form of a live figure that is said as the amount was typed."""

_AMOUNT = re.compile(
    r"(?:(?P<about>drygt|över|mer än|knappt|närmare|nästan|cirka|ca\.?|c:a|ungefär|omkring|runt)\s+)?"
    r"(?<![\w.,:§-])(?P<number>[−-]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:,\d{1,3})?)(?![\d§])"
    r"(?:[ \u00a0]?(?P<unit>t[ \u00a0]?kr|ksek|mdkr|mkr|mnkr|msek|miljarder|miljard|miljoner|miljon|milj\.?|"
    r"tusen|kronor|kr|sek|:-)(?![\wåäö])(?:\s(?:extra\s)?(?P<kronor>kronor|kr)\b)?)?",
    re.IGNORECASE,
)
_NOT_MONEY = re.compile(
    r"\s*(?:%|procent|år\b|åringar|personer|deltagar|individer|ungdomar|unga\b|invånare|medborgare|timmar|dagar|veckor|"
    r"månader|st\b|stycken|kvinnor|män\b|[-–:]\s?\d|§|januari|februari|mars|april|maj\b|juni|juli|augusti|"
    r"september|oktober|november|december)",
    re.IGNORECASE,
)
"""What makes the number before it one of something else."""
_RATE = re.compile(r"\s*(?:/|per\b|i timmen|om dagen)", re.IGNORECASE)
MOST_DIGITS = 15
"""A longer number is a code of some kind."""
LEAST_BARE = 1000
"""A bare number below is not taken for money."""


@dataclass(frozen=True)
class TypedAmount:
    """An amount as it stands at `start` to `end` in its passage. It means a value from `lowest` to `highest`
    (SEK); one of `candidates` where no unit is said. `is_rate` when it is for an hour or a person."""

    text: str
    start: int
    end: int
    candidates: tuple["Meaning", ...]
    has_unit: bool
    is_rate: bool = False


@dataclass(frozen=True)
class Meaning:
    """What an amount may mean: `value` SEK, anything from `lowest` to `highest`, said in `form`."""

    value: Decimal
    lowest: Decimal
    highest: Decimal
    form: str

    def covers(self, amount: Decimal) -> bool:
        return self.lowest <= amount <= self.highest


def amounts_in(text: str, unit: Unit, *, is_cell: bool = False) -> Iterator[TypedAmount]:
    """The amounts of a passage. A bare number is one in a cell, and in a sentence that speaks of money."""
    speaks_of_money = is_cell or bool(MONEY_WORDS.search(text))
    for found in _AMOUNT.finditer(text):
        if sum(sign.isdigit() for sign in found["number"]) > MOST_DIGITS:
            continue
        said = (found["unit"] or "").replace(" ", "").replace("\u00a0", "").casefold().rstrip(".")
        after = text[found.end() :]
        if not said and (_NOT_MONEY.match(after) or _is_fraction(found, text)):
            continue
        is_loose = said.startswith(("milj", "tusen")) and not found["kronor"]
        if is_loose and (not speaks_of_money or _NOT_MONEY.match(after)):
            continue
        if not said and not (speaks_of_money and _is_bare_amount(found["number"])):
            continue
        about = (found["about"] or "").casefold()
        sizes = [SIZES[said]] if said else _sizes(unit)
        yield TypedAmount(
            found[0].strip(),
            found.start(),
            found.end(),
            tuple(_meaning(found["number"], size, about, bool(said)) for size in sizes),
            has_unit=bool(said),
            is_rate=bool(_RATE.match(after)) and not is_cell,
        )


def _is_fraction(found: re.Match[str], text: str) -> bool:
    """Whether a number is one of two with a stroke between: 50/50, but not 2 130 000/2 120 000."""
    strokes = "/" in (text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1])
    return strokes and not _is_grouped(found["number"])


def _is_grouped(number: str) -> bool:
    return any(sign.isspace() for sign in number)


def _is_bare_amount(number: str) -> bool:
    digits = "".join(sign for sign in number if sign.isdigit())
    return int(digits) >= LEAST_BARE and (_is_grouped(number) or len(digits) > 4)


def _sizes(unit: Unit) -> list[int]:
    """A bare number is in the unit of the plan, or else in the other one."""
    sizes = [1, 1_000]
    return sizes if UNIT_SIZE[unit] == 1 else sizes[::-1]


def _meaning(number: str, size: int, about: str, has_unit: bool) -> Meaning:
    text = re.sub(r"\s", "", number).replace(",", ".").replace("−", "-")
    value = Decimal(text) * size
    step = size * Decimal(1).scaleb(-len(text.partition(".")[2]))
    form = FORMS.get(size, "mkr") if has_unit else "number"
    if not about:
        half = step / 2 if size > 1 else Decimal(0)
        return Meaning(value, value - half, value + half, form)
    step = max(step, _last_digit(Decimal(text)) * size)
    if about in ("drygt", "över", "mer än"):
        return Meaning(value, value, value + step, "about")
    if about in ("knappt", "närmare", "nästan"):
        return Meaning(value, value - step, value, "about")
    return Meaning(value, value - step / 2, value + step / 2, form)


def _last_digit(number: Decimal) -> Decimal:
    """What one more of the last digit that is not zero is worth: 100 for 1 200, 0.1 for 2.2."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
