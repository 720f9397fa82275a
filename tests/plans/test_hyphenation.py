"""Where the PDF breaks words: seldom, and never so that what is left of a word is hard to read."""

import re
from itertools import pairwise

import pytest

from plans.render.pdf.lines import SOFT_HYPHEN, Run, hyphenations, lines_of
from plans.render.pdf.typefaces import REGULAR

TEXT = (
    "Samordningsförbundet finansierar arbetslivsinriktad rehabilitering och myndighetsgemensamma "
    "kompetensutvecklingsinsatser för långtidssjukskrivna, unga med aktivitetsersättning och personer med "
    "funktionsnedsättningar på arbetsmarknaden. Samverkansinsatserna i arbetsmarknadstorgets verksamhet "
    "följs upp av beredningsgruppen i samverkansgruppens verksamhetsberättelse enligt förbundsordningen"
)


def broken(measure: float) -> list[str]:
    """The text in lines of that width (points)."""
    lines = lines_of([Run(TEXT, REGULAR, 10.5, "#000000", None)], measure)
    return ["".join(part.text for part in line.parts) for line in lines]


MEASURES = range(140, 480, 10)


@pytest.mark.parametrize("measure", MEASURES)
def test_no_part_of_a_word_is_shorter_than_three_letters_before_the_hyphen_and_four_after(measure):
    lines = broken(measure)
    for line, following in pairwise(lines):
        if line.endswith(SOFT_HYPHEN):
            before, after = re.findall(r"\w+", line)[-1], re.findall(r"\w+", following)[0]
            assert len(before) >= 3 and len(after) >= 4, (before, after)


@pytest.mark.parametrize("measure", MEASURES)
def test_the_last_word_of_a_paragraph_is_whole(measure):
    assert re.search(r"(^| )förbundsordningen$", broken(measure)[-1])


@pytest.mark.parametrize("measure", MEASURES)
def test_two_lines_after_each_other_never_end_with_a_hyphen(measure):
    ends = [line.endswith(SOFT_HYPHEN) for line in broken(measure)]
    assert not any(first and second for first, second in pairwise(ends))


def test_words_are_broken_where_the_line_would_be_far_too_short():
    assert any(line.endswith(SOFT_HYPHEN) for measure in MEASURES for line in broken(measure))


@pytest.mark.parametrize(
    "word", ["samverkansinsats", "arbetsmarknadstorget", "utbildningsinsats", "projektstöd"]
)
def test_an_s_between_the_parts_of_a_compound_stays_with_the_first(word):
    assert not [at for at in hyphenations(word) if word[at] == "s" and word[at - 1] in "dgnt"]


@pytest.mark.parametrize(("word", "part"), [("utanförskap", "utanför"), ("långtidssjuk", "långtids")])
def test_other_parts_that_begin_with_s_are_broken_before_it(word, part):
    assert len(part) in hyphenations(word)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("motivering", "moti-vering"),
        ("finansierade", "finansi-erade"),
        ("rehabiliteringen", "reha-bi-li-teringen"),
        ("planerare", "pla-nerare"),
    ],
)
def test_ering_and_its_like_are_not_parted(word, parts):
    places = (0, *hyphenations(word), len(word))
    assert "-".join(word[start:end] for start, end in pairwise(places)) == parts
