"""What stays on one line with its number, and what may be parted from it."""

import pytest

from plans.render.unbreakable import unbreakable


@pytest.mark.parametrize(
    "text",
    [
        "8 kap.",
        "21 §",
        "21 §§",
        "5 a §",
        "25 november",
        "50 %",
        "50 procent",
        "7 kr",
        "7 tkr",
        "7 mkr",
        "7 kronor",
        "5 200",
        "5 200 000 kr",
        "2 162 tkr",
        "1 200,5 mkr",
        "§ 57",
        "avsnitt 5.1",
    ],
)
def test_a_number_keeps_what_belongs_to_it(text):
    assert unbreakable(f"Se {text} här") == f"Se {text.replace(' ', chr(0xA0))} här"


@pytest.mark.parametrize(
    "text",
    [
        "7 kapitel",
        "år 2021 beslutade",
        "2021 a b",
        "5 krav",
        "i maj 2021",
        "år 2021 200 personer",
        "5 2000",
        "avsnittet 5",
    ],
)
def test_other_words_may_be_parted(text):
    assert unbreakable(text) == text
