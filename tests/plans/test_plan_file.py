"""The plan file: what is loaded is what was written; a fault is told with its place, and stores nothing."""

import copy
import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from budgets.models import BudgetGroup, BudgetLine
from finsam.json_input import UnreadableError
from members.models import Federation, Member
from plans.compose import compose
from plans.exchange.federation_folder import FolderError, load, texts
from plans.exchange.names import GONE, names_of
from plans.exchange.plan_file import plan_year_of, store_document
from plans.exchange.plan_file_writing import dump_document
from plans.figures.resolving import resolve
from plans.figures.token import tokens_in
from plans.models import Activity, Area, Goal, Indicator, Plan, Risk, Section, TargetGroup, Term
from plans.picture import PlanPicture
from plans.reading import read_plan
from plans.rules import check_document
from projects.models import Project
from tests.plans.test_composing import MADE_AT

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
FILES = sorted(FIXTURES.glob("*/plan-*.json"))
TABLES = (Section, TargetGroup, Area, Goal, Indicator, Activity, Term, Risk)


def read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def plan_of(federation: Federation) -> Plan:
    return Plan.objects.select_related("budget", "federation").get(
        federation=federation, plan_year=federation.plans.latest("plan_year").plan_year
    )


def picture(plan: Plan) -> PlanPicture:
    return read_plan(Plan.objects.select_related("budget", "federation").get(pk=plan.pk))


def counts() -> list[int]:
    return [table.objects.count() for table in TABLES]


@pytest.fixture
def plan() -> Plan:
    """Gotland's plan for 2021 with no document yet."""
    plan = plan_of(load(FIXTURES / "gotland")[0])
    for table in TABLES:
        table.objects.filter(plan=plan).delete()
    Plan.objects.filter(pk=plan.pk).update(title="", quotation="", quotation_source="", diary_number="")
    plan.refresh_from_db()
    return plan


SMALL: dict[str, Any] = {
    "plan_year": 2021,
    "title": "Plan 2021",
    "diary_number": "2021/12",
    "quotation": ["Vid samma bord.", "Alla."],
    "quotation_source": "En deltagare",
    "target_groups": [
        {
            "key": "unga",
            "name": "Unga",
            "description": ["<p>16–29 år.</p>"],
            "projects": ["JobbSam 3.0"],
            "activities": [{"text": "Söka upp"}],
        }
    ],
    "areas": [
        {
            "key": "individen",
            "kind": "perspective",
            "name": "Individen",
            "projects": ["JobbSam 3.0"],
            "target_groups": ["unga"],
            "goals": [
                {
                    "text": "Fler i arbete",
                    "explanation": ["<p>Ett.</p>", "<p>Två.</p>"],
                    "is_financial": True,
                    "projects": ["JobbSam 3.0"],
                    "target_groups": ["unga"],
                    "indicators": [{"text": "Andel", "target": "40 %"}],
                    "activities": [{"text": "Utbilda"}],
                }
            ],
            "indicators": [{"text": "Nöjda"}],
            "activities": [
                {
                    "text": "Kartlägga",
                    "details": ["intervjuer", "enkät"],
                    "sections": ["insatser"],
                    "projects": ["JobbSam 3.0"],
                }
            ],
        }
    ],
    "goals": [{"text": "Balans"}],
    "terms": [{"term": "Insats", "explanation": ["<p>Det vi ger.</p>"]}],
    "risks": [
        {"risk": "Få deltar", "likelihood": 2, "consequence": 3, "measure": "Sprida", "responsible": "Chefen"}
    ],
    "sections": [
        {
            "key": "insatser",
            "heading": "Insatser",
            "role": "projects",
            "text": [
                '<p>Det blir <span data-figure="what=line&amp;of=JobbSam 3.0&amp;form=about"></span>.</p>'
            ],
            "block": "project_cards",
            "settings": {"projects": ["JobbSam 3.0"]},
            "parts": [
                {"key": "mer", "numbered": False, "text": ['<p>Se <a data-section="insatser"></a>.</p>']}
            ],
        },
        {"key": "bilaga", "heading": "Ord", "is_appendix": True, "new_page": True, "block": "glossary"},
    ],
}


# -- there and back ------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_file_that_is_loaded_and_written_and_loaded_again_is_the_same(file, tmp_path):
    federation, _ = load(file.parent)
    written = texts(federation)
    composed = compose(picture(plan_of(federation)), MADE_AT)
    Project.objects.all().delete()
    federation.delete()
    copied = tmp_path / file.parent.name
    copied.mkdir()
    for name, text in written.items():
        (copied / name).write_text(text, encoding="utf-8")
    again, loaded = load(copied)
    assert loaded
    assert texts(again) == written
    words, words_again = (
        re.sub(r"'insats-\d+'", "", str(each.blocks))
        for each in (composed, compose(picture(plan_of(again)), MADE_AT))
    )
    assert words_again == words


def strings(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for value in values for text in strings(value)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_nothing_that_a_file_says_is_lost(file):
    """Written out again it has the same words in the same order, whatever the spelling of its tags."""
    federation, _ = load(file.parent)
    said, kept = read(file), dump_document(plan_of(federation))

    def words(data: dict[str, Any]) -> dict[str, list[str]]:
        parts = {key: " ".join(strings(value)) for key, value in data.items() if value}
        return {key: sorted(unescape(re.sub("<[^>]*>", " ", text)).split()) for key, text in parts.items()}

    assert words(kept) == words(said)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_all_that_the_texts_of_a_file_refer_to_exists(file):
    federation, _ = load(file.parent)
    found = check_document(picture(plan_of(federation)))
    assert [each.sentence for each in found if each.code == "LIVE_FIGURE"] == []


def test_a_small_file_there_and_back(plan):
    store_document(SMALL, plan)
    assert dump_document(plan) == SMALL


def test_a_plan_without_a_document_is_its_year_alone(plan):
    assert dump_document(plan) == {"plan_year": 2021}


def test_what_is_stored_is_what_the_document_says(plan):
    store_document(SMALL, plan)
    found = picture(plan)
    assert found.quotation == ("Vid samma bord.", "Alla.")
    (area,) = found.areas
    jobbsam = Project.objects.get(name="JobbSam 3.0")
    assert area.projects == area.goals[0].projects == (jobbsam.pk,)
    assert area.activities[0].details == ("intervjuer", "enkät")
    assert area.activities[0].sections == ("insatser",)
    assert area.goals[0].target_groups == ("unga",)
    assert [goal.text for goal in found.goals] == ["Balans"]
    assert [each.key for each in found.all_sections()] == ["insatser", "mer", "bilaga"]
    assert found.sections[0].settings == {"projects": [jobbsam.pk]}


def test_a_text_as_one_line_is_a_text_as_a_list_of_one(plan):
    data = copy.deepcopy(SMALL)
    data["sections"][0]["text"] = data["sections"][0]["text"][0]
    data["quotation"] = "Vid samma bord."
    store_document(data, plan)
    assert dump_document(plan) == {**SMALL, "quotation": ["Vid samma bord."]}


def test_lines_within_what_is_one_line_as_a_rule_are_kept(plan):
    store_document(SMALL, plan)
    Goal.objects.filter(text="Balans").update(text="Balans\när målet")
    Risk.objects.update(measure="Sprida\nmer")
    written = dump_document(plan)
    assert written["goals"] == [{"text": ["Balans", "är målet"]}]
    assert written["risks"][0]["measure"] == ["Sprida", "mer"]
    for table in TABLES:
        table.objects.all().delete()
    store_document(written, plan)
    assert dump_document(plan) == written


# -- names and keys ------------------------------------------------------------------------------


def test_in_the_database_a_figure_has_the_key_of_its_row(plan):
    store_document(SMALL, plan)
    line = BudgetLine.objects.get(budget=plan.budget, name="JobbSam 3.0")
    (token,) = tokens_in(Section.objects.get(key="insatser").text)
    assert token == f"what=line&of={line.pk}&form=about"


def figure_of(plan: Plan, token: str) -> str:
    """How a figure that a file names stands in the file that is written again."""
    section = {"key": "a", "heading": "A", "text": [f'<p><span data-figure="{token}"></span></p>']}
    store_document({"plan_year": 2021, "sections": [section]}, plan)
    stored = Section.objects.get(plan=plan).text
    assert not resolve(tokens_in(stored)[0], picture(plan)).fault
    (written,) = tokens_in(dump_document(plan)["sections"][0]["text"][0])
    return written


@pytest.mark.parametrize(
    "token",
    [
        "what=line&of=JobbSam 3.0",
        "what=group&of=Administration",
        "what=project&of=JobbSam 3.0&form=about",
        "what=name&of=JobbSam 3.0",
        "what=member&of=Region Gotland",
        "what=payer&of=state",
        "what=class&of=insats",
        "what=income&year=-1",
        "what=costs&year=1&less=0",
    ],
)
def test_every_kind_of_figure_there_and_back(plan, token):
    assert figure_of(plan, token) == token


@pytest.mark.parametrize(
    "name", ["Hälsa & arbete", "100 % av allt", "1 + 1", "a=b", "”Citat”", "<b>", "it's"]
)
def test_odd_names_there_and_back(plan, name):
    line = BudgetLine.objects.get(budget=plan.budget, name="JobbSam 3.0")
    BudgetLine.objects.filter(pk=line.pk).update(name=name)
    text = f'<p><span data-figure="what=line&amp;of={line.pk}"></span></p>'
    Section.objects.create(plan=plan, key="a", heading="A", text=text)
    written = dump_document(plan)
    Section.objects.all().delete()
    store_document(written, plan)
    assert Section.objects.get().text == text


def test_rows_of_the_same_name_are_told_apart(plan):
    line = BudgetLine.objects.get(budget=plan.budget, name="JobbSam 3.0")
    group = BudgetGroup.objects.filter(budget=plan.budget, parent=None).first()
    twin = BudgetLine.objects.create(
        budget=plan.budget, section=line.section, line_class=line.line_class, name=line.name, position=999
    )
    income = BudgetLine.objects.create(
        budget=plan.budget, section="income", line_class="other", name=line.name, position=1000
    )
    under = BudgetGroup.objects.create(budget=plan.budget, parent=group, name=group.name, position=999)
    names = names_of(plan.budget)
    found = {names.rows["line"][pk] for pk in (line.pk, twin.pk, income.pk)}
    assert found == {"JobbSam 3.0 (cost) 1", "JobbSam 3.0 (cost) 2", "JobbSam 3.0 (income)"}
    assert names.rows["group"][under.pk] != names.rows["group"][group.pk]
    for sort, rows in names.rows.items():
        for pk, name in rows.items():
            assert names.key(sort, name, "") == pk


def test_what_is_gone_can_be_written_and_loaded_and_is_still_told_of(plan):
    store_document(SMALL, plan)
    Section.objects.filter(key="insatser").update(
        settings={"projects": [10**9]}, text='<p><span data-figure="what=line&amp;of=999999999"></span></p>'
    )
    written = dump_document(plan)
    assert written["sections"][0]["settings"] == {"projects": [GONE]}
    for table in TABLES:
        table.objects.all().delete()
    store_document(written, plan)
    assert dump_document(plan) == written
    told = [each.sentence for each in check_document(picture(plan)) if each.code == "LIVE_FIGURE"]
    assert len(told) == 2


# -- faults --------------------------------------------------------------------------------------


def at(*path: str | int) -> Callable[[dict[str, Any]], Any]:
    def found(data: dict[str, Any]) -> Any:
        for step in path:
            data = data[step]  # type: ignore[index]
        return data

    return found


Change = Callable[[dict[str, Any]], object]
SECTION = at("sections", 0)
AREA = at("areas", 0)

FAULTS: list[tuple[str, Change, str]] = [
    ("titel", lambda d: d.update(titel="x"), "Nyckeln ”titel” finns inte i formen."),
    ("title", lambda d: d.update(title=["x"]), "Här ska text eller ett tal stå, inte en lista."),
    ("title", lambda d: d.update(title="a\x07"), "Texten har ett styrtecken (U+0007)"),
    ("plan", lambda d: d.update(title="x" * 201), "title:"),
    ("plan", lambda d: d.update(quotation=[]), "En källa utan citat säger ingenting."),
    ("quotation[1]", lambda d: d["quotation"].__setitem__(1, 7), "Här ska text stå, inte 7."),
    ("sections", lambda d: d.update(sections={}), "Här ska en lista stå, inte ett objekt."),
    ("sections[0]", lambda d: d.update(sections=["a"]), "Här ska ett objekt stå, inte ”a”."),
    ("sections[0].rubrik", lambda d: SECTION(d).update(rubrik="x"), "Nyckeln ”rubrik” finns inte i formen."),
    ("sections[0]", lambda d: SECTION(d).update(key="Två ord"), "key:"),
    ("sections[0]", lambda d: SECTION(d).pop("key"), "key:"),
    ("sections[0].parts[0]", lambda d: SECTION(d)["parts"][0].update(key="insatser"), "namn"),
    ("sections[0]", lambda d: SECTION(d).update(role="hjälte"), "role:"),
    ("sections[0]", lambda d: SECTION(d).update(block="tabell"), "block:"),
    ("sections[0]", lambda d: SECTION(d).update(numbered="kanske"), "numbered:"),
    ("sections[0]", lambda d: SECTION(d).pop("block"), "settings: Inställningarna hör till ett innehåll"),
    (
        "sections[0].settings",
        lambda d: SECTION(d).update(settings=[]),
        "Här ska ett objekt stå, inte en lista.",
    ),
    ("sections[0]", lambda d: SECTION(d).update(settings={"years": [0]}), "Inställningen years finns inte."),
    (
        "sections[0]",
        lambda d: SECTION(d).update(settings={"projects": []}),
        "Inställningen projects ska vara",
    ),
    (
        "sections[0].settings.projects",
        lambda d: SECTION(d).update(settings={"projects": ["X"]}),
        "Insats ”X” finns inte.",
    ),
    ("sections[0].text[0]", lambda d: SECTION(d).update(text=[None]), "Här ska text stå, inte null."),
    ("sections[0].text[0]", lambda d: SECTION(d).update(text=["a\u202eb"]), "styrtecken (U+202E)"),
    (
        "sections[0].text",
        lambda d: SECTION(d).update(text=['<p><span data-figure="what=line&of=X"></span></p>']),
        "Budgetpost ”X” finns inte.",
    ),
    (
        "sections[0].text",
        lambda d: SECTION(d).update(text=["<p><span data-figure='what=vinst'></span></p>"]),
        "Det levande beloppet ”what=vinst”: vinst är inget",
    ),
    ("sections[0].parts[0]", lambda d: SECTION(d)["parts"][0].update(is_appendix=True), "bilaga"),
    ("sections[1]", lambda d: d["sections"][1].update(heading=""), "En bilaga har en rubrik."),
    ("target_groups[0].projects", lambda d: d["target_groups"][0].update(projects=["X"]), "”X” finns inte"),
    (
        "target_groups[0].projects",
        lambda d: d["target_groups"][0].update(projects="X"),
        "Här ska en lista stå",
    ),
    ("target_groups[1]", lambda d: d["target_groups"].append({"key": "unga", "name": "Igen"}), ""),
    ("areas[0]", lambda d: AREA(d).update(kind="hörn"), "kind:"),
    ("areas[0]", lambda d: AREA(d).pop("name"), "name:"),
    ("areas[0].target_groups", lambda d: AREA(d).update(target_groups=["gamla"]), "”gamla” finns inte"),
    ("areas[0].goals[0].viktig", lambda d: AREA(d)["goals"][0].update(viktig=True), "Nyckeln ”viktig”"),
    ("areas[0].goals[0]", lambda d: AREA(d)["goals"][0].pop("text"), "text:"),
    (
        "areas[0].goals[0].indicators[0]",
        lambda d: AREA(d)["goals"][0].update(indicators=[{"target": "1"}]),
        "text:",
    ),
    (
        "areas[0].activities[0].sections",
        lambda d: AREA(d)["activities"][0].update(sections=["borta"]),
        "”borta” finns inte",
    ),
    ("areas[0].activities[0].details[0]", lambda d: AREA(d)["activities"][0].update(details=[1]), "text stå"),
    ("terms[1]", lambda d: d["terms"].append(dict(d["terms"][0])), "Begreppet finns redan i ordlistan."),
    ("terms[0]", lambda d: d["terms"][0].pop("explanation"), "explanation:"),
    ("risks[0]", lambda d: d["risks"][0].update(likelihood=5), "från 1 till 4"),
    ("risks[0]", lambda d: d["risks"][0].update(consequence="stor"), "consequence:"),
    ("risks[0]", lambda d: d["risks"][0].pop("likelihood"), "likelihood:"),
]


@pytest.mark.parametrize(("where", "change", "says"), FAULTS, ids=[f"{w}: {s}" for w, _, s in FAULTS])
def test_a_fault_is_told_with_its_place_and_nothing_is_stored(tmp_path, where, change, says):
    folder = tmp_path / "gotland"
    shutil.copytree(FIXTURES / "gotland", folder)
    data = copy.deepcopy(SMALL)
    change(data)
    (folder / "plan-2021.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(FolderError) as fault:
        load(folder)
    said = str(fault.value)
    assert f"plan-2021.json: {where}: " in said
    assert says in said
    assert counts() == [0] * len(TABLES)
    assert not Federation.objects.exists()
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ([], "vilket planår"),
        ({}, "vilket planår"),
        ({"plan_year": "2021"}, "vilket planår"),
        ({"plan_year": True}, "vilket planår"),
    ],
)
def test_a_file_without_a_year(data, says):
    with pytest.raises(UnreadableError, match=says):
        plan_year_of(data)


def test_a_file_for_a_year_without_a_budget(tmp_path):
    folder = tmp_path / "gotland"
    shutil.copytree(FIXTURES / "gotland", folder)
    (folder / "plan-2099.json").write_text('{"plan_year": 2099}', encoding="utf-8")
    with pytest.raises(FolderError, match="plan-2099.json: plan_year: Mappen har ingen budget för 2099."):
        load(folder)


def test_the_queries_that_reading_takes_do_not_grow_with_the_plan(plan, django_assert_max_num_queries):
    store_document(SMALL, plan)
    few = Plan.objects.select_related("budget", "federation").get(pk=plan.pk)
    with django_assert_max_num_queries(60) as small:
        read_plan(few)
    for number in range(20):
        section = Section.objects.create(plan=plan, key=f"s{number}", heading="S")
        goal = Goal.objects.create(plan=plan, text="Mål")
        goal.projects.set(Project.objects.all())
        activity = Activity.objects.create(plan=plan, goal=goal, text="Göra")
        activity.sections.add(section)
        Indicator.objects.create(plan=plan, goal=goal, text="Mäta")
    many = Plan.objects.select_related("budget", "federation").get(pk=plan.pk)
    with django_assert_max_num_queries(len(small)):
        read_plan(many)


def test_a_document_is_refused_as_a_form_would(plan):
    """The same rules hold when a section is saved by hand."""
    with pytest.raises(ValidationError):
        Section(plan=plan, key="a", heading="A", settings={"years": [0]}).full_clean()
