"""Ranges of the grid to and from a spreadsheet, by the browser's own clipboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import grid
from tests.browser.grid import stored, wait_for_figures, wait_until_active
from tests.browser.visits import GOTLAND

AUDIT = "Revisionskostnader"
PHONES = "Telefoni, webbplats, databehandling"
COURSES = "Kurser, konferenser, resor"


@pytest.fixture(autouse=True)
def clipboard_allowed(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            window.pasted = false;
            document.addEventListener("paste", () => { window.pasted = true; }, { once: true });
            return navigator.clipboard.writeText(text);
        }""",
        text,
    )
    page.keyboard.press("Control+v")
    page.wait_for_function("window.pasted")


def copied(page: Page) -> str:
    nothing = "inget än"
    page.evaluate("text => navigator.clipboard.writeText(text)", nothing)
    page.keyboard.press("Control+c")
    page.wait_for_function("async nothing => await navigator.clipboard.readText() !== nothing", arg=nothing)
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_a_range_is_copied_as_a_spreadsheet_reads_it(opened: Page):
    grid.cell(opened, "Försäkringskassan", 0).click()
    grid.cell(opened, "Region Gotland", 1).click(modifiers=["Shift"])
    assert copied(opened) == "2130000\t2162000\r\n2130000\t2162000"


def test_thousands_are_copied_as_they_are_shown(opened: Page):
    opened.goto(GOTLAND + "?enhet=tkr")
    grid.cell(opened, AUDIT, 0).click()
    assert copied(opened) == "47,6"


def test_a_single_amount_is_pasted_at_once(opened: Page):
    grid.cell(opened, AUDIT, 1).click()
    paste(opened, "51 000\r\n")
    grid.wait_until_saved(opened)
    assert stored(AUDIT, 2021) == 51_000
    wait_until_active(opened, f"{AUDIT} 1")
    opened.keyboard.type("52 000")  # goes on at once
    opened.keyboard.press("Enter")
    grid.wait_until_saved(opened)
    assert stored(AUDIT, 2021) == 52_000


def test_a_wrong_single_amount_stays_to_be_put_right(opened: Page):
    grid.cell(opened, AUDIT, 1).click()
    paste(opened, "cirka femtio")
    opened.locator(grid.MESSAGE).wait_for()
    expect(opened.locator(grid.ENTRY)).to_have_value("cirka femtio")
    assert stored(AUDIT, 2021) == 47_600
    opened.keyboard.press("Escape")


def test_a_range_shows_what_it_will_change_and_is_one_undo(opened: Page):
    wait_for_figures(opened, AUDIT, ["47 600"] * 4)
    wait_for_figures(opened, PHONES, ["30 000"] * 4)
    grid.cell(opened, AUDIT, 1).click()
    paste(opened, "1 000\t2 000\t3 000\r\n-7\t(8)\t30 000\r\n")
    write = opened.get_by_role("button", name="Skriv 5 belopp")
    write.wait_for()
    assert stored(AUDIT, 2021) == 47_600, "nothing is stored before it is confirmed"
    write.press("Enter")
    opened.wait_for_function("!document.getElementById('dialog').open")
    wait_for_figures(opened, AUDIT, ["47 600", "1 000", "2 000", "3 000"])
    wait_for_figures(opened, PHONES, ["30 000", "−7", "−8", "30 000"])
    wait_until_active(opened, f"{AUDIT} 1")
    opened.keyboard.press("Control+z")
    wait_for_figures(opened, AUDIT, ["47 600"] * 4)
    wait_for_figures(opened, PHONES, ["30 000"] * 4)


def test_a_range_with_one_wrong_cell_is_not_taken_at_all(opened: Page):
    grid.cell(opened, AUDIT, 1).click()
    paste(opened, "1 000\tabc\r\n2 000\t3 000")
    expect(opened.locator("dialog").get_by_role("alert")).to_contain_text("Rad 1, kolumn 2")
    expect(opened.get_by_role("button", name="Skriv")).to_have_count(0)
    opened.keyboard.press("Escape")
    wait_until_active(opened, f"{AUDIT} 1")
    grid.wait_until_saved(opened)
    wait_for_figures(opened, AUDIT, ["47 600"] * 4)


def test_what_does_not_fit_is_said(opened: Page):
    grid.cell(opened, AUDIT, 3).click()
    paste(opened, "1 000\t2 000")
    opened.get_by_text("får inte plats i tabellen").wait_for()
    opened.keyboard.press("Escape")


def test_nothing_is_pasted_into_a_sum(opened: Page):
    grid.cell(opened, "Summa kostnader", 1).click()
    paste(opened, "1 000")
    expect(opened.get_by_role("alert")).to_contain_text("Summor räknas fram")


def test_one_amount_fills_the_chosen_cells(opened: Page):
    grid.cell(opened, PHONES, 1).hover()
    opened.mouse.down()
    grid.cell(opened, COURSES, 2).hover()
    opened.mouse.up()
    expect(opened.locator("td[aria-selected=true]")).to_have_count(4)
    paste(opened, "5 000")
    opened.get_by_role("button", name="Skriv 4 belopp").press("Enter")
    for name in (PHONES, COURSES):
        for column in (1, 2):
            grid.wait_for_figure(opened, name, column, "5 000")


def test_a_copied_table_with_its_sums_lands_in_its_own_rows(opened: Page):
    """From our own table and back, headings and sums in between."""
    grid.cell(opened, "Försäkringskassan", 0).click()
    grid.cell(opened, "Summa Administration", 3).click(modifiers=["Shift"])
    text = copied(opened)
    assert "1534632" in text
    grid.cell(opened, AUDIT, 1).click()
    opened.keyboard.press("Delete")
    opened.wait_for_function("!grid.cell(grid.active).dataset.amount")
    grid.cell(opened, "Försäkringskassan", 0).click()
    paste(opened, text)
    opened.get_by_role("button", name="Skriv 1 belopp").press("Enter")
    grid.wait_for_figure(opened, AUDIT, 1, "47 600")
