"""The uploaded files, which are not in the database: logotypes."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from plans.backup.archive import BackupError, Reader, Writer, blocks_of, on_disk, owned_like

FOLDER = "media/"


def put_media(writer: Writer) -> None:
    """Every uploaded file as a part."""
    for path in _files(Path(settings.MEDIA_ROOT)):
        writer.put(FOLDER + path.relative_to(settings.MEDIA_ROOT).as_posix(), blocks_of(path))


@contextmanager
def media_ready(reader: Reader) -> Iterator[None]:
    """The files of the backup, unpacked beside those that are there; they get their places when the block
    ends well. A file that is not in the backup stays. Raises BackupError."""
    places = {name: _place(reader.name, name) for name in reader.parts if name.startswith(FOLDER)}
    if not places:
        yield
        return
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".restore-", dir=root) as folder:
        unpacked = {place: _unpacked(reader, name, Path(folder)) for name, place in places.items()}
        yield
        _put(unpacked)


def unpack(reader: Reader, name: str, path: Path) -> None:
    """A part of the backup as a new file, for its owner only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for block in reader.blocks(name):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _files(root: Path) -> list[Path]:
    """The ordinary files below a folder; no links, which may lead anywhere."""
    return [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]


def _place(backup: str, name: str) -> Path:
    """Where a file of the backup belongs. Raises BackupError for a name that leads elsewhere."""
    parts = name.removeprefix(FOLDER).split("/")
    if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
        raise BackupError(f"{backup}: filnamnet {name!r} leder ut ur mappen för uppladdade filer.")
    place = Path(settings.MEDIA_ROOT, *parts)
    if not place.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise BackupError(f"{backup}: filnamnet {name!r} leder ut ur mappen för uppladdade filer.")
    return place


def _unpacked(reader: Reader, name: str, folder: Path) -> Path:
    path = folder / str(len(list(folder.iterdir())))
    unpack(reader, name, path)
    return path


def _put(unpacked: Mapping[Path, Path]) -> None:
    for place, path in unpacked.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            shutil.copymode(place, path)
        owned_like(path, place if place.exists() else place.parent)
        path.replace(place)
        on_disk(place.parent)
