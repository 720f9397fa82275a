"""A figure in the form a text asks for. Pure."""

from decimal import ROUND_HALF_UP, Decimal

from finsam.swedish import NO_BREAK_SPACE, UNIT_NAME, UNIT_SIZE, Unit, in_whole_units, number, percent

MILLION = Decimal(1_000_000)
NUMBER_WORDS = (
    "noll",
    "en",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
)
"""Numbers that Swedish writes in words; larger ones are written in figures."""


def amount_in_words(amount: Decimal, form: str, unit: Unit) -> str:
    """An amount (SEK) as a text says it. `form`: kr, tkr, mkr (one decimal), about (mkr, with drygt or knappt
    where it is not exact), number (in `unit`, without its name); anything else is in `unit`."""
    match form:
        case "kr":
            return _in(amount, "SEK")
        case "tkr":
            return _in(amount, "kSEK")
        case "mkr":
            return f"{number(_millions(amount), 1)}{NO_BREAK_SPACE}mkr"
        case "about":
            return _about(amount)
        case "number":
            return number(in_whole_units(amount, unit))
    return _in(amount, unit)


def count_in_words(count: int, form: str) -> str:
    """A number of things: in words up to twelve when the form asks for words."""
    if form == "words" and 0 <= count < len(NUMBER_WORDS):
        return NUMBER_WORDS[count]
    return number(Decimal(count))


def share_in_words(share: Decimal) -> str:
    """A share (0 to 1) in per cent, whole where it is so: 50 %, 24,4 %."""
    rounded = (share * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return percent(share, 0 if rounded == rounded.to_integral_value() else 1)


def _in(amount: Decimal, unit: Unit) -> str:
    """Whole kronor or tkr where the amount is so; with its decimals where it is not."""
    return f"{number(amount / UNIT_SIZE[unit])}{NO_BREAK_SPACE}{UNIT_NAME[unit]}"


def _millions(amount: Decimal) -> Decimal:
    return (amount / MILLION).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _about(amount: Decimal) -> str:
    """drygt 2,1 mkr, knappt 2,2 mkr, or 2,2 mkr when it is just that; small amounts stay exact."""
    rounded = _millions(amount)
    if not rounded:
        return _in(amount, "SEK")
    shown = f"{number(rounded)}{NO_BREAK_SPACE}mkr"
    difference = abs(amount) - abs(rounded) * MILLION
    if not difference:
        return shown
    return f"{'drygt' if difference > 0 else 'knappt'} {shown}"
