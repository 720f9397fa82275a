"""One file with several parts and a manifest of their SHA-256: a ZIP, so that anybody can open it.

What is written gets its name when it is whole and on the disk. What is read may hold anything: it is bounded
before it is unpacked, and no name in it is used as a path.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - the module's own name for it says nothing

from finsam.json_input import UnreadableError, parse

MANIFEST = "manifest.json"
BLOCK = 1024 * 1024
"""Bytes that are read at a time."""
LARGEST_MANIFEST = 64 * 1024 * 1024
MOST_PARTS = 200_000
HIGHEST_RATIO = 300
"""Times that a part larger than RATIO_FROM bytes may be its packed size: tables with histories reach 60."""
RATIO_FROM = 1024 * 1024


class BackupError(Exception):
    """What was asked for could not be done; the message is a Swedish sentence."""


@dataclass(frozen=True)
class Part:
    """What the manifest says of a part: SHA-256 in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


# -- writing -------------------------------------------------------------------------------------


class Writer:
    """An archive that is being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = ZipFile(file, "w")
        self.parts: dict[str, Part] = {}

    def put(self, name: str, blocks: Iterable[bytes], *, packed: bool = True) -> None:
        """A part; `packed` for what becomes smaller by it."""
        digest, size = sha256(), 0
        info = ZipInfo(name)  # without the time of day: the same contents give the same bytes
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = 0o600 << 16
        with self._zip.open(info, "w", force_zip64=True) as part:
            for block in blocks:
                digest.update(block)
                size += len(block)
                part.write(block)
        self.parts[name] = Part(digest.hexdigest(), size)

    def finish(self, manifest: Mapping[str, Any]) -> None:
        """The manifest, with what is known of the parts."""
        parts = {name: {"sha256": part.sha256, "size": part.size} for name, part in self.parts.items()}
        text = json.dumps({**manifest, "parts": parts}, ensure_ascii=False, indent=1)
        self._zip.writestr(ZipInfo(MANIFEST), text.encode(), ZIP_DEFLATED)
        self.close()

    def close(self) -> None:
        self._zip.close()


@contextmanager
def new_archive(target: Path) -> Iterator[Writer]:
    """An archive that gets its name when it is whole and on the disk, for its owner's eyes only. Raises
    BackupError when there is a file with that name, or none can be written there."""
    if target.exists():
        raise BackupError(f"{target} finns redan och skrivs inte över.")
    if not target.parent.is_dir():
        raise BackupError(f"Mappen {target.parent} finns inte.")
    temporary = target.with_name(f".{target.name}.{os.getpid()}.ny")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with closing(Writer(file)) as writer:
                yield writer
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, target)  # unlike a rename it replaces nothing
        on_disk(target.parent)
    except FileExistsError:
        raise BackupError(f"{target} finns redan och skrivs inte över.") from None
    except OSError as error:
        raise BackupError(f"{target}: det går inte att skriva där ({error.strerror}).") from error
    finally:
        temporary.unlink(missing_ok=True)


def on_disk(path: Path) -> None:
    """The contents of a file, or what a folder says of its files, survive a power failure."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def owned_like(path: Path, other: Path) -> None:
    """The file belongs to whom the other belongs to: who runs this may be root."""
    if os.geteuid() == 0:
        found = other.stat()
        os.chown(path, found.st_uid, found.st_gid)


def blocks_of(path: Path) -> Iterator[bytes]:
    """The contents of a file, a block at a time."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


# -- reading -------------------------------------------------------------------------------------


class Reader:
    """An archive that has a manifest, and the parts that it names."""

    def __init__(self, name: str, file: ZipFile, manifest: Mapping[str, Any], parts: Mapping[str, Part]):
        self.name, self.manifest, self.parts = name, manifest, parts
        self._zip = file

    def blocks(self, name: str) -> Iterator[bytes]:
        """A part, a block at a time. Raises BackupError when there is none, and after the last block when it
        is not what the manifest says."""
        part = self.parts.get(name)
        if part is None:
            raise BackupError(f"{self.name}: delen {name} saknas.")
        digest = sha256()
        with _damage_told(self.name), self._zip.open(name) as file:
            while block := file.read(BLOCK):
                digest.update(block)
                yield block
        if digest.hexdigest() != part.sha256:
            raise BackupError(f"{self.name} är skadad: delen {name} har en annan kontrollsumma än den fick.")

    def content(self, name: str) -> bytes:
        return b"".join(self.blocks(name))

    def lines(self, name: str, longest: int) -> Iterator[bytes]:
        """The lines of a part, without their ends. Raises BackupError also for one longer than so many
        bytes."""
        rest = b""
        for block in self.blocks(name):
            *lines, rest = (rest + block).split(b"\n")
            yield from lines
            if len(rest) > longest:
                raise BackupError(f"{self.name}: en rad i {name} är orimligt lång.")
        if rest:
            raise BackupError(f"{self.name}: delen {name} slutar mitt i en rad.")

    def check(self) -> None:
        """Raises BackupError when any part is damaged."""
        for name in self.parts:
            for _ in self.blocks(name):
                pass


@contextmanager
def opened(path: Path, form: str, kind: str, largest: int | None = None) -> Iterator[Reader]:
    """The archive of a file: `form` is what its manifest should say that it is, `kind` that in Swedish;
    `largest` how many bytes it may be unpacked. Raises BackupError."""
    try:
        file = ZipFile(path)
    except FileNotFoundError:
        raise BackupError(f"{path} finns inte.") from None
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BackupError(f"{path} är skadad, eller inte {kind} från Finsam.") from error
    with file:
        infos = file.infolist()
        _check_bounds(path.name, infos, largest)
        manifest = _manifest(path.name, file, infos, form, kind)
        parts = _parts(path.name, manifest)
        if {info.filename: info.file_size for info in infos if info.filename != MANIFEST} != {
            name: part.size for name, part in parts.items()
        }:
            raise BackupError(f"{path.name} är skadad: den har inte de delar som förteckningen säger.")
        yield Reader(path.name, file, manifest, parts)


def _check_bounds(name: str, infos: list[ZipInfo], largest: int | None) -> None:
    if len(infos) > MOST_PARTS or len({info.filename for info in infos}) < len(infos):
        raise BackupError(f"{name}: filen har för många delar, eller flera med samma namn.")
    if largest is not None and sum(info.file_size for info in infos) > largest:
        raise BackupError(f"{name}: filen blir större än {largest // 1024**3} GB när den packas upp.")
    for info in infos:
        if info.file_size > RATIO_FROM and info.file_size > info.compress_size * HIGHEST_RATIO:
            raise BackupError(
                f"{name}: delen {info.filename!r} är orimligt mycket större uppackad än packad."
            )


def _manifest(name: str, file: ZipFile, infos: list[ZipInfo], form: str, kind: str) -> Mapping[str, Any]:
    found = next((info for info in infos if info.filename == MANIFEST), None)
    if found is None or found.file_size > LARGEST_MANIFEST:
        raise BackupError(f"{name} är inte {kind} från Finsam: förteckningen ({MANIFEST}) saknas.")
    try:
        with _damage_told(name):
            manifest = parse(file.read(found))
    except UnreadableError as error:
        raise BackupError(f"{name}: förteckningen kan inte läsas. {error}") from None
    said = manifest.get("form") if isinstance(manifest, dict) else None
    if isinstance(manifest, dict) and said == form:
        return manifest
    if isinstance(said, str) and said.rpartition("-")[0] == form.rpartition("-")[0]:
        raise BackupError(f"{name} har formen {said!r}, som det här Finsam inte känner. Det är nog nyare.")
    raise BackupError(f"{name} är inte {kind} från Finsam.")


def _parts(name: str, manifest: Mapping[str, Any]) -> dict[str, Part]:
    try:
        return {
            str(part): Part(str(said["sha256"]), int(said["size"]))
            for part, said in manifest["parts"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BackupError(f"{name}: förteckningen över delarna kan inte läsas.") from None


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    try:
        yield
    except (BadZipFile, ZlibError, EOFError, OSError, NotImplementedError, RuntimeError, KeyError) as error:
        raise BackupError(f"{name} är skadad och kan inte läsas ({error}).") from error
