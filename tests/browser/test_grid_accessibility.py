"""The grid in each of its states: no fault that axe finds, in either theme, at a desk or on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import grid
from tests.browser.test_accessibility import shown
from tests.browser.test_account_pages import look
from tests.browser.visits import DESKTOP

pytestmark = pytest.mark.looks

AUDIT = "Revisionskostnader"


def entry(page: Page) -> None:
    grid.cell(page, AUDIT, 1).click()
    page.keyboard.type("47")


def message(page: Page) -> None:
    grid.write(page, AUDIT, 1, "1.500")
    page.locator(grid.MESSAGE).wait_for()


def chosen(page: Page) -> None:
    grid.cell(page, AUDIT, 1).click()
    page.keyboard.press("Shift+ArrowDown")
    page.locator("#remarks a").first.hover()  # lights cells


def notices(page: Page) -> None:
    page.context.set_offline(True)
    grid.write(page, AUDIT, 1, "1")
    page.get_by_text("Ingen kontakt med servern").wait_for()
    page.keyboard.press("Control+z")
    page.evaluate("notices.complain('Det finns inget mer att ångra.')")


def in_dialog(key: str, heading: str, row: str = AUDIT) -> Callable[[Page], None]:
    def open_it(page: Page) -> None:
        grid.cell(page, row, 1).focus()
        page.keyboard.press(key)
        page.get_by_role("dialog", name=heading).wait_for()

    return open_it


def fill(page: Page) -> None:
    grid.cell(page, AUDIT, 1).click()
    page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="Fyll åt höger").click()


def paste(text: str) -> Callable[[Page], None]:
    def paste_it(page: Page) -> None:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        grid.cell(page, AUDIT, 1).focus()
        page.keyboard.press("Control+v")
        page.get_by_role("dialog", name="Klistra in").wait_for()

    return paste_it


def link(name: str, heading: str) -> Callable[[Page], None]:
    def press_it(page: Page) -> None:
        page.get_by_role("link", name=name, exact=True).press("Enter")
        page.get_by_role("dialog", name=heading).wait_for()

    return press_it


STATES: dict[str, Callable[[Page], None]] = {
    "an open entry": entry,
    "a message": message,
    "a chosen range": chosen,
    "notices": notices,
    "the line": in_dialog("Alt+Enter", AUDIT),
    "a new line": in_dialog("Alt+n", "Ny post"),
    "where from": in_dialog(" ", "Summa kostnader, 2021", row="Summa kostnader"),
    "filling": fill,
    "a paste": paste("1 000\t2 000"),
    "a faulty paste": paste("1 000\tabc"),
    "a new column": link("Ny kolumn", "Ny kolumn"),
    "the column": link("Ändra kolumnen 2021 budget", "Ändra kolumn"),
    "the group": link("Ändra gruppen Administration", "Administration"),
    "the keys": link("Alla tangenter", "Tangenter i budgeten"),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_fault(opened: Page, page_errors: list[str], state: str):
    opened.set_viewport_size(DESKTOP)
    STATES[state](opened)
    found: dict[object, object] = {}
    look(opened, found, state)
    opened.context.set_offline(False)  # not before: the notices would go
    assert not shown(found)  # type: ignore[arg-type]
    page_errors[:] = [each for each in page_errors if "ERR_INTERNET_DISCONNECTED" not in each]
