"""On a phone, and when everything is enlarged to twice its size."""

import pytest
from playwright.sync_api import Page, expect

from members.models import Federation, User
from tests.browser.visits import DESKTOP, GOTLAND, PHONE, ZOOMED, each_page, visit

pytestmark = pytest.mark.looks

SIZES = (DESKTOP, ZOOMED, PHONE)

TOO_SMALL = """() => {
    // Within a sentence a link is as high as its line; everything else is to be hit with a thumb.
    const inText = (link) => {
        if (link.tagName !== 'A') return false;
        if (link.closest('sup')) return true;
        const own = link.textContent.trim();
        for (let part = link.parentElement; part; part = part.parentElement) {
            if (getComputedStyle(part).display !== 'inline')
                return part.textContent.trim() !== own
                    && (part.matches('.document .text :is(p, li, td, th, dd)')
                    || (getComputedStyle(part).display === 'block' && part.tagName === 'P'
                        && part.querySelectorAll('a').length === 1));
        }
    };
    return [...document.querySelectorAll('a, button, summary, input:not([type=hidden])')]
        .filter((each) => each.checkVisibility() && !each.matches('.skip') && !inText(each))
        .map((each) => [each.outerHTML.slice(0, 120), each.getBoundingClientRect().height])
        .filter(([, height]) => height < 24);
}"""


def wider_than_the_window(page: Page) -> int:
    """By how many pixels the page scrolls sideways."""
    return page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")


def test_no_page_scrolls_sideways(page: Page, page_errors):
    wide = {}
    for address in each_page(page, page_errors):
        for size in SIZES:
            page.set_viewport_size(size)
            wide[address, size["width"]] = wider_than_the_window(page)
    assert {where: pixels for where, pixels in wide.items() if pixels} == {}


def test_buttons_and_links_of_their_own_are_24_pixels_high(page: Page, page_errors):
    small = {}
    for address in each_page(page, page_errors):
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            small[address, size["width"]] = page.evaluate(TOO_SMALL)
    page.locator("header summary").click()
    expect(page.locator("header .menu")).to_be_visible()
    small["menu"] = page.evaluate(TOO_SMALL)
    assert {where: what for where, what in small.items() if what} == {}


def test_the_whole_table_can_be_reached_by_scrolling_in_it(page: Page, page_errors):
    visit(page, GOTLAND, page_errors)
    page.set_viewport_size(PHONE)
    region = page.locator("#table .scroll")
    region.evaluate("region => region.scrollTo({left: region.scrollWidth})")
    last = page.locator("table.budget tr.total td").last.bounding_box()
    first = page.locator("table.budget tr.total th").last.bounding_box()
    assert last["x"] + last["width"] <= PHONE["width"] + 1
    assert first["x"] >= 0, "the first column stays where it is"
    assert last["x"] >= first["x"] + first["width"] - 1, "and the last is not under it"


def test_a_row_keeps_its_name_while_the_figures_scroll(page: Page, page_errors):
    visit(page, GOTLAND, page_errors)
    page.set_viewport_size(PHONE)
    name = page.locator("table.budget").get_by_role("rowheader", name="JobbSam 3.0")
    before = name.bounding_box()["x"]
    page.locator("#table .scroll").evaluate("region => region.scrollTo({left: 200})")
    page.wait_for_function("document.querySelector('#table .scroll').scrollLeft > 50")
    assert name.bounding_box()["x"] == before


def test_long_names_do_not_widen_the_page(page: Page, page_errors):
    visit(page, GOTLAND, page_errors)
    Federation.objects.filter(slug="gotland").update(name="Å" * 200, short_name="Ä" * 60)
    User.objects.update(name="Ö" * 150)
    wide = {}
    for address in ("/", "/gotland/", GOTLAND):
        page.goto(address)
        for size in SIZES:
            page.set_viewport_size(size)
            wide[address, size["width"]] = wider_than_the_window(page)
            assert page.locator("header summary").bounding_box()["x"] < size["width"] - 24
    assert {where: pixels for where, pixels in wide.items() if pixels} == {}
