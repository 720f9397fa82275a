"""Logotypes as they were before ADR 27: files, which a migration reads for the last time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage

FOLDER = "media"
"""In FINSAM_DATA_DIR."""


def in_the_folder(name: str) -> bytes:
    """The file that a federation called its logotype. Raises OSError, or SuspiciousFileOperation when the
    name leads out of the folder."""
    with FileSystemStorage(settings.DATA_DIR / FOLDER).open(name) as file:
        return bytes(file.read())


def old_logotype(name: str) -> bytes:
    """The same, or what `old_logotypes_from` says that it is."""
    return _reader.get()(name)


@contextmanager
def old_logotypes_from(read: Callable[[str], bytes]) -> Iterator[None]:
    """Within it they are read so, as from a backup."""
    token = _reader.set(read)
    try:
        yield
    finally:
        _reader.reset(token)


_reader: ContextVar[Callable[[str], bytes]] = ContextVar("reader", default=in_the_folder)
