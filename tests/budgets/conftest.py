"""Fixtures of the tests on budgets."""

import pytest


@pytest.fixture(scope="session", params=["short", pytest.param("long", marks=pytest.mark.soak)])
def search() -> None:
    """Asked for by property tests: `make test` runs each as [short], `make soak` as [long]."""
