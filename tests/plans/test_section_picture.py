"""A picture added last in a section's text on a page of its own, without script."""

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from members.models import RoleKind
from plans.editing.section import change_text
from plans.illustrations import store_illustration
from plans.models import Illustration, Plan, Section, SectionChange
from tests.loading import load
from tests.members import people
from tests.members.page_forms import values_of
from tests.members.shown_page import Element, shown
from tests.plans.made_illustrations import drawn

FIXTURES = settings.BASE_DIR / "fixtures"
ADDRESS = "/gotland/plan/2021/disposition/avsnitt/jobbsam/bild/"
WORDS = {"alternative_text": "Karta\növer länet", "caption": "Bild 1"}


@pytest.fixture
def plan(db) -> Plan:
    federation, _ = load(FIXTURES / "gotland")
    Section.objects.filter(plan__federation=federation, key="jobbsam").update(text="<p>Början.</p>")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


@pytest.fixture
def karin(plan) -> Client:
    return people.client_of(people.with_role(plan.federation, RoleKind.DIRECTOR))


def text(plan: Plan) -> str:
    return Section.objects.get(plan=plan, key="jobbsam").text


def picture(content: bytes | None = None) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("karta.png", drawn() if content is None else content)}


def send(client: Client, page: Element, **values: object) -> HttpResponse:
    """The form of a page as it stands, with more filled in."""
    (form,) = page.one("main").all("form")
    shown = {**values_of(form), "alternative_text": form.one("textarea").text}
    return client.post(form.attributes["action"], {**shown, **values})


def test_the_picture_stands_last_in_the_text_and_in_the_history(plan, karin):
    answer = send(karin, shown(karin.get(ADDRESS)), **WORDS, **picture())
    assert answer["Location"] == "/gotland/plan/2021/skriv/jobbsam/"
    key = Illustration.objects.get().key
    tag = f'<img data-picture="{key}" alt="Karta över länet" data-caption="Bild 1">'
    assert text(plan) == f"<p>Början.</p>\n{tag}"
    change = SectionChange.objects.get()
    assert change.before["jobbsam"]["text"] == "<p>Början.</p>"
    page = karin.get("/gotland/plan/2021/skriv/jobbsam/historik/").content.decode()
    assert "Bild: Karta över länet" in page


def test_without_alternative_text_the_picture_is_kept_and_need_not_be_sent_again(plan, karin):
    answer = send(karin, shown(karin.get(ADDRESS)), caption="Bild 1", **picture())
    page = shown(answer, 422)
    assert "Skriv vad bilden visar." in page.one("main").text
    assert "Bilden har kommit fram och behöver inte väljas igen" in page.one("main").text
    answer = send(karin, page, alternative_text="Karta")
    assert answer.status_code == 302
    key = Illustration.objects.get().key
    assert text(plan).endswith(f'<img data-picture="{key}" alt="Karta" data-caption="Bild 1">')


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Välj en bildfil."),
        (picture(b'<svg onload="alert(1)"></svg>'), "Filen är en SVG-bild"),
        (picture(drawn()[:50]), "Bilden är skadad"),
    ],
    ids=["none", "svg", "damaged"],
)
def test_what_cannot_be_used_is_told_at_the_field_and_the_words_stay(plan, karin, files, sentence):
    page = shown(send(karin, shown(karin.get(ADDRESS)), **WORDS, **files), 422)
    assert sentence in page.one("main").text
    assert page.one("textarea").text.split() == ["Karta", "över", "länet"]
    assert text(plan) == "<p>Början.</p>"
    assert not Illustration.objects.exists()


def test_when_another_has_written_the_picture_goes_last_in_what_they_wrote(plan, karin):
    page = shown(karin.get(ADDRESS))
    bo = people.with_role(plan.federation, RoleKind.ADMINISTRATOR)
    change_text(plan, bo, "jobbsam", 0, "<p>Bos text.</p>")
    met = shown(send(karin, page, **WORDS, **picture()), 409)
    assert "Någon annan har ändrat avsnittets text" in met.one("main").text
    assert text(plan) == "<p>Bos text.</p>"
    assert send(karin, met).status_code == 302
    assert re.fullmatch(
        r'<p>Bos text\.</p>\n<img data-picture="\w{20}" alt="Karta över länet".*>', text(plan)
    )


def test_a_picture_of_another_federation_cannot_be_taken(plan, karin):
    theirs = store_illustration(load(FIXTURES / "lund")[0], drawn(2)).key
    page = shown(send(karin, shown(karin.get(ADDRESS)), **WORDS, stored=theirs), 422)
    assert "Välj en bildfil." in page.one("main").text
    assert text(plan) == "<p>Början.</p>"


def test_a_closed_plan_is_not_changed(plan, karin):
    page = shown(karin.get(ADDRESS))
    plan.set_open(False)
    answer = send(karin, page, **WORDS, **picture())
    assert answer.status_code == 409 and "stängd" in answer.content.decode()
    assert text(plan) == "<p>Början.</p>" and not Illustration.objects.exists()
    assert not shown(karin.get(ADDRESS)).one("main").all("form")
