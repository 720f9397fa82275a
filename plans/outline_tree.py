"""The sections of a plan as they are worked with: their numbers, what stands in each, what is wrong. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape

from plans.blocks import BLOCK_NAMES, BlockKind
from plans.compose.writing import Writing
from plans.figures.token import tokens_in
from plans.numbering import Place, places
from plans.picture import PlanPicture, Section
from plans.rules import DocumentFinding
from plans.rules.content import DEMANDED

MOVES = {
    "upp": "Flytta upp",
    "ned": "Flytta ned",
    "in": "Lägg under avsnittet före",
    "ut": "Flytta ut en nivå",
}
"""What may be done to the place of a section, as the addresses say it."""
SHOWN_WORDS = 60
"""Signs of its text that a section without heading is known by."""

_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True)
class Row:
    """One section in the outline. `words` is how it is spoken of; `moves` are those of `MOVES` that it can
    make, with their names; `within` is how many sections lie in it."""

    section: Section
    place: Place
    words: str
    role_name: str
    block_name: str
    is_empty: bool
    remarks: tuple[DocumentFinding, ...]
    moves: tuple[tuple[str, str], ...]
    parts: tuple["Row", ...]

    @property
    def number(self) -> str:
        return self.place.number if self.section.heading else ""

    @property
    def within(self) -> int:
        return sum(1 for _ in self.section.with_parts()) - 1


@dataclass(frozen=True)
class Lack:
    """Something the law asks for that no section says: a new section with the role of the finding would hold
    it, or those that have the role and say nothing yet. `words` is what is lacking."""

    finding: DocumentFinding
    words: str
    places: tuple[Row, ...]


def tree(
    plan: PlanPicture, findings: Iterable[DocumentFinding], role_names: Mapping[str, str]
) -> tuple[Row, ...]:
    """The outermost sections, each with those within it. `role_names` gives the Swedish name of each role."""
    places_of = places(plan.sections)
    remarks = list(findings)
    writing = Writing(plan)

    def rows(sections: tuple[Section, ...], is_within: bool) -> tuple[Row, ...]:
        return tuple(
            Row(
                section=section,
                place=places_of[section.key],
                words=_words(section, writing),
                role_name=role_names[section.role] if section.role else "",
                block_name=BLOCK_NAMES[BlockKind(section.block)] if section.block else "",
                is_empty=not (section.block or section.parts or _has_words(section.text)),
                remarks=tuple(each for each in remarks if each.section == section.key),
                moves=tuple(_moves(section, place, len(sections), is_within)),
                parts=rows(section.parts, True),
            )
            for place, section in enumerate(sections)
        )

    return rows(plan.sections, False)


def all_rows(rows: tuple[Row, ...]) -> list[Row]:
    """Every row in the order the sections are read."""
    return [each for row in rows for each in (row, *all_rows(row.parts))]


def lacks(rows: tuple[Row, ...], findings: Iterable[DocumentFinding]) -> list[Lack]:
    """What the plan lacks, each with the sections that have the role of saying it."""
    every = all_rows(rows)
    return [
        Lack(
            finding,
            DEMANDED[finding.role],
            tuple(row for row in every if row.section.role == finding.role),
        )
        for finding in findings
        if finding.role
    ]


def _moves(section: Section, place: int, beside: int, is_within: bool) -> list[tuple[str, str]]:
    possible = {
        "upp": place > 0,
        "ned": place < beside - 1,
        "in": place > 0 and not section.is_appendix,
        "ut": is_within,
    }
    return [(where, name) for where, name in MOVES.items() if possible[where]]


def _words(section: Section, writing: Writing) -> str:
    """Its heading, or the beginning of its text as the document has it, or what Finsam writes there."""
    if section.heading:
        return section.heading
    text = " ".join("".join(span.text for span in writing.words(section.text)).split())
    if len(text) > SHOWN_WORDS:
        text = f"{text[:SHOWN_WORDS].rsplit(' ', 1)[0]} …"
    if text:
        return text
    return BLOCK_NAMES[BlockKind(section.block)].capitalize() if section.block else "Tomt avsnitt"


def _has_words(text: str) -> bool:
    return bool(tokens_in(text) or unescape(_TAG.sub("", text)).strip())
