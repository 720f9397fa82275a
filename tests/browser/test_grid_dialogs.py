"""What opens over the grid: lines, groups, columns, notes, where a figure comes from."""

from playwright.sync_api import Page, expect

from tests.browser import grid
from tests.browser.grid import wait_until_active

AUDIT, BOARD = "Revisionskostnader", "Styrelsen"


def closed(page: Page) -> None:
    page.wait_for_function("!document.getElementById('dialog').open")


def open_line(page: Page, name: str) -> None:
    grid.cell(page, name, 1).focus()
    page.keyboard.press("Alt+Enter")
    page.get_by_role("button", name="Ta bort posten").wait_for()


def test_a_line_is_renamed_and_the_focus_comes_back(opened: Page):
    open_line(opened, AUDIT)
    opened.wait_for_function("document.activeElement.name === 'name'")
    opened.get_by_label("Namn").fill("Revision")
    opened.keyboard.press("Enter")
    closed(opened)
    grid.row(opened, "Revision").wait_for()
    wait_until_active(opened, "Revision 1")
    opened.keyboard.press("Control+z")
    grid.row(opened, AUDIT).wait_for()


def test_a_faulty_line_says_why_and_keeps_what_was_typed(opened: Page):
    open_line(opened, AUDIT)
    opened.get_by_label("Namn").fill(" ")
    opened.locator("dialog textarea").fill("Enligt avtal.")
    opened.get_by_role("button", name="Spara").click()
    opened.locator("dialog [aria-invalid=true]").wait_for()
    opened.wait_for_function("document.activeElement.name === 'name'")  # one stands where it is wrong
    expect(opened.locator("dialog textarea")).to_have_value("Enligt avtal.")
    opened.keyboard.press("Escape")
    closed(opened)
    grid.row(opened, AUDIT).wait_for()


def test_a_line_becomes_a_part_of_another(opened: Page):
    grid.wait_for_figure(opened, "Summa kostnader", 1, "4 974 000")
    open_line(opened, AUDIT)
    opened.get_by_label("Varav, del av").select_option(label=BOARD)
    opened.get_by_role("button", name="Spara").click()
    closed(opened)
    grid.wait_for_figure(opened, "Summa kostnader", 1, "4 926 400")
    opened.keyboard.press("Control+z")
    grid.wait_for_figure(opened, "Summa kostnader", 1, "4 974 000")


def test_a_line_is_removed_and_undone(opened: Page):
    open_line(opened, AUDIT)
    opened.get_by_role("button", name="Ta bort posten").click()
    grid.row(opened, AUDIT).wait_for(state="detached")
    closed(opened)
    grid.wait_until_in_a_cell(opened)  # nearby
    opened.keyboard.press("Control+z")
    grid.wait_for_figure(opened, AUDIT, 1, "47 600")


def test_a_group_is_renamed(opened: Page):
    grid.row(opened, "Administration").get_by_role("link").press("Enter")
    opened.get_by_label("Namn på gruppen").fill("Kansli")
    opened.keyboard.press("Enter")
    grid.row(opened, "Summa Kansli").wait_for()
    closed(opened)
    opened.wait_for_function("document.activeElement.matches('tr.group a')")


def test_a_column_is_added_and_taken_away(opened: Page):
    opened.get_by_role("link", name="Ny kolumn").press("Enter")
    opened.get_by_label("År", exact=True).fill("2019")
    opened.get_by_label("Slag").select_option(label="utfall")
    opened.get_by_role("button", name="Lägg till").press("Enter")
    closed(opened)
    # Not in the tables of the charts, which follow later.
    head = opened.locator("#table").get_by_role("columnheader", name="2019")
    head.wait_for()
    expect(grid.row(opened, AUDIT).locator(".figure")).to_have_count(5)
    opened.wait_for_function("document.activeElement.textContent.trim() === 'Ny kolumn'")
    opened.keyboard.press("Control+z")
    head.wait_for(state="detached")


def test_a_note_on_a_cell_stands_under_the_table(opened: Page):
    grid.cell(opened, BOARD, 1).focus()
    opened.keyboard.press(" ")
    opened.get_by_role("link", name="Anmärkning", exact=True).press("Enter")
    opened.locator("dialog textarea").fill("Arvoden enligt beslut.")
    opened.get_by_role("button", name="Spara").press("Enter")
    closed(opened)
    opened.locator("#notes").get_by_text("Arvoden enligt beslut.").wait_for()
    expect(grid.cell(opened, BOARD, 1).locator("sup")).to_have_count(1)
    wait_until_active(opened, f"{BOARD} 1")


def test_a_double_click_writes_in_a_line_and_explains_a_sum(opened: Page):
    grid.cell(opened, AUDIT, 1).click()
    wait_until_active(opened, f"{AUDIT} 1")
    expect(opened.locator(grid.ENTRY)).to_have_count(0)  # a click only goes there
    grid.cell(opened, AUDIT, 1).dblclick()
    expect(opened.locator(grid.ENTRY)).to_have_value("47600")
    opened.keyboard.press("Escape")
    grid.cell(opened, "Summa kostnader", 1).dblclick()
    opened.get_by_role("heading", name="Summa kostnader, 2021").wait_for()
    opened.get_by_role("button", name="Stäng").click()
    closed(opened)
    wait_until_active(opened, "Summa kostnader 1")


def test_a_dialog_is_closed_by_a_click_beside_it_but_not_in_it(opened: Page):
    open_line(opened, AUDIT)
    opened.locator("dialog h1").click()
    box = opened.locator("dialog").bounding_box()
    assert box is not None
    opened.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(opened.locator("dialog")).to_be_visible()
    opened.mouse.click(5, 5)
    closed(opened)


def test_a_dialog_without_network_keeps_what_was_typed(opened: Page, page_errors: list[str]):
    open_line(opened, AUDIT)
    opened.get_by_label("Namn").fill("Revision och tillsyn")
    opened.context.set_offline(True)
    opened.get_by_role("button", name="Spara").click()
    opened.locator("dialog [role=alert]").wait_for()
    expect(opened.get_by_label("Namn")).to_have_value("Revision och tillsyn")
    opened.context.set_offline(False)
    opened.get_by_role("button", name="Spara").click()
    grid.row(opened, "Revision och tillsyn").wait_for()
    page_errors[:] = [each for each in page_errors if "ERR_INTERNET_DISCONNECTED" not in each]


def test_a_finding_leads_to_its_cell_and_lights_what_it_rests_on(opened: Page):
    remark = opened.locator("#remarks .remark").first
    remark.get_by_role("link", name="Visa i tabellen").focus()
    opened.wait_for_function("document.querySelectorAll('#table td.lit').length > 1")
    opened.keyboard.press("Enter")
    wait_until_active(opened, "Resultat 1")
