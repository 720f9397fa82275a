"""What a user types in a cell, or pastes in it, as an amount. See docs/algorithms/typed-amounts.md."""

import re
from dataclasses import dataclass
from decimal import Decimal

from finsam.json_input import shown
from finsam.swedish import Unit
from finsam.typed_formula import typed_formula
from finsam.typed_number import (
    KRONOR,
    LONGEST,
    UNIT_KRONOR,
    UNIT_PATTERN,
    NotAnAmount,
    Reading,
    ask,
    plain,
    read_number,
)

__all__ = ["NotAnAmount", "TypedAmount", "as_typed", "read_amount", "typed_amount"]

_UNIT = rf"(?:{UNIT_PATTERN}|[:,]-{{1,2}})"
_AMOUNT = re.compile(
    rf"""(?:(?P<sign>[+-])\ *)?
    (?P<open>\(\ *)?
    (?P<number>[0-9](?:[0-9 .,']*?[0-9.,'])??)
    (?:\ *(?P<inner>{_UNIT}))?
    (?P<close>\ *\))?
    (?P<after>\ *-)?
    (?:\ *(?P<outer>{_UNIT}))?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True)
class TypedAmount:
    """What a cell becomes: `amount` in exact SEK, None when it was emptied. `formula` is what was typed
    where that was a formula, with the unit it is in ("=12*4,5 tkr"), so that typed_amount always reads
    it to the same amount; empty otherwise."""

    amount: Decimal | None
    formula: str = ""


def typed_amount(text: str, unit: Unit) -> TypedAmount:
    """What is typed in a cell that is shown in `unit`. Raises NotAnAmount."""
    text = plain(text)
    if not text:
        return TypedAmount(None)
    if text.startswith("="):
        amount, formula = typed_formula(text, unit)
        return TypedAmount(amount, formula)
    return TypedAmount(read_amount(text, unit).amount)


def as_typed(amount: Decimal | None, unit: Unit) -> str:
    """An amount in SEK as text to edit, which typed_amount reads to the same amount.

    Without a sign for thousands: who takes away a figure would leave groups of the wrong size.
    """
    if amount is None:
        return ""
    value = amount / UNIT_KRONOR[unit]
    text = format(value, "f").replace(".", ",")
    if "," in text:
        text = text.rstrip("0").rstrip(",")
    if unit == "kSEK" and re.fullmatch("-?[1-9][0-9]{0,2},[0-9]{3}", text):
        return f"{as_typed(amount, 'SEK')} kr"  # 1,268 may be taken for 1 268
    integer, comma, decimals = text.partition(",")
    return f"{integer},{decimals:0<2}" if comma and unit == "SEK" else integer + comma + decimals


def read_amount(text: str, unit: Unit) -> Reading:
    """An amount that is no formula, with the signs it is written with. `text` is as `plain` gives it and
    not empty. Raises NotAnAmount."""
    if len(text) > LONGEST:
        raise NotAnAmount(f"{shown(text)} är för långt för ett belopp. Skriv bara talet.")
    match = _AMOUNT.fullmatch(text)
    if not match:
        raise NotAnAmount(_why_no_amount(text))
    if bool(match["open"]) != bool(match["close"]):
        raise NotAnAmount(f"{shown(text)} har bara den ena parentesen. Skriv (500) eller \u2212500.")
    signs = bool(match["sign"]) + bool(match["open"]) + bool(match["after"])
    if signs > 1:
        raise NotAnAmount(f"{shown(text)} har flera tecken för minus eller plus. Skriv ett, som \u2212500.")
    if match["inner"] and match["outer"]:
        raise NotAnAmount(f"{shown(text)} har två enheter. Skriv en.")

    name = (match["inner"] or match["outer"] or "").lower()
    kronor = 1 if name[:1] in (":", ",") else KRONOR[name] if name else UNIT_KRONOR[unit]
    if match["after"]:
        # Minus in bookkeeping, "only" in prices (99,-): nobody but the writer can tell.
        readings = [each for sign in (1, -1) for each in _all(match["number"], kronor, sign, text)]
        if any(reading.amount for reading in readings):
            raise ask(text, readings)
        return readings[0]
    sign = -1 if match["sign"] == "-" or match["open"] else 1
    return read_number(match["number"], kronor, sign=sign, whole=text)


def _all(number: str, kronor: int, sign: int, whole: str) -> tuple[Reading, ...]:
    try:
        return (read_number(number, kronor, sign=sign, whole=whole),)
    except NotAnAmount as error:
        if not error.readings:
            raise
        return error.readings


_HINTS = (
    (r"#+", "betyder att kolumnen är för smal i kalkylbladet. Bredda den och kopiera igen."),
    (r"#.*[!?A]", "är ett fel i kalkylbladet. Rätta det där, eller skriv beloppet."),
    (r".*%.*", "är en andel, inte ett belopp. Skriv beloppet, eller räkna ut det: =50000*1,03."),
    (
        r"[0-9]{2,4}-[0-9]{1,2}-[0-9]{1,4}|[0-9]{1,2}/[0-9]{1,2}(?:[-/ ][0-9]{2,4})?",
        "ser ut som ett datum. Skriv beloppet, eller börja med = om det ska räknas ut.",
    ),
    (r"[-+]?[0-9][0-9.,]*e[-+]?[0-9]+", "har e för tiopotens. Skriv ut hela talet, till exempel 100000."),
    (r"[-+]+", "är inget belopp. Skriv 0, eller lämna rutan tom."),
    (
        r"[0-9 .,()+*/^-]*[0-9)] *[+*/-] *[0-9(][0-9 .,()+*/^-]*",
        "är en uträkning. Börja med =, som =12*4500.",
    ),
    (r"[-+]? *[.,][0-9]+.*", "saknar siffra före komma. Skriv 0,5."),
    (r"[-+]? *[0-9][0-9 .,']* *(?:t|k)", "har en förkortning som kan misstas. Skriv tkr."),
    (r"[-+]? *[0-9][0-9 .,']* *(?:m|mn|milj\.?|miljon|miljoner)", "saknar enhet. Skriv mkr."),
    (r"[-+]? *[0-9][0-9 .,']* *(?:md|mdr|mdkr|miljard|miljarder).*", "är för stort. Skriv beloppet i mkr."),
    (r"(?:kr\.?|sek|tkr|mkr) *[-+]? *[0-9].*", "har enheten före talet. Skriv den efter, som 500 kr."),
    (r"(?:ca\.?|cirka|c:a) .*|[~≈].*", "är inte exakt. Skriv bara talet."),
    (r"[-+]{2,}.*|[-+]? *\( *[-+].*", "har flera tecken för minus eller plus. Skriv ett, som \u2212500."),
    (r"[0-9 .,']*[0-9] {2,}[0-9].*", "har flera mellanrum i rad. Skriv ett tal, som 2 162 000."),
    (r"[a-zåäö].*", "är text, inte ett belopp. Skriv ett tal, som 2 162 000."),
)


def _why_no_amount(text: str) -> str:
    for pattern, why in _HINTS:
        if re.fullmatch(pattern, text, re.IGNORECASE):
            return f"{shown(text)} {why}"
    return f"{shown(text)} går inte att läsa som ett belopp. Skriv ett tal, som 2 162 000 eller \u2212500."
