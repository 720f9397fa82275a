"""The grid by the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import grid
from tests.browser.grid import active, stored, wait_for_figures, wait_until_active

AUDIT, PHONES = "Revisionskostnader", "Telefoni, webbplats, databehandling"


@pytest.fixture(autouse=True)
def in_a_cell(opened: Page) -> None:
    grid.cell(opened, AUDIT, 1).focus()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize(
    ("keys", "there"),
    [
        (["ArrowDown"], f"{PHONES} 1"),
        (["ArrowUp", "ArrowDown", "ArrowLeft"], f"{AUDIT} 0"),
        (["ArrowLeft", "ArrowLeft", "ArrowLeft"], f"{AUDIT} 0"),
        (["End"], f"{AUDIT} 3"),
        (["Home"], f"{AUDIT} 0"),
        (["End", "Tab"], f"{PHONES} 0"),
        (["Shift+Tab", "Shift+Tab"], "Beredande tjänsteman 1.0 och administratör 0.75 3"),
        (["Enter", "Shift+Enter", "Enter"], f"{PHONES} 1"),
        (["Control+Home"], "Försäkringskassan 0"),
    ],
)
def test_keys_lead_where_they_do_in_a_spreadsheet(opened: Page, keys, there):
    press(opened, *keys)
    wait_until_active(opened, there)


def test_typing_goes_on_by_every_key_that_leaves_the_cell(opened: Page):
    for text, key in (
        ("1", "Enter"),
        ("2", "Shift+Enter"),
        ("3", "Tab"),
        ("4", "ArrowLeft"),
        ("5", "ArrowDown"),
    ):
        opened.keyboard.type(f"{text} 000")
        press(opened, key)
    grid.wait_until_saved(opened)
    wait_for_figures(opened, AUDIT, ["47 600", "5 000", "4 000", "47 600"])
    grid.wait_for_figure(opened, PHONES, 1, "2 000")
    wait_until_active(opened, f"{PHONES} 1")


def test_home_and_end_move_within_what_is_typed(opened: Page):
    opened.keyboard.type("600")
    press(opened, "Home")
    opened.keyboard.type("4")
    press(opened, "End")
    opened.keyboard.type("0")
    press(opened, "Enter")
    grid.wait_until_saved(opened)
    assert stored(AUDIT, 2021) == 46_000


def test_undo_and_redo_go_through_the_whole_sitting(opened: Page):
    amounts = [f"{number} 000" for number in range(1, 9)]
    for amount in amounts:
        opened.keyboard.type(amount)
        press(opened, "Enter", "ArrowUp")
    grid.wait_until_saved(opened)
    press(opened, *["Control+z"] * 3)
    grid.wait_for_figure(opened, AUDIT, 1, "5 000")
    opened.reload()
    press(opened, *["Control+z"] * 4)
    grid.wait_for_figure(opened, AUDIT, 1, "1 000")
    press(opened, "Control+z")
    grid.wait_for_figure(opened, AUDIT, 1, "47 600")
    press(opened, "Control+z")
    opened.get_by_role("alert").get_by_text("Det finns inget mer att ångra.").wait_for()
    press(opened, *["Control+y"] * 7, "Control+Shift+z")
    grid.wait_for_figure(opened, AUDIT, 1, "8 000")
    expect(opened.get_by_role("alert")).to_have_count(0)  # what was said of the undo is over


def test_a_range_is_emptied_filled_and_brought_back(opened: Page):
    press(opened, "Home", "Shift+End", "Shift+ArrowDown")
    expect(opened.locator("td[aria-selected=true]")).to_have_count(8)
    press(opened, "Delete")
    opened.wait_for_function("!document.querySelector('td.chosen[data-amount]')")
    press(opened, "Control+z")
    grid.wait_for_figure(opened, PHONES, 3, "30 000")
    press(opened, "ArrowUp", "Home")
    opened.keyboard.type("50 000")
    press(opened, "Enter", "ArrowUp", "Shift+End", "Control+r")
    wait_for_figures(opened, AUDIT, ["50 000"] * 4)


def test_filling_right_with_a_rise(opened: Page):
    press(opened, "Shift+End")
    opened.get_by_role("button", name="Fyll åt höger").press("Enter")
    opened.keyboard.type("2,5")
    press(opened, "Enter")
    wait_for_figures(opened, AUDIT, ["47 600", "47 600", "48 790", "50 010"])
    opened.wait_for_function("document.activeElement.matches('#table td')")


def test_filling_right_says_what_to_choose_first(opened: Page):
    opened.get_by_role("button", name="Fyll åt höger").click()
    expect(opened.get_by_role("alert")).to_contain_text("Markera minst två kolumner")
    press(opened, "Tab")
    opened.get_by_role("button", name="Stäng").press("Enter")
    wait_until_active(opened, f"{AUDIT} 1")


def test_where_a_figure_comes_from_and_back(opened: Page):
    grid.cell(opened, "Summa Administration", 1).focus()
    press(opened, " ")
    parts = opened.locator("dialog .sums")
    expect(parts).to_contain_text("47 600")
    expect(parts.locator("tfoot")).to_contain_text("1 534 632")
    press(opened, "Escape")
    wait_until_active(opened, "Summa Administration 1")
    press(opened, " ")
    parts.get_by_role("link", name=AUDIT).press("Enter")
    opened.wait_for_function("!document.getElementById('dialog').open")
    wait_until_active(opened, f"{AUDIT} 1")


def test_a_line_is_moved_and_stays_under_the_focus(opened: Page):
    above = grid.row(opened, AUDIT).locator("xpath=preceding-sibling::tr[1]//span[@class='name']")
    before = above.inner_text()
    press(opened, "Alt+ArrowDown")
    opened.wait_for_function(
        f"document.activeElement.closest('tr')?.previousElementSibling.innerText.includes('{PHONES}')"
    )
    wait_until_active(opened, f"{AUDIT} 1")
    press(opened, "Control+z")
    expect(above).to_have_text(before)
    wait_until_active(opened, f"{AUDIT} 1")


def test_a_new_line_is_named_and_filled_without_the_mouse(opened: Page):
    press(opened, "Alt+n")
    opened.get_by_label("Namn").wait_for()
    opened.keyboard.type("Systemstöd")
    press(opened, "Enter")
    opened.wait_for_function("document.activeElement.closest('tr')?.innerText.includes('Systemstöd')")
    opened.keyboard.type("12 000")
    press(opened, "Tab")
    opened.keyboard.type("13 000")
    press(opened, "Tab")
    grid.wait_until_saved(opened)
    wait_for_figures(opened, "Systemstöd", ["12 000", "13 000", "", ""])
    for column, total in enumerate(("1 525 600", "1 547 632")):
        grid.wait_for_figure(opened, "Summa Administration", column, total)
    press(opened, *["Control+z"] * 3)
    grid.row(opened, "Systemstöd").wait_for(state="detached")
    grid.wait_until_in_a_cell(opened)  # nearby


def test_the_table_is_left_by_escape_and_tab(opened: Page):
    press(opened, "Escape", "Tab")
    wait_until_active(opened, "")
    press(opened, "Shift+Tab")
    wait_until_active(opened, f"{AUDIT} 1")  # come back to, where one was


def test_the_active_cell_is_never_under_the_head_or_the_first_column(opened: Page):
    opened.set_viewport_size({"width": 640, "height": 400})
    covered = """() => {
        const box = document.activeElement.getBoundingClientRect();
        const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
        return !document.activeElement.contains(hit) && !hit?.contains(document.activeElement);
    }"""
    found = []
    for key in ["Control+Home", *["ArrowDown"] * 30, "End", *["ArrowUp"] * 30, "Home", "Control+End"]:
        press(opened, key)
        if opened.evaluate(covered):
            found.append((key, active(opened)))
    assert found == []


def test_a_cell_says_its_row_column_and_amount(opened: Page):
    opened.keyboard.type("1")
    expect(opened.locator(grid.ENTRY)).to_have_attribute("aria-label", f"{AUDIT}, 2021 budget")
    press(opened, "Escape")
    tree = opened.locator("#table table").aria_snapshot()
    assert "grid" in tree
    assert f'rowheader "{AUDIT}"' in tree
    assert "columnheader" in tree
