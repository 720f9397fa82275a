"""How a finding names a section. Pure."""

from plans.numbering import Place
from plans.picture import Section


def named(section: Section, place: Place) -> str:
    """5.1 JobbSam 3.0; a section without a heading by the one above."""
    name = section.heading or place.heading or section.key
    return f"{place.number} {name}" if place.number else f"”{name}”"
