"""The plan's document in the browser's hands: read, taken out, begun; and by the command."""

import re
from datetime import UTC, datetime
from io import StringIO
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from members.models import RoleKind
from plans.models import Plan, Section
from plans.outlines import AlreadyBegunError, begin, outlines
from plans.reading import read_plan
from plans.rules import check_document
from plans.rules.content import DEMANDED
from tests.loading import load
from tests.members import people
from tests.services import pdf
from tests.services.docx import WordFile

FIXTURES = settings.BASE_DIR / "fixtures"
ADDRESS = "/gotland/plan/2021/"


@pytest.fixture
def gotland(db) -> Plan:
    federation, _ = load(FIXTURES / "gotland")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


@pytest.fixture
def empty(db) -> Plan:
    """A plan with a budget and no text."""
    federation, _ = load(FIXTURES / "introduktion")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


@pytest.fixture
def editor(client):
    def sign_in(plan: Plan):
        client.force_login(people.with_role(plan.federation, RoleKind.DIRECTOR))
        return client

    return sign_in


def test_the_plan_is_read_as_one_page(gotland, editor):
    page = editor(gotland).get(ADDRESS)
    html = page.content.decode()
    assert page.status_code == 200
    assert html.count("<h1") == 1
    assert "Verksamhets- och budgetplan 2021" in html
    assert re.search(r"<th scope=\"row\"[^>]*>\s*JobbSam 3\.0", html)
    assert "finns inte längre" not in html


def test_what_the_plan_lacks_is_told_with_its_paragraph(gotland, editor):
    html = editor(gotland).get(ADDRESS).content.decode()
    assert "Planen saknar finansiella mål" in html
    assert "KL (2017:725) 11 kap. 6 §" in html


def test_a_figure_that_is_gone_leads_to_its_section(gotland, editor):
    section = Section.objects.get(plan=gotland, key="jobbsam")
    section.text += '<p><span data-figure="what=line&amp;of=999999"></span></p>'
    section.save()
    html = editor(gotland).get(ADDRESS).content.decode()
    assert "En budgetpost som texten visar finns inte längre." in html
    assert 'href="#avsnitt-jobbsam"' in html and 'id="avsnitt-jobbsam"' in html
    assert "[belopp saknas]" in html


@pytest.mark.parametrize("kind", ["plan", "budget", "board"])
def test_each_kind_is_taken_out_as_pdf_and_word(gotland, editor, kind):
    client = editor(gotland)
    answer = client.get(f"{ADDRESS}{kind}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"] and "2021.pdf" in answer["Content-Disposition"]
    pdf.check(answer.content)
    assert "JobbSam 3.0" in pdf.text(answer.content)
    answer = client.get(f"{ADDRESS}{kind}.docx")
    assert any("JobbSam 3.0" in text for text in WordFile(answer.content).texts())


@pytest.mark.parametrize("name", ["plan.html", "plan.exe", "annat.pdf", "plan.PDF"])
def test_other_kinds_and_formats_are_not_there(gotland, editor, name):
    assert editor(gotland).get(ADDRESS + name).status_code == 404


def test_a_sign_that_cannot_be_printed_is_told_and_word_still_works(gotland, editor):
    section = Section.objects.get(plan=gotland, key="jobbsam")
    section.text += "<p>Bra jobbat \U0001f600!</p>"
    section.save()
    client = editor(gotland)
    answer = client.get(f"{ADDRESS}plan.pdf")
    assert answer.status_code == 422
    assert "\U0001f600" in answer.content.decode() or "1F600" in answer.content.decode()
    assert "Bra jobbat" in answer.content.decode()
    assert client.get(f"{ADDRESS}plan.docx").status_code == 200
    assert client.get(ADDRESS).status_code == 200


def test_an_empty_plan_says_so_and_offers_the_outlines(empty, editor):
    html = editor(empty).get(f"/introduktion/plan/{empty.plan_year}/").content.decode()
    assert "Planen har ingen text än" in html
    assert outlines()[0].key == "recommended"
    assert len(outlines()) == 5
    for outline in outlines():
        assert outline.name in html and outline.description in html


@pytest.mark.parametrize("outline", outlines(), ids=lambda outline: outline.key)
@pytest.mark.parametrize("kind", ["plan", "board"])
def test_a_plan_is_begun_from_each_outline_and_can_be_printed(empty, editor, outline, kind):
    client = editor(empty)
    address = f"/introduktion/plan/{empty.plan_year}/"
    assert client.post(f"{address}borja/", {"outline": outline.key}).status_code == 302
    found = list(Section.objects.filter(plan=empty).values_list("heading", flat=True))
    assert found and found[0] == outline.sections[0]["heading"]
    assert client.get(address).status_code == 200
    pdf.check(client.get(f"{address}{kind}.pdf").content)
    assert client.get(f"{address}{kind}.docx").status_code == 200


def test_the_recommended_outline_has_a_place_for_all_that_the_law_asks(empty):
    begin(empty, outlines()[0])
    roles = {section.role for section in read_plan(empty).all_sections()}
    assert set(DEMANDED) <= roles
    assert not [each for each in check_document(read_plan(empty)) if each.code == "LIVE_FIGURE"]


def test_a_plan_is_begun_once(empty, editor):
    begin(empty, outlines()[0])
    count = Section.objects.count()
    with pytest.raises(AlreadyBegunError, match="redan avsnitt"):
        begin(empty, outlines()[1])
    address = f"/introduktion/plan/{empty.plan_year}/"
    answer = editor(empty).post(f"{address}borja/", {"outline": "lund"}, follow=True)
    assert "Planen har redan avsnitt" in answer.content.decode()
    assert Section.objects.count() == count


@pytest.mark.parametrize("outline", ["", "nej", "../lund"])
def test_an_unknown_outline_is_told(empty, editor, outline):
    address = f"/introduktion/plan/{empty.plan_year}/"
    answer = editor(empty).post(f"{address}borja/", {"outline": outline}, follow=True)
    assert "Välj en disposition" in answer.content.decode()
    assert not Section.objects.exists()


def test_a_closed_plan_is_not_begun(empty, editor):
    empty.set_open(False)
    address = f"/introduktion/plan/{empty.plan_year}/"
    answer = editor(empty).post(f"{address}borja/", {"outline": "lund"}, follow=True)
    assert "stängd" in answer.content.decode()
    assert not Section.objects.exists()


def test_the_latest_plan_is_found_from_the_side(gotland, editor):
    client = editor(gotland)
    assert client.get(reverse("latest_document", args=["gotland"])).url == ADDRESS
    assert 'href="/gotland/plan/"' in client.get("/gotland/").content.decode()


def test_a_federation_without_a_plan_is_sent_to_its_overview(db, client):
    federation = people.federation("tomt", name="Tomt")
    client.force_login(people.with_role(federation, RoleKind.DIRECTOR))
    assert client.get("/tomt/plan/").url == "/tomt/"


# -- the command ---------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
@pytest.mark.parametrize("kind", ["plan", "budget", "board"])
def test_the_command_writes_each_kind_in_each_format(gotland, tmp_path, form, kind):
    files = [tmp_path / f"{number}.{form}" for number in (1, 2)]
    for file in files:
        call_command(
            "render_plan",
            "gotland",
            "2021",
            "--time=2021-11-02T14:10",
            format=form,
            kind=kind,
            out=file,
            stdout=StringIO(),
        )
    assert files[0].read_bytes() == files[1].read_bytes()
    if form == "pdf":
        assert "Utkast 2021-11-02 14.10" in pdf.pages(files[0].read_bytes())[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [(["gotland", "2020"], "ingen plan för gotland 2020"), (["okand", "2021"], "ingen plan för okand 2021")],
)
def test_the_command_tells_what_is_not_there(gotland, tmp_path, words, told):
    with pytest.raises(CommandError, match=told):
        call_command("render_plan", *words, out=tmp_path / "x.pdf")


def test_the_command_tells_where_it_cannot_write(gotland, tmp_path):
    with pytest.raises(CommandError, match="går inte att skriva där"):
        call_command("render_plan", "gotland", "2021", out=tmp_path / "ingen" / "x.pdf")


def test_the_command_tells_what_cannot_be_printed(gotland, tmp_path):
    section = Section.objects.get(plan=gotland, key="jobbsam")
    Section.objects.filter(pk=section.pk).update(text="<p>مرحبا</p>")
    with pytest.raises(CommandError, match="U\\+0645|م"):
        call_command("render_plan", "gotland", "2021", out=tmp_path / "x.pdf")


def test_the_page_says_what_time_it_is_in_sweden(gotland, editor):
    with mock.patch("django.utils.timezone.now", return_value=datetime(2021, 7, 1, 12, 0, tzinfo=UTC)):
        html = editor(gotland).get(ADDRESS).content.decode()
    assert "2021-07-01 14.00" in html
