"""The numbers, levels and anchors of sections, worked out from their order. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from finsam.swedish import NO_BREAK_SPACE
from plans.picture import Section

SECTION = "avsnitt"
APPENDIX = "Bilaga"
DEEPEST = 6
"""The deepest level of a heading."""


@dataclass(frozen=True)
class Place:
    """Where a section stands. `level` is that of its heading, or of the heading above when it has none."""

    number: str
    level: int
    anchor: str
    heading: str

    @property
    def is_appendix(self) -> bool:
        return self.number.startswith(APPENDIX)

    @property
    def reference(self) -> str:
        """How a text refers to it: avsnitt 5.1, bilaga 2, or its heading in quotation marks."""
        if not self.heading:
            return "planens början"
        if self.is_appendix:
            return self.number.lower().replace(" ", NO_BREAK_SPACE)
        return f"{SECTION}{NO_BREAK_SPACE}{self.number}" if self.number else f"”{self.heading}”"


def places(sections: tuple[Section, ...]) -> dict[str, Place]:
    """The place of every section by its key. One without a heading shares that of the section above it, and
    its parts are numbered on as if they stood beside it."""
    nowhere = Place("", 0, "", "")
    return dict(_places(sections, _Row(nowhere, nowhere)))


@dataclass
class _Row:
    """The sections below one heading, as far as they have been numbered."""

    above: Place
    latest: Place
    numbered: int = 0
    appendices: int = 0

    def next(self, section: Section) -> Place:
        level = min(self.above.level + 1, DEEPEST)
        return Place(self._number(section), level, f"avsnitt-{section.key}", section.heading)

    def _number(self, section: Section) -> str:
        """Below a heading without a number, or an appendix, there are no numbers: they would be other
        sections' too."""
        if section.is_appendix:
            self.appendices += 1
            return f"{APPENDIX} {self.appendices}"
        inside = self.above.level > 0
        if not section.numbered or (inside and not self.above.number) or self.above.is_appendix:
            return ""
        self.numbered += 1
        return f"{self.above.number}.{self.numbered}" if inside else str(self.numbered)


def _places(sections: tuple[Section, ...], row: _Row) -> Iterator[tuple[str, Place]]:
    for section in sections:
        if section.heading:
            row.latest = row.next(section)
            yield section.key, row.latest
            yield from _places(section.parts, _Row(row.latest, row.latest))
        else:
            yield section.key, row.latest
            yield from _places(section.parts, row)
