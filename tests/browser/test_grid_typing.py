"""Typing amounts in the grid."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import grid
from tests.browser.grid import stored, wait_for_figure, wait_until_active
from tests.browser.visits import GOTLAND
from tests.browser.waiting import becomes

AUDIT = "Revisionskostnader"


@pytest.mark.parametrize(
    ("typed", "shown", "kept"),
    [
        ("2 162 000", "2 162 000", "2162000"),
        ("2162000", "2 162 000", "2162000"),
        ("-500", "−500", "-500"),
        ("(500)", "−500", "-500"),
        ("48 tkr", "48 000", "48000"),
        ("=12*4500*1,03", "55 620", "55620"),
    ],
)
def test_an_amount_is_kept_as_it_is_meant(opened: Page, typed, shown, kept):
    grid.write(opened, AUDIT, 1, typed)
    grid.wait_until_saved(opened)
    wait_for_figure(opened, AUDIT, 1, shown)
    assert stored(AUDIT, 2021) == Decimal(kept)


def test_thousands_are_typed_where_thousands_are_shown(opened: Page):
    opened.goto(GOTLAND + "?enhet=tkr")
    grid.write(opened, AUDIT, 1, "2 162")
    grid.wait_until_saved(opened)
    grid.write(opened, AUDIT, 2, "1,5")
    grid.wait_until_saved(opened)
    assert (stored(AUDIT, 2021), stored(AUDIT, 2022)) == (2_162_000, 1_500)


def test_every_total_follows_a_saved_amount(opened: Page):
    wait_for_figure(opened, "Summa kostnader", 1, "4 974 000")
    grid.write(opened, AUDIT, 1, "147 600")
    grid.wait_until_saved(opened)
    wait_for_figure(opened, "Summa Administration", 1, "1 634 632")
    wait_for_figure(opened, "Summa kostnader", 1, "5 074 000")
    wait_for_figure(opened, "Resultat", 1, "−750 000")
    remarks = opened.locator("#remarks")
    expect(remarks).to_contain_text("ingående 650 000 kr och resultat −750 000 kr", use_inner_text=True)


def test_a_formula_stands_in_the_cell_when_it_is_changed_again(opened: Page):
    grid.write(opened, AUDIT, 1, "=12*4500")
    grid.wait_until_saved(opened)
    opened.keyboard.press("ArrowUp")
    opened.keyboard.press("F2")
    expect(opened.locator(grid.ENTRY)).to_have_value(re.compile(r"^=12\*4500"))
    opened.keyboard.press("Escape")
    wait_for_figure(opened, AUDIT, 1, "54 000")


@pytest.mark.parametrize(
    ("typed", "said"), [("abc", "är text, inte ett belopp"), ("=12*4500+3%", "*1,03"), ("=1/0", "noll")]
)
def test_a_wrong_entry_stays_with_its_message_and_nothing_is_stored(opened: Page, typed, said):
    grid.write(opened, AUDIT, 1, typed)
    expect(opened.locator(grid.MESSAGE)).to_contain_text(said)
    expect(opened.locator(grid.ENTRY)).to_have_value(typed)
    assert stored(AUDIT, 2021) == 47_600
    opened.keyboard.press("ArrowUp")
    wait_until_active(opened, f"{AUDIT} 1")  # one comes back into the entry
    expect(opened.locator(grid.ENTRY)).to_be_focused()
    opened.keyboard.press("Control+a")
    opened.keyboard.type("50000")
    opened.keyboard.press("Enter")
    grid.wait_until_saved(opened)
    assert stored(AUDIT, 2021) == 50_000


def test_a_wrong_entry_is_left_by_escape(opened: Page):
    grid.write(opened, AUDIT, 1, "abc", key="Tab")
    opened.locator(grid.MESSAGE).wait_for()
    opened.keyboard.press("Shift+Tab")
    opened.keyboard.press("Escape")
    wait_until_active(opened, f"{AUDIT} 1")
    for gone in (opened.locator(grid.ENTRY), opened.locator(".entry-message")):
        expect(gone).to_have_count(0)
    wait_for_figure(opened, AUDIT, 1, "47 600")


def test_an_ambiguous_amount_asks_which_is_meant_and_is_answered_by_keyboard(opened: Page):
    grid.write(opened, AUDIT, 1, "1.500")
    opened.locator(grid.MESSAGE).wait_for()
    assert stored(AUDIT, 2021) == 47_600
    opened.keyboard.press("ArrowUp")
    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")
    expect(opened.locator(grid.MESSAGE).get_by_role("button", name="1 500 kr", exact=True)).to_be_focused()
    opened.keyboard.press("Enter")
    grid.wait_until_saved(opened)
    assert stored(AUDIT, 2021) == 1_500
    wait_until_active(opened, f"{AUDIT} 1")


def test_forty_amounts_in_a_row_as_fast_as_the_keys_allow(opened: Page):
    """No key is lost, none ends up in another cell, and the focus goes on."""
    names = [AUDIT, "Kurser, konferenser, resor", "Styrelsen", "Frukostmöten", "Dialogmöten"]
    expected = {}
    for number, name in enumerate(names * 2):
        grid.cell(opened, name, 0).click()
        for column in range(4):
            expected[name, column] = f"{10 + number}{column} 000"
            opened.keyboard.type(expected[name, column])
            opened.keyboard.press("Tab")
    grid.wait_until_saved(opened)
    for (name, column), text in expected.items():
        wait_for_figure(opened, name, column, text)
    grid.wait_until_in_a_cell(opened)
    assert stored("Dialogmöten", 2023) == 193_000


def test_a_cell_typed_in_again_before_the_answer_keeps_the_last(opened: Page):
    answers: list[Route] = []
    opened.route("**/belopp/**", lambda route: answers.append(route), times=1)
    grid.write(opened, AUDIT, 1, "1000")
    opened.keyboard.press("ArrowUp")
    opened.keyboard.type("2000")
    opened.keyboard.press("Enter")
    becomes(opened, lambda: len(answers), 1)
    answers[0].continue_()
    grid.wait_until_saved(opened)
    wait_for_figure(opened, AUDIT, 1, "2 000")
    assert stored(AUDIT, 2021) == 2_000
    opened.keyboard.press("Control+z")
    wait_for_figure(opened, AUDIT, 1, "1 000")


@pytest.mark.parametrize("clicks", [1, 2])
def test_a_cell_clicked_and_typed_in_before_the_answer_loses_no_key(opened: Page, clicks: int):
    answers: list[Route] = []
    opened.route("**/belopp/**", lambda route: answers.append(route), times=1)
    grid.write(opened, AUDIT, 1, "1000")
    grid.cell(opened, AUDIT, 1).click(click_count=clicks)
    opened.keyboard.type("2000")
    opened.keyboard.press("Enter")
    becomes(opened, lambda: len(answers), 1)
    answers[0].continue_()
    grid.wait_until_saved(opened)
    wait_for_figure(opened, AUDIT, 1, "2 000")
    assert stored(AUDIT, 2021) == 2_000


def test_a_click_elsewhere_saves_and_escape_does_not(opened: Page):
    grid.cell(opened, AUDIT, 1).click()
    opened.keyboard.type("1000")
    opened.locator("h1").click()
    grid.wait_until_saved(opened)
    assert stored(AUDIT, 2021) == 1_000
    grid.cell(opened, AUDIT, 1).dblclick()
    opened.wait_for_function("document.activeElement.selectionEnd === 4")  # all is chosen, to be replaced
    opened.keyboard.type("5")
    opened.keyboard.press("Escape")
    wait_until_active(opened, f"{AUDIT} 1")
    grid.wait_until_saved(opened)
    assert stored(AUDIT, 2021) == 1_000


def test_nothing_moves_when_a_cell_is_saved(opened: Page):
    # Above the row where the source's printed sums, which now differ, get a row of their own.
    places = """[...document.querySelectorAll('#table td[id], h1, .toolbar a')].slice(0, 110)
        .map((each) => JSON.stringify(each.getBoundingClientRect()))"""
    grid.cell(opened, AUDIT, 1).click()
    before = opened.evaluate(places)
    opened.keyboard.type("48 600")
    assert opened.evaluate(places) == before
    opened.keyboard.press("F2")  # still in the cell
    opened.keyboard.press("Enter")
    grid.wait_until_saved(opened)
    opened.keyboard.press("ArrowUp")
    assert opened.evaluate(places) == before


def test_the_charts_follow(opened: Page):
    opened.locator("#charts svg").first.wait_for()
    grid.write(opened, AUDIT, 1, "147 600")
    opened.locator("#charts").get_by_text("5\xa0074\xa0000").first.wait_for()
