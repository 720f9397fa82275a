"""The outline by hand: keys, pointer, renaming in place, dialogs, two people, without script."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from members.models import RoleKind
from plans.models import Plan, Section
from tests.browser.conftest import sign_in
from tests.browser.visits import PHONE, sign_in_as_director
from tests.browser.waiting import follow
from tests.members import people

OUTLINE = "/gotland/plan/2021/skriv/"


@pytest.fixture
def outline(page: Page) -> Page:
    sign_in_as_director(page)
    page.goto(OUTLINE)
    return page


def outermost(page: Page) -> list[str]:
    return page.locator(".outline-tree > .level > li").evaluate_all(
        "rows => rows.map(row => row.dataset.key)"
    )


def stored(parent: str | None = None) -> list[str]:
    found = Section.objects.filter(plan=Plan.objects.get(federation__slug="gotland"), parent__key=parent)
    return list(found.values_list("key", flat=True))


def handle(page: Page, key: str):
    return page.locator(f"#avsnitt-{key} > .row .handle")


def told(page: Page, text: str) -> None:
    expect(page.locator("#where")).to_have_text(text)


def test_a_section_is_moved_with_the_arrow_keys_and_let_go_with_enter(outline):
    before = outermost(outline)
    handle(outline, "bakgrund").focus()
    outline.keyboard.press("ArrowUp")
    told(
        outline,
        f"Bakgrund: uppdrag, finansiering, målgrupper, mål och syfte: nummer 1 av {len(before)} i planen.",
    )
    assert stored() == before  # not until it is let go
    outline.keyboard.press("Enter")
    expect(outline.locator(".undo")).to_contain_text("är flyttat")
    assert stored() == outermost(outline) == ["bakgrund", "sammanfattning", *before[2:]]
    expect(handle(outline, "bakgrund")).to_be_focused()


def test_right_and_left_put_it_under_the_one_before_and_out_again(outline):
    before = outermost(outline)
    handle(outline, "bakgrund").focus()
    outline.keyboard.press("ArrowRight")
    expect(outline.locator("#where")).to_contain_text("nummer 1 av 1 under Sammanfattning.")
    outline.keyboard.press("Enter")
    expect(outline.locator(".undo")).to_be_visible()
    assert stored("sammanfattning") == ["bakgrund"]
    expect(handle(outline, "bakgrund")).to_be_focused()
    outline.keyboard.press("ArrowLeft")
    outline.keyboard.press("Enter")
    expect(outline.locator(".outline-tree > .level > #avsnitt-bakgrund .number").first).to_have_text("1")
    assert stored() == before


def test_escape_puts_it_back(outline):
    before = outermost(outline)
    handle(outline, "malgrupper").focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowRight"):
        outline.keyboard.press(key)
    outline.keyboard.press("Escape")
    expect(outline.locator("#where")).to_contain_text("är tillbaka där det stod")
    assert outermost(outline) == before
    expect(handle(outline, "malgrupper")).to_be_focused()
    outline.reload()
    assert outermost(outline) == before == stored()


def test_a_section_is_dragged_to_another_place(outline):
    before = outermost(outline)
    start = handle(outline, "malgrupper").bounding_box()
    target = outline.locator("#avsnitt-sammanfattning > .row").bounding_box()
    assert start and target
    outline.mouse.move(start["x"] + 10, start["y"] + 10)
    outline.mouse.down()
    outline.mouse.move(start["x"] + 10, target["y"] + 60, steps=6)
    outline.mouse.move(start["x"] + 10, target["y"] + 3, steps=4)
    outline.mouse.up()
    expect(outline.locator(".undo")).to_contain_text("är flyttat")
    assert stored() == outermost(outline)
    assert stored() == ["malgrupper", *[key for key in before if key != "malgrupper"]]


def test_a_heading_is_renamed_in_place(outline):
    link = outline.locator("#avsnitt-bakgrund > .row a.name")
    link.focus()
    outline.keyboard.press("F2")
    field = outline.get_by_label("Rubrik på avsnittet Bakgrund")
    field.fill("Något annat")
    outline.keyboard.press("Escape")
    expect(link).to_be_focused()
    outline.keyboard.press("F2")
    field.fill("Grunden")
    outline.keyboard.press("Enter")
    expect(outline.locator("#avsnitt-bakgrund > .row a.name")).to_have_text("Grunden")
    assert Section.objects.get(plan__federation__slug="gotland", key="bakgrund").heading == "Grunden"


def test_a_removed_section_comes_back_after_a_reload(outline):
    before = outermost(outline)
    outline.locator("#avsnitt-bakgrund > .row summary").click()
    outline.locator("#avsnitt-bakgrund > .row .danger").click()
    expect(outline.locator(".undo")).to_contain_text("är borttaget")
    outline.reload()
    outline.locator(".undo button").click()
    expect(outline.locator("#avsnitt-bakgrund")).to_be_visible()
    assert outermost(outline) == before


def test_a_section_is_added_in_a_dialog_that_keeps_what_is_wrong(outline):
    outline.get_by_role("link", name="Nytt avsnitt", exact=True).first.click()
    dialog = outline.locator("#dialog")
    dialog.get_by_role("button", name="Lägg till").click()
    expect(dialog.locator("#id_heading_error")).to_have_text("Skriv en rubrik.")
    dialog.locator("#id_heading").fill("Helt nytt")
    dialog.get_by_role("button", name="Lägg till").click()
    expect(dialog).to_be_hidden()
    expect(outline.locator("#avsnitt-helt-nytt a.name").first).to_be_focused()


def test_a_block_chosen_in_the_dialog_shows_its_own_settings(outline):
    outline.locator("#avsnitt-sammanfattning > .row summary").click()
    outline.locator("#avsnitt-sammanfattning .choices-list a", has_text="Innehåll").first.click()
    dialog = outline.locator("#dialog")
    dialog.get_by_label("Innehåll", exact=True).select_option("charts")
    dialog.get_by_role("checkbox", name="eget kapital").check()
    dialog.get_by_role("button", name="Spara").click()
    expect(outline.locator("#avsnitt-sammanfattning .block").first).to_contain_text("diagram")
    section = Section.objects.get(plan__federation__slug="gotland", key="sammanfattning")
    assert (section.block, section.settings) == ("charts", {"charts": ["equity"]})


def test_two_who_rename_the_same_heading_both_see_it(outline, other_page):
    olle = people.user("olle@example.se", name="Olle Ask")
    people.with_role(Plan.objects.get(federation__slug="gotland").federation, RoleKind.ADMINISTRATOR, olle)
    sign_in(other_page, olle.email, people.PASSWORD)
    other_page.goto(OUTLINE)
    for who, heading in ((other_page, "Olles"), (outline, "Karins")):
        who.locator("#avsnitt-bakgrund > .row a.name").focus()
        who.keyboard.press("F2")
        who.locator(".rename").fill(heading)
        who.keyboard.press("Enter")
        expect(who.locator(".rename")).to_have_count(0)
    expect(outline.locator("#outline .error").first).to_contain_text("Du skrev ”Karins”")
    expect(outline.locator("#avsnitt-bakgrund > .row a.name")).to_have_text("Olles")


def test_the_menu_closes_with_escape_and_is_whole_in_a_narrow_window(outline):
    outline.set_viewport_size(PHONE)
    menu = outline.locator("#avsnitt-bakgrund > .row .row-menu")
    menu.locator("summary").click()
    box = menu.locator(".choices-list").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert outline.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    outline.keyboard.press("Escape")
    expect(menu.locator(".choices-list")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_without_script_everything_is_done_by_forms(page: Page, browser: Browser, live_server: LiveServer):
    sign_in_as_director(page)
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(OUTLINE)
    expect(plain.locator(".handle").first).to_be_hidden()
    plain.locator("#avsnitt-bakgrund > .row summary").click()
    follow(plain.locator("#avsnitt-bakgrund > .row").get_by_role("button", name="Flytta upp"))
    assert plain.url.endswith("#avsnitt-bakgrund")
    plain.locator("#avsnitt-bakgrund > .row summary").click()
    follow(plain.locator("#avsnitt-bakgrund > .row a", has_text="Rubrik, nummer"))
    plain.get_by_label("Rubrik").fill("Grunden")
    plain.get_by_role("button", name="Spara").click()
    expect(plain.locator("#avsnitt-bakgrund > .row a.name")).to_have_text("Grunden")
    context.close()
    assert stored()[0] == "bakgrund"
