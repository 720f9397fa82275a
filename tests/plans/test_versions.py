"""A plan frozen: what is in a version, and that it stays so."""

from decimal import Decimal

import pytest
from django.conf import settings

from members.models import RoleKind
from plans.document import Facts
from plans.models import Plan, PlanMove
from plans.reading import read_plan
from plans.states.moving import Mover, send
from plans.versions.contents import Contents, hash_of, read
from plans.versions.making import files_of
from tests.loading import load
from tests.members import people

pytestmark = pytest.mark.django_db
FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.fixture
def plan() -> Plan:
    federation, _ = load(FIXTURES / "gotland")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


@pytest.fixture
def director(plan):
    return people.with_role(plan.federation, RoleKind.DIRECTOR, people.user(name="Karin Ek"))


def said(contents: Contents, term: str) -> list[str]:
    """What the plan's document says under a term of its facts."""
    lists = (block.facts for block in contents.documents["plan"].blocks if isinstance(block, Facts))
    found = (fact for facts in lists for fact in facts if fact.term == term)
    return ["".join(span.text for span in fact.description) for fact in found]


def mover(user, seen=0):
    return Mover(user, frozenset({RoleKind.DIRECTOR}), seen)


def test_a_version_for_samrad_holds_what_the_plan_held(plan, director):
    version = send(plan, PlanMove.Action.CONSULT, mover(director), "Läs och svara senast 15 oktober.")
    contents = read(version.content)
    assert contents.picture.sheet == read_plan(plan).sheet
    assert hash_of(version.content.encode()) == version.content_hash
    again = files_of(contents)
    assert {f.kind: bytes(f.content) for f in version.files.all()} == again
    plan.refresh_from_db()
    assert (plan.state, plan.version) == ("consultation", version)


def test_who_else_pays_for_an_insats_is_frozen_in_kronor(plan, director):
    project = plan.federation.projects.first()
    project.financers.create(name="Fonden", year=plan.plan_year, amount="250000")
    project.financers.create(name="Stiftelsen", year=plan.plan_year, amount=0)
    project.financers.create(name="Bolaget", year=plan.plan_year)
    plan.sections.create(
        key="korten",
        heading="Insatserna",
        block="project_cards",
        settings={"projects": [project.pk]},
        position=98,
    )
    version = send(plan, PlanMove.Action.CONSULT, mover(director))
    (frozen,) = (each for each in read(version.content).picture.projects if each.name == project.name)
    assert [(each.who, each.amount) for each in frozen.financers] == [
        ("Fonden", Decimal(250_000)),
        ("Stiftelsen", Decimal(0)),
        ("Bolaget", None),
    ]
    (financers,) = said(read(version.content), "Finansieras även av")
    assert financers.replace("\N{NO-BREAK SPACE}", " ") == "Fonden 250 000 kr, Stiftelsen 0 kr och Bolaget"
