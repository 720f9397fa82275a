"""Fixtures of the tests on what every app shares."""

import pytest


@pytest.fixture(scope="session", params=["short", pytest.param("long", marks=pytest.mark.soak)])
def search() -> None:
    """Asked for by property tests: `make test` runs each as [short], `make soak` as [long]."""
