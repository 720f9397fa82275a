"""Numbers, money, shares and months as Swedish text."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam.swedish import genitive, in_whole_units, listed, money, months, number, percent

NBSP = "\u00a0"
MINUS = "\u2212"

amounts = st.integers(-(10**15), 10**15).map(lambda ore: Decimal(ore).scaleb(-2))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("7", "7"),
        ("999", "999"),
        ("1000", f"1{NBSP}000"),
        ("1E+3", f"1{NBSP}000"),
        ("1234567", f"1{NBSP}234{NBSP}567"),
        ("999999999999.99", f"999{NBSP}999{NBSP}999{NBSP}999,99"),
        ("-500", f"{MINUS}500"),
        ("-1234.5", f"{MINUS}1{NBSP}234,5"),
        ("0.05", "0,05"),
        ("302.680", "302,68"),
        ("100.00", "100"),
    ],
)
def test_a_number_is_exact_with_true_minus_and_no_break_thousands(value, text):
    assert number(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-0.5", 0, f"{MINUS}1"),
        ("-0.4", 0, "0"),
        ("-0.04", 1, "0,0"),
        ("49.35", 1, "49,4"),
        ("49.3", 2, "49,30"),
        ("999.95", 1, f"1{NBSP}000,0"),
        ("1234567.891", 2, f"1{NBSP}234{NBSP}567,89"),
    ],
)
def test_a_number_with_so_many_decimals_is_rounded_half_up(value, decimals, text):
    assert number(Decimal(value), decimals) == text


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        ("302680", "SEK", f"302{NBSP}680{NBSP}kr"),
        ("302680", "kSEK", f"302,68{NBSP}tkr"),
        ("2725000", "kSEK", f"2{NBSP}725{NBSP}tkr"),
        ("-683000", "kSEK", f"{MINUS}683{NBSP}tkr"),
        ("0.01", "SEK", f"0,01{NBSP}kr"),
        ("0.01", "kSEK", f"0,00001{NBSP}tkr"),
        ("0", "kSEK", f"0{NBSP}tkr"),
    ],
)
def test_money_has_its_unit_and_is_exact(amount, unit, text):
    assert money(Decimal(amount), unit) == text


@pytest.mark.parametrize(
    ("amount", "unit", "whole"),
    [
        ("499.99", "kSEK", 0),
        ("500", "kSEK", 1),
        ("1499", "kSEK", 1),
        ("1500", "kSEK", 2),
        ("2500", "kSEK", 3),
        ("-500", "kSEK", -1),
        ("-2500", "kSEK", -3),
        ("0.49", "SEK", 0),
        ("0.50", "SEK", 1),
        ("-0.50", "SEK", -1),
        ("302680", "SEK", 302680),
    ],
)
def test_whole_units_are_rounded_half_away_from_zero(amount, unit, whole):
    assert in_whole_units(Decimal(amount), unit) == whole


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ("0.494", f"49,4{NBSP}%"),
        ("0.49369", f"49,4{NBSP}%"),
        ("0.4945", f"49,5{NBSP}%"),
        ("0", f"0,0{NBSP}%"),
        ("1", f"100,0{NBSP}%"),
        ("-0.05", f"{MINUS}5,0{NBSP}%"),
    ],
)
def test_a_share_has_one_decimal(share, text):
    assert percent(Decimal(share)) == text


def test_a_share_may_have_other_decimals():
    assert percent(Decimal("0.2"), 0) == f"20{NBSP}%"
    assert percent(Decimal("0.12345"), 2) == f"12,35{NBSP}%"


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")],
)
def test_words_are_listed_with_och(words, text):
    assert listed(words) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Anna Alm", "Anna Alms"),
        ("Karin Fors", "Karin Fors"),
        ("Max", "Max"),
        ("Eva Lutz", "Eva Lutz"),
        ("EVA FORS", "EVA FORS"),
    ],
)
def test_a_name_that_ends_in_the_sound_of_s_takes_no_other(name, text):
    assert genitive(name) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2009, 9, 1), date(2009, 12, 31), "september–december"),
        (date(2020, 1, 1), date(2020, 8, 31), "januari–augusti"),
        (date(2020, 2, 1), date(2020, 2, 29), "februari"),
    ],
)
def test_months_of_a_part_of_a_year(first, last, text):
    assert months(first, last) == text


@given(amounts)
def test_a_number_can_be_read_back_exactly(value):
    text = number(value).replace(NBSP, "").replace(MINUS, "-").replace(",", ".")

    assert Decimal(text) == value


@given(amounts)
def test_a_number_has_groups_of_three_and_no_other_spaces(value):
    whole = number(value).lstrip(MINUS).partition(",")[0]

    groups = whole.split(NBSP)
    assert 1 <= len(groups[0]) <= 3
    assert all(len(group) == 3 for group in groups[1:])
    assert "".join(groups).isdigit()


@given(amounts)
def test_a_rounded_amount_is_never_more_than_half_a_unit_away(value):
    assert abs(in_whole_units(value, "kSEK") * 1000 - value) <= 500
    assert in_whole_units(-value, "kSEK") == -in_whole_units(value, "kSEK")
