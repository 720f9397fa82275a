"""Tables whose rows are only ever added: the database itself refuses to change, remove, replace or empty.

The triggers are made after every migration, since one that rebuilds a table on SQLite drops them without a
word; a system check says so where they are missing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSED = "Det som är fryst ändras aldrig"
FUNCTION = "finsam_refuse"
TODAY = {"postgresql": "CURRENT_DATE", "sqlite": "date('now')"}

_frozen: dict[str, str] = {}
"""By the model's label the column with the last day that a row is kept; empty where all are kept for ever."""


def freeze(label: str, kept_until: str = "") -> None:
    """Let the rows of a model (`plans.Version`) only be added. With a date column `kept_until` a row may be
    removed when that day has passed, and not before."""
    _frozen[label] = kept_until


def tables() -> dict[str, str]:
    """The tables, each with its column of the last day."""
    return {apps.get_model(label)._meta.db_table: until for label, until in _frozen.items()}


def protect(using: str = "default") -> None:
    """Make the triggers that are missing."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in _function(connection):
            cursor.execute(statement)
        found = _found(connection)
        for table, until in _existing(connection).items():
            for name, statement in _triggers(connection, table, until).items():
                if name not in found:
                    cursor.execute(statement)


def unprotect(using: str = "default") -> None:
    """Drop the triggers: for tests that empty the database, and nothing else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table, until in _existing(connection).items():
            for name in _triggers(connection, table, until):
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
    existing = _existing(connection).items()
    wanted = [name for table, until in existing for name in _triggers(connection, table, until)]
    return [name for name in wanted if name not in found]


def _existing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    present = connection.introspection.table_names()
    return {table: until for table, until in tables().items() if table in present}


def _function(connection: BaseDatabaseWrapper) -> list[str]:
    if connection.vendor != "postgresql":
        return []
    return [
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSED} (%)', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ]


def _triggers(connection: BaseDatabaseWrapper, table: str, until: str) -> dict[str, str]:
    """The triggers of a table: name and statement."""
    is_kept = f"WHEN (OLD.{until} >= {TODAY[connection.vendor]})" if until else ""
    return (_on_postgresql if connection.vendor == "postgresql" else _on_sqlite)(table, is_kept)


def _on_postgresql(table: str, is_kept: str) -> dict[str, str]:
    row, whole = (f"FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()" for each in ("ROW", "STATEMENT"))
    emptied = {f"{table}_kept": f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} {whole}"}
    if not is_kept:
        return {
            f"{table}_fixed": f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OR DELETE ON {table} {row}",
            **emptied,
        }
    when = row.replace("EXECUTE", f"{is_kept} EXECUTE")
    return {
        f"{table}_fixed": f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} {row}",
        f"{table}_held": f"CREATE TRIGGER {table}_held BEFORE DELETE ON {table} {when}",
        **emptied,
    }


def _on_sqlite(table: str, is_kept: str) -> dict[str, str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED} ({table})'); END"
    return {
        f"{table}_fixed": f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} {refuse}",
        f"{table}_kept": f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {is_kept} {refuse}",
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
