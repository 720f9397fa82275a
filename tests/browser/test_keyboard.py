"""With the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.visits import BUDGETS, DESKTOP, GOTLAND, HALVES, PHONE, SIGN_IN, each_page, visit
from tests.browser.waiting import becomes, follow
from tests.members import people

pytestmark = pytest.mark.looks

FOCUSED = "document.activeElement"
NEXT = """() => {
    const main = document.querySelector("main"), here = document.activeElement;
    return here !== main && Boolean(main.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""
MOST_STOPS = 250

# What a stop looks like: is it covered by something else, and does it show that it has the focus?
STOP = """() => {
    const here = document.activeElement;
    if (here === document.body) return null;
    const box = here.getBoundingClientRect();
    const visible = {
        left: Math.max(box.left, 0), right: Math.min(box.right, innerWidth),
        top: Math.max(box.top, 0), bottom: Math.min(box.bottom, innerHeight),
    };
    // A region larger than the window is looked at where it can be seen; a link across two lines in
    // the first of them.
    const line = here.getClientRects().length > 1 ? here.getClientRects()[0] : visible;
    const [x, y] = [(line.left + line.right) / 2, (line.top + line.bottom) / 2];
    const hit = document.elementFromPoint(x, y);
    const style = getComputedStyle(here);
    return {
        place: [...document.querySelectorAll('*')].indexOf(here),
        what: here.outerHTML.slice(0, 100),
        covered: !(hit && (here.contains(hit) || hit.contains(here))),
        // Within a date the browser marks the part that has the focus, and not the whole.
        outline: here.type === 'date' && !here.matches(':focus-visible') ? 2
            : style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    };
}"""


def stops(page: Page, key: str) -> dict[int, dict]:
    """Every place that the key leads to, until it begins anew."""
    found: dict[int, dict] = {}
    last = None
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        stop = page.evaluate(STOP)
        if stop is None or stop["place"] == last:
            continue  # outside the page, between its end and its beginning; another part of the same date
        if stop["place"] in found:
            return found
        found[stop["place"]], last = stop, stop["place"]
    raise AssertionError(f"more than {MOST_STOPS} stops")


def wait_for_focus(page: Page, element_id: str) -> None:
    page.wait_for_function("id => document.activeElement.id === id", arg=element_id)


def test_signing_in_and_out(page: Page, page_errors):
    people.with_role(people.federation(), who=people.user("karin@example.se", name="Karin Ek"))
    page.goto("/norrby/")
    wait_for_focus(page, "id_login")  # from the start
    page.keyboard.type("karin@example.se")
    page.keyboard.press("Tab")
    page.keyboard.type(people.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\d/norrby/$"))
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}.textContent.trim()") == "Logga ut":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/logga-in/$"))


def test_a_wrong_password_leaves_the_focus_where_it_is_mended(page: Page):
    people.user("karin@example.se")
    page.goto(SIGN_IN)
    wait_for_focus(page, "id_login")
    page.keyboard.type("karin@example.se")
    page.keyboard.press("Tab")
    page.keyboard.type("fel lösenord")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    wait_for_focus(page, "id_password")
    page.keyboard.type(people.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\d/$"))
    expect(page.locator("h1")).to_have_text("Mina förbund")


def test_the_first_stop_of_every_page_skips_to_the_content(page: Page, page_errors):
    for address in each_page(page, page_errors):
        if address == SIGN_IN:
            continue  # begins in its only form
        page.keyboard.press("Tab")
        skip = page.locator(".skip")
        expect(skip).to_be_focused()
        expect(skip).to_have_text("Till innehållet")
        box = skip.bounding_box()
        assert box["x"] >= 0 and box["y"] >= 0, "it is shown when it has the focus"
        page.keyboard.press("Enter")
        wait_for_focus(page, "innehall")
        page.keyboard.press("Tab")
        page.wait_for_function(NEXT)  # in the content, or after it where it has nothing to stop at


@pytest.mark.long
@pytest.mark.parametrize("addresses", HALVES, ids=["half", "the other half"])
def test_every_stop_shows_that_it_has_the_focus_and_is_not_covered(page: Page, page_errors, addresses):
    """Both ways in a large window, forwards on a phone."""
    wrong = {}
    for address in each_page(page, page_errors, addresses):
        page.set_viewport_size(DESKTOP)
        page.locator(".skip").focus()
        page.keyboard.press("Shift+Tab")  # out of the page, to begin before its first stop
        forwards, backwards = stops(page, "Tab"), stops(page, "Shift+Tab")
        assert forwards.keys() == backwards.keys()
        assert len(forwards) >= 4
        page.set_viewport_size(PHONE)
        page.locator(".skip").focus()
        page.keyboard.press("Shift+Tab")
        on_a_phone = stops(page, "Tab")
        assert len(on_a_phone) >= 4
        found = [*forwards.values(), *backwards.values(), *on_a_phone.values()]
        wrong[address] = [stop for stop in found if stop["covered"] or stop["outline"] < 2]
    assert {address: found for address, found in wrong.items() if found} == {}


def test_the_table_can_be_scrolled(page: Page, page_errors):
    visit(page, GOTLAND, page_errors)
    page.set_viewport_size(PHONE)
    region = page.get_by_role("region", name="belopp i")
    assert region.get_attribute("tabindex") == "0"  # Safari stops at no region without being told to
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}.className") == "scroll":
            break
    expect(region).to_be_focused()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 40")


def test_the_notes_of_the_first_column_can_be_reached_and_followed(page: Page, page_errors):
    visit(page, GOTLAND, page_errors)
    link = page.get_by_role("rowheader", name="Metodutbildningar").get_by_role(
        "link", name=re.compile("^not ")
    )
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_have_text(re.compile(r"^\s*Till exempel MI, IPS och BIP\."))


# -- following a finding into the table --------------------------------------------------------------

OVERLAPS = """cell => {
    const box = cell.getBoundingClientRect();
    const top = document.querySelector('.top').getBoundingClientRect();
    const first = cell.closest('tr').querySelector('th').getBoundingClientRect();
    const region = cell.closest('.scroll').getBoundingClientRect();
    return {
        header: Math.max(0, top.bottom - box.top),
        column: Math.max(0, first.right - box.left),
        right: Math.max(0, box.right - Math.min(region.right, innerWidth)),
        below: Math.max(0, box.bottom - innerHeight),
    };
}"""


def wait_until_seen_whole(page: Page, cell_id: str) -> None:
    """Until one stands in the cell that the address points at, and nothing covers it."""
    page.wait_for_function("id => document.querySelector('td:target')?.id === id", arg=cell_id)
    wait_for_focus(page, cell_id)  # which the grid gives it, after the browser has scrolled there
    cell = page.locator("td:target")

    def covered() -> dict[str, float]:
        return {side: size for side, size in cell.evaluate(OVERLAPS).items() if size > 1}

    becomes(page, covered, {})


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("address", BUDGETS)
def test_the_cell_of_a_finding_is_seen_whole(page: Page, page_errors, address, size):
    """Neither the bar at the top nor the first column covers it, wherever the table was scrolled to."""
    visit(page, address, page_errors)
    page.set_viewport_size(size)
    links = page.get_by_role("link", name="Visa i tabellen")
    assert links.count() >= 3
    for scrolled in (0, 10_000):
        for number in range(links.count()):
            page.locator("#table .scroll").evaluate("(region, left) => region.scrollTo({left})", scrolled)
            links.nth(number).focus()
            page.keyboard.press("Enter")
            wait_until_seen_whole(page, links.nth(number).get_attribute("href").split("#")[1])


def test_the_overview_leads_to_the_cell_too(page: Page, page_errors):
    visit(page, "/gotland/", page_errors)
    page.set_viewport_size(PHONE)
    link = page.get_by_role("link", name="Visa i tabellen").last
    target = link.get_attribute("href").split("#")[1]
    follow(link)
    settled(page)
    wait_until_seen_whole(page, target)
