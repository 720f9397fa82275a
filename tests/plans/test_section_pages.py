"""Writing a section: saved as one types, two people at once, closed plans, the history, inserting figures."""

import json
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import RoleKind
from plans.editing.outline import move_section, remove_section
from plans.models import Plan, Section, SectionChange
from plans.preview import read_figures
from tests.loading import load
from tests.members import people
from tests.members.page_forms import values_of
from tests.members.shown_page import shown

FIXTURES = settings.BASE_DIR / "fixtures"
ADDRESS = "/gotland/plan/2021/skriv/jobbsam/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def plan(db) -> Plan:
    federation, _ = load(FIXTURES / "gotland")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


@pytest.fixture
def karin(plan):
    return people.client_of(people.with_role(plan.federation, RoleKind.DIRECTOR))


@pytest.fixture
def bo(plan):
    return people.client_of(people.with_role(plan.federation, RoleKind.ADMINISTRATOR))


def section(plan: Plan, key: str = "jobbsam") -> Section:
    return Section.objects.get(plan=plan, key=key)


def save(client, text: str, revision: int = 0, **more):
    return client.post(f"{ADDRESS}spara/", {"text": text, "revision": revision}, headers=JSON, **more)


def test_the_page_shows_the_text_and_how_it_looks(plan, karin):
    html = karin.get(ADDRESS).content.decode()
    assert html.count("<h1") == 1
    assert "5.1 JobbSam 3.0" in html
    assert "2 203 500".replace(" ", "\u00a0") in html, "the live block is shown beside the text"


def test_a_saved_text_is_cleaned_kept_and_shown(plan, karin):
    answer = save(karin, "<p onclick='x'>Hej <b>du</b><script>1</script></p>")
    said = json.loads(answer.content)
    assert answer.status_code == 200
    assert section(plan).text == "<p>Hej <b>du</b></p>"
    assert said["revision"] == section(plan).revision == 1
    assert "<strong>du</strong>" in said["preview"] and "script" not in said["preview"]


def test_the_same_text_again_is_no_change(plan, karin):
    save(karin, "<p>Hej</p>")
    assert json.loads(save(karin, "<p>Hej</p>", 1).content)["revision"] == 1
    assert SectionChange.objects.count() == 1


def test_a_live_figure_is_worked_out_in_the_answer(plan, karin):
    answer = save(karin, '<p>Kostnaderna är <span data-figure="what=costs"></span>.</p>')
    shown = re.sub(r"<[^>]+>", "", json.loads(answer.content)["preview"]).replace("\u00a0", " ")
    costs = read_figures(plan).sheet.figures[1].costs
    assert costs is not None
    assert f"Kostnaderna är {costs:,.0f} kr.".replace(",", " ") in shown


def test_the_second_of_two_writers_sees_both_texts_and_nothing_is_lost(plan, karin, bo):
    save(karin, "<p>Karins text</p>")
    answer = save(bo, "<p>Bos text</p>")
    said = json.loads(answer.content)
    assert answer.status_code == 409
    assert "Karins text" in said["theirs"]["text"] and said["theirs"]["revision"] == 1
    assert section(plan).text == "<p>Karins text</p>"
    answer = save(bo, "<p>Bos text</p>", said["theirs"]["revision"])
    assert answer.status_code == 200
    assert section(plan).text == "<p>Bos text</p>"
    texts = [change.before["jobbsam"]["text"] for change in SectionChange.objects.all()]
    assert "<p>Karins text</p>" in texts, "what was written over is in the history"


def test_a_section_that_was_only_moved_is_no_conflict(plan, karin, bo):
    save(karin, "<p>Ett</p>")
    user = people.with_role(plan.federation, RoleKind.ADMINISTRATOR)
    move_section(plan, user, "jobbsam", 1, "down")
    assert section(plan).revision == 2
    assert save(karin, "<p>Två</p>", 1).status_code == 200
    assert section(plan).text == "<p>Två</p>"


def test_without_script_both_texts_are_on_the_page(plan, karin, bo):
    save(karin, "<p>Karins text</p>")
    answer = bo.post(f"{ADDRESS}spara/", {"text": "<p>Bos text</p>", "revision": 0})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Karins text" in html and "&lt;p&gt;Bos text&lt;/p&gt;" in html
    answer = bo.post(f"{ADDRESS}spara/", {"text": "<p>Bos text</p>", "revision": 1})
    assert answer.status_code == 302


def test_a_closed_plan_keeps_its_text_and_gives_mine_back(plan, karin):
    before = section(plan).text
    plan.set_open(False)
    answer = save(karin, "<p>För sent</p>")
    assert answer.status_code == 409 and "stängd" in json.loads(answer.content)["said"]
    answer = karin.post(f"{ADDRESS}spara/", {"text": "<p>För sent</p>", "revision": 0})
    assert answer.status_code == 409 and "&lt;p&gt;För sent&lt;/p&gt;" in answer.content.decode()
    assert section(plan).text == before
    assert "Planen är stängd" in karin.get(ADDRESS).content.decode()


def test_a_removed_section_is_told_and_mine_is_given_back(plan, karin):
    remove_section(plan, people.with_role(plan.federation, RoleKind.DIRECTOR), "jobbsam", 0)
    answer = karin.post(f"{ADDRESS}spara/", {"text": "<p>Kvar</p>", "revision": 0})
    assert answer.status_code == 409
    assert "finns inte längre" in answer.content.decode() and "Kvar" in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "revision"), [("<p>x</p>", "nej"), ("<p>x</p>", ""), ("x" * 200_001, "0")], ids=str
)
def test_what_cannot_be_taken_is_told(plan, karin, text, revision):
    answer = karin.post(f"{ADDRESS}spara/", {"text": text, "revision": revision}, headers=JSON)
    assert answer.status_code == 422 and json.loads(answer.content)["said"]
    assert not SectionChange.objects.exists()


def test_the_history_marks_what_differs_and_gives_back_an_earlier_text(plan, karin):
    save(karin, "<p>Första meningen står här</p>")
    save(karin, "<p>Andra meningen står här</p>", 1)
    latest, first = shown(karin.get(f"{ADDRESS}historik/")).one("ol", "section-history").all("li")
    assert "Andra" in latest.one("ins").text
    assert "Första" in latest.one("del").text
    assert "Så är texten nu." in latest.text
    (form,) = first.all("form")
    answer = karin.post(f"{ADDRESS}spara/", values_of(form))
    assert answer.status_code == 302
    assert section(plan).text == "<p>Första meningen står här</p>"


def test_what_is_pasted_from_word_comes_clean(plan, karin):
    html = "<html><body><p class=MsoNormal><b>Fet</b> text<script>x</script></p></body></html>"
    answer = karin.post("/gotland/plan/2021/klistra/", {"html": html})
    clean = json.loads(answer.content)["html"]
    assert "Fet" in clean and "Mso" not in clean and "script" not in clean
    assert not SectionChange.objects.exists()


def test_a_figure_is_found_by_its_words(plan, karin):
    answer = karin.get("/gotland/plan/2021/belopp/", {"sok": "jobbsam 3.0"})
    found = json.loads(answer.content)["figures"]
    assert any("JobbSam 3.0" in each["name"] and "2\u00a0203\u00a0500" in each["shown"] for each in found)
    assert json.loads(karin.get("/gotland/plan/2021/belopp/", {"sok": "zzzz"}).content)["figures"] == []


def test_saving_takes_as_many_queries_in_a_plan_of_any_size(plan, karin):
    text = '<p><span data-figure="what=costs"></span> {}</p>'
    save(karin, text.format(0))

    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert save(karin, text.format(number), number).status_code == 200
        return len(asked)

    few = queries(1)
    Section.objects.bulk_create(
        Section(plan=plan, key=f"mer-{number}", heading="Mer", text="<p>x</p>") for number in range(300)
    )
    assert queries(2) == few <= 14
