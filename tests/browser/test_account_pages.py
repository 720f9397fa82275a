"""The pages of signing in and of one's own account: no fault that axe finds, in either theme or size."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults, shown
from tests.browser.test_small_windows import TOO_SMALL, wider_than_the_window
from tests.browser.visits import DESKTOP, PHONE
from tests.browser.waiting import follow
from tests.members import people
from tests.members.code_app import code

pytestmark = pytest.mark.looks

FORGOTTEN = ("/logga-in/glomt-losenord/", "/logga-in/glomt-losenord/skickat/", "/logga-in/avstangd/")
OWN = (
    "/konto/",
    "/konto/inloggad/",
    "/konto/losenord/",
    "/konto/kodapp/ta-bort/",
    "/konto/nycklar/",
    "/konto/nycklar/ny/",
    "/konto/reservkoder/",
    "/konto/reservkoder/nya/",
    "/konto/bekrafta/kod/",
    "/logga-ut/",
)


def look(page: Page, found: dict[object, object], name: str) -> None:
    """Notes what is wrong with the page as it is."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            found[name, theme, size["width"]] = faults(page)
    found[name, "width"] = f"{wide} px too wide" if (wide := wider_than_the_window(page)) else ""
    found[name, "small"] = "\n".join(map(str, page.evaluate(TOO_SMALL)))


def test_every_page_of_the_account_can_be_used_by_everyone(page: Page, page_errors):
    found: dict[object, object] = {}
    for address in FORGOTTEN:
        page.goto(address)
        look(page, found, address)
    people.user("karin@example.se", name="Karin Ek")
    sign_in(page, "karin@example.se", people.PASSWORD)
    page.goto("/konto/kodapp/")
    look(page, found, "kodapp")
    page.get_by_label("Kod", exact=True).fill("1")
    follow(page.get_by_role("button", name="Lägg till appen"))
    expect(page.get_by_label("Kod", exact=True)).to_have_attribute("aria-invalid", "true")
    look(page, found, "wrong code")
    page.get_by_label("Kod", exact=True).fill(code(page.locator(".secret").inner_text()))
    page.get_by_role("button", name="Lägg till appen").click()
    page.wait_for_url("**/konto/reservkoder/")
    look(page, found, "messages")
    for address in OWN:
        page.goto(address)
        look(page, found, address)
    page.get_by_role("main").get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/logga-in/")
    page.get_by_label("E-postadress").fill("karin@example.se")
    page.get_by_label("Lösenord").fill(people.PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.wait_for_url("**/andra-faktor/")
    look(page, found, "second factor")
    assert len(found) == 6 * (len(FORGOTTEN) + len(OWN) + 4)
    assert not shown(found)
