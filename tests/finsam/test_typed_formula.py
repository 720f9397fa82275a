"""Formulas in cells: exact arithmetic with numbers as Swedes write them, and nothing else."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam.typed_amount import NotAnAmount, TypedAmount, typed_amount
from finsam.typed_formula import typed_formula

UNITS = st.sampled_from(["SEK", "kSEK"])


@pytest.mark.parametrize(
    ("text", "amount", "formula"),
    [
        ("=12*4500*1,03", "55620", "=12*4500*1,03 kr"),
        ("= 12 * 4 500 * 1,03 ", "55620", "=12*4 500*1,03 kr"),
        ("=12*4\u00a0500", "54000", "=12*4 500 kr"),
        ("=12×4500", "54000", "=12*4500 kr"),
        ("=0,1+0,2", "0.30", "=0,1+0,2 kr"),
        ("=100/3*3", "100", "=100/3*3 kr"),
        ("=1/3", "0.33", "=1/3 kr"),
        ("=1/200", "0.01", "=1/200 kr"),
        ("=-1/200", "-0.01", "=-1/200 kr"),
        ("=1/3*0,015", "0.01", "=1/3*0,015 kr"),  # half an öre exactly, which 28 decimals of 1/3 are not
        ("=2+3*4", "14", "=2+3*4 kr"),
        ("=(2+3)*4", "20", "=(2+3)*4 kr"),
        ("=10-4-3", "3", "=10-4-3 kr"),
        ("=100/10/2", "5", "=100/10/2 kr"),
        ("=+500-200", "300", "=+500-200 kr"),
        ("=−500", "-500", "=-500 kr"),
        ("=5*-3", "-15", "=5*-3 kr"),
        ("=5--3", "8", "=5--3 kr"),
        ("=-(2+3)", "-5", "=-(2+3) kr"),
        ("=54000*1.03", "55620", "=54000*1.03 kr"),
        ("=54000*1,025", "55350", "=54000*1,025 kr"),
        ("=55350/1,025", "54000", "=55350/1,025 kr"),
        ("=1.268.400*2", "2536800", "=1.268.400*2 kr"),
        ("=500", "500", "=500 kr"),
        ("=500 kr", "500", "=500 kr"),
        ("=500 kr.", "500", "=500 kr"),
        ("=500 kronor", "500", "=500 kr"),
        ("=12*4,5 tkr", "54000", "=12*4,5 tkr"),
        ("=12*4,5 TKR", "54000", "=12*4,5 tkr"),
        ("=(2+1)mkr", "3000000", "=(2+1) mkr"),
        ("=0-0", "0", "=0-0 kr"),
    ],
)
def test_a_formula_is_computed_exactly_and_kept_with_its_unit(text, amount, formula):
    assert typed_amount(text, "SEK") == TypedAmount(Decimal(amount), formula)


def test_a_formula_without_a_unit_is_in_the_unit_that_is_shown():
    assert typed_amount("=12*4,5", "kSEK") == TypedAmount(Decimal(54_000), "=12*4,5 tkr")
    assert typed_amount("=1/3", "kSEK") == TypedAmount(Decimal("333.33"), "=1/3 tkr")
    assert typed_amount("=12*4,5 kr", "kSEK") == TypedAmount(Decimal(54), "=12*4,5 kr")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("=", "saknas något att räkna ut"),
        ("= ", "saknas något att räkna ut"),
        ("=kr", "har en enhet mitt i"),
        ("=12*4500+3%", "Skriv *1,03 för 3 procent mer"),
        ("=12*4500 + 2,5 %", "Skriv *1,025 för 2,5 procent mer"),
        ("=100-3%", "Skriv *0,97 för 3 procent mindre"),
        ("=50%", "Skriv 0,5 i stället för 50"),
        ("=100*50%", "till exempel *0,5"),
        ("=%", "har en procent"),
        ("=(1+2)%", "har en procent"),
        ("=2^3", "har en potens"),
        ("=2**3", "har potens"),
        ("=2//3", "räknetecken utan tal emellan"),
        ("=5---3", "räknetecken utan tal emellan"),
        ("=--5", "räknetecken utan tal emellan"),
        ("=*5", "räknetecken utan tal emellan"),
        ("=5+", "slutar utan ett tal"),
        ("=-", "slutar utan ett tal"),
        ("=(1+2", "saknar en slutparentes"),
        ("=1+2)", "parentes för mycket"),
        ("=()", "parentes för mycket, eller en tom"),
        ("=2(3)", "saknar ett räknetecken före ("),
        ("=(2)(3)", "saknar ett räknetecken före ("),
        ("=(2)3", "saknar ett räknetecken före 3"),
        ("=1  500", "saknar ett räknetecken före 500"),
        ("=1 2*2", "1 2 inte skrivet som ett tal"),
        ("=1,5,3", "1,5,3 inte skrivet som ett tal"),
        ("=007*2", "007 inte skrivet som ett tal"),
        ("=,5*2", "har , som inte hör till ett tal"),
        ("=5,*2", "har , som inte hör till ett tal"),
        ("=1.500*2", "1.500 betyda olika tal. Skriv 1,5 eller 1500"),
        ("=12*1,500", "1,500 betyda olika tal. Skriv 1,5 eller 1500"),
        ("=1,025*12", "1,025 betyda olika tal. Skriv 1,0250 eller 1025"),
        ("=12*1.025", "1.025 betyda olika tal"),
        ("=1/0", "delar med noll"),
        ("=1/(2-2)", "delar med noll"),
        ("=999999999999*2", "för stort"),
        ("=1000000*1000000", "för stort"),
        ("=999999999999,99+0,004", "för stort"),
        ("=SUM(A1:A3)", "har en funktion (SUM)"),
        ("=SUMMA(A1:A3)", "har en funktion (SUMMA)"),
        ("=A1+2", "hänvisar till en cell (A1)"),
        ("=B$12*2", "hänvisar till en cell (B$12)"),
        ("=$B$12*2", "hänvisar till en cell"),
        ("=12x3", "Skriv * för gånger"),
        ("=12 x 3", "Skriv * för gånger"),
        ("=krami*2", "har ett ord (krami)"),
        ("=12 tkr+3 kr", "har en enhet mitt i"),
        ("=12 kr kr", "har en enhet mitt i"),
        ("=1:2", "Skriv / för delat med"),
        ("=3÷2", "Skriv / för delat med"),
        ("=1;2", "har tecknet ;"),
        ("=1<2", "har tecknet <"),
        ("==5", "har tecknet ="),
        ('="a"', 'har tecknet "'),
        ("=[1]", "har tecknet ["),
        ("=1_000", "har"),
        ("=1e5", "har e för tiopotens"),
        ("=1,5E+06", "har e för tiopotens"),
        ("=0x10", "har"),
        ("=1 if 1 else 2", "har ett ord (if)"),
        ("=().__class__", "har"),
        ("=a.b", "har ett ord"),
        ("=lambda: 1", "har ett ord (lambda)"),
        ("=__import__('os')", "har"),
        ("=n0", "hänvisar till en cell (n0)"),
        ("=1\n+2", "flera rader"),
        ("=½*2", "har siffran ½"),
        ("=5²", "har siffran ²"),
        ("=" + "(" * 21 + "1" + ")" * 21, "för många parenteser"),
        ("=" + "1+" * 110 + "1", "för lång: högst 200 tecken"),
        ("=" + "1+" * 1000 + "1", "för långt"),
    ],
)
def test_what_is_no_arithmetic_is_refused_with_a_sentence(text, says):
    with pytest.raises(NotAnAmount) as refused:
        typed_amount(text, "SEK")

    assert says in str(refused.value)
    assert str(refused.value).endswith(".")
    assert not refused.value.choices


def test_the_longest_formula_fits_in_its_field():
    longest = "=" + "1+" * 99 + "1"
    assert len(longest) == 200
    for unit in ("SEK", "kSEK"):
        typed = typed_amount(longest, unit)
        assert len(typed.formula) <= 220
        assert typed_amount(typed.formula, "SEK") == typed
    with pytest.raises(NotAnAmount):
        typed_amount(f"{longest}1", "SEK")


# -- against arithmetic of another kind ------------------------------------------------------------


def written(value: Fraction, decimals: int, grouped: bool, sign: str) -> str:
    """A number with so many decimals, not three."""
    digits = f"{abs(int(value * 10**decimals)):0{decimals + 1}d}"
    whole, rest = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    return (f"{int(whole):,}".replace(",", " ") if grouped else whole) + (sign + rest if rest else "")


@st.composite
def numbers(draw):
    decimals = draw(st.sampled_from([0, 0, 0, 1, 2, 4]))
    value = Fraction(draw(st.integers(0, 10**7)), 10**decimals)
    return written(value, decimals, draw(st.booleans()), draw(st.sampled_from(",,."))), value, 3


def joined(draw, parts):
    """Two formulas as one: text, value (None when it divides by zero) and how tightly it binds."""
    (left, x, left_binds), (right, y, right_binds) = draw(parts), draw(parts)
    sign = draw(st.sampled_from("+-*/"))
    binds = 1 if sign in "+-" else 2
    if left_binds < binds or draw(st.booleans()):
        left = f"({left})"
    if right_binds <= binds or draw(st.booleans()):
        right = f"({right})"
    if x is None or y is None or (sign == "/" and y == 0):
        value = None
    else:
        value = {"+": x + y, "-": x - y, "*": x * y}[sign] if sign != "/" else x / y
    space = draw(st.sampled_from(["", " "]))
    return f"{left}{space}{sign}{space}{right}", value, binds


def negated(draw, parts):
    text, value, _ = draw(parts)
    return f"-({text})", None if value is None else -value, 0


formulas = st.recursive(
    numbers(),
    lambda parts: st.one_of(
        st.composite(joined)(parts),
        st.composite(joined)(parts),
        st.composite(negated)(parts),
    ),
    max_leaves=12,
)


@given(formulas, UNITS)
@pytest.mark.usefixtures("search")
def test_a_formula_is_what_arithmetic_says(formula, unit):
    text, value, _ = formula
    if len(text) > 190:
        return
    kronor = None if value is None else value * (1000 if unit == "kSEK" else 1)
    try:
        typed = typed_amount(f"={text}", unit)
    except NotAnAmount as refused:
        says = str(refused)
        assert ("delar med noll" in says and kronor is None) or (
            "för stort" in says and (kronor is None or abs(kronor) > Fraction("999999999999.99"))
        )
        return
    assert kronor is not None
    assert typed.amount is not None
    apart = Fraction(typed.amount) - kronor
    assert abs(apart) <= Fraction(1, 200)
    if abs(apart) == Fraction(1, 200):  # a half goes away from zero
        assert abs(typed.amount) > abs(kronor)
    for other in ("SEK", "kSEK"):
        assert typed_amount(typed.formula, other) == typed


texts = st.lists(
    st.sampled_from(
        [*"0123456789 +-*/()+-*/(),.%^=x", "12", "500", "1,5", " kr", "tkr", "A1", "n0", "÷", "'"]
    ),
    max_size=30,
).map("".join)


@given(st.one_of(texts, st.text(max_size=40)), UNITS)
@pytest.mark.usefixtures("search")
def test_any_text_after_the_sign_is_computed_or_refused(text, unit):
    try:
        amount, formula = typed_formula(f"={text}", unit)
    except NotAnAmount as refused:
        assert str(refused)
        return
    assert abs(amount) <= Decimal("999999999999.99")
    assert amount == round(amount, 2)
    for other in ("SEK", "kSEK"):
        assert typed_formula(formula, other) == (amount, formula)
