"""LIVE_FIGURE: what a text or a live block refers to exists, and has a value."""

import re
from collections.abc import Iterator
from html import unescape

from budgets.rules import Severity
from plans.figures.resolving import resolve
from plans.figures.token import tokens_in
from plans.numbering import Place, places
from plans.picture import Area, Goal, PlanPicture, Section, TargetGroup
from plans.rules.finding import DocumentFinding
from plans.rules.named import named

_REFERENCE = re.compile(r'<a[^>]*\bdata-section="([^"]*)"')


def live_figures(plan: PlanPicture) -> Iterator[DocumentFinding]:
    """An error for each figure, reference or setting whose source is gone, with the section it stands in."""
    places_of = places(plan.sections)
    for section in plan.all_sections():
        where = f"Avsnittet {named(section, places_of[section.key])}"
        faults = (*_faults(section.text, plan, places_of), *_gone_settings(section, plan))
        for fault in dict.fromkeys(faults):
            yield _finding(where, fault, section.key)
    rows: tuple[Area | TargetGroup | Goal, ...] = (*plan.areas, *plan.target_groups, *plan.all_goals())
    for row in rows:
        text = row.explanation if isinstance(row, Goal) else row.description
        for fault in dict.fromkeys(_faults(text, plan, places_of)):
            yield _finding(_what(row), fault, "")
    for term in plan.terms:
        for fault in _faults(term.explanation, plan, places_of):
            yield _finding(f"Begreppet {term.term}", fault, "")


def _finding(where: str, fault: str, section: str) -> DocumentFinding:
    return DocumentFinding("LIVE_FIGURE", Severity.ERROR, f"{where}: {fault}", section=section)


def _faults(text: str, plan: PlanPicture, places_of: dict[str, Place]) -> Iterator[str]:
    for token in tokens_in(text):
        if fault := resolve(token, plan).fault:
            yield fault
    for key in _REFERENCE.findall(text):
        if unescape(key) not in places_of:
            yield "En hänvisning går till ett avsnitt som inte finns längre."


def _gone_settings(section: Section, plan: PlanPicture) -> Iterator[str]:
    """What a live block is set to show that is no more."""
    settings = section.settings
    if any(plan.project(key) is None for key in settings.get("projects", ())):
        yield "En insats som ska visas finns inte längre."
    if any(key not in plan.group_names for key in settings.get("groups", ())):
        yield "En grupp av budgetposter som ska visas finns inte längre."
    areas, groups = {area.key for area in plan.areas}, {group.key for group in plan.target_groups}
    if any(key not in areas for key in settings.get("areas", ())):
        yield "Ett område som ska visas finns inte längre."
    if any(key not in groups for key in settings.get("target_groups", ())):
        yield "En målgrupp som ska visas finns inte längre."


def _what(row: Area | TargetGroup | Goal) -> str:
    if isinstance(row, Goal):
        return f"Målet ”{row.text}”"
    return f"{'Målgruppen' if isinstance(row, TargetGroup) else 'Området'} ”{row.name}”"
