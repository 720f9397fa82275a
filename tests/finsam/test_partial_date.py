"""Dates known to the day, the month or the year."""

from datetime import date

import pytest

from finsam.partial_date import PartialDate, typed_date


@pytest.mark.parametrize(
    ("text", "first", "last", "swedish"),
    [
        ("2009-09-01", date(2009, 9, 1), date(2009, 9, 1), "1 september 2009"),
        ("2010-08", date(2010, 8, 1), date(2010, 8, 31), "augusti 2010"),
        ("2016", date(2016, 1, 1), date(2016, 12, 31), "2016"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "februari 2020"),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28), "februari 2021"),
        ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29), "29 februari 2020"),
        ("2020-12", date(2020, 12, 1), date(2020, 12, 31), "december 2020"),
        ("2020-12-31", date(2020, 12, 31), date(2020, 12, 31), "31 december 2020"),
    ],
)
def test_a_date_as_far_as_it_is_known(text, first, last, swedish):
    partial = PartialDate(text)

    assert (partial.first_day, partial.last_day) == (first, last)
    assert str(partial) == swedish


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "20",
        "20166",
        "2016-1",
        "2016-1-1",
        "2016-01-1",
        "16-01-01",
        "2016-01-01 ",
        "2016\n",
        "20160101",
        "2016-W01",
        "2016-W01-1",
        "januari 2016",
        "-2016",
        "2016-",
        "2016-01-",
        "2016/01/01",
    ],
)
def test_a_text_that_is_no_date(text):
    with pytest.raises(ValueError, match="är inget datum: skriv ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD."):
        PartialDate(text)


@pytest.mark.parametrize("text", ["2021-02-29", "2016-13", "2016-00", "2016-04-31", "2016-01-00", "0000"])
def test_a_date_that_does_not_exist(text):
    with pytest.raises(ValueError, match=f"Datumet '{text}' finns inte."):
        PartialDate(text)


def test_digits_of_other_scripts_are_no_date():
    with pytest.raises(ValueError):
        PartialDate("٢٠١٦")


def test_dates_are_in_order_by_what_is_known():
    texts = ["2017", "2016-12-31", "2016", "2016-02", "2016-01-15", "2016-01"]

    assert [each.text for each in sorted(map(PartialDate, texts))] == [
        "2016",
        "2016-01",
        "2016-01-15",
        "2016-02",
        "2016-12-31",
        "2017",
    ]


def test_equal_texts_are_equal_dates():
    assert PartialDate("2016") == PartialDate("2016")
    assert PartialDate("2016") != PartialDate("2016-01-01")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2021-10-12", "2021-10-12"),
        (" 2021-10 ", "2021-10"),
        ("2021", "2021"),
        ("2021-1-5", "2021-01-05"),
        ("20211012", "2021-10-12"),
        ("12 oktober 2021", "2021-10-12"),
        ("den 12 oktober 2021", "2021-10-12"),
        ("12\u00a0Okt. 2021", "2021-10-12"),
        ("Oktober  2021", "2021-10"),
        ("maj, 2021", "2021-05"),
        ("12/10 2021", "2021-10-12"),
        ("12/10-2021", "2021-10-12"),
        ("1.2.2021", "2021-02-01"),
    ],
)
def test_a_date_is_typed_as_swedes_write_it(typed, stored):
    assert typed_date(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "hösten 2021",
        "12 oktober",
        "12/10",
        "12/10 21",
        "12/10/2021",
        "ma 2021",
        "ju 2021",
        "2021-10-12 § 45",
        "!",
        "",
    ],
)
def test_a_date_that_may_be_two_or_none_is_refused_with_how_to_write_it(typed):
    with pytest.raises(ValueError, match="^Skriv datumet som 2021-10-12, 2021-10 eller 2021.$"):
        typed_date(typed)


@pytest.mark.parametrize("typed", ["31 februari 2021", "12/13 2021", "20211301", "0 maj 2021"])
def test_a_typed_date_that_does_not_exist(typed):
    with pytest.raises(ValueError, match="finns inte"):
        typed_date(typed)
