"""Pictures in a section: chosen, pasted, dropped, described, changed and removed."""

import re
from base64 import b64encode
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from members.models import RoleKind
from plans.illustrations import store_illustration
from plans.models import Illustration, Plan, Section
from tests.browser import grid
from tests.browser.test_accessibility import faults, shown
from tests.browser.visits import DESKTOP, FIXTURES, PHONE
from tests.loading import load
from tests.plans.made_illustrations import drawn

ADDRESS = "/gotland/plan/2021/skriv/jobbsam/"
EDITOR = ".ProseMirror"
FIGURE = f"{EDITOR} .editor-picture"
ALTERNATIVE = "Stapeldiagram: fler deltagare varje år"

TRANSFER = """([kind, html, files]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    if (html) data.setData("text/plain", "ord");
    for (const [name, type, content] of files) {
        const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
    }
    const editor = document.querySelector(".ProseMirror");
    const last = editor.lastElementChild.getBoundingClientRect();
    const event = kind === "paste"
        ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
        : new DragEvent("drop", {
            dataTransfer: data, bubbles: true, cancelable: true,
            clientX: last.right - 5, clientY: last.bottom - 5 });
    editor.dispatchEvent(event);
    return event.defaultPrevented;
}"""

CARET = """() => {
    const { selection, doc } = document.querySelector(".ProseMirror").editor.state;
    return { "Control+Home": selection.from <= 1, "Control+End": selection.to >= doc.content.size - 1 };
}"""
"""At which ends the editor knows its caret to be."""


def go(page: Page, key: str) -> None:
    """To one end of the text: pressed again until the editor has taken it in, as a person would."""
    page.locator(EDITOR).click()
    for _ in range(100):
        page.keyboard.press(key)
        if page.evaluate(CARET)[key]:
            return
        page.wait_for_timeout(50)
    raise TimeoutError(f"{key} never moved the caret")


@pytest.fixture
def plan(db) -> Plan:
    federation, _ = load(FIXTURES / "gotland")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


@pytest.fixture
def opened(page: Page, live_server, plan) -> Callable[..., Page]:
    """Karin Ek, förbundschef, with the section on JobbSam open, which has this text."""

    def open_with(text: str = "<p>Början.</p>") -> Page:
        section = Section.objects.get(plan=plan, key="jobbsam")
        section.text = text
        section.save()
        grid.open_as(page, live_server.url, plan.federation, RoleKind.DIRECTOR, "Karin Ek", ADDRESS)
        if text.endswith("</p>"):
            go(page, "Control+End")
        else:
            page.locator(EDITOR).focus()
            page.keyboard.press("Control+End")
        return page

    return open_with


@pytest.fixture
def writing(opened) -> Page:
    return opened()


@pytest.fixture
def described(opened, plan) -> Page:
    """With a picture between two paragraphs."""
    key = store_illustration(plan.federation, drawn()).key
    return opened(f'<p>Före.</p><img data-picture="{key}" alt="Karta" data-caption="Bild 1"><p>Efter.</p>')


def text(plan: Plan) -> str:
    return Section.objects.get(plan=plan, key="jobbsam").text


def key_of(plan: Plan) -> str:
    return Illustration.objects.get(federation=plan.federation).key


def tag(plan: Plan, alternative: str = ALTERNATIVE, caption: str = "") -> str:
    more = f' data-caption="{caption}"' if caption else ""
    return f'<img data-picture="{key_of(plan)}" alt="{alternative}"{more}>'


def wait_until_saved(page: Page) -> None:
    expect(page.locator("#state")).to_have_text(re.compile("^Sparat"))


def file(content: bytes | None = None, name: str = "diagram.png", kind: str = "image/png") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": drawn() if content is None else content}


def bring(page: Page, kind: str, *files: FilePayload, html: str = "") -> bool:
    """A paste or a drop; whether the page deals with it and the browser does not."""
    sent = [(each["name"], each["mimeType"], b64encode(each["buffer"]).decode()) for each in files]
    return bool(page.evaluate(TRANSFER, [kind, html, sent]))


def dialog_button(page: Page, name: str):
    return page.locator("#picture-dialog").get_by_role("button", name=name, exact=True)


def describe(page: Page, alternative: str = ALTERNATIVE, caption: str = "") -> None:
    page.get_by_label("Alternativtext").fill(alternative)
    page.get_by_label("Bildtext").fill(caption)
    dialog_button(page, "Infoga").click()


def choose(page: Page, sent: FilePayload | None = None) -> None:
    page.get_by_role("button", name="Bild", exact=True).click()
    page.get_by_label("Bildfil").set_input_files(sent or file())


# -- putting one in ------------------------------------------------------------------------------


def test_a_chosen_picture_is_described_saved_and_shown_in_the_document(writing, plan):
    choose(writing)
    expect(writing.get_by_role("status").filter(has_text="diagram.png är sparad.")).to_be_visible()
    expect(writing.get_by_alt_text("Bilden som den är sparad")).to_be_visible()
    describe(writing, caption="Bild 1. Deltagare")
    expect(writing.locator("#preview img")).to_have_attribute("alt", ALTERNATIVE)
    expect(writing.locator("#preview")).to_contain_text("Bild 1. Deltagare")
    expect(writing.locator(FIGURE)).to_contain_text(f"Alternativtext: {ALTERNATIVE}")
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
    assert bring(writing, "paste", file(name="image.png"))
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
    assert bring(writing, "paste", file(name="image.png"), html=html)
    describe(writing)
    wait_until_saved(writing)
    assert text(plan) == f"<p>Början.</p>{tag(plan)}<p></p>"


def test_words_copied_with_a_picture_of_them_are_words(writing, plan):
    assert bring(
        writing, "paste", file(name="image.png"), html="<table><tr><td>1</td><td>2</td></tr></table>"
    )
    expect(writing.locator("#preview tr")).to_contain_text(re.compile(r"1\s*2"))
    expect(writing.locator("#picture-dialog")).to_be_hidden()
    assert not Illustration.objects.exists()


def test_pictures_written_out_in_a_paste_come_along_and_wait_for_words(writing, plan):
    source = f"data:image/png;base64,{b64encode(drawn()).decode()}"
    svg = f"data:image/svg+xml;base64,{b64encode(b'<svg ></svg>').decode()}"
    html = f'<p>Före</p><p><img src="{source}"></p><p>Efter<img alt="Skiss" src="{svg}"></p>'
    assert bring(writing, "paste", html=html)
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
    assert bring(writing, "drop", file(drawn(1), "a.png"), file(drawn(2), "b.png"))
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
    assert bring(writing, "drop", file(b"%PDF-1.4", "plan.pdf", "application/pdf"))
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
    held[0].continue_()
    expect(writing.locator("#picture-dialog")).to_be_hidden()
    wait_until_saved(writing)
    assert tag(plan) in text(plan)


# -- changing ------------------------------------------------------------------------------------


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
    assert not shown(found)


def test_nothing_is_wider_than_a_phone(described):
    described.set_viewport_size(PHONE)
    assert described.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    described.get_by_role("button", name="Ändra bilden").click()
    dialog = described.locator("#picture-dialog")
    assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
