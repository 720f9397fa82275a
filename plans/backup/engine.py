"""The database's own way of being backed up."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from plans.backup import postgresql, sqlite
from plans.backup.manifest import Facts


@dataclass(frozen=True)
class Engine:
    """`part` is what a copy is called in a backup. `copied` makes one in a folder; `replacing` gives the
    connection to a copy on its way in, which takes the database's place when the block ends well."""

    part: str
    packed: bool
    copied: Callable[[Path], AbstractContextManager[tuple[Path, Facts]]]
    replacing: Callable[[Path], AbstractContextManager[str]]
    server_version: Callable[[], str]


ENGINES = {
    "sqlite": Engine(sqlite.PART, True, sqlite.copied, sqlite.replacing, sqlite.server_version),
    "postgresql": Engine(
        postgresql.PART, False, postgresql.copied, postgresql.replacing, postgresql.server_version
    ),
}


def engine() -> Engine:
    return ENGINES[connection.vendor]
