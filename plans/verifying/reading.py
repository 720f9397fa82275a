"""From the tables to what is verified: one version at a time, however many there are."""

from collections.abc import Iterable, Iterator

from django.utils.timezone import localtime

from members.models import Federation
from plans.models import Decision, DecisionFile, Version, VersionFile
from plans.verifying.stored import StoredDecision, StoredFile, StoredVersion


def versions_of(federation: Federation) -> Iterator[StoredVersion]:
    """In the order of the chain. Only the one at hand is in memory."""
    for key in list(
        Version.objects.filter(federation=federation).order_by("place").values_list("pk", flat=True)
    ):
        yield _version(Version.objects.get(pk=key))


def _version(version: Version) -> StoredVersion:
    decision = Decision.objects.filter(version=version).first()
    return StoredVersion(
        plan_year=version.plan_year,
        number=version.number,
        purpose=version.purpose,
        note=version.note,
        made_at=localtime(version.made_at),
        made_by=version.made_by_name,
        place=version.place,
        content=version.content,
        content_hash=version.content_hash,
        previous_hash=version.previous_hash,
        hash=version.hash,
        files=_files(version.files.all()),
        decision=_decision(decision) if decision else None,
    )


def _decision(decision: Decision) -> StoredDecision:
    return StoredDecision(
        decided_on=decision.decided_on,
        paragraph=decision.paragraph,
        at=decision.at,
        by_name=decision.by_name,
        content=decision.content,
        content_hash=decision.content_hash,
        hash=decision.hash,
        files=_files(decision.files.all()),
    )


def _files(files: Iterable[VersionFile | DecisionFile]) -> tuple[StoredFile, ...]:
    return tuple(
        StoredFile(file.kind, file.get_kind_display(), bytes(file.content), file.size, file.hash)
        for file in files
    )
