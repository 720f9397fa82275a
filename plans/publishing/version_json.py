"""A public version as JSON: all that it shows, and nothing that only its own readers have. Pure.

The canonical content that the hash is taken of is more: the board's papers, the covering note, the answers
of the samråd and who did what. docs/published.md tells what each name holds.
"""

from collections.abc import Mapping
from typing import Any

from plans.document import Document
from plans.publishing.budget_rows import PublicRow, public_rows
from plans.publishing.standing import PublicVersion
from plans.review.frozen import Frozen
from plans.versions.contents import ShownFinding, canonical
from plans.versions.json_form import document_to_json

FORM = "finsam-publicerad-1"


def version_json(
    public: PublicVersion,
    held: Frozen,
    documents: Mapping[str, Document],
    hashes: Mapping[str, str],
) -> bytes:
    """Canonical JSON. `documents` are the public ones by kind; `hashes` those of the stored files by name."""
    contents, facts = held.contents, public.facts
    federation = contents.picture.federation
    return canonical(
        {
            "form": FORM,
            "federation": {
                "address": facts.federation,
                "name": federation.name,
                "organisation_number": federation.organisation_number,
            },
            "plan_year": facts.plan_year,
            "title": contents.picture.title,
            "version": facts.number,
            "status": public.status.value,
            "published_on": public.since,
            "decided_on": facts.decided_on if public.is_adopted else None,
            "paragraph": facts.paragraph if public.is_adopted else None,
            "superseded_on": facts.superseded_on if public.is_adopted else None,
            "frozen_at": contents.head.made_at,
            "hash": facts.hash,
            "files": hashes,
            "budget": _budget(held),
            "findings": [_finding(each) for each in contents.findings],
            "documents": {kind: document_to_json(each) for kind, each in documents.items()},
            "legal_values": contents.legal_values,
        }
    ).encode()


def _budget(held: Frozen) -> dict[str, Any]:
    table = held.budget.table
    return {
        "currency": "SEK",
        "columns": [{"year": head.year, "kind": head.kind, "detail": head.detail} for head in table.heads],
        "rows": [_row(row) for row in public_rows(table)],
    }


def _row(row: PublicRow) -> dict[str, Any]:
    return {
        "section": row.section,
        "group": row.group,
        "subgroup": row.subgroup,
        "kind": row.kind,
        "name": row.name,
        "amounts": row.amounts,
        "note": row.note,
    }


def _finding(finding: ShownFinding) -> dict[str, Any]:
    """Who wrote the explanation is not told."""
    explanation = finding.explanation
    return {
        "code": finding.code,
        "severity": finding.severity,
        "sentence": finding.sentence,
        "reference": finding.reference,
        "explanation": {"text": explanation.text, "on": explanation.on} if explanation else None,
    }
