"""The outline as somebody used to Word expects it: dragged straight down a section keeps its level, and
what is removed leaves the reader where they were."""

import re

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.test_outline import handle, outermost, stored, told
from tests.browser.visits import sign_in_as_director
from tests.browser.waiting import becomes

INDENTATION = 24


@pytest.fixture
def outline(page: Page) -> Page:
    page.set_viewport_size({"width": 1280, "height": 3600})  # all of it is seen at once
    sign_in_as_director(page)
    page.goto("/gotland/plan/2021/skriv/")
    return page


def row(page: Page, key: str) -> Locator:
    return page.locator(f"#avsnitt-{key} > .row")


def box(locator: Locator) -> FloatRect:
    found = locator.bounding_box()
    assert found
    return found


def drag(page: Page, key: str, *, beyond: str = "", sideways: float = 0) -> None:
    """By its handle to just below the middle of another row and to the side; it is not let go."""
    start = box(handle(page, key))
    x, y = start["x"] + 10, start["y"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    if beyond:
        target = box(row(page, beyond))
        y = target["y"] + target["height"] / 2 + 3
        page.mouse.move(x, y, steps=8)
    page.mouse.move(x + sideways, y, steps=4)


def let_go(page: Page) -> None:
    """And until the outline that is stored stands on the page: one that comes later takes a new drag away."""
    page.mouse.up()
    expect(page.locator("#where")).to_have_text(re.compile(r" (är flyttat|står kvar)\.$"))


def level(page: Page, key: str) -> int:
    return page.locator(f"#avsnitt-{key}").evaluate(
        "row => { let n = 0; for (; row; row = row.parentElement.closest('li')) n += 1; return n; }"
    )


def test_straight_down_keeps_the_level(outline):
    before = stored("beslutade-insatser")
    drag(outline, "frukostmoten", beyond="inspiration", sideways=INDENTATION / 3)  # a hand is never still
    outline.mouse.up()
    expect(outline.locator(".undo")).to_contain_text("är flyttat")
    assert before[1:3] == ["frukostmoten", "inspiration"]
    assert stored("beslutade-insatser") == [before[0], "inspiration", "frukostmoten", *before[3:]]


def test_past_a_section_with_parts_it_is_never_put_among_them(outline):
    before, parts = outermost(outline), stored("bakgrund")
    for beyond in ("bakgrund", *parts):
        drag(outline, "sammanfattning", beyond=beyond)
        assert level(outline, "sammanfattning") == 1
        let_go(outline)
    assert parts == stored("bakgrund")
    assert stored() == ["bakgrund", "sammanfattning", *before[2:]]


def test_sideways_changes_the_level_and_back_again(outline):
    before = outermost(outline)
    drag(outline, "uppfoljning", sideways=INDENTATION)
    expect(outline.locator("#where")).to_contain_text("under Beslutade projekt")
    start = box(handle(outline, "uppfoljning"))
    outline.mouse.move(start["x"] + 10 - INDENTATION, start["y"] + 10, steps=4)
    becomes(outline, lambda: outermost(outline), before)
    outline.mouse.up()
    told(outline, "Uppföljning och utvärdering står kvar.")
    drag(outline, "uppfoljning", sideways=INDENTATION)
    outline.mouse.up()
    expect(outline.locator(".undo")).to_contain_text("är flyttat")
    assert stored("beslutade-insatser")[-1] == "uppfoljning"


def test_an_appendix_is_dragged_only_among_the_outermost(outline):
    drag(outline, "bilaga-organisation", sideways=3 * INDENTATION)
    assert level(outline, "bilaga-organisation") == 1
    let_go(outline)
    assert level(outline, "bilaga-organisation") == 1
    assert "bilaga-organisation" in stored()


def test_what_is_removed_leaves_the_reader_where_they_were(outline):
    outline.set_viewport_size({"width": 1280, "height": 800})
    row(outline, "organisation-projekt").locator("summary").click()
    row(outline, "bilagor").scroll_into_view_if_needed()
    before = outline.evaluate("scrollY")
    assert before > 500
    row(outline, "organisation-projekt").locator(".danger").click()
    expect(outline.locator(".undo")).to_contain_text("är borttaget")
    expect(outline.locator(".undo")).to_be_in_viewport(ratio=1)
    outline.wait_for_function("before => Math.abs(scrollY - before) < 120", arg=before)
    expect(row(outline, "organisation-forbundet").locator("a.name")).to_be_focused()
    expect(row(outline, "organisation-forbundet")).to_be_in_viewport(ratio=1)
    outline.locator(".undo button").click()
    expect(row(outline, "organisation-projekt")).to_be_in_viewport(ratio=1)


def test_a_typed_number_is_left_out_with_a_word(outline):
    link = row(outline, "uppfoljning").locator("a.name")
    link.focus()
    outline.keyboard.press("F2")
    outline.locator(".rename").fill("4 Risker och känslighet")
    outline.keyboard.press("Enter")
    expect(link).to_have_text("Risker och känslighet")
    expect(outline.locator("#outline [role=status]", has_text="Numret ”4”")).to_be_visible()
