"""Pictures that stand in a section: described anew, changed for another, removed; and how they look."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from plans.illustrations import store_illustration
from plans.models import Illustration, Plan
from tests.browser.section_picture import FIGURE, dialog_button, file, tag
from tests.browser.section_text import (
    EDITOR,
    go,
    gotlands_plan,
    open_as_director,
    text,
    wait_until_saved,
)
from tests.browser.test_accessibility import faults, shown
from tests.browser.visits import DESKTOP, PHONE
from tests.plans.made_illustrations import drawn


@pytest.fixture
def plan(db) -> Plan:
    return gotlands_plan()


@pytest.fixture
def opened(page: Page, live_server, plan) -> Callable[[str], Page]:
    """The section with this text."""

    def open_with(text: str) -> Page:
        open_as_director(page, live_server.url, plan, text)
        return page

    return open_with


@pytest.fixture
def described(opened, plan) -> Page:
    """With a picture between two paragraphs."""
    key = store_illustration(plan.federation, drawn()).key
    return opened(f'<p>Före.</p><img data-picture="{key}" alt="Karta" data-caption="Bild 1"><p>Efter.</p>')


def test_alternative_text_and_caption_are_changed_and_undone(described, plan):
    described.get_by_role("button", name="Ändra bilden: Karta").click()
    expect(described.get_by_label("Alternativtext")).to_have_value("Karta")
    expect(described.get_by_label("Bildtext")).to_have_value("Bild 1")
    described.get_by_label("Alternativtext").fill("Karta över Gotland")
    described.get_by_label("Bildtext").fill("")
    dialog_button(described, "Spara").click()
    expect(described.get_by_role("button", name="Ändra bilden: Karta över Gotland")).to_be_focused()
    expect(described.locator("#preview img")).to_have_attribute("alt", "Karta över Gotland")
    wait_until_saved(described)
    assert text(plan) == f"<p>Före.</p>{tag(plan, 'Karta över Gotland')}<p>Efter.</p>"
    described.get_by_role("button", name="Ångra").click()
    expect(described.locator("#preview img")).to_have_attribute("alt", "Karta")
    wait_until_saved(described)
    assert text(plan) == f"<p>Före.</p>{tag(plan, 'Karta', 'Bild 1')}<p>Efter.</p>"


def test_the_file_is_changed_and_the_words_stay(described, plan):
    described.locator(f"{FIGURE} img").dblclick()
    described.get_by_label("Byt bildfil").set_input_files(file(drawn(2), "ny.png"))
    expect(described.locator("#picture-state")).to_have_text("ny.png är sparad.")
    dialog_button(described, "Spara").click()
    wait_until_saved(described)
    key = Illustration.objects.order_by("-pk")[0].key
    assert text(plan) == (
        f'<p>Före.</p><img data-picture="{key}" alt="Karta" data-caption="Bild 1"><p>Efter.</p>'
    )


def test_a_picture_is_removed_and_undo_brings_it_back(described, plan):
    described.get_by_role("button", name="Ändra bilden").click()
    dialog_button(described, "Ta bort bilden").click()
    expect(described.locator("#preview img")).to_have_count(0)
    wait_until_saved(described)
    assert text(plan) == "<p>Före.</p><p>Efter.</p>"
    expect(described.locator(EDITOR)).to_be_focused()
    described.keyboard.press("Control+z")
    expect(described.locator("#preview img")).to_have_count(1)
    wait_until_saved(described)
    assert tag(plan, "Karta", "Bild 1") in text(plan)


def test_everything_is_done_from_the_keyboard(described, plan):
    go(described, "Control+Home")
    described.keyboard.type("En karta.")
    expect(described.locator("#preview")).to_contain_text("En karta.Före.")
    described.keyboard.press("ArrowDown")
    expect(described.locator(FIGURE)).to_have_class(re.compile("ProseMirror-selectednode"))
    described.keyboard.press("Enter")
    expect(described.get_by_label("Alternativtext")).to_be_focused()
    described.keyboard.press("Control+a")
    described.keyboard.type("Karta över ön")
    described.keyboard.press("Tab")
    described.keyboard.press("Enter")
    expect(described.locator("#preview img")).to_have_attribute("alt", "Karta över ön")
    expect(described.locator(EDITOR)).to_be_focused()
    described.keyboard.press("Escape")
    wait_until_saved(described)
    assert tag(plan, "Karta över ön", "Bild 1") in text(plan)


def test_a_picture_that_is_gone_is_told(opened, page_errors):
    writing = opened('<p>Text.</p><img data-picture="0123456789abcdef0123" alt="Karta">')
    expect(writing.locator(FIGURE)).to_contain_text("Bilden går inte att visa. Alternativtext: Karta")
    page_errors.clear()  # the browser notes the 404


# -- looks ---------------------------------------------------------------------------------------


def test_axe_finds_no_fault_in_the_dialog_and_in_a_text_with_pictures(opened, plan):
    key = store_illustration(plan.federation, drawn()).key
    writing = opened(f'<p>Före.</p><img data-picture="{key}" alt=""><img data-picture="{key}" alt="Karta">')
    for image in writing.locator(f"{FIGURE} img").all():
        expect(image).to_have_js_property("naturalWidth", 300)
    found: dict[object, str] = {}
    for theme in ("light", "dark"):
        writing.emulate_media(color_scheme=theme)
        for size in (DESKTOP, PHONE):
            writing.set_viewport_size(size)
            found["text", theme, size["width"]] = faults(writing)
            writing.get_by_role("button", name="Bild", exact=True).click()
            dialog_button(writing, "Infoga").click()
            expect(writing.locator("#picture-alt-error")).to_have_text("Skriv vad bilden visar.")
            found["dialog", theme, size["width"]] = faults(writing)
            writing.keyboard.press("Escape")
            expect(writing.locator("#picture-dialog")).to_be_hidden()
    assert not shown(found)


def test_nothing_is_wider_than_a_phone(described):
    described.set_viewport_size(PHONE)
    assert described.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    described.get_by_role("button", name="Ändra bilden").click()
    dialog = described.locator("#picture-dialog")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
