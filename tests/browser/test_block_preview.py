"""A live block shown while its settings are chosen, and what the outline lacks after each change."""

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from plans.models import Section, TargetGroup
from tests.browser.test_accessibility import faults
from tests.browser.visits import PHONE, sign_in_as_director
from tests.browser.waiting import becomes, follow

OUTLINE = "/gotland/plan/2021/skriv/"
KEY = "intakter-och-eget-kapital"
BLOCK = f"/gotland/plan/2021/disposition/avsnitt/{KEY}/innehall/"


@pytest.fixture
def outline(page: Page) -> Page:
    sign_in_as_director(page)
    page.goto(OUTLINE)
    return page


def opened(page: Page, key: str = KEY) -> Locator:
    """The dialog with the live block of a section."""
    row = page.locator(f"#avsnitt-{key} > .row")
    row.locator("summary").click()
    row.get_by_role("link", name="Innehåll som Finsam skriver").click()
    dialog = page.locator("#dialog")
    expect(dialog.locator("#block-preview .document")).to_be_visible()
    return dialog


def stored(key: str = KEY) -> tuple[str, dict]:
    section = Section.objects.get(plan__federation__slug="gotland", key=key)
    return section.block, section.settings


def test_the_block_follows_its_settings_and_is_stored_only_when_saved(outline):
    before = stored()
    dialog = opened(outline)
    shown = dialog.locator("#block-preview")
    expect(shown.locator("caption .name")).to_have_text("Budget 2020–2023")
    dialog.get_by_label("2021 (planåret)").check()
    expect(shown.locator("caption .name")).to_have_text("Budget 2021")
    dialog.get_by_label("resultat och eget kapital").uncheck()
    expect(shown.locator("caption .name")).to_have_text("Intäkter 2021")
    dialog.get_by_label("bara summorna").check()
    expect(shown.locator("tbody tr")).to_have_count(1)
    expect(shown.locator("tbody th")).to_have_text("Summa intäkter")
    assert stored() == before
    dialog.get_by_role("button", name="Spara").click()
    expect(dialog).to_be_hidden()
    assert stored() == ("budget_table", {"years": [0], "parts": ["income"], "detail": "totals"})


def test_an_impossible_choice_is_told_at_once_and_the_sentence_goes_when_it_is_mended(outline):
    dialog = opened(outline)
    notes = dialog.locator("#block-preview .notes")
    dialog.get_by_label("Projekt").check()
    expect(notes).to_contain_text("Grupperna hör till kostnaderna: välj kostnader, eller inga grupper.")
    expect(dialog.locator("#block-preview")).to_contain_text("Här står ingenting i dokumentet.")
    dialog.get_by_label("Projekt").uncheck()
    expect(notes).to_be_empty()
    expect(dialog.locator("#block-preview table")).to_be_visible()


def test_another_block_is_shown_with_its_settings_and_an_empty_one_says_why(outline):
    TargetGroup.objects.all().delete()
    dialog = opened(outline)
    dialog.get_by_label("Innehåll").select_option("charts")
    expect(dialog.locator("#block-preview figure")).to_have_count(4)
    dialog.locator("[name=charts][value=costs]").check()
    expect(dialog.locator("#block-preview figure")).to_have_count(1)
    dialog.get_by_label("Innehåll").select_option("target_groups")
    expect(dialog.locator("#block-preview .notes")).to_contain_text(
        "Det finns inga målgrupper än. Lägg till dem under Mål."
    )
    dialog.get_by_label("Innehåll").select_option("")
    expect(dialog.locator("#block-preview")).to_contain_text("Avsnittet har bara sin egen text.")


def test_a_late_answer_does_not_put_back_what_was_chosen_before(outline):
    dialog = opened(outline)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    outline.route("**/visning/**", hold_the_first)
    dialog.get_by_label("bara summorna").check()
    becomes(outline, lambda: len(held), 1)
    next_year = dialog.locator("[name=years][value='1']")
    next_year.check()
    caption = dialog.locator("#block-preview caption .name")
    expect(caption).to_have_text("Budget 2022")
    held[0].fulfill(body="<div id='block-preview'><div class='notes'>för sent</div></div>")
    next_year.uncheck()
    expect(caption).to_have_text("Budget 2020–2023")
    expect(dialog.get_by_text("för sent")).to_have_count(0)


def test_a_lost_connection_is_told_and_the_choices_stay(outline, page_errors):
    dialog = opened(outline)
    outline.context.set_offline(True)
    dialog.get_by_label("bara summorna").check()
    notes = dialog.locator("#block-preview .notes")
    expect(notes).to_have_text("Det gick inte att hämta visningen. Det du har valt står kvar.")
    expect(dialog.get_by_label("bara summorna")).to_be_checked()
    outline.context.set_offline(False)
    dialog.get_by_label("2021 (planåret)").check()
    expect(dialog.locator("#block-preview caption .name")).to_have_text("Budget 2021")
    expect(notes).to_be_empty()
    page_errors.clear()  # the browser tells of the connection


def test_on_its_own_page_another_block_is_shown_where_one_is(outline):
    outline.goto(BLOCK)
    choice = outline.get_by_label("Innehåll", exact=True)
    choice.focus()
    choice.select_option("project_cards")
    expect(outline.get_by_role("group", name="Insatser")).to_be_visible()
    expect(outline.locator("#block-preview")).to_contain_text("JobbSam 3.0")
    expect(choice).to_be_focused()
    outline.get_by_label("JobbSam 3.0", exact=True).check()
    expect(outline.locator("#block-preview dl")).to_have_count(1)
    outline.keyboard.press("Enter")  # in a form that is to be saved
    outline.wait_for_url("**/skriv/#avsnitt-*")
    assert stored()[0] == "project_cards" and len(stored()[1]["projects"]) == 1


def test_without_script_a_button_shows_it(page: Page, browser: Browser, live_server: LiveServer):
    sign_in_as_director(page)
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(BLOCK)
    plain.get_by_label("Innehåll", exact=True).select_option("charts")
    follow(plain.get_by_role("button", name="Visa val för det innehållet"))
    plain.locator("[name=charts][value=income]").check()
    follow(plain.get_by_role("button", name="Visa det som är valt"))
    expect(plain.locator("#block-preview figure")).to_have_count(1)
    assert stored()[0] == "budget_table"
    follow(plain.get_by_role("button", name="Spara"))
    assert stored() == ("charts", {"charts": ["income"]})
    context.close()


def test_the_preview_is_beside_on_a_wide_screen_and_below_on_a_narrow_one(outline):
    dialog = opened(outline)
    report = {}
    for size in ({"width": 1280, "height": 800}, PHONE):
        outline.set_viewport_size(size)
        settings = dialog.locator(".block-settings").bounding_box()
        shown = dialog.locator(".block-shown").bounding_box()
        assert settings and shown
        if size == PHONE:
            assert shown["y"] >= settings["y"] + settings["height"]
        else:
            assert shown["x"] >= settings["x"] + settings["width"]
        assert outline.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
        report[size["width"]] = faults(outline)
    assert not any(report.values()), report


def test_what_the_plan_lacks_follows_when_a_section_gets_its_role_or_is_taken_away(outline):
    """Of the answer itself: no page is loaded anew."""
    outline.evaluate("window.here = true")
    lacks = outline.locator(".lacks")
    guidelines = lacks.get_by_text("Planen saknar riktlinjer")
    role = Section.objects.get(plan__federation__slug="gotland", role="guidelines")
    row = outline.locator(f"#avsnitt-{role.key} > .row")

    def choose_role(name: str) -> None:
        row.locator("summary").click()
        row.get_by_role("link", name="Rubrik, nummer och roll").click()
        outline.locator("#dialog").get_by_label("Roll").select_option(label=name)
        outline.locator("#dialog").get_by_role("button", name="Spara").click()
        expect(outline.locator("#dialog")).to_be_hidden()

    expect(guidelines).to_have_count(0)
    choose_role("ingen särskild")
    expect(guidelines).to_be_visible()
    choose_role("riktlinjer")
    expect(guidelines).to_have_count(0)
    row.locator("summary").click()
    row.get_by_role("button", name="Ta bort").click()
    expect(guidelines).to_be_visible()
    outline.locator(".undo").get_by_role("button").click()
    expect(guidelines).to_have_count(0)
    assert outline.evaluate("window.here")
