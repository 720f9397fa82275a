"""The numbers, levels and anchors of sections, worked out from their order. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from finsam.swedish import NO_BREAK_SPACE
from plans.picture import Section

SECTION = "avsnitt"


@dataclass(frozen=True)
class Place:
    """Where a section stands. `level` is that of its heading, or of the heading above when it has none."""

    number: str
    level: int
    anchor: str
    heading: str

    @property
    def reference(self) -> str:
        """How a text refers to it: avsnitt 5.1, bilaga 2, or its heading in quotation marks."""
        if self.number.startswith("Bilaga"):
            return self.number.lower().replace(" ", NO_BREAK_SPACE)
        return f"{SECTION}{NO_BREAK_SPACE}{self.number}" if self.number else f"”{self.heading}”"


def places(sections: tuple[Section, ...]) -> dict[str, Place]:
    """The place of every section by its key. One without a heading shares that of the section above."""
    return dict(_places(sections, above=None))


def _places(sections: tuple[Section, ...], above: Place | None) -> Iterator[tuple[str, Place]]:
    numbered = appendices = 0
    for section in sections:
        if not section.heading:
            place = above or Place("", 0, "", "")
        else:
            if section.is_appendix:
                appendices += 1
                number = f"Bilaga {appendices}"
            elif section.numbered:
                numbered += 1
                number = _below(above, numbered)
            else:
                number = ""
            level = min((above.level if above else 0) + 1, 6)
            place = Place(number, level, f"avsnitt-{section.key}", section.heading)
        yield section.key, place
        yield from _places(section.parts, place if section.heading else above)


def _below(above: Place | None, place: int) -> str:
    if above is None or not above.number or above.number.startswith("Bilaga"):
        return str(place)
    return f"{above.number}.{place}"
