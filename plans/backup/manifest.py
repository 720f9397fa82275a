"""What a backup says of itself: what it holds, when it was made, and by which Finsam."""

import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cattrs import structure
from cattrs.errors import ClassValidationError
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from plans.backup.archive import BackupError

FORM = "finsam-backup-1"
KIND_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Facts:
    """What is in a database: `migrations` are the latest of each app; `chains` the hash of each federation's
    last version, by the federation's name in addresses."""

    migrations: Mapping[str, str]
    federations: int
    versions: int
    chains: Mapping[str, str]


@dataclass(frozen=True)
class Manifest:
    """`made_at` is UTC, in ISO 8601; `commit` empty when unknown; `kind` is the database's: `sqlite` or
    `postgresql`, and `server` its version."""

    made_at: str
    commit: str
    kind: str
    server: str
    facts: Facts

    def to_json(self) -> dict[str, Any]:
        return {"form": FORM, **asdict(self)}


def from_json(name: str, data: Mapping[str, Any]) -> Manifest:
    """Raises BackupError, which names the file."""
    try:
        manifest = structure(data, Manifest)
        datetime.fromisoformat(manifest.made_at)
    except (ClassValidationError, KeyError, TypeError, ValueError) as error:
        raise BackupError(f"{name}: förteckningen kan inte läsas.") from error
    return manifest


def facts(using: str) -> Facts:
    """What the database holds. Its tables may be older than this Finsam."""
    return Facts(
        migrations=latest_migrations(using),
        federations=_count(using, "members.Federation"),
        versions=_count(using, "plans.Version"),
        chains=_chains(using) if _has_table(using, "plans.Version") else {},
    )


def latest_migrations(using: str) -> dict[str, str]:
    """The last migration of each app that the database has had."""
    latest: dict[str, str] = {}
    for app, name in sorted(MigrationLoader(connections[using]).applied_migrations):
        latest[app] = name
    return latest


def unknown_migrations(migrations: Mapping[str, str]) -> list[str]:
    """Those that this Finsam does not have: a newer one has made them."""
    known = MigrationLoader(None).disk_migrations
    return [f"{app}.{name}" for app, name in sorted(migrations.items()) if (app, name) not in known]


def check_known(name: str, migrations: Mapping[str, str]) -> None:
    """Raises BackupError for a file that a newer Finsam has made."""
    if unknown := unknown_migrations(migrations):
        raise BackupError(
            f"{name} är gjord av ett nyare Finsam än det här (här saknas {', '.join(unknown)}). "
            "Uppgradera Finsam och försök igen."
        )


def commit() -> str:
    """Which Finsam this is: the commit of its folder; empty when that is not known."""
    try:
        answer = subprocess.run(
            ["git", "-C", settings.BASE_DIR, "rev-parse", "HEAD"], capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def _has_table(using: str, label: str) -> bool:
    return apps.get_model(label)._meta.db_table in connections[using].introspection.table_names()


def _count(using: str, label: str) -> int:
    """0 also when the table is not there yet."""
    model: type[Model] = apps.get_model(label)
    return model._base_manager.using(using).count() if _has_table(using, label) else 0


def _chains(using: str) -> dict[str, str]:
    versions = apps.get_model("plans.Version")._base_manager.using(using).order_by("place")
    return dict(versions.values_list("federation__slug", "hash"))
