"""A database of its own, beside those of other tests: what is killed is not to leave anything behind."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """The address of a new, empty database: in the PostgreSQL that DATABASE_URL names, and removed from it
    afterwards, or a file in `folder`."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'finsam.sqlite3'}"
        return
    name = f"finsam_{uuid4().hex[:12]}"
    _ask(server, "CREATE DATABASE {}", name)
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        _ask(server, "DROP DATABASE {} WITH (FORCE)", name)


def environment(database_url: str, folder: Path) -> dict[str, str]:
    """What Finsam is started with, to use that database and keep its files in `folder`."""
    (folder / "static").mkdir(exist_ok=True)  # WhiteNoise warns where there is none
    own = {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "finsam.settings",
        "EMAIL_URL": "dummy://",
        "ENVIRONMENT": "local",
        "FINSAM_DATA_DIR": str(folder),
        "SECRET_KEY": "not secret: used by tests and nothing else",
    }
    return {**os.environ, **own}


def _ask(server: str, statement: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
