"""From the tables to a bundle: a fixed number of queries, and one more for each file when it is packed."""

from collections.abc import Iterable
from functools import partial
from pathlib import PurePath
from typing import Any

from django.db.models import Model, Prefetch
from django.utils.timezone import localtime

from members.access import Access
from plans.bundle.contents import Bundle, Group, Item, plain_name
from plans.bundle.tables import (
    answers_table,
    comments_table,
    events_table,
    explanations_table,
    moves_table,
)
from plans.models import (
    Comment,
    ConsultationAnswer,
    Decision,
    DecisionFile,
    PlanMove,
    Version,
    VersionEvent,
    VersionFile,
)
from plans.review.standing import readable, versions_of
from plans.versions.access import is_adopted
from plans.versions.making import PURPOSE_NAMES

NAMES = {"plan": "plan", "budget": "budget", "board": "styrelseunderlag", "protocol": "protokollsutdrag"}


def read_bundle(here: Access, plan_year: int) -> Bundle:
    """Everything of a plan year that the reader may read now. Working copies are not part of it."""
    federation = here.federation
    every = list(versions_of(federation).filter(plan_year=plan_year).order_by("number"))
    readable_now = {version.pk for version in readable(here, every)}
    read = list(
        Version.objects.filter(pk__in=readable_now)
        .select_related("plan", "decision")
        .prefetch_related(
            Prefetch("files", VersionFile.objects.defer("content").order_by("kind")),
            Prefetch("decision__files", DecisionFile.objects.defer("content").order_by("kind")),
        )
        .order_by("number")
    )
    decisions = [version.decision for version in read if is_adopted(version)]
    answers = list(
        ConsultationAnswer.objects.filter(version__federation=federation, version__plan_year=plan_year)
        .select_related("version")
        .defer("file", "version__content")
        .order_by("at", "pk")
    )
    files = {row.pk: _answer_item(row, place) for place, row in enumerate(answers, start=1) if row.file_name}
    return Bundle(
        name=f"revisorspaket-{federation.slug}-{plan_year}",
        federation={
            "name": federation.name,
            "slug": federation.slug,
            "organisation_number": federation.organisation_number,
        },
        plan_year=plan_year,
        groups=(
            *map(_of_version, read),
            *map(_of_decision, decisions),
            *([Group("Filer till samrådssvaren", items=tuple(files.values()))] if files else []),
        ),
        tables=(
            moves_table(_moves(here, plan_year)),
            events_table(_events(readable_now)),
            answers_table(answers, {key: item.path for key, item in files.items()}),
            comments_table(_comments(readable_now)),
            explanations_table(read, decisions),
        ),
        left_out=tuple(version.number for version in every if version.pk not in readable_now),
        versions=tuple(map(_said_of_version, read)),
        chain=_chain(every),
    )


def _of_version(version: Version) -> Group:
    folder = f"versioner/version-{version.number}"
    content = partial(_text, version, "content")
    return Group(
        f"Version {version.number}, {PURPOSE_NAMES[version.purpose]}",
        facts=(
            f"Fryst {localtime(version.made_at):%Y-%m-%d %H:%M} av {version.made_by_name}.",
            f"Versionens kontrollsumma: {version.hash}",
            *([f"Följebrev: {version.note}"] if version.note else []),
        ),
        items=(
            *(_file_item(folder, file, "") for file in version.files.all()),
            Item(f"{folder}/innehall.json", "allt innehåll, som data", content, version.content_hash),
        ),
    )


def _of_decision(decision: Decision) -> Group:
    number = decision.version.number
    folder = f"beslut/version-{number}"
    record = partial(_text, decision, "content")
    return Group(
        f"Beslutet {decision.decided_on} § {decision.paragraph}, version {number}",
        facts=(
            f"Fastställd i Finsam {localtime(decision.at):%Y-%m-%d %H:%M} av {decision.by_name}.",
            f"Beslutets kontrollsumma: {decision.hash}",
        ),
        items=(
            *(_file_item(folder, file, "-faststalld") for file in decision.files.all()),
            Item(f"{folder}/beslut.json", "beslutet, som data", record, decision.content_hash),
        ),
    )


def _file_item(folder: str, file: VersionFile | DecisionFile, ending: str) -> Item:
    what, _, form = file.kind.rpartition("_")
    name = NAMES[what] + (ending if what in ("plan", "budget") else "")
    return Item(
        f"{folder}/{name}.{form}", file.get_kind_display(), partial(_binary, file, "content"), file.hash
    )


def _answer_item(answer: ConsultationAnswer, place: int) -> Item:
    ending = plain_name(PurePath(answer.file_name).suffix)
    path = f"samrad/svar-{place:02}-{plain_name(answer.member_name)}" + (f".{ending}" if ending else "")
    return Item(path, f"{answer.member_name}: {answer.file_name}", partial(_binary, answer, "file"))


def _binary(row: Model, field: str) -> bytes:
    return bytes(_stored(row, field))


def _text(row: Model, field: str) -> bytes:
    return str(_stored(row, field)).encode()


def _stored(row: Model, field: str) -> Any:
    """Read anew: of all files of a year only one is held at a time."""
    return type(row)._base_manager.values_list(field, flat=True).get(pk=row.pk)


def _moves(here: Access, plan_year: int) -> Iterable[PlanMove]:
    moves = PlanMove.objects.filter(plan__federation=here.federation, plan__plan_year=plan_year)
    return moves.select_related("plan", "version").defer("version__content").order_by("at", "pk")


def _events(versions: Iterable[int]) -> Iterable[VersionEvent]:
    events = VersionEvent.objects.filter(version__in=versions).select_related("version")
    return events.defer("version__content").order_by("at", "pk")


def _comments(versions: Iterable[int]) -> Iterable[Comment]:
    comments = Comment.objects.filter(version__in=versions).select_related("version")
    return comments.defer("version__content").prefetch_related("entries").order_by("at", "pk")


def _said_of_version(version: Version) -> dict[str, Any]:
    """What its hash is made of, beside the head that stands in its content (docs/version-file.md)."""
    return {
        "number": version.number,
        "folder": f"versioner/version-{version.number}",
        "place": version.place,
        "content": version.content_hash,
        "files": {file.kind: file.hash for file in version.files.all()},
        "previous": version.previous_hash,
        "hash": version.hash,
        "decision": _said_of_decision(version.decision) if is_adopted(version) else None,
    }


def _said_of_decision(decision: Decision) -> dict[str, Any]:
    return {
        "folder": f"beslut/version-{decision.version.number}",
        "decided_on": decision.decided_on.isoformat(),
        "paragraph": decision.paragraph,
        "content": decision.content_hash,
        "files": {file.kind: file.hash for file in decision.files.all()},
        "hash": decision.hash,
    }


def _chain(versions: list[Version]) -> tuple[dict[str, Any], ...]:
    """The hashes of all versions of the federation until the last of these."""
    if not versions:
        return ()
    last = max(version.place for version in versions)
    chain = Version.objects.filter(federation=versions[0].federation_id, place__lte=last).order_by("place")
    return tuple(map(dict, chain.values("place", "plan_year", "number", "previous_hash", "hash")))
