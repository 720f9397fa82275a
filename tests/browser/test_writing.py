"""A section is written as in a word processor: saved as one types, by two people, without a connection."""

import re

import pytest
from playwright.sync_api import Page, expect

from members.models import RoleKind
from plans.models import Plan
from tests.browser import grid
from tests.browser.section_text import (
    ADDRESS,
    EDITOR,
    bring,
    gotlands_plan,
    open_as_director,
    text,
    wait_until_saved,
    write,
)
from tests.browser.test_accessibility import faults, shown
from tests.browser.visits import DESKTOP, PHONE

DIALOGS = {  # by their buttons, and what is in them when they are filled
    "Levande belopp": "#figure-list button",
    "Hänvisning": "#reference-dialog button[data-section]",
    "Fotnot": "#words",
}
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p.MsoNormal{margin:0}</style></head><body>
<!--StartFragment--><p class=MsoNormal><b>Rubrik</b> med <i>form</i><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span><![endif]>Punkt ett<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span><![endif]>Punkt två<o:p></o:p></p>
<!--EndFragment--></body></html>"""


@pytest.fixture
def plan(db) -> Plan:
    return gotlands_plan()


@pytest.fixture
def writing(page: Page, live_server, plan) -> Page:
    open_as_director(page, live_server.url, plan, "<p>Början.</p>")
    return page


def test_what_is_typed_is_saved_and_shown_in_the_document_beside(writing, plan):
    write(writing, " Mer text.")
    expect(writing.locator("#preview")).to_contain_text("Början. Mer text.")
    wait_until_saved(writing)
    assert text(plan) == "<p>Början. Mer text.</p>"
    writing.reload()
    expect(writing.locator(EDITOR)).to_contain_text("Början. Mer text.")


def test_form_is_given_by_buttons_and_keys(writing, plan):
    write(writing, " ")
    writing.keyboard.press("Control+b")
    expect(writing.locator("[data-do=bold]")).to_have_attribute("aria-pressed", "true")
    writing.keyboard.type("Fett.")
    writing.keyboard.press("Control+b")
    writing.keyboard.press("Enter")
    writing.get_by_role("button", name="Punkter").click()
    expect(writing.locator(f"{EDITOR} li")).to_be_visible()
    expect(writing.locator(EDITOR)).to_be_focused()
    writing.keyboard.type("ett")
    writing.keyboard.press("Enter")
    writing.keyboard.type("två")
    expect(writing.locator("#preview li")).to_have_count(2)
    wait_until_saved(writing)
    assert "<strong>Fett.</strong>" in text(plan)
    assert re.search(r"<ul>.*ett.*två.*</ul>", text(plan), re.DOTALL)


def test_a_live_figure_is_found_and_stays_live(writing, plan):
    write(writing, " Vi får ")
    writing.get_by_role("button", name="Levande belopp").click()
    writing.get_by_label("Sök").fill("jobbsam 3.0 2021")
    writing.locator("#figure-list button", has_text="2\u00a0203\u00a0500").first.click()
    expect(writing.locator(f"{EDITOR} .live-figure")).to_contain_text("2\u00a0203\u00a0500")
    expect(writing.locator("#preview")).to_contain_text("2\u00a0203\u00a0500")
    wait_until_saved(writing)
    assert re.search(r'<span data-figure="what=[^"]+">', text(plan))


def test_a_reference_follows_its_section(writing, plan):
    write(writing, " Se ")
    writing.get_by_role("button", name="Hänvisning").click()
    writing.get_by_role("button", name="1.1 Finansiering").click()
    expect(writing.locator("#preview")).to_contain_text("Se avsnitt\u00a01.1")
    wait_until_saved(writing)
    assert "data-section=" in text(plan)


def test_a_footnote_and_a_link(writing, plan):
    write(writing, " Enligt lagen")
    writing.get_by_role("button", name="Fotnot").click()
    writing.get_by_label("Fotnotens text").fill("Lag (2003:1210).")
    writing.get_by_role("button", name="Infoga").click()
    expect(writing.locator("#preview")).to_contain_text("Lag (2003:1210).")
    writing.get_by_role("button", name="Länk").click()
    writing.get_by_label("Adress").fill("javascript:alert(1)")
    writing.get_by_role("button", name="Infoga").click()
    expect(writing.locator("#words-error")).to_contain_text("hela adressen")
    writing.get_by_label("Adress").fill("https://www.finsam.se")
    writing.get_by_role("button", name="Infoga").click()
    expect(writing.locator("#preview a[href='https://www.finsam.se']")).to_have_count(1)
    wait_until_saved(writing)
    assert 'data-footnote="Lag (2003:1210)."' in text(plan)


def test_what_is_pasted_from_word_keeps_its_form_and_no_dirt(writing, plan):
    writing.locator(EDITOR).click()
    writing.keyboard.press("Control+a")
    bring(writing, "paste", html=WORD)
    expect(writing.locator("#preview li")).to_have_text(["Punkt ett", "Punkt två"])
    expect(writing.locator("#preview strong")).to_have_text("Rubrik")
    wait_until_saved(writing)
    assert "Mso" not in text(plan) and "·" not in text(plan)


def test_two_writers_see_both_texts_and_choose(writing, other_page, live_server, plan):
    grid.open_as(other_page, live_server.url, plan.federation, RoleKind.ADMINISTRATOR, "Bo Ask", ADDRESS)
    write(writing, " Karins.")
    wait_until_saved(writing)
    write(other_page, " Bos.")
    expect(other_page.locator("#meeting")).to_contain_text("Karin Ek har ändrat samma text")
    expect(other_page.locator("#meeting")).to_contain_text("Början. Karins.")
    expect(other_page.locator(EDITOR)).to_contain_text("Början. Bos.")
    assert text(plan) == "<p>Början. Karins.</p>"
    other_page.keyboard.type(" Och mer.")  # he writes on, and chooses nothing by it
    expect(other_page.locator(EDITOR)).to_contain_text("Bos. Och mer.")
    expect(other_page.locator("#meeting")).to_be_visible()
    expect(other_page.locator("#state")).not_to_contain_text("sparas strax")
    assert text(plan) == "<p>Början. Karins.</p>"
    other_page.get_by_role("button", name="Behåll min text").click()
    wait_until_saved(other_page)
    assert text(plan) == "<p>Början. Bos. Och mer.</p>"
    write(writing, " Igen.")
    writing.get_by_role("button", name="Ta den sparade texten").click()
    expect(writing.locator(EDITOR)).to_have_text("Början. Bos. Och mer.")
    assert text(plan) == "<p>Början. Bos. Och mer.</p>"


def test_without_a_connection_nothing_is_lost(writing, plan, page_errors):
    writing.context.set_offline(True)
    write(writing, " Utan nät.")
    expect(writing.locator("#state")).to_contain_text("Ingen förbindelse")
    assert text(plan) == "<p>Början.</p>"
    writing.context.set_offline(False)
    wait_until_saved(writing)
    assert text(plan) == "<p>Början. Utan nät.</p>"
    page_errors.clear()  # the browser notes each try


def test_after_a_closed_laptop_the_text_is_there(writing, plan):
    # Within the page: what a page sends as it is left may slip past what is refused outside it, and arrive.
    writing.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no line')); }")
    writing.on("dialog", lambda dialog: dialog.accept())  # "leave the page?"
    write(writing, " Halvskriven.")
    expect(writing.locator("#state")).to_contain_text("Ingen förbindelse")
    writing.goto("about:blank")
    writing.goto(ADDRESS)
    expect(writing.locator("#meeting")).to_contain_text("inte hann sparas")
    expect(writing.locator(EDITOR)).to_have_text("Början.")
    writing.get_by_role("button", name="Ta fram den").click()
    wait_until_saved(writing)
    assert text(plan) == "<p>Början. Halvskriven.</p>"


def test_axe_finds_no_fault_in_the_dialogs(writing):
    found: dict[object, str] = {}
    for theme in ("light", "dark"):
        writing.emulate_media(color_scheme=theme)
        for size in (DESKTOP, PHONE):
            writing.set_viewport_size(size)
            for name, filled in DIALOGS.items():
                writing.get_by_role("button", name=name).click()
                expect(writing.locator(filled).first).to_be_visible()
                found[name, theme, size["width"]] = faults(writing)
                writing.keyboard.press("Escape")
                expect(writing.get_by_role("dialog")).to_have_count(0)
    assert not shown(found)


def test_nothing_is_wider_than_a_phone(writing):
    writing.set_viewport_size(PHONE)
    assert writing.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_typed_amount_is_pointed_out_and_becomes_live(writing, plan):
    write(writing, " JobbSam 3.0 kostar 2 000 000 kr.")
    button = writing.locator("#text-remarks button").first
    expect(button).to_contain_text("2\u00a0203\u00a0500")
    button.click()
    expect(writing.locator("#preview")).to_contain_text("kostar 2\u00a0203\u00a0500")
    wait_until_saved(writing)
    assert "data-figure" in text(plan) and "2 000 000" not in text(plan)
