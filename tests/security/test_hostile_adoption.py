"""The board's own hour, with hostile values: the meeting, the adoption, what is published and commented then.
All of them in `make soak`; here some."""

from random import Random

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.members.page_forms import values_of
from tests.members.people import PASSWORD
from tests.members.shown_page import shown
from tests.plans import adoption_world as made
from tests.security.attacks import on_form, run
from tests.security.scene import Scene

pytestmark = pytest.mark.django_db

PLAN = "/gotland/plan/2021"
ADDRESSES = {
    "adopting": f"{PLAN}/faststall/",
    "the meeting": f"{PLAN}/sammantrade/",
    "sending back": f"{PLAN}/aterfor/",
    "a comment": f"{PLAN}/version/2/synpunkter/ny/",
    "what happened": f"{PLAN}/version/2/handelse/",
}
SOME = 30


@pytest.fixture
def chair(scene, monkeypatch) -> Client:
    """Who has just shown who they are, at the meeting where the plan is before the board."""
    clock = made.Clock(made.MEETING_DAY)
    monkeypatch.setattr(timezone, "now", clock)
    monkeypatch.setattr("plans.versions.making.files_of", lambda contents: {"plan_pdf": b"%PDF"})
    monkeypatch.setattr(
        "plans.decisions.adopting.adopted_files", lambda contents, record: {"plan_pdf": b"%PDF plan"}
    )
    cache.clear()
    plan = made.a_plan()
    made.before_board(plan, made.director_of(plan), clock)
    made.meeting(plan)
    user, client = made.chair_of(plan), Client()
    client.post("/logga-in/", {"login": user.email, "password": PASSWORD})
    return client


def right(client: Client, address: str) -> dict[str, object]:
    """What the page's longest form sends as it stands; only text where the page has no form."""
    answer = client.get(address)
    if answer.status_code != 200:
        return {"text": "En synpunkt.", "kind": "published", "on": "2020-11-24"}
    forms = [values_of(each) for each in shown(answer).one("main").all("form", method="post")]
    return {"text": "En synpunkt.", **max(forms, key=len)}


def faults(scene: Scene, client: Client, address: str, some: int | None = None) -> list[str]:
    with transaction.atomic():
        attacks = on_form(scene, client, address, right(client, address))
        assert len(attacks) > 50
        if some is not None:
            attacks = Random(address).sample(attacks, some)
        found = run(scene, client, attacks)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("what", ADDRESSES)
def test_nothing_that_is_typed_breaks_the_decision(scene, chair, what):
    assert faults(scene, chair, ADDRESSES[what], SOME) == []


@pytest.mark.soak
@pytest.mark.parametrize("what", ADDRESSES)
def test_nothing_at_all_breaks_the_decision(scene, chair, what):
    assert faults(scene, chair, ADDRESSES[what]) == []
