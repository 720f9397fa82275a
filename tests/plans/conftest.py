"""The federations that the tests of access ask for."""

import pytest

from tests.plans.access_world import World, budget_of, federation_of, world_of


@pytest.fixture
def logotype(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "logo.png").write_bytes(b"png")


@pytest.fixture
def norrby(logotype) -> World:
    """The federation that is asked for: its plan for 2021, beside one for 2022."""
    federation = federation_of("norrby", "Norr")
    plan = budget_of(federation, 2021, "Norr")
    budget_of(federation, 2022, "Norr")
    return world_of(federation, plan, "Norr")


@pytest.fixture
def other_year(norrby) -> World:
    """The same federation's other budget."""
    plan = norrby.federation.plans.get(plan_year=2022)
    return world_of(norrby.federation, plan, "Norr")


@pytest.fixture
def soderby(logotype) -> World:
    """Another federation, with a plan for the same year."""
    federation = federation_of("soderby", "Hemliga")
    return world_of(federation, budget_of(federation, 2021, "Hemliga"), "Hemliga")
