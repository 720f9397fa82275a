"""What is wrong with a version: its content, its files, its place in the chain and its decision."""

from collections.abc import Mapping

from plans.models import VersionFile
from plans.verifying.decisions import decision_judged
from plans.verifying.faults import Fault, Judged, Kind
from plans.verifying.files import Hashes, file_faults, frozen_hashes, same_files, what_changed
from plans.verifying.frozen import canonical_faults, column_faults, opened, remade
from plans.verifying.stored import Link, StoredVersion
from plans.versions.contents import Contents, hash_of, read, version_hash
from plans.versions.making import files_of

NAMES: Mapping[str, str] = {kind.value: kind.label for kind in VersionFile.Kind}


def judged(version: StoredVersion, before: Link) -> Judged:
    """A version that follows on `before` in its federation's chain."""
    contents, why_not = opened(version.content, read)
    again, cannot = remade(files_of, contents)
    actual = hash_of(version.content.encode())

    def is_right(hashes: Hashes) -> bool:
        return contents is not None and version.hash == version_hash(
            contents.head, version.place, actual, hashes, version.previous_hash
        )

    frozen = frozen_hashes(version.files, again, is_right)
    faults = _link_faults(version, before)
    if frozen is None and actual != version.content_hash:
        faults = [Fault(Kind.CONTENT, why_not or what_changed(version.files, again)), *faults]
        contents, again = None, {}  # they say nothing of what was frozen
    elif contents is None:
        faults = [Fault(Kind.UNREADABLE, why_not), *faults]
    else:
        if frozen is None and not faults:
            detail = "Versionens kontrollsumma stämmer inte med dess innehåll, filer och plats i kedjan."
            faults = [Fault(Kind.CHAIN, detail)]
        faults = [*faults, *cannot, *canonical_faults(version.content), *_column_faults(version, contents)]
    whole = Judged(
        (*faults, *file_faults(version.files, frozen, again, NAMES)), same_files(version.files, again)
    )
    return whole + decision_judged(version.decision, version.hash, contents) if version.decision else whole


def _link_faults(version: StoredVersion, before: Link) -> list[Fault]:
    missing = version.place - before.place - 1
    if missing > 0:
        places = (
            f"plats {before.place + 1}" if missing == 1 else f"plats {before.place + 1}–{version.place - 1}"
        )
        return [Fault(Kind.CHAIN, f"Före den saknas {places} i kedjan.")]
    if version.previous_hash != before.hash:
        said_to_be = (
            f"Den säger att versionen före har kontrollsumman {version.previous_hash[:12] or 'ingen'}"
        )
        return [Fault(Kind.CHAIN, f"{said_to_be}, som har {before.hash[:12] or 'ingen'}.")]
    return []


def _column_faults(version: StoredVersion, contents: Contents) -> list[Fault]:
    head = contents.head
    return column_faults(
        {
            "Kontrollsumman": (version.content_hash, hash_of(version.content.encode())),
            "Planåret": (version.plan_year, head.plan_year),
            "Numret": (version.number, head.number),
            "Till vem": (version.purpose, head.purpose),
            "Följebrevet": (version.note, head.note),
            "När": (version.made_at, head.made_at),
            "Av vem": (version.made_by, head.made_by),
        }
    )
