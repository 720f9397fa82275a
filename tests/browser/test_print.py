"""A budget on paper."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visits import BUDGETS, visit

pytestmark = pytest.mark.looks

A4_WITHIN_MARGINS = {"width": 657, "height": 986}  # 174 × 261 mm


@pytest.mark.parametrize("address", BUDGETS)
def test_paper_has_the_table_and_no_controls(page: Page, page_errors, address):
    visit(page, address, page_errors)
    controls = page.locator("nav, header.top, .tools, .skip, button, a.to-cell")
    assert any(control.is_visible() for control in controls.all()), "on the screen they are there"
    page.set_viewport_size(A4_WITHIN_MARGINS)
    page.emulate_media(media="print")
    assert not [control for control in controls.all() if control.is_visible()]
    table = page.locator("table.budget")
    expect(page.locator("h1")).to_contain_text("Samordningsförbundet", use_inner_text=True)
    expect(table).to_be_visible()
    assert all(
        cell.is_visible() for cell in page.locator("table.budget tr.total td, table.budget tr.key td").all()
    )
    expect(page.get_by_role("heading", name="Anmärkningar")).to_be_visible()
    box = table.bounding_box()
    assert box["x"] + box["width"] <= A4_WITHIN_MARGINS["width"], "no column is cut off"


def test_paper_is_black_on_white_in_the_dark_theme_too(page: Page, page_errors):
    visit(page, BUDGETS[0], page_errors)
    page.emulate_media(media="print", color_scheme="dark")
    figure = page.locator("table.budget tr.total td .figure").first
    assert figure.evaluate("each => getComputedStyle(each).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_pdf_can_be_made_of_it(page: Page, page_errors):
    visit(page, BUDGETS[0], page_errors)
    assert page.pdf(format="A4").startswith(b"%PDF")
