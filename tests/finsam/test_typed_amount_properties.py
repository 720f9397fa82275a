"""What is typed as an amount: read exactly, or refused with a sentence. Never wrong by a factor of ten."""

import contextlib
import random
import re
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam.swedish import money
from finsam.typed_amount import NotAnAmount, as_typed, typed_amount

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"
UNITS = st.sampled_from(["SEK", "kSEK"])
amounts = st.integers(-99_999_999_999_999, 99_999_999_999_999).map(lambda ore: Decimal(ore).scaleb(-2))
everyday = st.one_of(amounts, st.integers(-2_000_000, 2_000_000).map(lambda ore: Decimal(ore).scaleb(-2)))


def read(text, unit="SEK"):
    return typed_amount(text, unit).amount


@given(everyday, UNITS, UNITS)
@pytest.mark.usefixtures("search")
def test_what_is_edited_is_read_back_to_the_same_amount(amount, unit, other):
    assert read(as_typed(amount, unit), unit) == amount
    shown = money(amount, "SEK")
    assert read(shown, other) == amount


# -- every way of writing ------------------------------------------------------------------------


def grouped(digits: str, sign: str) -> str:
    first = len(digits) % 3 or 3
    return sign.join([digits[:first], *(digits[i : i + 3] for i in range(first, len(digits), 3))])


@st.composite
def writings(draw):
    """An amount, and one of the ways in which people write it in a unit."""
    size, names = draw(
        st.sampled_from(
            [(0, ["kr", " kr", "SEK", " SEK", ":-"]), (3, ["tkr", " tkr", " kkr"]), (6, [" mkr"])]
        )
    )
    unit = draw(UNITS)
    shown = {"SEK": 0, "kSEK": 3}[unit] == size
    name = draw(st.sampled_from(["", *names] if shown else names))
    digits = draw(st.from_regex("(0|[1-9][0-9]{0,11})", fullmatch=True))
    decimals = draw(st.from_regex(f"[0-9]{{0,{size + 2}}}0?", fullmatch=True))[: size + 3]
    if decimals[size + 2 :].strip("0"):
        decimals = decimals[: size + 2]
    thousands = draw(st.sampled_from(["", " ", NBSP, NARROW, THIN, ".", ",", "'"]))
    decimal = draw(st.sampled_from([sign for sign in ",." if sign != thousands]))
    minus = draw(st.sampled_from(["", "", "+", "-", "−", "–", "- ", "()"]))
    number = grouped(digits, thousands) + (decimal + decimals if decimals else "")
    text = f"({number}){name}" if minus == "()" else f"{minus}{number}{name}"
    amount = Decimal(f"{digits}.{decimals}0").scaleb(size)
    negative = minus not in ("", "+")
    plain = thousands not in (".", ",", "'") and decimal == ","
    return text, unit, (-amount if negative else amount), plain, len(decimals)


@given(writings())
@pytest.mark.usefixtures("search")
def test_an_amount_in_any_way_of_writing_is_read_exactly_or_asked_about(written):
    text, unit, amount, swedish, decimals = written
    if abs(amount) > Decimal("999999999999.99"):
        with pytest.raises(NotAnAmount, match="stort|menas"):
            typed_amount(text, unit)
        return
    try:
        assert read(text, unit) == amount
    except NotAnAmount as question:
        # the amount that was meant is always one of the answers, and plain Swedish asks about 1,500 only
        assert amount in [each for _, each in question.choices]
        assert not swedish or decimals == 3


# -- any text -----------------------------------------------------------------------------------


def as_a_person_reads(text: str, unit: str) -> Decimal:
    """The one value of a text that was accepted, found in another way: from the right, sign by sign.

    Raises AssertionError for what should not have been accepted.
    """
    text = re.sub("[\u00a0\u2000-\u200a\u202f\u205f]", " ", text)
    text = re.sub("[\u2212\u2010-\u2013]", "-", text).replace("\u2019", "'")
    text = text.strip(" \t\r\n\u200b\u200c\u200d\u200e\u2060\ufeff").lower()
    negative = text.startswith(("-", "("))
    text = text.lstrip("+-( ").replace(")", "")
    text = re.sub("^(0[0,.]*) *-", r"\1", text)  # nothing, with or without minus
    size = 3 if unit == "kSEK" else 0
    for ending, exponent in (
        *((f"m{each}", 6) for each in ("kr", "nkr", "sek")),
        *((each, 3) for each in ("tkr", "kkr", "tsek", "ksek")),
        *((each, 0) for each in ("kronor", "kr.", "kr", "sek", ":--", ":-", ",--", ",-")),
    ):
        if text.endswith(ending):
            text, size = text.removesuffix(ending).rstrip(" "), exponent
            break
    assert re.fullmatch("[0-9][0-9 .,']*", text), text
    signs = [character for character in text if not character.isdigit()]
    last = signs[-1] if signs else ""
    groups = re.split("[ .,']", text)
    is_decimal = last in (",", ".") and signs.count(last) == 1
    if is_decimal:
        *groups, fraction = groups
        if len(fraction) == 3 and groups != ["0"]:
            # could be a thousand and some, unless thousands are marked otherwise or not at all
            assert last == "," and (" " in signs or "'" in signs or len(groups[0]) > 3), text
    else:
        fraction = ""
    assert all(len(group) == 3 for group in groups[1:]), text
    assert len(groups) == 1 or len(groups[0]) <= 3, text
    assert len(set(signs[:-1] if is_decimal else signs)) <= 1, text
    digits = "".join(groups)
    assert digits == "0" or digits[0] != "0", text
    value = Decimal(f"{digits}.{fraction}0").scaleb(size)
    return -value if negative else value


pieces = st.sampled_from(
    [
        *"01234567890123456789 .,'-−()+k%e=",
        NBSP,
        "\u200b",
        *("000", "500", "162", ".400", ",50", "tkr", "mkr", ":-", ",-"),
        " 000",
    ]
)
likely = st.lists(pieces, max_size=12).map("".join)


@given(st.one_of(likely, st.text(max_size=30)), UNITS)
@pytest.mark.usefixtures("search")
def test_any_text_is_read_as_a_person_reads_it_or_refused(text, unit):
    try:
        typed = typed_amount(text, unit)
    except NotAnAmount as refused:
        assert str(refused)
        return
    if typed.amount is None or typed.formula:
        return
    assert typed.amount == as_a_person_reads(text, unit)
    assert abs(typed.amount) <= Decimal("999999999999.99")
    assert typed.amount == round(typed.amount, 2)
    assert str(typed.amount) != "-0.00"


@given(likely, UNITS)
@pytest.mark.usefixtures("search")
def test_no_figure_is_lost_or_made_up(text, unit):
    try:
        typed = typed_amount(text, unit)
    except NotAnAmount:
        return
    if typed.amount is not None and not typed.formula:
        written = "".join(character for character in text if character.isdigit())
        assert format(abs(typed.amount), "f").replace(".", "").strip("0") == written.strip("0")


HARD = [
    *("1" + " " * n + "x" for n in (10, 58, 240)),
    *(sign * n for sign in "0123456789 .,'-+()%=" for n in (59, 60, 199, 250)),
    "1 " * 30,
    "1," * 30,
    "(" * 30 + "5" + ")" * 30,
    "0." + "0" * 57,
    "=" + "(" * 199,
    "=" + "-" * 199,
    "=" + "1/" * 99 + "3",
    "=" + "9*" * 99 + "9",
    "=" + "9" * 199,
    "=" + "(" * 20 + "1" + ")" * 20,
    "=" + "1," * 99,
    "=" + "a(" * 90,
    "\u200b" * 1_000_000 + "x",
    "\u0301" * 1_000_000,
    "x" * 1_000_000,
]


def quickest(text: str) -> float:
    """The seconds it takes, at best: the machine has other things to do."""
    times = []
    for _ in range(5):
        start = time.thread_time()
        with contextlib.suppress(NotAnAmount):
            typed_amount(text, "SEK")
        times.append(time.thread_time() - start)
    return min(times)


@pytest.mark.parametrize("text", HARD, ids=lambda text: f"{text[:8]!a} of {len(text)}")
def test_no_text_takes_long(text):
    assert quickest(text) < (0.005 if len(text) < 1_000 else 0.2)


@pytest.mark.soak
def test_hundreds_of_thousands_of_texts_are_read_or_refused_and_quickly():
    drawn = random.Random()
    seed = drawn.randrange(10**9)
    drawn.seed(seed)
    alphabet = (
        "0123456789" * 3
        + " .,'-+()=*/%" * 2
        + '−–\u00a0\u202f\u200b\u202ekrtmsKRT:×½\uff15٣eEx^$A1\t\n"\x00\ud800å'
    )
    for number in range(400_000):
        text = "".join(drawn.choices(alphabet, k=drawn.randrange(1, 16 if number % 50 else 260)))
        unit = drawn.choice(["SEK", "kSEK"])
        start = time.thread_time()
        try:
            typed = typed_amount(text, unit)
        except NotAnAmount:
            typed = None
        if time.thread_time() - start > 0.005:
            assert quickest(text) < 0.005, (seed, text)
        if typed and typed.amount is not None and not typed.formula:
            assert typed.amount == as_a_person_reads(text, unit), (seed, text)
