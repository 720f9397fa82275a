"""The insatser in a browser: nothing that axe finds, in both themes, down to a phone; and the whole way by
keyboard and mouse."""

import pytest
from playwright.sync_api import Page, expect

from projects.models import Project
from tests.browser import grid
from tests.browser.test_accessibility import faults
from tests.browser.visits import DESKTOP, PHONE, sign_in_as_director
from tests.browser.waiting import follow

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/gotland/insatser/"


@pytest.fixture
def director(page: Page) -> Page:
    page.set_viewport_size(DESKTOP)
    sign_in_as_director(page)
    return page


def places() -> list[str]:
    card = f"{LIST}{Project.objects.get(name='JobbSam 3.0').pk}/"
    parts = ("uppgifter/", "samband/", "budgetposter/", "beslut/ny/", "ta-bort/")
    return [LIST, f"{LIST}ny/", f"{LIST}tidslinje/", card, *(card + part for part in parts)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_found_on_the_pages_of_insatser(director, theme):
    director.emulate_media(color_scheme=theme)
    for address in places():
        director.goto(address)
        assert not faults(director), address


def test_nothing_is_wider_than_a_phone(director):
    director.set_viewport_size(PHONE)
    for address in places():
        director.goto(address)
        width = director.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], address
    director.goto(LIST)
    amount = director.get_by_role("cell", name="2 203 500")
    assert amount.bounding_box()["x"] >= 0  # type: ignore[index]
    assert not faults(director)


def test_from_idea_to_a_cell_in_the_budget(director):
    """A new insats with its line, granted by the board, its first amount typed and seen on the card."""
    director.goto(LIST)
    follow(director.get_by_role("link", name="Ny insats"))
    director.get_by_label("Namn", exact=True).fill("Stegen")
    director.get_by_label("Nivå").select_option("individual")
    director.get_by_label("Start").fill("2021-01")
    director.get_by_label("Lägg till en budgetpost i planen för 2021").check()
    director.get_by_role("button", name="Spara").click()
    expect(director.get_by_role("heading", level=1)).to_have_text("Stegen")

    follow(director.get_by_role("button", name="Ansökan har kommit in"))
    follow(director.get_by_role("link", name="Lägg in beslutet"))
    director.get_by_label("Datum").fill("2020-11-24")
    director.get_by_label("Vad styrelsen beslutade").fill("att bevilja medel")
    follow(director.get_by_role("button", name="Spara"))
    follow(director.get_by_role("button", name="Styrelsen har beviljat den"))
    expect(director.locator("[aria-current=step]")).to_contain_text("Beviljad")
    card = director.url

    director.goto("/gotland/budget/2021/")
    row = grid.row(director, "Stegen")
    row.get_by_role("gridcell").nth(1).click()
    director.keyboard.type("500 000")
    director.keyboard.press("Enter")
    expect(row.get_by_role("gridcell").nth(1)).to_contain_text("500 000")
    expect(director.locator(grid.ENTRY)).to_have_count(0)  # not only typed

    director.goto(card)
    director.get_by_role("link", name="500 000").click()
    expect(director.locator("td:target")).to_contain_text("500 000")
