"""LIVE_FIGURE: what a text or a live block refers to exists, and has a value."""

import re
from collections.abc import Iterator
from html import unescape

from budgets.rules import Severity
from plans.figures.resolving import resolve
from plans.figures.token import tokens_in
from plans.numbering import Place, places
from plans.picture import PlanPicture, Section
from plans.rules.finding import DocumentFinding
from plans.rules.texts import texts
from plans.text.illustrations import illustrations_in

_REFERENCE = re.compile(r'<a[^>]*\bdata-section="([^"]*)"')


def live_figures(plan: PlanPicture) -> Iterator[DocumentFinding]:
    """An error for each figure, reference, picture or setting whose source is gone, with the section it
    stands in."""
    places_of = places(plan.sections)
    sections = {section.key: section for section in plan.all_sections()}
    for text in texts(plan):
        faults = list(_faults(text.html, plan, places_of))
        if text.section:
            faults += _gone_settings(sections[text.section], plan)
        for fault in dict.fromkeys(faults):
            sentence = f"{text.where}: {fault}"
            yield DocumentFinding("LIVE_FIGURE", Severity.ERROR, sentence, section=text.section)


def _faults(text: str, plan: PlanPicture, places_of: dict[str, Place]) -> Iterator[str]:
    for token in tokens_in(text):
        if fault := resolve(token, plan).fault:
            yield fault
    for key in _REFERENCE.findall(text):
        if unescape(key) not in places_of:
            yield "En hänvisning går till ett avsnitt som inte finns längre."
    for named in illustrations_in(text):
        if named.key not in plan.illustrations:
            yield "En bild saknas: lägg in den på nytt, eller ta bort den ur texten."


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
