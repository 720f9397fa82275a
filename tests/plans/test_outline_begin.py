"""Beginning to write a plan: from nothing, from another year's, from a Word file."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from members.models import RoleKind
from plans.exchange.plan_file_writing import dump_document
from plans.making import Choice, make
from plans.models import Goal, Plan, Section
from tests.loading import load
from tests.members import people
from tests.members.page_forms import values_of
from tests.members.shown_page import Element, shown

FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.fixture
def empty(db) -> Plan:
    federation, _ = load(FIXTURES / "introduktion")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


@pytest.fixture
def karin(empty) -> Client:
    return people.reader(empty.federation)


@pytest.fixture
def here(empty) -> str:
    return f"/introduktion/plan/{empty.plan_year}/"


def word_file() -> SimpleUploadedFile:
    document = Document()
    document.add_heading("Uppdrag", 1)
    document.add_paragraph("Förbundet ska stödja samverkan.")
    document.add_heading("Målgrupp", 2)
    document.add_paragraph("Unga vuxna.")
    content = BytesIO()
    document.save(content)
    return SimpleUploadedFile("plan.docx", content.getvalue())


def said(page: Element) -> str:
    return page.one("div", css="error").text


def test_the_outline_of_an_empty_plan_offers_the_ways_to_begin(karin, here):
    page = shown(karin.get(f"{here}skriv/"))
    assert "Planen har ingen text än" in page.text
    ways = [form.attributes["action"] for form in page.one("main").all("form")]
    assert ways == [f"{here}borja/", f"{here}borja/word/", f"{here}borja/tomt/"]


def test_from_nothing_there_is_one_section_to_write_in(empty, karin, here):
    answer = karin.post(f"{here}borja/tomt/")
    assert answer["Location"] == f"{here}skriv/"
    assert [section.heading for section in Section.objects.filter(plan=empty)] == ["Inledning"]


def test_a_plan_is_begun_once_and_not_when_closed(empty, karin, here):
    karin.post(f"{here}borja/tomt/")
    assert "redan avsnitt" in said(shown(karin.post(f"{here}borja/tomt/"), 409))
    Section.objects.all().delete()
    empty.set_open(False)
    assert "Budgeten är stängd" in said(shown(karin.post(f"{here}borja/tomt/"), 409))
    assert not Section.objects.exists()


# -- from another year ---------------------------------------------------------------------------------


@pytest.fixture
def next_year(db) -> Plan:
    """Gotland's next plan, made with the budget alone."""
    federation, _ = load(FIXTURES / "gotland")
    director = people.with_role(federation, RoleKind.DIRECTOR)
    return make(federation, Choice(2022), director)


def test_another_years_text_is_taken_with_its_goals(next_year):
    client = people.reader(next_year.federation)
    page = shown(client.get("/gotland/plan/2022/skriv/"))
    (form,) = [each for each in page.one("main").all("form") if each.attributes["action"].endswith("/plan/")]
    client.post(form.attributes["action"], values_of(form))
    source = Plan.objects.select_related("budget", "federation").get(plan_year=2021)
    ours, theirs = dump_document(next_year), dump_document(source)

    def headings(sections: list[dict]) -> list[str]:
        return [
            heading
            for each in sections
            for heading in (each.get("heading", ""), *headings(each.get("parts", [])))
        ]

    assert headings(ours["sections"]) == headings(theirs["sections"])
    assert [area["name"] for area in ours["areas"]] == [area["name"] for area in theirs["areas"]]


def test_goals_of_ones_own_are_kept(next_year):
    Goal.objects.create(plan=next_year, text="Vårt eget mål")
    people.reader(next_year.federation).post("/gotland/plan/2022/borja/plan/", {"fran": "2021"})
    assert Section.objects.filter(plan=next_year).exists()
    assert [goal.text for goal in Goal.objects.filter(plan=next_year)] == ["Vårt eget mål"]


@pytest.mark.parametrize("year", ["", "2022", "1999", "x"])
def test_a_year_without_text_is_refused(next_year, year):
    answer = people.reader(next_year.federation).post("/gotland/plan/2022/borja/plan/", {"fran": year})
    assert "Välj vilket års plan" in said(shown(answer, 422))


# -- from a Word file ----------------------------------------------------------------------------------


def test_a_word_file_is_shown_before_it_is_stored(empty, karin, here):
    page = shown(karin.post(f"{here}borja/word/", {"fil": word_file()}))
    assert "Uppdrag" in page.text and "Målgrupp" in page.text
    assert not Section.objects.exists()
    (form,) = page.one("main").all("form")
    answer = karin.post(form.attributes["action"], values_of(form))
    assert answer["Location"] == f"{here}skriv/"
    part = Section.objects.get(plan=empty, heading="Målgrupp")
    assert part.parent and part.parent.heading == "Uppdrag"
    assert "Unga vuxna." in part.text


def test_what_is_no_word_file_is_told(karin, here):
    answer = karin.post(f"{here}borja/word/", {"fil": SimpleUploadedFile("plan.docx", b"nej")})
    assert said(shown(answer, 422))
    assert "Välj en Word-fil" in said(shown(karin.post(f"{here}borja/word/"), 422))
    assert not Section.objects.exists()


@pytest.mark.parametrize("sealed", ["", "påhittat", "a:b:c"])
def test_sections_that_finsam_has_not_read_are_not_stored(karin, here, sealed):
    answer = karin.post(f"{here}borja/word/spara/", {"avsnitt": sealed})
    assert "gäller inte längre" in said(shown(answer, 422))
    assert not Section.objects.exists()


def test_what_was_read_for_one_plan_is_not_stored_in_another(empty, karin, here, next_year):
    page = shown(karin.post(f"{here}borja/word/", {"fil": word_file()}))
    (form,) = page.one("main").all("form")
    other = people.reader(next_year.federation)
    answer = other.post("/gotland/plan/2022/borja/word/spara/", values_of(form))
    assert "gäller inte längre" in said(shown(answer, 422))
    assert not Section.objects.filter(plan=next_year).exists()
