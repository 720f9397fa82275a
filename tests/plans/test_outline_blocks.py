"""Choosing live blocks and what they show."""

import pytest
from django.conf import settings
from django.test import Client

from members.models import RoleKind
from plans.blocks import BLOCK_NAMES, SETTINGS, BlockKind, settings_faults
from plans.models import Area, Plan, Section
from plans.reading import read_plan
from plans.section_forms import LABELS, BlockForm
from tests.loading import load
from tests.members import people
from tests.members.page_forms import Values, values_of
from tests.members.shown_page import Element, shown

ADDRESS = "/gotland/plan/2021/disposition/avsnitt/ny/innehall/"


@pytest.fixture
def gotland(db) -> Plan:
    federation, _ = load(settings.BASE_DIR / "fixtures" / "gotland")
    plan = Plan.objects.select_related("federation", "budget").get(federation=federation)
    Section.objects.create(plan=plan, key="ny", heading="Ny", position=99)
    return plan


@pytest.fixture
def karin(gotland) -> Client:
    return people.reader(gotland.federation)


@pytest.fixture
def olle(gotland) -> Client:
    return people.client_of(people.with_role(gotland.federation, RoleKind.ADMINISTRATOR))


def sent(form: Element) -> Values:
    """What a browser would send, with the radio buttons that are checked."""
    radios = form.all("input", type="radio")
    checked = {
        each.attributes["name"]: each.attributes["value"] for each in radios if "checked" in each.attributes
    }
    return {**values_of(form), **checked}


def ours(gotland: Plan) -> Section:
    return Section.objects.get(plan=gotland, key="ny")


def choices(page: Element, name: str) -> dict[str, str]:
    """The label of each value of a setting."""
    labels = [label for label in page.one("main").all("label") if label.all("input", name=name)]
    return {label.one("input").attributes["value"]: label.text for label in labels}


def choose(client: Client, block: str, **values: object):
    """As a person does: choose the block, see its settings, fill them in, save."""
    form = shown(client.get(ADDRESS, {"block": block})).one("main").one("form", css="fields")
    return client.post(ADDRESS, {**sent(form), "settings_of": block, "block": block, **values})


def test_every_block_is_offered_by_its_name_and_every_setting_has_a_label(karin):
    page = shown(karin.get(ADDRESS))
    offered = {each.attributes["value"]: each.text for each in page.one("select", name="block").all("option")}
    assert offered.keys() == {"", *BlockKind}
    for kind, name in BLOCK_NAMES.items():
        assert offered[kind] == name[0].upper() + name[1:]
    assert {name for known in SETTINGS.values() for name in known} == LABELS.keys()


@pytest.mark.parametrize("kind", BlockKind)
def test_each_block_is_chosen_with_everything_and_shown(gotland, karin, kind):
    page = shown(karin.get(ADDRESS, {"block": kind}))
    assert page.one("option", selected="").attributes["value"] == kind
    assert choose(karin, kind).status_code == 302
    assert (ours(gotland).block, ours(gotland).settings) == (kind, {})
    assert shown(karin.get("/gotland/plan/2021/skriv/ny/"))


@pytest.mark.parametrize("kind", BlockKind)
def test_each_setting_takes_each_of_its_values(gotland, kind):
    """What the form stores, the block understands; and the form shows it again."""
    picture = read_plan(gotland)
    empty = BlockForm(picture, kind, {}, {})
    for name, field in empty.fields.items():
        for value, _ in field.choices:
            form = BlockForm(picture, kind, {}, {name: [value] if hasattr(field, "gone") else value})
            assert form.is_valid(), form.errors
            stored = form.settings()
            assert settings_faults(kind, stored) == []
            again = BlockForm(picture, kind, stored)
            initial = again.get_initial_for_field(again.fields[name], name)
            assert initial == ([value] if hasattr(field, "gone") else value)


def test_years_are_called_by_the_budgets_years(gotland, karin):
    page = shown(karin.get(ADDRESS, {"block": "budget_table"}))
    years = choices(page, "years")
    assert years["0"] == "2021 (planåret)" and years["1"] == "2022"
    choose(karin, "budget_table", years=["0", "1"], parts=["costs"], detail="totals")
    assert ours(gotland).settings == {"years": [0, 1], "parts": ["costs"], "detail": "totals"}
    table = karin.get("/gotland/plan/2021/").content.decode().replace("\xa0", " ")
    assert "Kostnader 2021–2022" in table


def test_groups_insatser_areas_and_target_groups_are_called_by_name(gotland, karin):
    assert (
        "Administration" in choices(shown(karin.get(ADDRESS, {"block": "budget_table"})), "groups").values()
    )
    insatser = choices(shown(karin.get(ADDRESS, {"block": "project_cards"})), "projects")
    assert "JobbSam 3.0" in insatser.values()
    areas = choices(shown(karin.get(ADDRESS, {"block": "areas"})), "areas")
    assert areas == {area.key: area.name for area in Area.objects.filter(plan=gotland)}


def test_an_order_that_was_chosen_is_kept(gotland, karin):
    first, second, third = [project.key for project in read_plan(gotland).projects][:3]
    Section.objects.filter(key="ny").update(block="timeline", settings={"projects": [second, first]})
    choose(karin, "timeline", projects=[str(first), str(second), str(third)])
    assert ours(gotland).settings == {"projects": [second, first, third]}


def test_what_is_gone_is_told_and_taken_away(gotland, karin):
    Section.objects.filter(key="ny").update(
        block="project_cards", settings={"projects": [0, read_plan(gotland).projects[0].key]}
    )
    page = shown(karin.get(ADDRESS))
    assert "Något som ska visas finns inte längre" in page.one("main").text
    assert choices(page, "projects")["0"] == "en insats som inte finns längre"
    values = sent(page.one("main").one("form", css="fields"))
    assert "0" in values["projects"]
    values["projects"] = [each for each in values["projects"] if each != "0"]
    karin.post(ADDRESS, values)
    assert ours(gotland).settings == {"projects": [read_plan(gotland).projects[0].key]}
    assert "finns inte längre" not in shown(karin.get(ADDRESS)).one("main").text


def test_another_block_is_first_shown_with_its_own_settings(gotland, karin):
    """Without script: the choice changed, then saved at once."""
    page = shown(karin.post(ADDRESS, {"block": "charts", "settings_of": "", "revision": "0"}))
    assert "equity" in choices(page, "charts")
    assert ours(gotland).block == ""
    karin.post(ADDRESS, {**sent(page.one("main").one("form", css="fields")), "charts": ["equity"]})
    assert (ours(gotland).block, ours(gotland).settings) == ("charts", {"charts": ["equity"]})
    choose(karin, "")
    assert (ours(gotland).block, ours(gotland).settings) == ("", {})


def test_a_value_that_is_not_offered_is_refused(gotland, karin):
    page = shown(choose(karin, "budget_table", years=["77"]), 422)
    assert page.one("div", css="error")
    assert ours(gotland).block == ""


def test_the_second_of_two_sees_what_the_first_chose_and_may_still_take_their_own(gotland, karin, olle):
    form = shown(karin.get(ADDRESS, {"block": "charts"})).one("main").one("form", css="fields")
    mine = {**sent(form), "charts": ["income"]}
    choose(olle, "budget_table", years=["0"])
    page = shown(karin.post(ADDRESS, mine), 409)
    assert "Sparat nu: budgettabell (År: 2021 (planåret); Hur noga: varje post)" in page.one("main").text
    assert ours(gotland).block == "budget_table"
    again = sent(page.one("main").one("form", css="fields"))
    assert again["charts"] == ["income"]
    karin.post(ADDRESS, again)
    assert ours(gotland).settings == {"charts": ["income"]}
