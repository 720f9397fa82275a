"""A live block shown while its settings are chosen: as the document has it, and why it shows nothing."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budgets.models import BudgetLine
from members.models import Appointment
from plans.block_preview import picture_for, preview_of
from plans.blocks import SETTINGS, BlockKind
from plans.compose.live_blocks import live_block
from plans.compose.writing import Writing
from plans.models import Area, Goal, Plan, Section, TargetGroup, Term
from plans.picture import PlanPicture
from plans.preview import html_of
from plans.reading import read_plan
from plans.section_forms import BlockForm
from projects.models import Project
from tests.loading import load
from tests.members import people
from tests.members.page_forms import Values, values_of
from tests.members.shown_page import Element, shown

ADDRESS = "/gotland/plan/2021/disposition/avsnitt/ny/innehall/"
PREVIEW = f"{ADDRESS}visning/"


def loaded(slug: str) -> Plan:
    federation, _ = load(settings.BASE_DIR / "fixtures" / slug)
    plan = Plan.objects.select_related("federation", "budget").get(federation=federation)
    Section.objects.create(plan=plan, key="ny", heading="Ny", position=99)
    return plan


@pytest.fixture
def gotland(db) -> Plan:
    return loaded("gotland")


@pytest.fixture
def karin(gotland) -> Client:
    return people.reader(gotland.federation)


def asked(client: Client, block: str, **values: object) -> Element:
    """What the page fetches when a setting is changed."""
    return shown(client.get(PREVIEW, {"block": block, **values})).one("div", id="block-preview")


def told(part: Element) -> str:
    return part.one("div", css="notes").text


def in_document(plan: PlanPicture, kind: BlockKind, values: dict) -> str:
    """The block as the document of the whole plan would have it in the new section."""
    writing = Writing(plan)
    return html_of((*live_block(writing, kind, values, 1), *writing.footnotes()))


def every_setting(picture: PlanPicture) -> Iterator[tuple[BlockKind, dict]]:
    """Each block with each value of each setting that its form offers."""
    for kind in BlockKind:
        yield kind, {}
        for name, field in BlockForm(picture, kind, {}, {}).fields.items():
            for value, _ in field.choices:
                form = BlockForm(picture, kind, {}, {name: [value] if hasattr(field, "gone") else value})
                assert form.is_valid()
                yield kind, form.settings()


@pytest.mark.parametrize("slug", ["gotland", "skelleftea"])
def test_every_block_with_every_setting_is_shown_as_the_document_has_it(db, slug):
    plan = loaded(slug)
    section = Section.objects.get(key="ny")
    whole = read_plan(plan)
    tried = list(every_setting(whole))
    assert {kind for kind, _ in tried} == set(BlockKind)
    for kind, values in tried:
        preview = preview_of(plan, section, picture_for(plan, kind), kind, values)
        assert preview.html == in_document(whole, kind, values), (kind, values)
        assert preview.html or preview.notes, f"{kind} {values}: nothing, and no word why"


def test_what_is_chosen_is_shown_and_not_stored(gotland, karin):
    part = asked(karin, "budget_table", years=["0"], parts=["income"])
    assert "Intäkter 2021" in part.one("caption").text
    assert "2022" not in part.one("table").text
    assert "kostnader" not in part.one("table").text.lower()
    assert told(part) == ""
    assert Section.objects.get(key="ny").block == ""


def test_the_level_of_headings_is_that_of_the_section(gotland, karin):
    def level() -> set[str]:
        return {tag for tag in ("h2", "h3", "h4") if asked(karin, "project_cards").all(tag)}

    outer = level()
    Section.objects.filter(key="ny").update(parent=Section.objects.get(plan=gotland, key="bakgrund"))
    assert len(outer) == len(level()) == 1 and outer != level()


def test_what_is_stored_is_shown_with_the_form(gotland, karin):
    Section.objects.filter(key="ny").update(block="budget_table", settings={"years": [1]})
    part = shown(karin.get(ADDRESS)).one("div", id="block-preview")
    assert "2022" in part.one("caption").text


def test_without_script_a_button_shows_what_is_chosen_and_stores_nothing(gotland, karin):
    form = shown(karin.get(ADDRESS, {"block": "charts"})).one("main").one("form", css="fields")
    values: Values = {**values_of(form), "block": "charts", "charts": ["equity"], "visa": "1"}
    page = shown(karin.post(ADDRESS, values))
    assert len(page.one("div", id="block-preview").all("figure")) == 1
    assert page.one("input", name="charts", value="equity").attributes.keys() >= {"checked"}
    assert Section.objects.get(key="ny").block == ""


NOTHING_YET = {
    "target_groups": "Det finns inga målgrupper än. Lägg till dem under Mål.",
    "goals": "Det finns inga mål än. Lägg till dem under Mål.",
    "areas": "Det finns inga perspektiv eller prioriterade områden än. Lägg till dem under Mål.",
    "project_cards": "Det finns inga insatser än. Lägg till dem under Insatser.",
    "budget_table": "Budgeten har inga poster än. Lägg till dem under Budget.",
    "members_and_shares": "Budgeten har inga medlemsbidrag än. Lägg till dem under Budget.",
    "board": "Inga uppdrag är inlagda än: styrelse. Lägg till dem under Medlemmar.",
    "risk_table": "Planen har inga risker än.",
    "glossary": "Planen förklarar inga ord än.",
}


@pytest.mark.parametrize(("kind", "sentence"), NOTHING_YET.items())
def test_an_empty_block_says_what_is_missing_and_leads_there(gotland, karin, kind, sentence):
    for model in (Goal, Area, TargetGroup, Term, BudgetLine, Appointment, Project):
        model.objects.all().delete()
    part = asked(karin, kind)
    assert told(part) == sentence
    for link in part.one("div", css="notes").all("a"):
        assert karin.get(link.href).status_code == 200
    assert part.one("div", css="notes").all("a") or "Lägg till" not in sentence


def test_years_outside_the_budget_are_named(gotland, karin):
    Section.objects.filter(key="ny").update(block="budget_table", settings={"years": [0, 7, 8]})
    part = asked(karin, "budget_table", years=["0", "7", "8"])
    assert told(part) == "2028 och 2029 finns inte i budgeten, som har 2020–2023. Ta bort krysset."
    assert "2021" in part.one("caption").text
    alone = asked(karin, "budget_table", years=["7"])
    assert told(alone).startswith("2028 finns inte i budgeten")
    assert "Här står ingenting i dokumentet" in alone.text
    earlier = asked(karin, "project_table", years=["-1", "0"])
    assert told(earlier) == "Tabellen har belopp för planåret och åren efter, inte för 2020."


def test_groups_without_costs_are_impossible_and_said_to_be(gotland, karin):
    group = str(next(iter(read_plan(gotland).group_names)))
    assert "hör till kostnaderna" in told(asked(karin, "budget_table", groups=[group], parts=["income"]))
    both = told(asked(karin, "budget_table", groups=[group], parts=["income", "costs"]))
    assert "bara de grupperna" in both
    assert told(asked(karin, "budget_table", groups=[group], parts=["costs"])) == ""
    assert told(asked(karin, "budget_table", groups=[group])) == ""


def test_rows_that_are_gone_are_told_until_the_cross_is_taken_away(gotland, karin):
    kept = read_plan(gotland).projects[0]
    Section.objects.filter(key="ny").update(block="project_cards", settings={"projects": [kept.key, 0]})
    part = asked(karin, "project_cards", projects=[str(kept.key), "0"])
    assert told(part) == "En vald insats finns inte längre och visas inte. Ta bort krysset."
    assert told(asked(karin, "project_cards", projects=[str(kept.key)])) == ""


def test_financial_goals_where_there_are_none(gotland, karin):
    Goal.objects.filter(plan=gotland).update(is_financial=False)
    assert told(asked(karin, "goals", financial="true")) == "Inget av målen är finansiellt."
    assert told(asked(karin, "goals", financial="false")) == ""


def test_what_is_chosen_and_has_nothing_to_show_is_told(gotland, karin):
    TargetGroup.objects.filter(plan=gotland).update(description="")
    group = TargetGroup.objects.filter(plan=gotland).first()
    part = asked(karin, "target_groups", target_groups=[group.key], show=["description"])
    assert told(part).startswith("Det som är valt har inget att visa.")
    assert "Här står ingenting i dokumentet" in part.text


def test_a_value_that_is_not_offered_is_told_and_nothing_is_shown(gotland, karin):
    answer = karin.get(PREVIEW, {"block": "budget_table", "years": ["77"]})
    part = shown(answer, 422).one("div", id="block-preview")
    assert "kan inte visas" in told(part)
    assert not part.all("table")


def test_only_what_the_block_tells_is_read(gotland):
    """The figures are remembered; of the rest as little is asked for, whatever the size of the plan."""
    section = Section.objects.get(key="ny")
    picture_for(gotland, "")

    def asked_for(kind: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            preview_of(gotland, section, picture_for(gotland, kind), kind, {})
        return len(queries)

    counts = {kind: asked_for(kind) for kind in SETTINGS}
    with CaptureQueriesContext(connection) as whole:
        read_plan(gotland)
    assert counts[BlockKind.BUDGET_TABLE] <= 1 >= counts[BlockKind.CHARTS]
    assert max(counts.values()) < len(whole) / 2, counts
