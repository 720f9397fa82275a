"""The places of a version that a comment can be about, and where an earlier comment belongs. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, Protocol

from plans.numbering import places
from plans.picture import PlanPicture
from plans.versions.contents import Contents

Kind = Literal["section", "line", "finding", "whole"]
WORDS: dict[Kind, str] = {
    "section": "avsnitt",
    "line": "post",
    "finding": "anmarkning",
    "whole": "helheten",
}
"""How each kind is called in addresses."""
AMOUNT = re.compile(r"[−-]?\d[\d\u00a0\u202f ]*(?:,\d+)?[\u00a0\u202f ]*(?:kr|tkr|%)")


@dataclass(frozen=True)
class Place:
    """`key` is the section's, the line's, or the finding's own sentence; empty for the whole version."""

    kind: Kind
    key: str
    name: str

    @property
    def word(self) -> str:
        """The place in addresses: avsnitt-inledning, post-17, anmarkning-3f2a…, helheten."""
        if self.kind == "whole":
            return WORDS["whole"]
        key = sha256(self.key.encode()).hexdigest()[:12] if self.kind == "finding" else self.key
        return f"{WORDS[self.kind]}-{key}"


WHOLE = Place("whole", "", "Versionen som helhet")


class OfPlace(Protocol):
    """What a stored comment says of its place."""

    section_key: str
    line: str
    finding: str
    place_name: str


class Places:
    """All places of one version, in the order they are read."""

    def __init__(self, contents: Contents) -> None:
        self.all: tuple[Place, ...] = (
            WHOLE,
            *_sections(contents.picture),
            *(Place("line", str(line.key), line.name) for line in contents.picture.sheet.lines),
            *(Place("finding", each.sentence, each.sentence) for each in contents.findings),
        )
        self._by_word = {place.word: place for place in reversed(self.all)}

    def named(self, word: str) -> Place | None:
        """The place of a word in an address."""
        return self._by_word.get(word)

    def of(self, comment: OfPlace) -> Place | None:
        """Where a comment belongs in this version; None when its place is gone. A line that was made anew is
        known by its name, a finding whose figures have changed by its other words."""
        if comment.section_key:
            return self._one("section", comment.section_key)
        if comment.line:
            return self._one("line", comment.line) or _only(
                place
                for place in self.all
                if place.kind == "line" and place.name.casefold() == comment.place_name.casefold()
            )
        if comment.finding:
            return self._one("finding", comment.finding) or _only(
                place
                for place in self.all
                if place.kind == "finding"
                and _without_amounts(place.key) == _without_amounts(comment.finding)
            )
        return WHOLE

    def _one(self, kind: Kind, key: str) -> Place | None:
        return self._by_word.get(Place(kind, key, "").word)


def _sections(picture: PlanPicture) -> Iterator[Place]:
    """The sections that have a heading: what has none is read as part of the one above."""
    known = places(picture.sections)
    for section in picture.all_sections():
        if section.heading:
            number = known[section.key].number
            name = (
                f"{number}{':' * number.startswith('Bilaga')} {section.heading}"
                if number
                else section.heading
            )
            yield Place("section", section.key, name)


def _without_amounts(sentence: str) -> str:
    return AMOUNT.sub("#", sentence)


def _only(found: Iterable[Place]) -> Place | None:
    every = list(found)
    return every[0] if len(every) == 1 else None
