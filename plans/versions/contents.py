"""What a version holds: all that was known of the plan, and what its readers were shown, as canonical JSON.

Pure. The form is documented in docs/version-file.md; hashes are taken over these bytes, so that anybody can
take them again.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from budgets.rules import Finding
from budgets.rules.legal_values import in_force
from plans.document import Document
from plans.picture import Explanation, PlanPicture
from plans.rules import DocumentFinding
from plans.rules.said import said_findings
from plans.versions.json_form import document_from_json, document_to_json, picture_from_json, picture_to_json

FORM = "finsam-version-1"


@dataclass(frozen=True)
class Head:
    """Which version it is. `purpose` is `consultation` or `board`; `made_at` has a time zone."""

    federation: str
    plan_year: int
    number: int
    purpose: str
    made_at: datetime
    made_by: str
    note: str = ""


@dataclass(frozen=True)
class ShownExplanation:
    """Why the plan has what a rule warns of; `on` is an ISO date."""

    text: str
    by: str
    on: str


@dataclass(frozen=True)
class ShownFinding:
    """A finding in words, as the version's readers see it. `lines` are keys of the sheet's lines, `column`
    counts its columns; `section` is the key of the section that a remark on the document is about."""

    code: str
    severity: str
    sentence: str
    reference: str = ""
    column: int | None = None
    lines: tuple[int, ...] = ()
    section: str = ""
    explanation: ShownExplanation | None = None


def shown_findings(
    picture: PlanPicture, findings: list[Finding], document_findings: list[DocumentFinding]
) -> tuple[ShownFinding, ...]:
    """What the rules say of the budget and of the document, in words."""
    of_budget = (
        ShownFinding(
            each.finding.code,
            each.finding.severity.value,
            each.sentence,
            each.finding.reference,
            each.finding.column,
            each.finding.lines,
            explanation=_shown_explanation(each.explanation),
        )
        for each in said_findings(picture, findings)
    )
    of_document = (
        ShownFinding(each.code, each.severity.value, each.sentence, each.reference, section=each.section)
        for each in document_findings
    )
    return (*of_budget, *of_document)


def _shown_explanation(explanation: Explanation | None) -> ShownExplanation | None:
    return ShownExplanation(explanation.text, explanation.by, explanation.on) if explanation else None


@dataclass(frozen=True)
class Contents:
    """What a version holds. `documents` are by kind: `plan`, `budget`, `board`."""

    head: Head
    picture: PlanPicture
    findings: tuple[ShownFinding, ...]
    documents: Mapping[str, Document]
    legal_values: Mapping[str, Any]


def contents_of(
    head: Head, picture: PlanPicture, findings: tuple[ShownFinding, ...], documents: Mapping[str, Document]
) -> Contents:
    """The contents of a version that is made now, with the legal values that it was judged by."""
    return Contents(head, picture, findings, documents, in_force(head.plan_year))


def written(contents: Contents) -> str:
    """As canonical JSON."""
    return canonical(
        {
            "form": FORM,
            "head": asdict(contents.head),
            "picture": picture_to_json(contents.picture),
            "findings": [asdict(each) for each in contents.findings],
            "documents": {kind: document_to_json(each) for kind, each in contents.documents.items()},
            "legal_values": contents.legal_values,
        }
    )


def read(text: str) -> Contents:
    """The contents again, exactly as written. Raises ValueError for a form that this Finsam does not know."""
    data = json.loads(text)
    if data.get("form") != FORM:
        raise ValueError(f"Versionen har formen {data.get('form')!r}, som det här Finsam inte känner.")
    head = {**data["head"], "made_at": datetime.fromisoformat(data["head"]["made_at"])}
    return Contents(
        head=Head(**head),
        picture=picture_from_json(data["picture"]),
        findings=tuple(map(_finding_again, data["findings"])),
        documents={kind: document_from_json(each) for kind, each in data["documents"].items()},
        legal_values=data["legal_values"],
    )


def _finding_again(data: Mapping[str, Any]) -> ShownFinding:
    explanation = data.get("explanation")
    again = {
        "lines": tuple(data["lines"]),
        "explanation": ShownExplanation(**explanation) if explanation else None,
    }
    return ShownFinding(**{**data, **again})


def canonical(data: Any) -> str:
    """JSON with names in order and no space: the same data give the same bytes (UTF-8)."""
    return json.dumps(
        data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def hash_of(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return sha256(content).hexdigest()


def version_hash(
    head: Head, place: int, content_hash: str, file_hashes: Mapping[str, str], previous: str
) -> str:
    """The hash of a version, which stands for its content, its files, and all versions before it. `place` is
    its place in the federation's chain; `previous` the hash of the version before, empty for the first."""
    chained = {
        "form": FORM,
        "head": asdict(head),
        "place": place,
        "content": content_hash,
        "files": dict(file_hashes),
        "previous": previous,
    }
    return hash_of(canonical(chained).encode())


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no form in JSON")
