"""A dump of a PostgreSQL database of one moment, and a database that takes the place of the present one.

What is replaced is moved aside within the database until the new one is in place and judged: whatever fails
before that, it is moved back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from plans.backup.archive import BackupError
from plans.backup.manifest import Facts, facts
from plans.backup.programs import program, run, server_major
from plans.versions.snapshot import snapshot

PART = "database.pgdump"
SECONDS_TO_WAIT = 10
"""For others who use the database that is to be replaced."""
ASIDE = "finsam_before_restore"
"""The schema where the present tables are while others take their place."""
INTERRUPTED = (
    f"I databasen finns schemat {ASIDE}: en återställning avbröts, och där ligger tabellerna som de var. "
    "Se docs/backup.md, ”När en återställning avbröts”."
)
OF_EXTENSIONS = "SELECT objid FROM pg_depend WHERE deptype = 'e'"
TABLES = f"""
    SELECT format('%%I.%%I', n.nspname, c.relname),
           CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                          ELSE 'TABLE' END
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.oid NOT IN ({OF_EXTENSIONS})
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i')
                      AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass)
"""  # noqa: S608 - our own words
"""What stands by itself: a sequence of a column goes with its table."""
FUNCTIONS = f"""
    SELECT p.oid::regprocedure::text, 'FUNCTION'
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = %s AND p.prokind = 'f' AND p.oid NOT IN ({OF_EXTENSIONS})
"""  # noqa: S608


@contextmanager
def copied(folder: Path) -> Iterator[tuple[Path, Facts]]:
    """A dump of the database in a file of the folder, with what is in it. Raises BackupError."""
    dump = folder / PART
    pg_dump = program("pg_dump", server_major())
    with snapshot():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            moment = cursor.fetchone()[0]
        found = facts("default")
        run(
            [
                pg_dump,
                "--format=custom",
                "--no-owner",
                "--no-acl",
                "--no-comments",
                f"--exclude-schema={ASIDE}",
                f"--snapshot={moment}",
                f"--file={dump}",
                f"--dbname={connection.settings_dict['NAME']}",
            ],
            connection.settings_dict,
        )
    yield dump, found


@contextmanager
def replacing(part: Path) -> Iterator[str]:
    """The connection to the database as it is in the dump. It takes the place of the present one when the
    block ends well; otherwise nothing has happened."""
    pg_restore = program("pg_restore", server_major())
    check_not_interrupted()
    _set_aside()
    try:
        run(
            [
                pg_restore,
                "--single-transaction",
                "--exit-on-error",
                "--no-owner",
                "--no-acl",
                f"--dbname={connection.settings_dict['NAME']}",
                part,
            ],
            connection.settings_dict,
        )
        yield "default"
    except BaseException:
        _put_back()
        raise
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {ASIDE} CASCADE")


def server_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def check_not_interrupted() -> None:
    """Raises BackupError when an earlier restore was, so that its tables are still aside."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [ASIDE])
        if cursor.fetchone():
            raise BackupError(INTERRUPTED)


def _set_aside() -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{int(SECONDS_TO_WAIT * 1000)}ms'")
            cursor.execute(f"CREATE SCHEMA {ASIDE}")
            _move(cursor, _schema(cursor), ASIDE)
    except DatabaseError as error:
        raise BackupError(
            f"Databasen kan inte ersättas. Stoppa Finsam och försök igen: inget är ändrat. ({error})"
        ) from error


def _put_back() -> None:
    connection.close()  # whatever went wrong may have left it in a transaction
    with transaction.atomic(), connection.cursor() as cursor:
        schema = _schema(cursor)
        for name, kind in _objects(cursor, schema):
            cursor.execute(f"DROP {kind} IF EXISTS {name} CASCADE")
        _move(cursor, ASIDE, schema)
        cursor.execute(f"DROP SCHEMA {ASIDE}")


def _move(cursor: CursorWrapper, source: str, target: str) -> None:
    for name, kind in _objects(cursor, source):
        cursor.execute(f"ALTER {kind} {name} SET SCHEMA {connection.ops.quote_name(target)}")


def _objects(cursor: CursorWrapper, schema: str) -> list[tuple[str, str]]:
    """Tables and functions, each with its kind, named so that they are found from anywhere."""
    cursor.execute(TABLES, [schema])
    tables = cursor.fetchall()
    cursor.execute(FUNCTIONS, [schema])
    return [*tables, *cursor.fetchall()]


def _schema(cursor: CursorWrapper) -> str:
    cursor.execute("SELECT current_schema()")
    return str(cursor.fetchone()[0])
