"""The insatser in the browser: what is shown, and what becomes of what is sent."""

import pytest
from django.conf import settings
from django.test import Client

from budgets.models import BudgetLine, Change
from budgets.reading import read_sheet
from members.models import Federation, RoleKind
from plans.models import Goal, Plan, Section
from projects.models import BoardDecision, Financer, PlannedParticipants, Project
from tests.loading import load
from tests.members import people
from tests.members.page_forms import faults, filled, main_form, opened, values_of
from tests.members.people import client_of, with_role
from tests.members.shown_page import Element, ids, shown

pytestmark = pytest.mark.django_db

LIST = "/gotland/insatser/"


@pytest.fixture
def gotland() -> Federation:
    return load(settings.BASE_DIR / "fixtures" / "gotland")[0]


@pytest.fixture
def editor(gotland) -> Client:
    return client_of(with_role(gotland, RoleKind.DIRECTOR))


@pytest.fixture
def plan(gotland) -> Plan:
    return Plan.objects.select_related("budget").get(federation=gotland)


@pytest.fixture
def jobbsam(gotland) -> Project:
    return gotland.projects.get(name="JobbSam 3.0")


def card(project: Project) -> str:
    return f"{LIST}{project.pk}/"


def part(page: Element, name: str) -> Element:
    """A part of the card by the id of its heading."""
    (found,) = [each for each in page.all("section") if each.attributes.get("aria-labelledby") == name]
    return found


def alert(page: Element) -> str:
    return page.one(role="alert").text


# -- the list ----------------------------------------------------------------------------------------


def rows_of(page: Element) -> dict[str, list[str]]:
    """The cells of each listed insats by its name."""
    return {
        row.one("a").text: [cell.text for cell in row.all("td")]
        for table in page.all("table", css="projects")
        for row in table.one("tbody").all("tr")
    }


def test_the_list_says_what_each_costs_and_plans_in_the_plan_year(editor, jobbsam):
    PlannedParticipants.objects.create(project=jobbsam, year=2021, number=40)
    PlannedParticipants.objects.create(project=jobbsam, year=2022, number=60)
    page = shown(editor.get(LIST))
    assert rows_of(page)["JobbSam 3.0"] == ["1 september 2020–31 augusti 2023", "–", "2 203 500", "40"]
    assert [each.text for each in page.all("h2")] == ["Beviljad 1", "Pågår 11", "Avslutad 2"]
    assert page.one("nav", css="side").one("a", aria_current="page").text == "Insatser"


@pytest.mark.parametrize(
    ("query", "number"),
    [("", 14), ("?lage=ended", 2), ("?niva=individual", 3), ("?lage=running&niva=individual", 1)],
)
def test_the_list_is_filtered_by_status_and_level(editor, query, number):
    assert len(rows_of(shown(editor.get(LIST + query)))) == number


def test_a_filter_that_nothing_passes_offers_the_way_back(editor):
    page = shown(editor.get(f"{LIST}?lage=idea"))
    assert "Ingen insats har det läget" in page.one("main").text
    assert [each.href for each in page.all("a") if each.text == "Visa alla"] == [LIST, LIST]


def test_without_any_insats_the_page_says_what_belongs_here():
    federation = people.federation()
    page = shown(client_of(with_role(federation, RoleKind.DIRECTOR)).get("/norrby/insatser/"))
    assert "Här står det som förbundet finansierar" in page.one("main").text
    assert page.one("a", css="primary").href == "/norrby/insatser/ny/"


# -- the card ----------------------------------------------------------------------------------------


def test_each_amount_leads_to_its_own_cell_in_the_grid(editor, jobbsam, plan):
    money = part(shown(editor.get(card(jobbsam))), "pengar")
    links = {each.text: each.href for each in money.one("tbody").all("a")}
    assert list(links) == ["1 268 400", "2 203 500", "2 294 300", "2 335 916"]
    grid = shown(editor.get("/gotland/budget/2021/"))
    for amount, address in links.items():
        path, _, place = address.partition("#")
        assert path == "/gotland/budget/2021/"
        assert amount in grid.one("td", id=place).text


def test_the_card_says_which_goals_indicators_and_sections_have_to_do_with_it(editor, jobbsam, plan):
    goal = Goal.objects.filter(plan=plan, projects=jobbsam).first()
    goal.indicators.create(plan=plan, text="Andel i arbete", target="60 procent")
    page = shown(editor.get(card(jobbsam)))
    links = part(page, "samband").text
    assert goal.text in links and "Mått: Andel i arbete (60 procent)" in links
    document = shown(editor.get("/gotland/plan/2021/"))
    mentions = part(page, "dokument").all("a")
    assert "Sammanfattning" in [each.text for each in mentions]
    assert {each.href.partition("#")[2] for each in mentions} <= ids(document)


def test_predecessor_and_successor_lead_to_each_other(editor, gotland, jobbsam):
    earlier = gotland.projects.get(name="JobbSam 2.0")
    assert part(shown(editor.get(card(jobbsam))), "uppgifter").one("a", href=card(earlier))
    assert part(shown(editor.get(card(earlier))), "uppgifter").one("a", href=card(jobbsam))


# -- a new one, and its facts ------------------------------------------------------------------------


NEW = {"name": "Stegen", "level": "individual", "starts": "2021-01", "description": "Stöd.\r\n\r\nMer."}


def test_a_new_insats_with_its_budget_line_in_one_go(editor, gotland, plan):
    answer = filled(editor, f"{LIST}ny/", **NEW, with_line="on", group="Projekt")
    stegen = gotland.projects.get(name="Stegen")
    assert answer["Location"] == card(stegen)
    assert (stegen.status, stegen.description) == ("idea", "Stöd.\n\nMer.")
    assert stegen.position == max(gotland.projects.values_list("position", flat=True))
    line = BudgetLine.objects.get(project=stegen)
    assert (line.budget, line.name, line.group.name) == (plan.budget, "Stegen", "Projekt")
    assert (line.section, line.line_class) == ("cost", "insats")
    assert plan.budget.changes.get().action == Change.Action.ADD_LINE


def test_a_new_insats_without_a_line_leaves_the_budget_alone(editor, gotland, plan):
    filled(editor, f"{LIST}ny/", **NEW)
    assert not gotland.projects.get(name="Stegen").budget_lines.exists()
    assert not plan.budget.changes.exists()


def test_when_the_budget_is_closed_meanwhile_neither_insats_nor_line_is_made(
    editor, gotland, plan, monkeypatch
):
    """The form was opened while the budget was open, and it is closed in the moment of saving."""
    from plans.views.projects import facts

    values = {**opened(editor, f"{LIST}ny/"), **NEW, "with_line": "on", "group": "Projekt"}
    found = facts.open_budget

    def closed_at_once(here):
        budget = found(here)
        plan.set_open(False)
        return budget

    monkeypatch.setattr(facts, "open_budget", closed_at_once)
    page = shown(editor.post(f"{LIST}ny/", values))
    assert "Budgeten är stängd" in alert(page)
    assert values_of(main_form(page))["name"] == "Stegen"
    assert not gotland.projects.filter(name="Stegen").exists()


def test_a_closed_plan_offers_no_line_but_takes_a_new_insats(editor, gotland, plan):
    plan.set_open(False)
    assert "with_line" not in opened(editor, f"{LIST}ny/")
    filled(editor, f"{LIST}ny/", **NEW)
    assert gotland.projects.filter(name="Stegen").exists()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": "JobbSam"}, "name", "Det finns redan en insats med det namnet."),
        ({"level": ""}, "level", "Välj något för ”Nivå”."),
        ({"starts": "i höst"}, "starts", "Skriv datumet som 2021-10-12, 2021-10 eller 2021."),
        ({"ends": "2020"}, "ends", "Insatsen slutar innan den börjar."),
        ({"sus_class": "training"}, "sus_class", "Inriktningen hör inte till insatsens nivå."),
        ({"status": "granted"}, "decision_reference", "när styrelsen har beslutat"),
        ({"status": "ended", "decision_reference": "§ 7"}, "ends", "Ange först när den slutade."),
        ({"description": "osynligt\x07tecken"}, "description", "tecken"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    editor, gotland, changes, field, sentence
):
    number = gotland.projects.count()
    page = shown(filled(editor, f"{LIST}ny/", **{**NEW, **changes}))
    assert sentence in faults(page)[field]
    assert values_of(main_form(page))["starts"] == changes.get("starts", "2021-01")
    assert gotland.projects.count() == number


def test_facts_are_changed_and_partners_are_counted(editor, gotland, jobbsam):
    before = gotland.surroundings
    member = gotland.members.first()
    filled(editor, f"{card(jobbsam)}uppgifter/", leader_employer="Region Gotland", partners=[str(member.pk)])
    jobbsam.refresh_from_db()
    gotland.refresh_from_db()
    assert (jobbsam.leader_employer, list(jobbsam.partners.all())) == ("Region Gotland", [member])
    assert gotland.surroundings > before


def test_what_the_status_demands_is_not_taken_away(editor, jobbsam):
    page = shown(filled(editor, f"{card(jobbsam)}uppgifter/", starts=""))
    assert "har en start" in faults(page)["starts"]
    jobbsam.refresh_from_db()
    assert jobbsam.starts == "2020-09-01"


def test_an_insats_is_not_built_on_what_is_built_on_it(editor, gotland, jobbsam):
    earlier = gotland.projects.get(name="JobbSam 2.0")
    Project.objects.filter(pk=earlier.pk).update(status="running")
    page = shown(filled(editor, f"{card(earlier)}uppgifter/", predecessor=str(jobbsam.pk)))
    assert "bygger i sin tur" in faults(page)["predecessor"]


@pytest.mark.parametrize("place", ["uppgifter", "beskrivning"])
def test_two_who_write_the_same_both_see_both(editor, jobbsam, place):
    field, mine, theirs = {
        "uppgifter": ("extension", "ett år", "två år"),
        "beskrivning": ("description", "Min text.", "Deras text."),
    }[place]
    address = f"{card(jobbsam)}{place}/"
    values = opened(editor, address)
    Project.objects.filter(pk=jobbsam.pk).update(**{field: theirs})
    page = shown(editor.post(address, {**values, field: mine}), 409)
    assert f"Någon annan har sparat: {theirs}" in page.one("div", css="clash").text
    assert mine in page.one("main").text or values_of(main_form(page))[field] == mine
    jobbsam.refresh_from_db()
    assert getattr(jobbsam, field) == theirs


def test_who_has_not_changed_the_text_takes_over_the_others(editor, jobbsam):
    Project.objects.filter(pk=jobbsam.pk).update(description="Ett.\n\nTvå.")
    address = f"{card(jobbsam)}beskrivning/"
    values = opened(editor, address)
    Project.objects.filter(pk=jobbsam.pk).update(description="Ett.\n\nTre.")
    page = shown(editor.post(address, {**values, "description": "Ett.\r\n\r\nTvå."}), 409)
    assert "Någon annan har ändrat till" in page.one("div", css="clash").text


# -- the way -----------------------------------------------------------------------------------------


def move(editor: Client, project: Project, at: str = "fram", was: str = ""):
    return editor.post(f"{card(project)}lage/", {"was": was or project.status, "at": at})


def test_a_step_on_waits_for_what_it_demands_with_the_way_to_mend_it(editor, gotland):
    idea = Project.objects.create(federation=gotland, name="Stegen", level="individual", status="applied")
    page = shown(editor.get(card(idea)))
    assert "Lägg först in beslutet" in page.one("p", css="why-not").text
    assert page.one("p", css="why-not").one("a").href == f"{card(idea)}beslut/ny/"
    assert "Lägg först in beslutet" in alert(shown(move(editor, idea), 409))
    filled(
        editor,
        f"{card(idea)}beslut/ny/",
        date="2020-11-24",
        paragraph="§ 57",
        decision="att bevilja\nmedel",
        amount="1,2 mkr",
        first_year="2021",
    )
    assert move(editor, idea)["Location"] == card(idea)
    idea.refresh_from_db()
    assert idea.status == "granted"
    decided = part(shown(editor.get(card(idea))), "beslut").text
    assert "24 november 2020, § 57" in decided and "att bevilja medel" in decided
    assert "1 200 000 kr, från 2021" in decided


def test_two_who_move_the_same_insats_move_it_one_step(editor, jobbsam):
    assert move(editor, jobbsam).status_code == 302
    page = shown(move(editor, jobbsam, was="running"), 409)
    assert "Någon annan har ändrat läget till avslutad" in alert(page)


# -- an ended insats ---------------------------------------------------------------------------------


@pytest.fixture
def ended(jobbsam) -> Project:
    PlannedParticipants.objects.create(project=jobbsam, year=2021, number=40)
    Project.objects.filter(pk=jobbsam.pk).update(status="ended")
    jobbsam.refresh_from_db()
    return jobbsam


@pytest.mark.parametrize("place", ["uppgifter/", "beskrivning/", "deltagare/ny/", "finansiering/ny/"])
def test_an_ended_insats_keeps_what_it_was(editor, ended, place):
    page = shown(editor.get(card(ended) + place), 409)
    assert "Insatsen är avslutad" in alert(page)
    offered = {each.href for each in page.all("a")}
    assert card(ended) + place not in offered
    assert f"{card(ended)}beslut/ny/" in offered


def test_who_was_writing_when_it_ended_loses_nothing(editor, jobbsam):
    address = f"{card(jobbsam)}uppgifter/"
    values = {**opened(editor, address), "extension": "kan förlängas"}
    Project.objects.filter(pk=jobbsam.pk).update(status="ended")
    page = shown(editor.post(address, values), 409)
    assert "Insatsen är avslutad" in alert(page)
    assert values_of(main_form(page))["extension"] == "kan förlängas"
    assert Project.objects.get(pk=jobbsam.pk).extension == ""


def test_rows_of_an_ended_insats_are_not_removed(editor, ended):
    row = ended.planned_participants.get()
    shown(editor.post(f"{card(ended)}deltagare/{row.pk}/ta-bort/", {}), 409)
    assert ended.planned_participants.exists()


# -- what belongs to it ------------------------------------------------------------------------------


def test_several_financers_with_money_and_staff(editor, gotland, jobbsam):
    region = gotland.members.get(name="Region Gotland")
    new = f"{card(jobbsam)}finansiering/ny/"
    filled(editor, new, member=str(region.pk), year="2021", note="egen personal")
    filled(editor, new, name="Europeiska socialfonden", year="2021", amount="250 tkr")
    text = part(shown(editor.get(card(jobbsam))), "finansiering").text
    assert "2021 Region Gotland" in text and "Egen personal" in text
    assert "2021 Europeiska socialfonden: 250 000 kr" in text


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({}, "member", "Välj en medlem eller skriv en annan finansiär"),
        ({"name": "ESF", "amount": "mycket"}, "amount", "mycket"),
        ({"name": "ESF", "amount": "-5"}, "amount", "noll eller mer"),
        ({"name": "ESF", "year": "21"}, "year", "Året ska vara från 2004"),
    ],
)
def test_a_financer_is_refused_at_its_field(editor, jobbsam, values, field, sentence):
    page = shown(filled(editor, f"{card(jobbsam)}finansiering/ny/", **{"year": "2021", **values}))
    assert sentence in faults(page)[field]
    assert not Financer.objects.exists()


def test_a_row_is_changed_and_removed(editor, jobbsam):
    row = PlannedParticipants.objects.create(project=jobbsam, year=2021, number=40)
    address = f"{card(jobbsam)}deltagare/{row.pk}/"
    filled(editor, address, number="45")
    row.refresh_from_db()
    assert row.number == 45
    question = shown(editor.get(f"{address}ta-bort/"))
    made_from = question.one("main").one("input", name="gjord_av").attributes["value"]
    PlannedParticipants.objects.filter(pk=row.pk).update(number=50)
    shown(editor.post(f"{address}ta-bort/", {"gjord_av": made_from}), 409)
    question = shown(editor.get(f"{address}ta-bort/"))
    made_from = question.one("main").one("input", name="gjord_av").attributes["value"]
    assert editor.post(f"{address}ta-bort/", {"gjord_av": made_from}).status_code == 302
    assert not jobbsam.planned_participants.exists()


def test_a_row_removed_while_somebody_wrote_can_be_added_anew(editor, jobbsam):
    row = PlannedParticipants.objects.create(project=jobbsam, year=2021, number=40)
    address = f"{card(jobbsam)}deltagare/{row.pk}/"
    values = {**opened(editor, address), "number": "45"}
    row.delete()
    form = main_form(shown(editor.post(address, values), 410))
    assert editor.post(form.attributes["action"], values_of(form)).status_code == 302
    assert jobbsam.planned_participants.get().number == 45


def test_the_only_decision_of_what_is_granted_stays(editor, jobbsam):
    only = BoardDecision.objects.create(project=jobbsam, date="2020-06", decision="att bevilja medel")
    page = shown(editor.get(f"{card(jobbsam)}beslut/{only.pk}/ta-bort/"), 409)
    assert "enda beslut" in alert(page)
    BoardDecision.objects.create(project=jobbsam, date="2021-06", decision="att förlänga")
    assert editor.get(f"{card(jobbsam)}beslut/{only.pk}/ta-bort/").status_code == 200


# -- links to the plan -------------------------------------------------------------------------------


def test_links_are_made_and_taken_away(editor, jobbsam, plan):
    values = opened(editor, f"{card(jobbsam)}samband/")
    first, second = Goal.objects.filter(plan=plan).exclude(projects=jobbsam)[:2]
    linked = values["goals"]
    assert isinstance(linked, list)
    assert {int(each) for each in linked} == set(jobbsam.goals.values_list("pk", flat=True))
    editor.post(f"{card(jobbsam)}samband/", {**values, "goals": [*linked[1:], str(first.pk)]})
    now = set(jobbsam.goals.values_list("pk", flat=True))
    assert first.pk in now and int(linked[0]) not in now and second.pk not in now


def test_two_who_change_the_same_links_both_see_both(editor, jobbsam, plan):
    address = f"{card(jobbsam)}samband/"
    values = opened(editor, address)
    first, second = Goal.objects.filter(plan=plan).exclude(projects=jobbsam)[:2]
    first.projects.add(jobbsam)
    linked = values["goals"]
    assert isinstance(linked, list)
    page = shown(editor.post(address, {**values, "goals": [*linked, str(second.pk)]}), 409)
    assert first.text[:40] in page.one("div", css="clash").text
    assert not second.projects.filter(pk=jobbsam.pk).exists()


def test_links_of_a_closed_plan_stay(editor, jobbsam, plan):
    address = f"{card(jobbsam)}samband/"
    values = opened(editor, address)
    plan.set_open(False)
    for answer in (editor.get(address), editor.post(address, {**values, "goals": []})):
        assert "Planen är stängd" in alert(shown(answer, 409))
    assert jobbsam.goals.exists()


# -- budget lines ------------------------------------------------------------------------------------


@pytest.fixture
def meetings(plan) -> BudgetLine:
    """A line of another insats."""
    return BudgetLine.objects.get(budget=plan.budget, project__name="Frukostmöten")


def choice(line: BudgetLine) -> str:
    return f"{line.pk}-{line.project_id or ''}"


def tie(editor: Client, project: Project, line: BudgetLine):
    return editor.post(f"{card(project)}budgetposter/", {"what": "tie", "line": choice(line)})


def test_a_line_is_tied_and_untied_in_the_history_of_the_budget(editor, jobbsam, plan, meetings):
    assert tie(editor, jobbsam, meetings)["Location"] == f"{card(jobbsam)}#pengar"
    plan.budget.refresh_from_db()
    assert read_sheet(plan.budget).project_total("JobbSam 3.0", 1) == 2_203_500 + 40_000
    money = part(shown(editor.get(card(jobbsam))), "pengar")
    assert "2 243 500" in money.one("tfoot").text
    assert plan.budget.changes.get().action == Change.Action.EDIT_LINE
    editor.post(f"{card(jobbsam)}budgetposter/{meetings.pk}/lossa/")
    meetings.refresh_from_db()
    assert (meetings.project, meetings.group.name) == (None, "Utvecklingsinsatser")
    for _ in range(2):
        editor.post("/gotland/budget/2021/angra/")
    meetings.refresh_from_db()
    assert meetings.project.name == "Frukostmöten"


def test_the_choices_say_whose_a_line_is_now(editor, jobbsam, meetings):
    page = shown(editor.get(f"{card(jobbsam)}budgetposter/"))
    options = {each.attributes["value"]: each.text for each in page.one("select").all("option")}
    assert options[choice(meetings)] == "Frukostmöten (nu: Frukostmöten)"
    assert not [value for value in options if value.endswith(f"-{jobbsam.pk}")]


def test_a_line_that_somebody_else_took_meanwhile_is_not_taken_unseen(editor, gotland, jobbsam, meetings):
    seen = choice(meetings)
    BudgetLine.objects.filter(pk=meetings.pk).update(project=gotland.projects.get(name="Nätverk"))
    answer = editor.post(f"{card(jobbsam)}budgetposter/", {"what": "tie", "line": seen})
    assert "Någon annan har knutit posten till Nätverk" in shown(answer, 422).one("main").text
    meetings.refresh_from_db()
    assert meetings.project.name == "Nätverk"


def test_a_line_that_is_already_tied_is_told(editor, jobbsam, plan):
    own = BudgetLine.objects.get(budget=plan.budget, project=jobbsam)
    page = shown(tie(editor, jobbsam, own), 422)
    assert "Posten hör redan till insatsen." in alert(page)


@pytest.mark.parametrize("line", ["", "x", "0-", "999999-", "1-2-3"])
def test_a_line_that_is_not_there_is_told(editor, jobbsam, plan, line):
    page = shown(editor.post(f"{card(jobbsam)}budgetposter/", {"what": "tie", "line": line}), 422)
    assert "Budgetpost" in alert(page)
    assert not plan.budget.changes.exists()


def test_a_new_line_in_the_usual_group(editor, jobbsam, plan):
    address = f"{card(jobbsam)}budgetposter/"
    answer = editor.post(address, {"what": "new", "name": "JobbSam, lokaler", "group": "Projekt"})
    assert answer.status_code == 302
    line = BudgetLine.objects.get(budget=plan.budget, name="JobbSam, lokaler")
    assert (line.project, line.group.name) == (jobbsam, "Projekt")
    page = shown(editor.post(address, {"what": "new", "name": "", "group": "Projekt"}), 422)
    assert "Skriv vad posten heter." in page.one("main").text


def test_lines_of_a_closed_budget_stay(editor, jobbsam, plan, meetings):
    own = BudgetLine.objects.get(budget=plan.budget, project=jobbsam)
    plan.set_open(False)
    for answer in (
        editor.get(f"{card(jobbsam)}budgetposter/"),
        tie(editor, jobbsam, meetings),
        editor.post(f"{card(jobbsam)}budgetposter/{own.pk}/lossa/"),
    ):
        assert "Planen är stängd" in alert(shown(answer, 409))
    assert set(jobbsam.budget_lines.all()) == {own}
    page = shown(editor.get(card(jobbsam)))
    assert "Planen är stängd: budgetposter knyts" in part(page, "pengar").text
    assert part(page, "uppgifter").one("a", css="button").text == "Ändra uppgifter"


# -- removing ----------------------------------------------------------------------------------------


def test_what_points_at_an_insats_is_told_and_keeps_it(editor, gotland, jobbsam, plan):
    BoardDecision.objects.create(project=jobbsam, date="2020-06", decision="att bevilja medel")
    answer = editor.post(f"{card(jobbsam)}ta-bort/")
    told = alert(shown(answer, 409))
    assert "budgetposten JobbSam 3.0 i budgeten för 2021" in told
    assert "styrelsens beslut juni 2020" in told
    assert "mål Deltagare i integrerad samverkan" in told
    assert "målgrupp Gotlänningar" in told
    assert "avsnittet Sammanfattning i planen för 2021" in told
    earlier = gotland.projects.get(name="JobbSam 2.0")
    assert "insatsen JobbSam 3.0, som bygger vidare" in alert(shown(editor.get(f"{card(earlier)}ta-bort/")))
    assert gotland.projects.filter(pk=jobbsam.pk).exists()


def test_every_table_that_knows_an_insats_is_asked(jobbsam):
    """Whoever adds a table that names insatser decides here whether it keeps one from being removed."""
    asked = {"budgetline", "project", "boarddecision", "targetgroup", "area", "goal", "activity"}
    gone_with_it = {"plannedparticipants", "financer"}
    known = {each.related_model._meta.model_name for each in jobbsam._meta.related_objects}
    assert known == asked | gone_with_it


def test_an_insats_that_nothing_points_at_is_removed_with_its_own_rows(editor, gotland):
    idea = Project.objects.create(federation=gotland, name="Stegen", level="individual", status="idea")
    Financer.objects.create(project=idea, name="ESF", year=2021)
    section = Section.objects.filter(plan__federation=gotland, block="").exclude(heading="").first()
    section.text = f'<p><span data-figure="what=name&amp;of={idea.pk}"></span></p>'
    section.save()
    assert f"avsnittet {section.heading}" in alert(shown(editor.post(f"{card(idea)}ta-bort/"), 409))
    section.text = ""
    section.save()
    assert "ESF 2021" in shown(editor.get(f"{card(idea)}ta-bort/")).one("main").text
    assert editor.post(f"{card(idea)}ta-bort/")["Location"] == LIST
    assert not Project.objects.filter(pk=idea.pk).exists()


# -- over time ---------------------------------------------------------------------------------------


def test_the_timeline_has_every_insats_once(editor, gotland):
    page = shown(editor.get(f"{LIST}tidslinje/"))
    figures = page.one("details", css="figures").one("tbody")
    charted = {row.one("th").own_text for row in figures.all("tr")}
    others = {each.text for each in page.one("table", css="projects").all("a")}
    assert not charted & others
    assert charted | others == set(gotland.projects.values_list("name", flat=True))
    assert {"Från 2010", "Tiden är inte angiven"} <= {
        each.text for each in page.one("table", css="projects").all("td")
    }


def test_without_money_the_timeline_still_tells_when():
    federation = people.federation()
    Project.objects.create(
        federation=federation, name="Stegen", level="individual", status="running", starts="2021"
    )
    page = shown(client_of(with_role(federation, RoleKind.DIRECTOR)).get("/norrby/insatser/tidslinje/"))
    assert "Ingen insats har pengar i en budget än." in page.one("main").text
    assert page.one("table", css="projects").one("td").text == "Från 2021"


# -- others ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [RoleKind.OBSERVER, RoleKind.AUDITOR, RoleKind.MEMBER_REPRESENTATIVE])
def test_others_read_the_list_on_the_overview(gotland, jobbsam, kind):
    client = client_of(with_role(gotland, kind))
    for address in (LIST, card(jobbsam), f"{LIST}tidslinje/", f"{LIST}ny/"):
        assert client.get(address).status_code == 403
    overview = shown(client.get("/gotland/"))
    assert "JobbSam 3.0" in overview.text
    assert LIST not in {each.href for each in overview.all("a")}


def test_the_insats_of_another_federation_is_not_there(editor, jobbsam):
    theirs = Project.objects.create(
        federation=people.federation("soderby"), name="Trappan", level="individual", status="idea"
    )
    for place in ("", "uppgifter/", "samband/", "budgetposter/", "ta-bort/", "beslut/ny/"):
        assert editor.get(f"{LIST}{theirs.pk}/{place}").status_code == 404
    row = PlannedParticipants.objects.create(project=theirs, year=2021, number=1)
    assert editor.get(f"{card(jobbsam)}deltagare/{row.pk}/").status_code == 404
