"""What the database itself refuses: to change, remove, replace or empty what is only ever added to.

The triggers are made after every migration, since one that rebuilds a table on SQLite drops them without a
word; a system check says so where they are missing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from finsam.safety import current_problems

PROTECTED = (
    "Version",
    "VersionFile",
    "PlanMove",
    "VersionEvent",
    "ConsultationAnswer",
    "Decision",
    "DecisionFile",
)
"""Models of this app whose rows are only ever added."""

REFUSED = "Det som är fryst ändras aldrig"
FUNCTION = "finsam_refuse"


def tables() -> list[str]:
    """The protected tables."""
    return [apps.get_model("plans", name)._meta.db_table for name in PROTECTED]


def protect(using: str = "default") -> None:
    """Make the triggers that are missing."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in _function(connection):
            cursor.execute(statement)
        for table in _existing(connection):
            for name, statement in _triggers(connection, table).items():
                if name not in _found(connection):
                    cursor.execute(statement)


def unprotect(using: str = "default") -> None:
    """Drop the triggers: for tests that empty the database, and nothing else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in _existing(connection):
            for name in _triggers(connection, table):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def unprotected(using: str = "default") -> Iterator[None]:
    """Without triggers for a while: for tests that empty the database, and nothing else."""
    unprotect(using)
    try:
        yield
    finally:
        protect(using)


def missing_triggers(using: str = "default") -> list[str]:
    """The names of triggers that should be in the database and are not."""
    connection = connections[using]
    found = _found(connection)
    wanted = [name for table in _existing(connection) for name in _triggers(connection, table)]
    return [name for name in wanted if name not in found]


def check_triggers(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The system check: `check --database default`, and before a migration. The database is not touched when
    the settings say that it must not be."""
    if current_problems():
        return []
    return [
        Error(
            f"Skyddet {name} saknas i databasen: det som är antaget går att ändra.",
            hint="Kör manage.py migrate, som gör om det.",
            id="plans.E001",
        )
        for using in databases or []
        for name in missing_triggers(using)
    ]


def _existing(connection: BaseDatabaseWrapper) -> list[str]:
    present = connection.introspection.table_names()
    return [table for table in tables() if table in present]


def _function(connection: BaseDatabaseWrapper) -> list[str]:
    if connection.vendor != "postgresql":
        return []
    return [
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSED} (%)', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ]


def _triggers(connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    """The triggers of a table: name and statement."""
    if connection.vendor == "postgresql":
        return {
            f"{table}_fixed": f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
            f"{table}_kept": f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()",
        }
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED} ({table})'); END"
    return {
        f"{table}_fixed": f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} {refuse}",
        f"{table}_kept": f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {refuse}",
        # REPLACE deletes without asking the trigger above, unless recursive_triggers is on.
        f"{table}_whole": f"CREATE TRIGGER {table}_whole BEFORE INSERT ON {table} "  # noqa: S608 - our names
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {refuse}",
    }


def _found(connection: BaseDatabaseWrapper) -> set[str]:
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}
