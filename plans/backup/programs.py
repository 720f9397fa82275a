"""PostgreSQL's own programs for backups, pg_dump and pg_restore: found, and run."""

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import connection

from plans.backup.archive import BackupError

USUAL_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
OPTIONS = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
"""Options of Django's connection, and the variables that say the same to the programs."""


def program(name: str, server: int) -> Path:
    """The program, of the server's main version or the one nearest above. Raises BackupError when there is
    none, or only older ones, which refuse to speak with the server."""
    versions = {path: major for path in _candidates(name) if (major := _major_version(path))}
    usable = [path for path, major in versions.items() if major >= server]
    if usable:
        return min(usable, key=versions.__getitem__)
    wanted = (
        f"Installera PostgreSQL:s klientprogram i version {server} (i Debian: postgresql-client-{server})"
    )
    if versions:
        raise BackupError(
            f"{name} är äldre (version {max(versions.values())}) än databasservern (version {server}) och "
            f"kan inte användas. {wanted}."
        )
    raise BackupError(
        f"{name} finns inte, varken i PATH eller bredvid databasservern. {wanted} och försök igen."
    )


def run(command: list[str | Path], settings: Mapping[str, Any]) -> None:
    """Run a program against the database of these settings. Raises BackupError with what it says."""
    answer = subprocess.run(
        list(map(str, command)),
        env=os.environ | environment(settings),
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
    )
    if answer.returncode != 0:
        said = " ".join(answer.stderr.split())[-600:] or f"kod {answer.returncode}"
        raise BackupError(f"{Path(command[0]).name} misslyckades: {said}")


def environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """Where the database is and who asks, in the variables that the programs read: a password in a command
    could be seen by others on the machine."""
    found = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        **{variable: settings["OPTIONS"].get(option) for option, variable in OPTIONS.items()},
    }
    return {name: str(value) for name, value in found.items() if value}


def server_major() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _candidates(name: str) -> Iterable[Path]:
    folders = [Path(folder) for folder in os.get_exec_path()]
    for pattern in USUAL_FOLDERS:
        folders += sorted(Path("/").glob(pattern.removeprefix("/")))
    folders += _beside_server()
    return [path for folder in folders if os.access(path := folder / name, os.X_OK) and path.is_file()]


def _beside_server() -> list[Path]:
    """The folder of the server's own programs, where the server tells it to this user and is on this
    machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('pg_catalog.pg_config', 'SELECT')")
        if not cursor.fetchone()[0]:
            return []
        cursor.execute("SELECT setting FROM pg_catalog.pg_config WHERE name = 'BINDIR'")
        return [Path(folder) for (folder,) in cursor.fetchall()]


def _major_version(path: Path) -> int:
    """0 when it does not run."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found and answer.returncode == 0 else 0
