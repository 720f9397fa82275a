"""Puts a backup back. All that can be judged is judged before anything is replaced."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection

from members.old_logotypes import in_the_folder, old_logotypes_from
from plans.backup import sqlite
from plans.backup.archive import BackupError, Reader, opened
from plans.backup.engine import engine
from plans.backup.making import back_up
from plans.backup.manifest import FORM, KIND_NAMES, Facts, Manifest, check_known, facts, from_json
from plans.versions.triggers import missing_triggers, protect

LOGOTYPES = "media/"
"""Where a backup from before ADR 27 has the logotypes, which were files."""


@dataclass(frozen=True)
class Restored:
    """`replaced` is the backup of what was there before, None when nothing was."""

    manifest: Manifest
    replaced: Path | None


def restore(path: Path, *, replace: bool, tell: Callable[[str], None]) -> Restored:
    """The database as it was when the backup was made; `replace` also where there are federations already,
    of which a backup is made first. Raises BackupError, and then the database is as it was."""
    with opened(path, FORM, "en säkerhetskopia") as reader:
        manifest = _judged(reader)
        tell(f"Förteckning och kontrollsummor stämmer: gjord {when(manifest)}.")
        there = _present()
        if there and not replace:
            raise BackupError(
                f"Databasen har redan förbund ({there} st), och de skulle ersättas. Ange --replace om det är "
                "meningen, eller återställ i en tom databas."
            )
        replaced = back_up()[0] if there else None
        if replaced:
            tell(f"Det som fanns är säkerhetskopierat: {replaced}.")
        with (
            old_logotypes_from(partial(_old_logotype, reader)),
            _unpacked(reader) as part,
            engine().replacing(part) as using,
        ):
            _make_ready(using, manifest.facts)
    ContentType.objects.clear_cache()
    return Restored(manifest, replaced)


def when(manifest: Manifest) -> str:
    """When the backup was made, in words."""
    return f"{datetime.fromisoformat(manifest.made_at):%Y-%m-%d %H.%M} UTC"


def _judged(reader: Reader) -> Manifest:
    manifest = from_json(reader.name, reader.manifest)
    if manifest.kind != connection.vendor:
        raise BackupError(
            f"{reader.name} är av en databas i {KIND_NAMES.get(manifest.kind, manifest.kind)}, men den här "
            f"installationen har {KIND_NAMES[connection.vendor]}. Återställ i en sådan, och flytta förbunden "
            "med export_federation och import_federation."
        )
    check_known(reader.name, manifest.facts.migrations)
    if engine().part not in reader.parts:
        raise BackupError(f"{reader.name} är skadad: databasen saknas.")
    reader.check()
    return manifest


def _present() -> int:
    """How many federations there are now."""
    if connection.vendor == "sqlite" and not sqlite.database_file().exists():
        return 0
    try:
        return facts("default").federations
    except DatabaseError as error:
        raise BackupError(
            f"Databasen som finns går inte att läsa ({error}). Flytta undan den och försök igen."
        ) from error


@contextmanager
def _unpacked(reader: Reader) -> Iterator[Path]:
    """The database of the backup as a file; on SQLite beside the one that it replaces, so that it can take
    its place at once."""
    beside = sqlite.database_file().parent if connection.vendor == "sqlite" else None
    if beside:
        beside.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".restore-", dir=beside) as folder:
        part = Path(folder) / engine().part
        _unpack(reader, part)
        yield part


def _unpack(reader: Reader, path: Path) -> None:
    """The part of that name as a new file, for its owner only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for block in reader.blocks(path.name):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _old_logotype(reader: Reader, name: str) -> bytes:
    part = LOGOTYPES + name
    return reader.content(part) if part in reader.parts else in_the_folder(name)


def _make_ready(using: str, saved: Facts) -> None:
    """The database as it is to be used: as it was saved, in the form of this Finsam, with its guards. Raises
    BackupError."""
    if facts(using) != saved:
        raise BackupError("Den återlästa databasen har inte det som förteckningen säger.")
    protect(using)
    call_command("migrate", database=using, interactive=False, verbosity=0)
    if missing := missing_triggers(using):
        raise BackupError(f"Skydden av det som är fryst gick inte att göra: {', '.join(missing)}.")
    Session.objects.using(using).all().delete()  # whoever had signed out since is not signed in again
