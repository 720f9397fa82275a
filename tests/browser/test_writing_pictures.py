"""Pictures put in a section: chosen, pasted, dropped, described, refused."""

import re
from base64 import b64encode
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from plans.models import Illustration, Plan
from tests.browser.section_picture import ALTERNATIVE, FIGURE, choose, describe, dialog_button, file, tag
from tests.browser.section_text import (
    EDITOR,
    bring,
    go,
    gotlands_plan,
    open_as_director,
    text,
    wait_until_saved,
)
from tests.browser.waiting import becomes
from tests.plans.made_illustrations import drawn


@pytest.fixture
def plan(db) -> Plan:
    return gotlands_plan()


@pytest.fixture
def opened(page: Page, live_server, plan) -> Callable[..., Page]:
    """The section with this text, and the caret at its end."""

    def open_with(text: str = "<p>Början.</p>") -> Page:
        open_as_director(page, live_server.url, plan, text)
        go(page, "Control+End")
        return page

    return open_with


@pytest.fixture
def writing(opened) -> Page:
    return opened()


# -- putting one in ------------------------------------------------------------------------------


def test_a_chosen_picture_is_described_saved_and_shown_in_the_document(writing, plan):
    choose(writing)
    expect(writing.get_by_role("status").filter(has_text="diagram.png är sparad.")).to_be_visible()
    expect(writing.get_by_alt_text("Bilden som den är sparad")).to_be_visible()
    describe(writing, caption="Bild 1. Deltagare")
    expect(writing.locator("#preview img")).to_have_attribute("alt", ALTERNATIVE)
    expect(writing.locator("#preview")).to_contain_text("Bild 1. Deltagare")
    expect(writing.locator(FIGURE)).to_contain_text(f"Alternativtext: {ALTERNATIVE}")
    expect(writing.locator(EDITOR)).to_be_focused()
    writing.keyboard.type("Och så vidare.")
    expect(writing.locator("#preview")).to_contain_text("Och så vidare.")
    wait_until_saved(writing)
    assert text(plan) == f"<p>Början.</p>{tag(plan, caption='Bild 1. Deltagare')}<p>Och så vidare.</p>"
    writing.reload()
    expect(writing.locator(f"{FIGURE} img")).to_have_js_property("naturalWidth", 300)
    expect(writing.locator(f"{FIGURE} figcaption")).to_have_text("Bild 1. Deltagare")


def test_alternative_text_is_demanded_and_nothing_else_is_lost(writing, plan):
    choose(writing)
    describe(writing, alternative="  ", caption="Bild 1")
    field = writing.get_by_label("Alternativtext")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Skriv vad bilden visar"))
    expect(writing.locator(FIGURE)).to_have_count(0)
    field.fill("Karta\növer länet")
    dialog_button(writing, "Infoga").click()
    wait_until_saved(writing)
    assert tag(plan, "Karta över länet", "Bild 1") in text(plan)


def test_without_a_file_there_is_no_picture(writing):
    writing.get_by_role("button", name="Bild", exact=True).click()
    describe(writing)
    expect(writing.get_by_label("Bildfil")).to_be_focused()
    expect(writing.locator("#picture-file-error")).to_have_text("Välj en bildfil.")
    writing.keyboard.press("Escape")
    expect(writing.locator(EDITOR)).to_be_focused()


def test_a_picture_in_a_list_comes_after_it(opened, plan):
    writing = opened("<ul><li>ett</li><li>två</li></ul>")
    choose(writing)
    describe(writing)
    wait_until_saved(writing)
    assert text(plan) == f"<ul><li><p>ett</p></li><li><p>två</p></li></ul>{tag(plan)}<p></p>"


# -- pasted and dropped --------------------------------------------------------------------------


def test_a_screenshot_is_pasted(writing, plan):
    bring(writing, "paste", file(name="image.png"))
    expect(writing.get_by_label("Alternativtext")).to_be_focused()
    describe(writing)
    wait_until_saved(writing)
    assert text(plan) == f"<p>Början.</p>{tag(plan)}<p></p>"


def test_a_single_picture_copied_in_word_is_taken_from_the_clipboard(writing, plan):
    html = (
        "<html><head><style>p {}</style></head><body><!--StartFragment--><p class=MsoNormal>"
        '<!--[if gte vml 1]><v:imagedata src="file:///C:/a.png"/><![endif]-->'
        '<![if !vml]><img width=80 src="file:///C:/a.png"><![endif]><o:p>&nbsp;</o:p></p><!--EndFragment-->'
    )
    bring(writing, "paste", file(name="image.png"), html=html)
    describe(writing)
    wait_until_saved(writing)
    assert text(plan) == f"<p>Början.</p>{tag(plan)}<p></p>"


def test_words_copied_with_a_picture_of_them_are_words(writing, plan):
    bring(writing, "paste", file(name="image.png"), html="<table><tr><td>1</td><td>2</td></tr></table>")
    expect(writing.locator("#preview tr")).to_contain_text(re.compile(r"1\s*2"))
    expect(writing.locator("#picture-dialog")).to_be_hidden()
    assert not Illustration.objects.exists()


def test_pictures_written_out_in_a_paste_come_along_and_wait_for_words(writing, plan):
    source = f"data:image/png;base64,{b64encode(drawn()).decode()}"
    svg = f"data:image/svg+xml;base64,{b64encode(b'<svg ></svg>').decode()}"
    html = f'<p>Före</p><p><img src="{source}"></p><p>Efter<img alt="Skiss" src="{svg}"></p>'
    bring(writing, "paste", html=html)
    expect(writing.locator(FIGURE)).to_contain_text("Alternativtext saknas")
    expect(writing.locator("#left-out")).to_contain_text("En bild (”Skiss”) följde inte med. Filen är en SVG")
    wait_until_saved(writing)
    assert text(plan).endswith(f"<p>Före</p>{tag(plan, '')}<p>Efter</p>")
    expect(writing.locator("#left-out")).to_contain_text("Skiss")  # also when the text is saved
    writing.get_by_role("button", name="Dölj").click()
    expect(writing.locator("#left-out")).to_be_empty()


def test_dropped_pictures_are_asked_about_one_by_one(opened, plan):
    writing = opened("<p>Ett.</p><p>Två.</p>")
    writing.locator(f"{EDITOR} p").first.click()
    bring(writing, "drop", file(drawn(1), "a.png"), file(drawn(2), "b.png"))
    expect(writing.locator("#picture-state")).to_have_text("a.png är sparad.")
    describe(writing, "Första")
    expect(writing.locator("#picture-state")).to_have_text("b.png är sparad.")
    describe(writing, "Andra")
    expect(writing.locator("#preview img")).to_have_count(2)
    wait_until_saved(writing)
    assert re.sub('data-picture="[^"]*" ', "", text(plan)) == (
        '<p>Ett.</p><p>Två.</p><img alt="Första"><img alt="Andra"><p></p>'
    )


def test_a_dropped_file_of_another_kind_is_refused_and_not_opened(writing):
    bring(writing, "drop", file(b"%PDF-1.4", "plan.pdf", "application/pdf"))
    expect(writing.locator("#left-out")).to_contain_text("Bara bilder kan läggas in")
    expect(writing.locator(EDITOR)).to_have_text("Början.")


# -- refused, lost -------------------------------------------------------------------------------


def test_what_the_server_refuses_is_said_and_the_words_stay(writing, plan):
    writing.get_by_role("button", name="Bild", exact=True).click()
    writing.get_by_label("Alternativtext").fill(ALTERNATIVE)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    writing.get_by_label("Bildfil").set_input_files(file(svg, "skiss.svg", "image/svg+xml"))
    expect(writing.locator("#picture-file-error")).to_contain_text("Filen är en SVG-bild")
    expect(writing.get_by_label("Bildfil")).to_be_focused()
    expect(writing.get_by_label("Bildfil")).to_have_accessible_description(re.compile("SVG-bild"))
    dialog_button(writing, "Infoga").click()
    expect(writing.locator("#picture-dialog")).to_be_visible()
    writing.get_by_label("Bildfil").set_input_files(file())
    dialog_button(writing, "Infoga").click()
    wait_until_saved(writing)
    assert tag(plan) in text(plan)


def test_a_file_that_is_too_large_is_never_sent(writing):
    sent: list[str] = []
    writing.on("request", lambda request: sent.append(request.url))
    writing.get_by_role("button", name="Bild", exact=True).click()
    writing.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(21_000_000)], "stor.png", { type: "image/png" }));
            const field = document.getElementById("picture-file");
            field.files = data.files;
            field.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )
    expect(writing.locator("#picture-file-error")).to_contain_text("Bilden är 21 MB. Högst 20 MB")
    assert not [url for url in sent if url.endswith("/bilder/")]


def test_a_lost_connection_is_said_and_can_be_tried_again(writing, plan, page_errors):
    writing.route("**/bilder/", lambda route: route.abort())
    choose(writing)
    expect(writing.locator("#picture-state")).to_contain_text("Ingen förbindelse")
    writing.get_by_label("Alternativtext").fill(ALTERNATIVE)
    writing.unroute("**/bilder/")
    dialog_button(writing, "Försök igen").click()
    expect(writing.locator("#picture-state")).to_have_text("diagram.png är sparad.")
    dialog_button(writing, "Infoga").click()
    wait_until_saved(writing)
    assert tag(plan) in text(plan)
    page_errors.clear()  # the browser notes the try


def test_a_picture_on_its_way_is_put_in_when_it_has_come(writing, plan):
    held: list[Route] = []
    writing.route("**/bilder/", lambda route: held.append(route))
    choose(writing)
    expect(writing.get_by_role("progressbar", name="Skickar bilden")).to_be_visible()
    describe(writing)
    expect(writing.locator("#picture-state")).to_contain_text("läggs in när den har kommit fram")
    becomes(writing, lambda: len(held), 1)
    held[0].continue_()
    expect(writing.locator("#picture-dialog")).to_be_hidden()
    wait_until_saved(writing)
    assert tag(plan) in text(plan)
