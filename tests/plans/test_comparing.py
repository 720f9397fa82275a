"""What differs between two versions, as a member of the board wants it told."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.conf import settings

from plans.models import Plan
from plans.reading import read_plan
from plans.review.comparing import Piece, changes, compared
from tests.loading import load

FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.fixture
def picture(db):
    federation, _ = load(FIXTURES / "gotland")
    return read_plan(Plan.objects.select_related("federation", "budget").get(federation=federation))


def test_nothing_differs_between_the_same(picture):
    assert not changes(picture, picture)


def test_a_changed_amount_is_told_with_every_sum_that_follows(picture):
    sheet = picture.sheet
    line = next(each for each in sheet.lines if each.name == "Styrelsen")
    column = next(c for c in sheet.judged if sheet.columns[c].year == 2021)
    amounts = list(line.amounts)
    amounts[column] += Decimal(5000)
    lines = tuple(replace(each, amounts=tuple(amounts)) if each is line else each for each in sheet.lines)
    found = changes(picture, replace(picture, sheet=replace(sheet, lines=lines)))
    assert [year.year for year in found.years] == [2021, 2022, 2023]
    told = {each.name: each.change for each in found.years[0].figures}
    assert told["Styrelsen"] == told["Summa kostnader"] == 5000
    assert told["Resultat"] == told["Utgående eget kapital"] == -5000
    assert [each.name for each in found.years[1].figures] == ["Utgående eget kapital"]
    styrelsen = next(each for each in found.years[0].figures if each.name == "Styrelsen")
    assert styrelsen.shown(sheet)[2] == "+5\u00a0000"


def test_a_line_that_is_gone_and_one_that_is_new(picture):
    sheet = picture.sheet
    styrelsen = next(each for each in sheet.lines if each.name == "Styrelsen")
    renamed = replace(styrelsen, name="Styrelse och presidium")
    lines = tuple(renamed if each.key == renamed.key else each for each in sheet.lines)
    told = changes(picture, replace(picture, sheet=replace(sheet, lines=lines))).years[0].figures
    assert [(each.name, each.before is None, each.after is None) for each in told] == [
        ("Styrelse och presidium", True, False),
        ("Styrelsen", False, True),
    ]


def test_words_are_told_where_they_differ(picture):
    first, *rest = picture.sections
    longer = replace(first, text=first.text + "<p>En ny mening.</p>")
    [change] = changes(picture, replace(picture, sections=(longer, *rest))).texts
    assert (change.what, change.anchor) == ("changed", f"avsnitt-{first.key}")
    assert change.paragraphs == ((Piece("En ny mening.", "added"),),)


def test_sections_come_and_go(picture):
    *rest, last = picture.sections
    without = replace(picture, sections=tuple(rest))
    assert (last.heading, "gone") in [(each.name, each.what) for each in changes(picture, without).texts]
    assert (last.heading, "new") in [(each.name, each.what) for each in changes(without, picture).texts]


def test_a_live_figure_differs_with_its_amount(picture):
    """The text is the same, but the reader sees another amount."""
    sheet = picture.sheet
    lines = tuple(replace(each, amounts=tuple(a and a + 1000 for a in each.amounts)) for each in sheet.lines)
    texts = changes(picture, replace(picture, sheet=replace(sheet, lines=lines))).texts
    assert texts
    assert all(change.what == "changed" for change in texts)


def test_a_word_within_a_paragraph():
    assert compared(["Ett två tre fyra"], ["Ett två fem fyra"]) == (
        (Piece("Ett två"), Piece("tre", "removed"), Piece("fem", "added"), Piece("fyra")),
    )


def test_another_paragraph_altogether():
    assert compared(["Helt andra ord"], ["Något nytt här"]) == (
        (Piece("Helt andra ord", "removed"), Piece("Något nytt här", "added")),
    )
