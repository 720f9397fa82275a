"""Figures as Swedish writes them."""

from decimal import Decimal

import pytest

from plans.figures.wording import amount_in_words, count_in_words, share_in_words

S = "\u00a0"


@pytest.mark.parametrize(
    ("amount", "form", "unit", "words"),
    [
        ("2162000", "kr", "SEK", f"2{S}162{S}000{S}kr"),
        ("2162000", "", "SEK", f"2{S}162{S}000{S}kr"),
        ("2162000", "", "kSEK", f"2{S}162{S}tkr"),
        ("2162000", "kr", "kSEK", f"2{S}162{S}000{S}kr"),
        ("2162000", "tkr", "SEK", f"2{S}162{S}tkr"),
        ("302680", "tkr", "SEK", f"302,68{S}tkr"),
        ("302680.50", "kr", "SEK", f"302{S}680,5{S}kr"),
        ("-650000", "kr", "SEK", f"−650{S}000{S}kr"),
        ("0", "kr", "SEK", f"0{S}kr"),
        ("2162000", "mkr", "SEK", f"2,2{S}mkr"),
        ("2000000", "mkr", "SEK", f"2,0{S}mkr"),
        ("-2162000", "mkr", "SEK", f"−2,2{S}mkr"),
        ("2162000", "number", "SEK", f"2{S}162{S}000"),
        ("2162500", "number", "kSEK", f"2{S}163"),
        ("-400", "number", "kSEK", "0"),
        ("5", "words", "SEK", f"5{S}kr"),
    ],
)
def test_an_amount_in_each_form(amount, form, unit, words):
    assert amount_in_words(Decimal(amount), form, unit) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("2200000", f"2,2{S}mkr"),
        ("2203500", f"drygt 2,2{S}mkr"),
        ("2162000", f"knappt 2,2{S}mkr"),
        ("2150000", f"knappt 2,2{S}mkr"),
        ("2149999", f"drygt 2,1{S}mkr"),
        ("1999999.99", f"knappt 2{S}mkr"),
        ("2000000", f"2{S}mkr"),
        ("-646640", f"knappt −0,6{S}mkr".replace("knappt", "drygt")),
        ("-2162000", f"knappt −2,2{S}mkr"),
        ("49999", f"49{S}999{S}kr"),
        ("-49999", f"−49{S}999{S}kr"),
        ("0", f"0{S}kr"),
    ],
)
def test_about(amount, words):
    assert amount_in_words(Decimal(amount), "about", "SEK") == words


@pytest.mark.parametrize(
    ("count", "form", "words"),
    [
        (0, "words", "noll"),
        (1, "words", "en"),
        (5, "words", "fem"),
        (12, "words", "tolv"),
        (13, "words", "13"),
        (5, "number", "5"),
        (5, "", "5"),
        (1234, "words", f"1{S}234"),
    ],
)
def test_a_number_of_things(count, form, words):
    assert count_in_words(count, form) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("0.5", f"50{S}%"),
        ("0.244", f"24,4{S}%"),
        ("0.24449", f"24,4{S}%"),
        ("0.2445", f"24,5{S}%"),
        ("0.29996", f"30{S}%"),
        ("-0.028", f"−2,8{S}%"),
        ("0", f"0{S}%"),
        ("1", f"100{S}%"),
    ],
)
def test_a_share(share, words):
    assert share_in_words(Decimal(share)) == words
