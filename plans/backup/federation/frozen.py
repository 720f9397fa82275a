"""Whether what came with a federation is what was frozen: every hash, and the chain. That the files are made
anew to the same bytes is judged afterwards, by verify_versions."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from finsam.pictures.reencoding import UnusablePictureError, as_stored
from members.models import Federation
from plans.backup.archive import BackupError
from plans.decisions import record
from plans.models import Decision, DecisionFile, Illustration, Version, VersionFile
from plans.versions import contents
from plans.versions.contents import hash_of, version_hash

Read = TypeVar("Read")


def check_frozen(federation: Federation) -> None:
    """Raises BackupError that names the version, the decision or the picture."""
    _check_chain(federation)
    for decision in Decision.objects.filter(plan__federation=federation).select_related("version"):
        _check_decision(decision)
    for each in Illustration.objects.filter(federation=federation).iterator(20):
        _check_picture(each)


def _check_chain(federation: Federation) -> None:
    previous = ""
    versions = Version.objects.filter(federation=federation).order_by("place")
    for place, version in enumerate(versions.iterator(5), start=1):
        files = _file_hashes(version, VersionFile.objects.filter(version=version).iterator(2))
        head = _read(version, contents.read, version.content).head
        said = (version.plan_year, version.number, version.purpose, version.made_at, version.note)
        actual = hash_of(version.content.encode())
        if (
            (version.place, version.previous_hash) != (place, previous)
            or said != (head.plan_year, head.number, head.purpose, head.made_at, head.note)
            or version.content_hash != actual
            or version.hash != version_hash(head, place, actual, files, previous)
        ):
            raise _changed(version)
        previous = version.hash


def _check_decision(decision: Decision) -> None:
    files = _file_hashes(decision, DecisionFile.objects.filter(decision=decision).iterator(2))
    said = _read(decision, record.read, decision.content)
    actual = hash_of(decision.content.encode())
    if (
        (said.on, said.paragraph, said.version_hash)
        != (decision.decided_on, decision.paragraph, decision.version.hash)
        or decision.content_hash != actual
        or decision.hash != record.decision_hash(decision.version.hash, actual, files)
    ):
        raise _changed(decision)


def _check_picture(each: Illustration) -> None:
    try:
        encoded = as_stored(bytes(each.content))
    except UnusablePictureError as error:
        raise BackupError(f"Bilden {each.key}: {error}") from None
    said = (each.key, each.media_type, each.width, each.height)
    if said != (encoded.key, encoded.media_type, encoded.width, encoded.height):
        raise BackupError(f"Bilden {each.key} är inte den som den säger att den är.")


def _file_hashes(of: Version | Decision, files: Iterable[VersionFile | DecisionFile]) -> dict[str, str]:
    hashes = {}
    for file in files:
        content = bytes(file.content)
        if (file.hash, file.size) != (hash_of(content), len(content)):
            raise _changed(of)
        hashes[file.kind] = file.hash
    return hashes


def _read(of: Version | Decision, read: Callable[[str], Read], text: str) -> Read:
    try:
        return read(text)
    except Exception as error:  # whatever the file holds
        raise _changed(of) from error


def _changed(of: Version | Decision) -> BackupError:
    name = f"Versionen {of}" if isinstance(of, Version) else f"Beslutet {of}"
    return BackupError(
        f"{name} är ändrad sedan den frystes: kontrollsumman stämmer inte. Förbundet tas inte in."
    )
