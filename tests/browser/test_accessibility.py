"""Every kind of page, in both themes and on a phone: no fault that axe can find."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.visits import DESKTOP, HALVES, PAGES, PHONE, each_page, visit
from tests.browser.waiting import follow

pytestmark = pytest.mark.looks

OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},  # off unless asked for
    "resultTypes": ["violations"],
}


COLOURS = {**OPTIONS, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def faults(page: Page, options: dict[str, object] = OPTIONS) -> str:
    """What axe finds in the page as it is, in words; empty when that is nothing."""
    found = Axe().run(page, options=options)
    return found.generate_report() if found.violations_count else ""


def shown(found: dict[object, str]) -> str:
    return "\n".join(f"{where}: {report}" for where, report in found.items() if report)


@pytest.mark.long
@pytest.mark.parametrize("addresses", HALVES, ids=["half", "the other half"])
def test_axe_finds_no_fault(page: Page, page_errors, addresses):
    """Everything in the light theme; the dark one has the same page in other colours."""
    found: dict[object, str] = {}
    for address in each_page(page, page_errors, addresses):
        page.emulate_media(color_scheme="light")
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            found[address, size["width"]] = faults(page)
        page.emulate_media(color_scheme="dark")
        found[address, "dark"] = faults(page, COLOURS)
    assert len(found) == 3 * len(addresses)
    assert not shown(found)


def test_axe_finds_no_fault_in_an_open_menu_or_a_wrong_password(page: Page, page_errors):
    visit(page, "/", page_errors)
    page.locator("summary").click()
    expect(page.locator("header .menu")).to_be_visible()
    found: dict[object, str] = {}
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found["menu", theme] = faults(page)
    follow(page.get_by_role("button", name="Logga ut"))
    page.get_by_label("E-postadress").fill("chef@example.se")
    page.get_by_label("Lösenord").fill("fel lösenord")
    follow(page.get_by_role("button", name="Logga in"))
    page.get_by_role("alert").wait_for()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found["wrong password", theme] = faults(page)
    assert not shown(found)


def test_axe_itself_finds_a_fault(page: Page, page_errors):
    """Otherwise its silence says nothing: small, pale, nameless and too close."""
    visit(page, "/logga-in/", page_errors)
    page.evaluate(  # styles set by name: the content policy refuses them in text
        """() => {
            const add = (tag, text, attributes, style) => {
                const made = Object.assign(document.createElement(tag), {textContent: text, ...attributes});
                Object.assign(made.style, style);
                document.querySelector("main").append(made);
            };
            add("p", "blek", {}, {color: "#aaa", background: "#fff"});
            for (const href of ["#a", "#b"])
                add("a", "", {href}, {display: "inline-block", width: "9px", height: "9px"});
        }"""
    )
    found = {violation["id"] for violation in Axe().run(page, options=OPTIONS).response["violations"]}
    assert {"color-contrast", "link-name", "target-size"} <= found


def test_the_dark_theme_is_dark_and_the_light_one_light(page: Page, page_errors):
    visit(page, "/logga-in/", page_errors)
    brightness = {}
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        rgb = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        brightness[theme] = sum(rgb[:3]) / 3
    assert brightness["light"] > 240
    assert brightness["dark"] < 40


def test_every_page_says_its_language_and_has_a_title_of_its_own(page: Page, page_errors):
    titles = {}
    for address in each_page(page, page_errors):
        assert page.locator("html").get_attribute("lang") == "sv"
        titles[address] = page.title()
    assert titles.keys() == PAGES.keys()
    assert len(set(titles.values())) == len(PAGES)
    assert all(title.endswith(" – Finsam") for title in titles.values())
