"""The outline page: what it shows, and each thing done on it by plain forms."""

import re

import pytest
from django.conf import settings
from django.test import Client

from members.models import RoleKind
from plans.models import Plan, Section, SectionChange
from plans.rules.content import DEMANDED
from tests.loading import load
from tests.members import people
from tests.members.page_forms import faults, filled, opened, values_of
from tests.members.shown_page import Element, shown

FIXTURES = settings.BASE_DIR / "fixtures"
HERE = "/gotland/plan/2021/skriv/"
DOING = "/gotland/plan/2021/disposition/"
SCRIPT = {"X-Requested-With": "outline"}


@pytest.fixture
def gotland(db) -> Plan:
    federation, _ = load(FIXTURES / "gotland")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


@pytest.fixture
def karin(gotland) -> Client:
    return people.client_of(
        people.with_role(gotland.federation, RoleKind.DIRECTOR, people.user(name="Karin Ek"))
    )


@pytest.fixture
def olle(gotland) -> Client:
    return people.client_of(
        people.with_role(gotland.federation, RoleKind.ADMINISTRATOR, people.user(name="Olle Ask"))
    )


def row_of(page: Element, key: str) -> Element:
    item = page.one("li", id=f"avsnitt-{key}")
    return next(child for child in item.children if isinstance(child, Element))


def headings(page: Element) -> list[str]:
    return [each.text for each in page.all("a", css="name")]


def seen(page: Element) -> str:
    return page.one("div", id="outline").attributes["data-seen"]


def press(client: Client, button: Element, **more: str):
    """Post as a browser does when the button of the outline's one form is pressed."""
    page = shown(client.get(HERE))
    own = {button.attributes["name"]: button.attributes["value"]} if "name" in button.attributes else {}
    return client.post(button.attributes["formaction"], {"seen": seen(page), **own, **more}, follow=True)


def button(page: Element, key: str, text: str) -> Element:
    (found,) = [each for each in row_of(page, key).all("button") if each.text.startswith(text)]
    return found


# -- what it shows -----------------------------------------------------------------------------------


def test_every_section_stands_there_with_the_number_it_is_printed_with(gotland, karin):
    page = shown(karin.get(HERE))
    assert page.one("h1").text == "Disposition"
    assert len(headings(page)) == Section.objects.filter(plan=gotland).count()
    document = karin.get("/gotland/plan/2021/").content.decode().replace("\xa0", " ")
    numbered = [
        (numbers[0].text, each.attributes["data-words"])
        for each in page.all("li")
        if each.attributes.get("data-key")
        and (numbers := row_of(page, each.attributes["data-key"]).all("span", css="number"))
    ]
    assert ("Bilaga 1", "Gemensamma begrepp") in numbered
    for number, heading in numbered:
        assert re.search(rf">{re.escape(number)}[.:]? {re.escape(heading)}<", document), number


def test_a_row_tells_role_block_emptiness_and_faults(gotland, karin):
    Section.objects.filter(plan=gotland, key="jobbsam").update(
        text='<p><span data-figure="what=line&amp;of=999999"></span></p>'
    )
    Section.objects.create(plan=gotland, key="tom", heading="Tom", position=99, new_page=True)
    page = shown(karin.get(HERE))
    assert "sammanfattning" in row_of(page, "sammanfattning").text
    assert "Finsam skriver: " in row_of(page, "jobbsam").text
    assert "En budgetpost som texten visar finns inte längre." in row_of(page, "jobbsam").text
    assert "tomt" in row_of(page, "tom").text and "ny sida" in row_of(page, "tom").text
    assert "tomt" not in row_of(page, "sammanfattning").text
    assert row_of(page, "tom").one("a", css="name").href == f"{HERE}tom/"


def test_a_section_without_heading_is_known_by_its_text(gotland, karin):
    Section.objects.create(plan=gotland, key="utan", text="<p>Det här står <b>efter</b> tabellen.</p>")
    assert "Det här står efter tabellen." in headings(shown(karin.get(HERE)))


def test_what_the_law_asks_for_is_added_with_one_button(gotland, karin):
    Section.objects.filter(plan=gotland).update(role="")
    Section.objects.filter(plan=gotland).exclude(block="").update(block="", settings={})
    page = shown(karin.get(HERE))
    lacks = page.one("section", css="lacks")
    assert len(lacks.all("form")) == len(DEMANDED)
    (form,) = [each for each in lacks.all("form") if "riktlinjer" in each.text]
    values = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
    after = shown(karin.post(form.attributes["action"], values, follow=True))
    section = Section.objects.get(plan=gotland, role="guidelines")
    assert section.heading == "Riktlinjer för verksamheten"
    lacks = after.one("section", css="lacks")
    assert len(lacks.all("form")) == len(DEMANDED) - 1
    assert f"{HERE}{section.key}/" in [link.href for link in lacks.all("a")]


def test_who_may_not_change_sees_no_buttons(gotland, karin):
    gotland.set_open(False)
    page = shown(karin.get(HERE))
    main = page.one("main")
    assert "Budgeten är stängd" in main.text
    assert not [each for each in main.all("button") if "formaction" in each.attributes]
    assert not main.all("form") and not main.all("details", css="row-menu")
    assert headings(page)


# -- what is done ------------------------------------------------------------------------------------


def test_a_section_is_added_after_and_under_another(gotland, karin):
    answer = filled(karin, f"{DOING}nytt/?efter=sammanfattning", heading="Efter", role="risks")
    assert answer["Location"] == f"{HERE}#avsnitt-efter"
    filled(karin, f"{DOING}nytt/?under=efter", heading="Under")
    found = headings(shown(karin.get(HERE)))
    place = found.index("Efter")
    assert found[place - 1 : place + 2] == ["Sammanfattning", "Efter", "Under"]
    assert Section.objects.get(plan=gotland, key="efter").role == "risks"
    assert Section.objects.get(plan=gotland, key="under").parent.key == "efter"


@pytest.mark.parametrize(("heading", "said"), [(" ", "Skriv en rubrik."), ("x" * 301, "Högst 300 tecken.")])
def test_a_heading_that_cannot_be_comes_back_with_what_was_typed(gotland, karin, heading, said):
    page = shown(karin.post(f"{DOING}nytt/", {"heading": heading, "efter": "sammanfattning"}), 422)
    assert faults(page)["heading"] == said
    assert page.one("input", name="efter").attributes["value"] == "sammanfattning"
    assert not SectionChange.objects.exists()


def test_a_section_is_moved_by_its_buttons(gotland, karin):
    page = shown(karin.get(HERE))
    first, second = row_of(page, "sammanfattning"), row_of(page, "bakgrund")
    first, second = (each.one("a", css="name").text for each in (first, second))
    moved = shown(press(karin, button(page, "bakgrund", "Flytta upp")))
    assert headings(moved).index(second) < headings(moved).index(first)
    moved = shown(press(karin, button(moved, "sammanfattning", "Lägg under")))
    assert Section.objects.get(plan=gotland, key="sammanfattning").parent.key == "bakgrund"
    shown(press(karin, button(moved, "sammanfattning", "Flytta ut")))
    assert Section.objects.get(plan=gotland, key="sammanfattning").parent is None


def test_only_moves_that_lead_somewhere_are_offered(gotland, karin):
    page = shown(karin.get(HERE))
    offered = [each.text for each in row_of(page, "sammanfattning").all("button")]
    assert "Flytta ned" in offered
    assert not {"Flytta upp", "Lägg under avsnittet före", "Flytta ut en nivå"} & set(offered)


def test_an_unknown_move_is_not_found(gotland, karin):
    assert karin.post(f"{DOING}avsnitt/bakgrund/flytta/bort/").status_code == 404


def test_a_removed_section_is_offered_back_also_after_a_reload(gotland, karin):
    before = headings(shown(karin.get(HERE)))
    page = shown(press(karin, button(shown(karin.get(HERE)), "bakgrund", "Ta bort, med")))
    assert "är borttaget" in page.one("div", css="undo").text
    assert len(headings(page)) < len(before) - 1
    again = shown(karin.get(HERE))
    back = shown(press(karin, again.one("div", css="undo").one("button")))
    assert headings(back) == before
    assert not back.all("div", css="undo")


def test_what_another_did_is_not_mine_to_undo_at_the_top_but_stands_in_the_history(gotland, karin, olle):
    press(karin, button(shown(karin.get(HERE)), "bakgrund", "Ta bort"))
    page = shown(olle.get(HERE))
    assert not page.all("div", css="undo")
    history = page.one("details", css="outline-history")
    assert "Karin Ek tog bort" in history.text
    shown(press(olle, history.one("button")))
    assert Section.objects.filter(plan=gotland, key="bakgrund").exists()
    assert "Olle Ask ångrade en ändring" in shown(karin.get(HERE)).one("details", css="outline-history").text


def test_properties_are_changed_in_a_form(gotland, karin):
    answer = filled(
        karin, f"{DOING}avsnitt/bakgrund/", heading="Grunden", numbered=[], new_page=["on"], role="risks"
    )
    assert answer["Location"] == f"{HERE}#avsnitt-bakgrund"
    section = Section.objects.get(plan=gotland, key="bakgrund")
    assert (section.heading, section.numbered, section.new_page, section.role) == (
        "Grunden",
        False,
        True,
        "risks",
    )


def test_an_appendix_without_heading_or_within_another_is_refused_at_its_field(gotland, karin):
    part = Section.objects.filter(plan=gotland, parent__key="bakgrund").first()
    assert part
    page = shown(filled(karin, f"{DOING}avsnitt/{part.key}/", is_appendix=["on"]), 422)
    assert "inte under ett annat" in faults(page)["is_appendix"]
    page = shown(filled(karin, f"{DOING}avsnitt/bakgrund/", is_appendix=["on"], heading=""), 422)
    assert "har en rubrik" in faults(page)["heading"]


def test_the_title_is_changed_in_a_form(gotland, karin):
    answer = filled(
        karin, "/gotland/plan/2021/titel/", title="Planen", diary_number="2021/7", quotation="Ord."
    )
    assert answer["Location"] == HERE
    gotland.refresh_from_db()
    assert (gotland.title, gotland.diary_number) == ("Planen", "2021/7")
    page = shown(filled(karin, "/gotland/plan/2021/titel/", quotation="", quotation_source="Någon"), 422)
    assert "utan citat" in faults(page)["quotation_source"]


# -- two people --------------------------------------------------------------------------------------


def rename(client: Client, number: str, heading: str, **headers: str):
    return client.post(
        f"{DOING}avsnitt/bakgrund/rubrik/", {"seen": number, "heading": heading}, headers=headers
    )


def test_a_heading_renamed_meanwhile_is_told_with_both(gotland, karin, olle):
    number = seen(shown(karin.get(HERE)))
    assert rename(olle, number, "Olles").status_code == 302
    page = shown(rename(karin, number, "Karins"), 409)
    said = page.one("div", css="error").text
    assert "”Olles”" in said and "Du skrev ”Karins”." in said
    assert "Olles" in headings(page)
    assert rename(karin, seen(page), "Karins").status_code == 302
    assert Section.objects.get(plan=gotland, key="bakgrund").heading == "Karins"


def test_two_in_the_properties_see_both_values_and_choose(gotland, karin, olle):
    address = f"{DOING}avsnitt/bakgrund/"
    mine = opened(karin, address)
    filled(olle, address, heading="Olles", numbered=[])
    page = shown(karin.post(address, {**mine, "heading": "Karins"}), 409)
    assert "Någon annan har sparat: Olles" in page.one("main").text
    form = page.one("main").one("form", css="fields")
    assert values_of(form)["heading"] == "Karins"
    assert "numbered" not in values_of(form)  # only Olle changed that
    karin.post(address, values_of(form))
    section = Section.objects.get(plan=gotland, key="bakgrund")
    assert (section.heading, section.numbered) == ("Karins", False)


def test_nothing_is_removed_that_another_has_written_in(gotland, karin, olle):
    page = shown(karin.get(HERE))
    first = seen(page)
    rename(olle, first, "Olles")
    answer = karin.post(f"{DOING}avsnitt/bakgrund/ta-bort/", {"seen": first})
    assert "Olles" in headings(shown(answer, 409))
    assert Section.objects.filter(plan=gotland, key="bakgrund").exists()


@pytest.mark.parametrize("what", ["rubrik/", "flytta/upp/", "placera/", "ta-bort/", "", "innehall/"])
def test_what_another_has_removed_is_told(gotland, karin, olle, what):
    olle.post(f"{DOING}avsnitt/bakgrund/ta-bort/", {"seen": 0})
    answer = karin.post(f"{DOING}avsnitt/bakgrund/{what}", {"seen": 0, "heading": "Karins"})
    assert "har tagit bort avsnittet" in shown(answer, 409).one("div", css="error").text


def test_a_plan_closed_meanwhile_is_told_and_read(gotland, karin):
    gotland.set_open(False)
    for address, data in (
        (f"{DOING}nytt/", {"heading": "Ny"}),
        (f"{DOING}avsnitt/bakgrund/rubrik/", {"heading": "Ny"}),
        ("/gotland/plan/2021/titel/", {"title": "Ny"}),
    ):
        page = shown(karin.post(address, data), 409)
        assert "Budgeten är stängd" in page.one("div", css="error").text or address.endswith("titel/")
    assert not SectionChange.objects.exists()


# -- for the script ----------------------------------------------------------------------------------


def test_the_script_gets_the_outline_alone_and_the_section_to_show(gotland, karin):
    answer = karin.post(f"{DOING}avsnitt/bakgrund/flytta/upp/", {"seen": 0}, headers=SCRIPT)
    part = shown(answer)
    assert answer["X-Outline-Section"] == "bakgrund"
    assert not part.all("html")
    assert part.one("div", id="outline")
    refused = shown(rename(karin, "0", " ", **SCRIPT), 422)
    assert "Skriv en rubrik" in refused.one("div", css="error").text


def test_a_section_is_put_where_it_is_dragged(gotland, karin):
    karin.post(f"{DOING}avsnitt/bakgrund/placera/", {"seen": 0, "fore": "sammanfattning"}, headers=SCRIPT)
    assert headings(shown(karin.get(HERE)))[0].startswith("Bakgrund")
    answer = karin.post(f"{DOING}avsnitt/bakgrund/placera/", {"seen": 0, "under": "bakgrund"}, headers=SCRIPT)
    assert "under sig självt" in shown(answer, 422).one("div", css="error").text


def test_no_heading_hides_the_addresses_of_the_outline(gotland, karin):
    for heading in ("Nytt", "Angra", "Avsnitt", "Disposition"):
        filled(karin, f"{DOING}nytt/", heading=heading)
    filled(karin, f"{DOING}avsnitt/nytt/", heading="Ändrat")
    assert Section.objects.get(plan=gotland, key="nytt").heading == "Ändrat"
    assert karin.get(f"{HERE}nytt/").status_code == 200


def test_a_page_asks_the_database_a_fixed_number_of_times(gotland, karin, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        karin.get(HERE)
