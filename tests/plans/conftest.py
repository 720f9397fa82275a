"""The federations that the tests of access ask for."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction

from tests.plans.access_world import World, budget_of, federation_of, world_of


@pytest.fixture(scope="module")
def _worlds(django_db_setup, django_db_blocker) -> Iterator[dict[str, World]]:
    """Made once, in a transaction that every test of the module is within."""
    with django_db_blocker.unblock(), transaction.atomic():
        federation = federation_of("norrby", "Norr")
        plan, later = budget_of(federation, 2021, "Norr"), budget_of(federation, 2022, "Norr")
        other = federation_of("soderby", "Hemliga")
        yield {
            "norrby": world_of(federation, plan, "Norr"),
            "other_year": world_of(federation, later, "Norr"),
            "soderby": world_of(other, budget_of(other, 2021, "Hemliga"), "Hemliga"),
        }
        transaction.set_rollback(True)


@pytest.fixture
def norrby(_worlds, db) -> World:
    """The federation that is asked for: its plan for 2021, beside one for 2022."""
    return deepcopy(_worlds["norrby"])


@pytest.fixture
def other_year(_worlds, db) -> World:
    """The same federation's other budget."""
    return deepcopy(_worlds["other_year"])


@pytest.fixture
def soderby(_worlds, db) -> World:
    """Another federation, with a plan for the same year."""
    return deepcopy(_worlds["soderby"])
