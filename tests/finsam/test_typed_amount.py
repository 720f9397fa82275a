"""What is typed as an amount, by examples. What holds for any text: test_typed_amount_properties.py."""

from decimal import Decimal

import pytest

from finsam.swedish import money
from finsam.typed_amount import NotAnAmount, TypedAmount, as_typed, typed_amount

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"


def read(text, unit="SEK"):
    return typed_amount(text, unit).amount


@pytest.mark.parametrize(
    ("text", "in_kr", "in_tkr"),
    [
        ("2 162 000", "2162000", "2162000000"),
        ("2162000", "2162000", "2162000000"),
        (f"2{NBSP}162{NBSP}000", "2162000", "2162000000"),
        (f"2{NARROW}162{NARROW}000", "2162000", "2162000000"),
        (f"2{THIN}162 000", "2162000", "2162000000"),
        ("2 162", "2162", "2162000"),
        ("  2 162\t\r\n", "2162", "2162000"),
        ("\ufeff2162\u200b", "2162", "2162000"),
        ("−500", "-500", "-500000"),
        ("-500", "-500", "-500000"),
        ("–500", "-500", "-500000"),
        ("- 500", "-500", "-500000"),
        ("(500)", "-500", "-500000"),
        ("( 1 500,50 )", "-1500.50", "-1500500"),
        ("+500", "500", "500000"),
        ("0", "0", "0"),
        ("-0", "0", "0"),
        ("0-", "0", "0"),
        ("1,5", "1.50", "1500"),
        ("1.5", "1.50", "1500"),
        ("12.34", "12.34", "12340"),
        ("0,5", "0.50", "500"),
        ("0,500", "0.50", "500"),
        ("0.500", "0.50", "500"),
        ("1,50", "1.50", "1500"),
        ("1,5000", "1.50", "1500"),
        ("1.268.400", "1268400", "1268400000"),
        ("1,268,400", "1268400", "1268400000"),
        ("1'268'400", "1268400", "1268400000"),
        ("1’268’400", "1268400", "1268400000"),
        ("1 268 400,50", "1268400.50", "1268400500"),
        ("1.268.400,50", "1268400.50", "1268400500"),
        ("1,268,400.50", "1268400.50", "1268400500"),
        ("1 268,400", "1268.40", "1268400"),
        ("2162,500", "2162.50", "2162500"),
        ("999 999 999,99", "999999999.99", "999999999990"),
    ],
)
def test_a_number_is_in_the_unit_that_is_shown(text, in_kr, in_tkr):
    assert read(text, "SEK") == Decimal(in_kr)
    assert read(text, "kSEK") == Decimal(in_tkr)


@pytest.mark.parametrize("unit", ["SEK", "kSEK"])
@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("500 kr", "500"),
        ("500kr", "500"),
        ("500 kr.", "500"),
        ("500 KR", "500"),
        ("500 kronor", "500"),
        ("500 SEK", "500"),
        (f"1{NBSP}268{NBSP}400{NBSP}kr", "1268400"),
        ("500:-", "500"),
        ("500:–", "500"),
        ("500 :-", "500"),
        ("500,-", "500"),
        ("1 500,-", "1500"),
        ("-500 kr", "-500"),
        ("(500 kr)", "-500"),
        ("(500) kr", "-500"),
        ("1,5 tkr", "1500"),
        ("2 162 tkr", "2162000"),
        ("2 162 Tkr", "2162000"),
        ("2162kkr", "2162000"),
        ("2 162 tsek", "2162000"),
        ("3 mkr", "3000000"),
        ("1,23 Mkr", "1230000"),
        ("1,5 mnkr", "1500000"),
        ("1,23456 tkr", "1234.56"),
        ("1,23456789 mkr", "1234567.89"),
    ],
)
def test_a_unit_that_is_written_goes_before_the_one_that_is_shown(text, amount, unit):
    assert read(text, unit) == Decimal(amount)


@pytest.mark.parametrize("text", ["", " ", "\t\r\n", NBSP, "\u200b", " \ufeff "])
def test_nothing_empties_the_cell(text):
    assert typed_amount(text, "kSEK") == TypedAmount(None, "")


@pytest.mark.parametrize(
    ("text", "in_kr", "in_tkr"),
    [
        ("1.500", ["1.50", "1500"], ["1500", "1500000"]),
        ("1,500", ["1.50", "1500"], ["1500", "1500000"]),
        ("-1.500", ["-1.50", "-1500"], ["-1500", "-1500000"]),
        ("(1.500)", ["-1.50", "-1500"], ["-1500", "-1500000"]),
        ("1.268", ["1268"], ["1268", "1268000"]),
        ("12,345", ["12345"], ["12345", "12345000"]),
        ("1.500 kr", ["1.50", "1500"], ["1.50", "1500"]),
        ("1,500 mkr", ["1500000", "1500000000"], ["1500000", "1500000000"]),
        ("1 268.400", ["1268.40", "1268400"], ["1268400", "1268400000"]),
        ("2162.500", ["2162.50", "2162500"], ["2162500", "2162500000"]),
        ("1.268,400", ["1268.40", "1268400"], ["1268400", "1268400000"]),
        ("1,268.400", ["1268.40", "1268400"], ["1268400", "1268400000"]),
        ("500-", ["-500", "500"], ["-500000", "500000"]),
        ("500 kr -", ["-500", "500"], ["-500", "500"]),
        ("500 -", ["-500", "500"], ["-500000", "500000"]),
    ],
)
def test_what_may_mean_several_amounts_asks_which(text, in_kr, in_tkr):
    for unit, expected in (("SEK", in_kr), ("kSEK", in_tkr)):
        with pytest.raises(NotAnAmount) as refused:
            typed_amount(text, unit)
        assert [amount for _, amount in refused.value.choices] == [Decimal(each) for each in expected]
        for label, amount in refused.value.choices:
            assert label == money(amount, "SEK")
            assert label in str(refused.value)
            assert read(label, "kSEK") == amount  # a choice may be typed as it is shown


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2 16 000", "”2 16 000” är inte grupperat som ett tal"),
        ("1 2", "”1 2” är inte grupperat som ett tal"),
        ("2162 000", "inte grupperat"),
        ("1 268 40", "inte grupperat"),
        ("1  268", "inte grupperat"),
        ("1.268.40", "inte grupperat"),
        ("1.268 400", "inte grupperat"),
        ("1 268.400,50", "inte grupperat"),
        ("1,2,3", "inte grupperat"),
        ("1,,5", "inte grupperat"),
        ("1'5", "inte grupperat"),
        ("007", "börjar med en nolla"),
        ("0 500", "börjar med en nolla"),
        ("5,", "slutar med ,"),
        ("5.", "slutar med ."),
        (",5", "Skriv 0,5"),
        ("-,5", "Skriv 0,5"),
        ("1,234567", "delar av ett öre: i kr går högst 2 decimaler bra. Avrunda till 1,23\u00a0kr"),
        ("1,234567 tkr", "i tkr går högst 5 decimaler bra"),
        ("1000000000000", "för stort: ett belopp är högst 999"),
        ("1 000 000 mkr", "för stort"),
        ("1 000 000 000 tkr", "för stort"),
        ("9" * 60, "för stort"),
        ("9" * 61, "för långt"),
        ("9" * 10_000, "för långt"),
        ("abc", "”abc” är text"),
        ("Krami", "är text"),
        ("ca 3 mkr", "är inte exakt"),
        ("5 %", "är en andel"),
        ("+3%", "=50000*1,03"),
        ("2021-01-01", "ser ut som ett datum"),
        ("31/12 2021", "ser ut som ett datum"),
        ("1e5", "tiopotens"),
        ("1,5E+06", "tiopotens"),
        ("\uff15", "Skriv 5"),
        ("٣", "använd bara 0–9"),
        ("5²", "har siffran ²"),
        ("½", "har siffran ½"),
        ("Ⅻ", "använd bara 0–9"),
        ("1\u200b500", "osynligt tecken (U+200B)"),
        ("1\u202e500", "osynligt tecken (U+202E)"),
        ("\u202e500", "osynligt tecken (U+202E)"),
        ("\u200f500", "osynligt tecken (U+200F)"),
        ("1\u00ad500", "osynligt tecken (U+00AD)"),
        ("5\x00", "osynligt tecken (U+0000)"),
        ("5\ud800", "osynligt tecken (U+D800)"),
        ("1\t2", "flera rader eller celler"),
        ("1\n2", "flera rader eller celler"),
        ("--5", "flera tecken för minus"),
        ("+-5", "flera tecken för minus"),
        ("(-5)", "flera tecken för minus"),
        ("-(5)", "flera tecken för minus"),
        ("-5-", "flera tecken för minus"),
        ("(5", "ena parentesen"),
        ("5)", "ena parentesen"),
        ("((5))", "går inte att läsa"),
        ("-", "är inget belopp. Skriv 0, eller lämna rutan tom"),
        ("–", "är inget belopp"),
        ("5 kr tkr", "två enheter"),
        ("(5 kr) tkr", "två enheter"),
        ("kr 500", "Skriv den efter"),
        ("12*4500", "Börja med ="),
        ("500-200", "Börja med ="),
        ("150k", "Skriv tkr"),
        ("2,1 miljoner", "Skriv mkr"),
        ("2 mdkr", "för stort"),
        ("500 €", "går inte att läsa"),
        ("500 dkr", "går inte att läsa"),
        ("$500", "går inte att läsa"),
        ("inf", "är text"),
        ("NaN", "är text"),
        ("0x10", "går inte att läsa"),
        ("1_000", "går inte att läsa"),
        ("#####", "för smal"),
        ("#VÄRDEFEL!", "fel i kalkylbladet"),
        ("5 \u212ar", "går inte att läsa"),  # the sign for kelvin, which lower() makes a k
    ],
)
def test_what_is_no_amount_is_refused_with_a_sentence(text, says):
    with pytest.raises(NotAnAmount) as refused:
        typed_amount(text, "SEK")

    assert says in str(refused.value)
    assert str(refused.value).endswith((".", "?"))
    assert not refused.value.choices


@pytest.mark.parametrize(
    ("amount", "in_kr", "in_tkr"),
    [
        ("0", "0", "0"),
        ("1268400", "1268400", "1268,4"),
        ("1268400.50", "1268400,50", "1268,4005"),
        ("-500", "-500", "-0,5"),
        ("2162000", "2162000", "2162"),
        ("2162456", "2162456", "2162,456"),
        ("1268", "1268", "1268 kr"),
        ("-268456", "-268456", "-268456 kr"),
        ("0.01", "0,01", "0,00001"),
        ("999999999999.99", "999999999999,99", "999999999,99999"),
    ],
)
def test_an_amount_is_edited_as_it_would_be_typed(amount, in_kr, in_tkr):
    assert (as_typed(Decimal(amount), "SEK"), as_typed(Decimal(amount), "kSEK")) == (in_kr, in_tkr)


def test_an_empty_cell_is_edited_from_nothing():
    assert as_typed(None, "SEK") == ""
