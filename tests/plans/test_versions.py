"""A plan frozen: what is in a version, and that it stays so."""

import pytest
from django.conf import settings

from members.models import RoleKind
from plans.models import Plan, PlanMove
from plans.reading import read_plan
from plans.states.moving import Mover, send
from plans.versions.contents import hash_of, read
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
