"""What holds for every test. What the settings are read from is in services/environment.py."""

import os
import sys
from pathlib import Path

import django
import hypothesis
import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection, connections
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.base import FilterExpression, Node

BROWSER_TESTS = Path(__file__).parent / "browser"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}

# In CI the same examples every time: a change is not to fail by chance. `make soak` searches.
hypothesis.settings.register_profile(
    "default", deadline=None, max_examples=60, derandomize="CI" in os.environ, print_blob=True
)
hypothesis.settings.register_profile(
    "soak",
    deadline=None,
    max_examples=5_000,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_configure() -> None:
    # The real one is slow on purpose, and every test that signs in would pay for it.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Otherwise every test client reads through all static files when it starts.
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests last: they are slow, and leave Playwright's event loop running to the end. The longest of
    them first, so that one process does not sit waiting for the other.

    On PostgreSQL, only what a database has a part in: the rest has been run on SQLite and is the same.
    """
    items.sort(key=_place)
    if connection.vendor == "postgresql":
        left_out = [item for item in items if not _uses_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _uses_database(item)]


def _place(item: pytest.Item) -> int:
    if not item.path.is_relative_to(BROWSER_TESTS):
        return 0
    return 1 if item.get_closest_marker("long") else 2


def _uses_database(item: pytest.Item) -> bool:
    """Whether it makes a difference which database a test is run on: what a page looks like does not."""
    if item.get_closest_marker("looks"):
        return False
    fixtures = getattr(item, "fixturenames", [])
    return item.get_closest_marker("django_db") is not None or not DATABASE_FIXTURES.isdisjoint(fixtures)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A database for each process of the run. SQLite in a file, as when it is used: one in memory has other
    rules for threads and locks. The processes have a data folder each."""
    for each in connections.all():
        if each.vendor == "sqlite":
            file = Path(os.environ["FINSAM_DATA_DIR"]) / f"test-{each.alias}.sqlite3"
            each.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session", autouse=True)
def _versions_can_be_emptied() -> None:
    """Tests that commit empty the database afterwards, which what is frozen refuses."""
    from plans.versions.triggers import unprotected

    handle = flush.Command.handle

    def flush_unprotected(self: flush.Command, **options: object) -> None:
        with unprotected(str(options["database"])):
            handle(self, **options)

    flush.Command.handle = flush_unprotected  # type: ignore[method-assign]


class UndefinedTemplateVariableError(AssertionError):
    """A template of ours shows a variable that its view has not given it."""


class UndefinedTemplateVariable(str):
    """In place of the empty text that Django shows for a variable that is not there.

    Django's own templates, the admin's most of all, rely on the empty text and still get it.
    """

    def __contains__(self, text: object) -> bool:
        return text == "%s"  # makes Django ask for `self % variable`

    def __mod__(self, variable: object) -> str:
        return self._shown(f"{variable}")

    def __str__(self) -> str:
        return self._shown("a relation or method that fails silently")

    def __bool__(self) -> bool:
        # Asked by {% if %} and |default it must be as false as the empty text. Only where Django
        # looks whether there is a text for undefined variables is the answer yes.
        return sys._getframe(1).f_code is FilterExpression.resolve.__code__

    @staticmethod
    def _shown(variable: str) -> str:
        template = _template_being_rendered()
        if template is None or template.is_relative_to(Path(django.__file__).parent):
            return ""
        raise UndefinedTemplateVariableError(f"{template}: {variable}")


def _template_being_rendered() -> Path | None:
    frame = sys._getframe()
    while frame := frame.f_back:  # None ends the loop
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and hasattr(node, "origin"):
            return Path(node.origin.name)
    return None


@pytest.fixture(scope="session", autouse=True)
def _undefined_template_variables_fail() -> None:
    for backend in engines.all():
        if isinstance(backend, DjangoTemplates):
            backend.engine.string_if_invalid = UndefinedTemplateVariable()


@pytest.fixture(autouse=True)
def forget_budgets() -> None:
    """Budgets of other tests may have had the same keys."""
    from budgets.answer import PAGES
    from budgets.editing.remembered import STATES
    from budgets.working_copy import SURROUNDINGS
    from plans.log.recording import WRITTEN
    from plans.preview import FIGURES

    FIGURES.forget()
    STATES.forget()
    PAGES.forget()
    SURROUNDINGS.forget()
    WRITTEN.forget()
