"""The two federations that are attacked."""

import pytest

from finsam.only_utf8 import Utf8Request
from tests.plans.access_world import World, budget_of, federation_of, world_of
from tests.security.scene import Scene, stored


@pytest.fixture(autouse=True)
def requests_as_the_server_makes_them(monkeypatch) -> None:
    """Django's test client makes its own kind."""
    monkeypatch.setattr("django.test.client.WSGIRequest", Utf8Request)


def world(slug: str, name: str) -> World:
    """With a plan for 2021 beside one for 2022, as the addresses of tests/plans/access_table.py ask for."""
    federation = federation_of(slug, name)
    plan = budget_of(federation, 2021, name)
    budget_of(federation, 2022, name)
    return world_of(federation, plan, name)


@pytest.fixture
def scene(db) -> Scene:
    here = world("norrby", "Norr")
    before = stored()
    theirs = world("soderby", "Hemliga")
    after = stored()
    their_rows = {table: rows.keys() - before[table].keys() for table, rows in after.items()}
    return Scene(here, theirs, their_rows, after)
