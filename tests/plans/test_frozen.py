"""What is frozen stays: the database refuses whatever would change it, and says when its guard is gone."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from plans.models import PlanMove
from plans.states.moving import send
from plans.versions import triggers
from tests.plans.test_versions import director, mover, plan  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

CHANGES = {
    "update": "UPDATE plans_version SET note = 'annat'",
    "update of a file": "UPDATE plans_versionfile SET size = 0",
    "update of the log": "UPDATE plans_planmove SET comment = 'annat'",
    "delete": "DELETE FROM plans_versionfile",
    "delete of the log": "DELETE FROM plans_planmove",
}


@pytest.fixture
def version(plan, director):  # noqa: F811
    return send(plan, PlanMove.Action.CONSULT, mover(director))


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES.keys())
def test_no_statement_changes_it(version, statement):
    with pytest.raises(DatabaseError, match="ändras aldrig"), transaction.atomic():
        connection.cursor().execute(statement)


REPLACED = {
    "sqlite": ("REPLACE INTO {0} ({1}) SELECT {1} FROM {0}", "REPLACE INTO {0} ({1}) SELECT {2} FROM {0}"),
    "postgresql": ("TRUNCATE {0} CASCADE",),
}
"""Ways around UPDATE and DELETE: the same row again, another key with the same hash, all rows at once."""


def test_it_is_not_replaced_and_not_emptied(version):
    connection.check_constraints()  # PostgreSQL empties no table that has checks waiting
    columns = [field.column for field in version._meta.concrete_fields]
    again = ["id + 1000" if column == "id" else column for column in columns]
    for form in REPLACED[connection.vendor]:
        statement = form.format("plans_version", ", ".join(columns), ", ".join(again))
        with pytest.raises(DatabaseError, match="ändras aldrig"), transaction.atomic():
            connection.cursor().execute(statement)


def test_not_by_the_orm(version):
    version.note = "annat"
    for change in (version.save, version.delete, lambda: type(version).objects.update(note="annat")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("name", ["plans_version_fixed", "plans_planmove_kept"])
def test_the_check_names_a_guard_that_is_gone(version, name):
    assert triggers.check_triggers(databases=["default"]) == []
    table = name.rpartition("_")[0]
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    connection.cursor().execute(f"DROP TRIGGER {name}{on}")
    [error] = triggers.check_triggers(databases=["default"])
    assert name in error.msg
    triggers.protect()
    assert triggers.check_triggers(databases=["default"]) == []
