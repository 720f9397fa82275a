"""The public files of a version: those that were frozen, and those made of what was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from plans.models import DecisionFile, VersionFile
from plans.publishing.budget_csv import budget_csv
from plans.publishing.frozen import frozen, public_document
from plans.publishing.made import Made
from plans.publishing.nameless_workbook import nameless_workbook
from plans.publishing.standing import PublicVersion
from plans.publishing.version_json import version_json

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT = 16
"""So many made files each process keeps."""


@dataclass(frozen=True)
class FileKind:
    """A public file: its name in addresses, what it is called, and its media type. `stored` is the kind of
    VersionFile and DecisionFile that it is; empty for one that is made of the content."""

    name: str
    label: str
    media_type: str
    stored: str = ""


KINDS: Mapping[str, FileKind] = {
    kind.name: kind
    for kind in (
        FileKind("plan.pdf", "Planen, PDF", PDF, "plan_pdf"),
        FileKind("plan.docx", "Planen, Word", DOCX, "plan_docx"),
        FileKind("budget.pdf", "Budgeten, PDF", PDF, "budget_pdf"),
        FileKind("budget.xlsx", "Budgeten, Excel", XLSX),
        FileKind("budget.csv", "Budgeten, CSV", "text/csv; charset=utf-8"),
        FileKind("version.json", "Allt som data, JSON", "application/json"),
    )
}


@dataclass(frozen=True)
class PublicFile:
    """A file with its hash, by which a browser names the one it has; `read` gives its bytes."""

    kind: FileKind
    entity_tag: str
    read: Callable[[], bytes]


def public_file(public: PublicVersion, name: str) -> PublicFile | None:
    """The file of that name (one of KINDS); None when the version has none."""
    kind = KINDS[name]
    if not kind.stored:
        made = _made(public, name)
        return PublicFile(kind, made.entity_tag, lambda: made.body) if made else None
    found = _stored(public).filter(kind=kind.stored)
    file_hash = found.values_list("hash", flat=True).first()
    if file_hash is None:
        return None
    return PublicFile(kind, f'"{file_hash}"', lambda: bytes(found.values_list("content", flat=True).get()))


def _stored(public: PublicVersion) -> QuerySet[Any]:
    """Those made at the adoption, which say what was decided; of a proposal those that the board has."""
    if public.is_adopted:
        return DecisionFile.objects.filter(decision__version=public.facts.key)
    return VersionFile.objects.filter(version=public.facts.key)


@lru_cache(maxsize=KEPT)
def _made(public: PublicVersion, name: str) -> Made | None:
    held, media_type = frozen(public.facts), KINDS[name].media_type
    match name:
        case "budget.xlsx":
            stored = VersionFile.objects.filter(version=public.facts.key, kind="budget_xlsx")
            content = stored.values_list("content", flat=True).first()
            if content is None:
                return None
            return Made(nameless_workbook(bytes(content), held.contents.head), media_type)
        case "budget.csv":
            return Made(budget_csv(public, held), media_type)
        case _:
            kinds = [kind for kind in ("plan", "budget") if kind in held.contents.documents]
            documents = {kind: public_document(public, kind) for kind in kinds}
            return Made(version_json(public, held, documents, _hashes(public)), media_type)


def _hashes(public: PublicVersion) -> dict[str, str]:
    """Of the stored files, by their public names."""
    stored = dict(_stored(public).values_list("kind", "hash"))
    return {kind.name: stored[kind.stored] for kind in KINDS.values() if kind.stored in stored}
