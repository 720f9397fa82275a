"""What is asked of a database, so that what has been answered as saved is still there afterwards."""

from typing import Any

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

# Immediate: a transaction that will write takes its lock at once instead of failing half way.
# FULL: what has been answered as saved is on the disk. With NORMAL it would survive that the process is
# killed but not that the power goes. The price is one wait for the disk for each change: docs/operation.md.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
}


def options(engine: str, given: dict[str, Any], seconds: int) -> dict[str, Any]:
    """The OPTIONS of a database of this kind.

    `given`: those of its address. `seconds`: how long PostgreSQL lets one statement take, and a transaction
    wait for its owner; 0 for as long as it takes.
    """
    if engine == SQLITE:
        return SQLITE_OPTIONS
    if engine != POSTGRESQL:
        return given
    limits = ("statement_timeout", "idle_in_transaction_session_timeout") if seconds else ()
    said = [given.get("options", ""), *(f"-c {limit}={seconds}s" for limit in limits)]
    return {"connect_timeout": 5, **given, "options": " ".join(said).strip()}
