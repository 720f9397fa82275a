"""The texts of a plan, each with what a finding calls its place. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from plans.numbering import places
from plans.picture import Area, Goal, PlanPicture, TargetGroup
from plans.rules.named import named


@dataclass(frozen=True)
class PlanText:
    """`where` begins a sentence (Avsnittet 5.1 JobbSam 3.0); `section` is a key, empty for other texts."""

    where: str
    html: str
    section: str = ""


def texts(plan: PlanPicture) -> Iterator[PlanText]:
    """Those of the sections in the order they are read, then those of areas, groups, goals and terms."""
    places_of = places(plan.sections)
    for section in plan.all_sections():
        yield PlanText(f"Avsnittet {named(section, places_of[section.key])}", section.text, section.key)
    rows: tuple[Area | TargetGroup | Goal, ...] = (*plan.areas, *plan.target_groups, *plan.all_goals())
    for row in rows:
        yield PlanText(_what(row), row.explanation if isinstance(row, Goal) else row.description)
    for term in plan.terms:
        yield PlanText(f"Begreppet {term.term}", term.explanation)


def _what(row: Area | TargetGroup | Goal) -> str:
    if isinstance(row, Goal):
        return f"Målet ”{row.text}”"
    return f"{'Målgruppen' if isinstance(row, TargetGroup) else 'Området'} ”{row.name}”"
