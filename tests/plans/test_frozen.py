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


def test_it_is_not_replaced(version):
    if connection.vendor == "postgresql":
        statement = "TRUNCATE plans_version CASCADE"
    else:
        columns = ", ".join(field.column for field in version._meta.concrete_fields if field.column != "note")
        statement = f"REPLACE INTO plans_version ({columns}, note) SELECT {columns}, 'annat' FROM plans_version"
    with pytest.raises(DatabaseError, match="ändras aldrig"), transaction.atomic():
        connection.cursor().execute(statement)


def test_not_replaced_by_another_key_with_the_same_hash(version):
    if connection.vendor == "postgresql":
        pytest.skip("REPLACE is SQLite's own")
    columns = [field.column for field in version._meta.concrete_fields]
    values = ", ".join("id + 1000" if column == "id" else column for column in columns)
    statement = f"REPLACE INTO plans_version ({', '.join(columns)}) SELECT {values} FROM plans_version"
    with pytest.raises(DatabaseError, match="ändras aldrig"), transaction.atomic():
        connection.cursor().execute(statement)


def test_not_by_the_orm(version):
    version.note = "annat"
    for change in (version.save, version.delete, lambda: type(version).objects.update(note="annat")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("name", ["plans_version_fixed", "plans_planmove_kept"])
def test_the_check_names_a_guard_that_is_gone(version, name):
    assert triggers.check_triggers(["default"]) == []
    table = name.rpartition("_")[0]
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    connection.cursor().execute(f"DROP TRIGGER {name}{on}")
    [error] = triggers.check_triggers(["default"])
    assert name in error.msg
    triggers.protect()
    assert triggers.check_triggers(["default"]) == []
