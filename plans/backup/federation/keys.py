"""Keys for rows that come from another installation: free, in the same order, and taken before any row is
stored, so that rows which refer to each other can be stored in any order."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Model

from plans.backup.archive import BackupError

HIGHEST = 1_000_000_000
"""A key above that is no key of Finsam."""


def reserved(model: type[Model], keys: Iterable[int], above: int = 0) -> dict[int, int]:
    """For each key one that no row has or will be given; all higher than `above`. Raises BackupError."""
    old = sorted(set(keys))
    if (old and not 0 < old[0] <= old[-1] <= HIGHEST) or above > HIGHEST:
        raise BackupError(f"Filen har orimliga nycklar ({model._meta.label}).")
    if not old:
        return {}
    take = _from_sequence if connection.vendor == "postgresql" else _after_highest
    return dict(zip(old, take(model, len(old), above), strict=True))


def _from_sequence(model: type[Model], count: int, above: int) -> list[int]:
    """Others may draw from the sequence at the same time: what it has given, it gives nobody else."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [f'"{table}"', column])
        first = cursor.fetchone()[0]
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [f'"{table}"', column, count + max(0, above - first)],
        )
        return sorted(key for (key,) in cursor.fetchall())[-count:]


def _after_highest(model: type[Model], count: int, above: int) -> list[int]:
    """On SQLite nobody else writes within the transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        first = max(found[0] if found else 0, above) + 1
        last = first + count - 1
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
    return list(range(first, last + 1))
