"""A copy of a SQLite database while it is being written to, and a database that takes the place of it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import DatabaseError, connections

from plans.backup.archive import BackupError, on_disk, owned_like
from plans.backup.manifest import Facts, facts

PART = "database.sqlite3"
SECONDS_TO_WAIT = 5
"""For others who use the database that is to be replaced."""
STAGED = "finsam-restored"
"""The name of the connection to a database that is on its way in."""


@contextmanager
def copied(folder: Path) -> Iterator[tuple[Path, Facts]]:
    """The database as it is at one moment, in a file of the folder, with what is in it. Raises
    BackupError."""
    source, copy = database_file(), folder / PART
    if not source.exists():
        raise BackupError(f"Databasen {source} finns inte. Kör först manage.py migrate.")
    try:
        with closing(_opened(source)) as original, closing(sqlite3.connect(copy)) as made:
            original.backup(made)  # all of it in one reading: writers go on meanwhile, unseen
        with _connection_to(copy) as using:
            _check_whole(using)
            found = facts(using)
    except (sqlite3.Error, DatabaseError) as error:
        raise BackupError(f"Databasen {source} kan inte kopieras: {error}.") from error
    yield copy, found


@contextmanager
def replacing(part: Path) -> Iterator[str]:
    """The connection to the database in the file, which takes the place of the present one when the block
    ends well; otherwise nothing has happened. The file is in the same folder as the present one."""
    try:
        with _connection_to(part) as using:
            _check_whole(using)
            yield using
        connections["default"].close()
        _swap(part, database_file())
    except (sqlite3.Error, DatabaseError) as error:
        raise BackupError(f"Den återlästa databasen kan inte användas: {error}.") from error


def database_file() -> Path:
    return Path(str(connections["default"].settings_dict["NAME"]))


def server_version() -> str:
    return sqlite3.sqlite_version


def _opened(path: Path) -> sqlite3.Connection:
    """A connection that makes no file where there is none."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=SECONDS_TO_WAIT)


def _check_whole(using: str) -> None:
    """By Django's connection, which has the functions that the constraints ask for."""
    with connections[using].cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        [answer] = cursor.fetchone()
    if answer != "ok":
        raise BackupError(f"Databasen är skadad: {answer}.")


@contextmanager
def _connection_to(path: Path) -> Iterator[str]:
    """Django's connection to another file."""
    connections.databases[STAGED] = {**connections["default"].settings_dict, "NAME": str(path)}
    try:
        yield STAGED
    finally:
        connections[STAGED].close()
        del connections[STAGED]
        del connections.databases[STAGED]


def _swap(new: Path, current: Path) -> None:
    """Raises BackupError when somebody is using the present database."""
    if current.exists():
        shutil.copymode(current, new)
    owned_like(new, current if current.exists() else current.parent)
    on_disk(new)
    with _alone(current):
        new.replace(current)
    on_disk(current.parent)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else uses the database, and what was waiting in its journal is in the file: a journal that was
    left beside would be read into the new one."""
    if not path.exists():
        yield
        return
    try:
        with closing(_opened(path)) as connection:
            connection.isolation_level = None
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            yield
    except sqlite3.OperationalError as error:
        raise BackupError(
            f"Databasen {path} används. Stoppa Finsam och försök igen: inget är ändrat. ({error})"
        ) from error
