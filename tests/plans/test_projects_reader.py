"""The insatser as somebody meets them who has not seen them before."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from budgets.models import Amount, BudgetLine
from members.models import Federation
from plans.models import Plan
from projects.models import BoardDecision, Project
from tests.members.page_forms import faults, filled
from tests.members.shown_page import shown
from tests.plans.test_projects_pages import LIST, card, editor, gotland, jobbsam, move, part, plan

__all__ = ["editor", "gotland", "jobbsam", "plan"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def stegen(gotland: Federation, plan: Plan) -> Project:
    """An insats with a budget line that has no amounts yet."""
    project = Project.objects.create(federation=gotland, name="Stegen", level="individual", status="granted")
    other = BudgetLine.objects.filter(budget=plan.budget, section="cost").first()
    assert other
    line = BudgetLine.objects.get(pk=other.pk)
    line.pk, line.name, line.project, line.position = None, "Stegen", project, 999
    line.save()
    return project


def decide(project: Project, **values: object) -> BoardDecision:
    given = {"date": "2020-11-24", "paragraph": "§ 57", "decision": "att bevilja medel", "first_year": 2021}
    return BoardDecision.objects.create(project=project, **{**given, "amount": 1_200_000, **values})


@pytest.mark.parametrize("typed", ["12 oktober 2021", "12/10 2021", "2021-10-12"])
def test_a_date_is_typed_as_it_is_written(editor: Client, jobbsam: Project, typed: str):
    filled(editor, f"{card(jobbsam)}beslut/ny/", date=typed, paragraph="45", decision="att förlänga")
    decision = jobbsam.decisions.get(decision="att förlänga")
    assert (decision.date, decision.paragraph) == ("2021-10-12", "§ 45")
    filled(editor, f"{card(jobbsam)}uppgifter/", ends="okt. 2022")
    jobbsam.refresh_from_db()
    assert jobbsam.ends == "2022-10"


def test_what_is_no_date_is_told_in_our_words(editor: Client, jobbsam: Project):
    page = shown(
        filled(editor, f"{card(jobbsam)}beslut/ny/", date="tisdagen den 12 oktober 2021", decision="x")
    )
    assert faults(page) == {"date": "Skriv datumet som 2021-10-12, 2021-10 eller 2021."}


def test_an_amount_that_is_not_there_is_entered_in_its_cell(editor: Client, stegen: Project, plan: Plan):
    links = [
        each
        for each in part(shown(editor.get(card(stegen))), "pengar").all("a")
        if each.text == "ange belopp"
    ]
    grid = shown(editor.get("/gotland/budget/2021/"))
    assert len(links) == 4
    for link in links:
        path, _, place = link.href.partition("#")
        assert path == "/gotland/budget/2021/" and grid.one("td", id=place).text == ""
    plan.set_open(False)
    assert "ange belopp" not in part(shown(editor.get(card(stegen))), "pengar").text


def test_what_the_board_has_decided_is_held_against_an_empty_budget(editor: Client, stegen: Project):
    decide(stegen, last_year=2022)
    decide(stegen, first_year=2030, decision="senare")
    decide(stegen, amount=None, decision="utan belopp")
    said = (
        "Styrelsen har beslutat 1 200 000 kr (24 november 2020 § 57), men budgeten har inget belopp för 2021 "
        "och 2022."
    )
    money = part(shown(editor.get(card(stegen))), "pengar").text.replace("\xa0", " ")
    assert money.count("Styrelsen har beslutat") == 1 and said in money
    line = stegen.budget_lines.get()
    year = line.budget.years.filter(year=2022).get()
    Amount.objects.create(line=line, year=year, amount=1)
    assert "Styrelsen har beslutat" not in part(shown(editor.get(card(stegen))), "pengar").text


def test_an_insats_that_ends_before_its_time_is_asked_for_its_last_day(editor: Client, jobbsam: Project):
    Project.objects.filter(pk=jobbsam.pk).update(ends=f"{localdate() + timedelta(days=40)}")
    assert "Ange den sista dagen" in shown(editor.get(card(jobbsam))).one("p", css="why-not").text
    assert move(editor, jobbsam).status_code == 409
    Project.objects.filter(pk=jobbsam.pk).update(ends=f"{localdate()}")
    assert move(editor, jobbsam).status_code == 302


def test_the_facts_stand_in_groups(editor: Client):
    groups = shown(editor.get(f"{LIST}ny/")).one("form", css="fields").all("fieldset", css="group")
    assert [each.one("legend").text for each in groups if not each.all("legend")[1:]] == [
        "Vad det är",
        "Tid",
        "Beslut och pengar",
    ]
    assert [each.all("legend")[0].text for each in groups][2] == "Vilka"
    fields = {each.attributes["name"] for group in groups for each in group if "name" in each.attributes}
    assert {"name", "status", "starts", "owner", "decision_reference", "description"} <= fields


def test_a_choice_that_is_not_made_is_told_in_words(editor: Client):
    form = shown(editor.get(f"{LIST}ny/")).one("form", css="fields")
    empty = {
        select.attributes["name"]: option.text
        for select in form.all("select")
        for option in select.all("option", value="")
    }
    assert empty["level"] == "Välj …" and empty["owner"] == "inget valt"
    assert not [text for text in empty.values() if "---" in text]


def test_each_insats_of_the_timeline_leads_to_its_card(editor: Client, gotland: Federation):
    page = shown(editor.get(f"{LIST}tidslinje/"))
    assert page.one("h1").text == "Tidslinje"
    assert "i tiden" not in page.one("main").text
    linked = {each.href for each in page.one("main").all("a")}
    assert {card(each) for each in gotland.projects.all()} <= linked
