"""Makes a backup: the database of one moment, and what is in it."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from plans.backup.archive import BackupError, blocks_of, new_archive
from plans.backup.engine import engine
from plans.backup.manifest import Manifest, commit

NAME = "finsam-%Y%m%dT%H%M%SZ.zip"
"""What a backup is called when nobody says; the time is UTC."""


def default_folder() -> Path:
    return Path(settings.DATA_DIR) / "backup"


def back_up(target: Path | None = None) -> tuple[Path, Manifest]:
    """The backup, in a file or in a folder that is there; without `target` in the folder for backups. Raises
    BackupError."""
    now = datetime.now(UTC)
    chosen = engine()
    if target is None:
        default_folder().mkdir(parents=True, exist_ok=True)
        target = default_folder() / now.strftime(NAME)
    elif target.is_dir():
        target = target / now.strftime(NAME)
    with new_archive(target) as writer:
        with (
            TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder,
            chosen.copied(Path(folder)) as (copy, found),
        ):
            writer.put(chosen.part, blocks_of(copy), packed=chosen.packed)
        manifest = Manifest(
            made_at=now.isoformat(timespec="seconds"),
            commit=commit(),
            kind=connection.vendor,
            server=chosen.server_version(),
            facts=found,
        )
        writer.finish(manifest.to_json())
    return target, manifest


def rotated(folder: Path, keep: int) -> list[Path]:
    """Remove all but the latest backups of a folder, those with names given by Finsam. What was removed."""
    if keep < 1:
        raise BackupError("Minst en säkerhetskopia behålls.")
    old = sorted(path for path in folder.iterdir() if _is_backup(path))[:-keep]
    for path in old:
        path.unlink()
    return old


def _is_backup(path: Path) -> bool:
    try:
        datetime.strptime(path.name, NAME)
    except ValueError:
        return False
    return path.is_file()
