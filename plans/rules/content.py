"""CONTENT: the budget holds what kommunallagen asks of it (KL 11:6, through FinsamL 21 §)."""

import re
from collections.abc import Iterator, Mapping
from html import unescape

from budgets.rules import Severity
from budgets.rules.legal_values import citation
from plans.blocks import BlockKind
from plans.figures.token import tokens_in
from plans.picture import Goal, PlanPicture, Section
from plans.rules.finding import DocumentFinding

DEMANDED: Mapping[str, str] = {
    "goals": "mål för verksamheten",
    "guidelines": "riktlinjer för verksamheten",
    "financial_goals": "finansiella mål",
    "appropriations": "anslag",
    "financing": "hur verksamheten finansieras",
    "closing_position": "den ekonomiska ställningen vid årets slut",
}
"""What must be there, by the role of the section that holds it."""

FULFILLED_BY: Mapping[str, tuple[BlockKind, ...]] = {
    "goals": (BlockKind.GOALS, BlockKind.AREAS, BlockKind.SCORECARD),
    "appropriations": (BlockKind.BUDGET_TABLE,),
    "financing": (BlockKind.BUDGET_TABLE, BlockKind.MEMBERS_AND_SHARES),
    "closing_position": (BlockKind.BUDGET_TABLE, BlockKind.EQUITY_BRIDGE),
}
"""The live blocks that say it, whatever the role of their section."""

PART_OF_TABLE = {"appropriations": "costs", "financing": "income", "closing_position": "equity"}
OF_BUDGET = (BlockKind.BUDGET_TABLE, BlockKind.MEMBERS_AND_SHARES, BlockKind.EQUITY_BRIDGE)
"""The live blocks that say nothing before the budget has a line."""

_TAG = re.compile("<[^>]*>")


def content(plan: PlanPicture) -> Iterator[DocumentFinding]:
    """An error for each thing that no section says, by text or live block; a financial goal has a figure."""
    sections = list(plan.all_sections())
    for role, words in DEMANDED.items():
        if role == "financial_goals":
            yield from _financial_goals(plan, sections)
        elif not any(_says(section, role, plan) for section in sections):
            sentence = f"Planen saknar {words}: skriv in det i ett avsnitt med den rollen."
            yield _finding(plan, sentence, role=role)


def _financial_goals(plan: PlanPicture, sections: list[Section]) -> Iterator[DocumentFinding]:
    of_role = [section for section in sections if section.role == "financial_goals"]
    within = [part for section in of_role for part in section.with_parts()]
    goals = [goal for part in within for goal in _goals(part, plan)]
    goals += [goal for section in sections for goal in _goals(section, plan) if goal.is_financial]
    texts = [part.text for part in within]
    texts += [text for goal in goals for text in (goal.text, goal.explanation)]
    texts += [f"{each.text} {each.target}" for goal in goals for each in goal.indicators]
    if not any(map(_has_words, texts)):
        sentence = "Planen saknar finansiella mål: skriv in dem i ett avsnitt med den rollen."
        yield _finding(plan, sentence, role="financial_goals")
    elif not any(map(_has_figure, texts)):
        place = of_role[0].key if of_role else ""
        sentence = "De finansiella målen har ingen siffra, så ingen kan se om de nås."
        yield _finding(plan, sentence, section=place)


def _says(section: Section, role: str, plan: PlanPicture) -> bool:
    """Whether the section says it: by its role, with text or a block in it; or by a live block."""
    if section.role == role and any(_has_content(part, plan) for part in section.with_parts()):
        return True
    if section.block not in FULFILLED_BY.get(role, ()):
        return False
    if role == "goals":
        return any(_goals(section, plan))
    settings = section.settings
    of_plan_year = 0 in settings.get("years", [0])
    if section.block == BlockKind.BUDGET_TABLE:
        in_groups = "groups" in settings and role != "appropriations"
        shown = PART_OF_TABLE[role] in settings.get("parts", PART_OF_TABLE.values()) and not in_groups
        return bool(plan.sheet.lines) and of_plan_year and shown
    return bool(plan.sheet.lines) and of_plan_year


def _has_content(section: Section, plan: PlanPicture) -> bool:
    """Whether the section itself shows anything: words, or a live block that has something to show."""
    if _has_words(section.text):
        return True
    if section.block in FULFILLED_BY["goals"]:
        return any(_goals(section, plan))
    return bool(section.block) and (section.block not in OF_BUDGET or bool(plan.sheet.lines))


def _goals(section: Section, plan: PlanPicture) -> Iterator[Goal]:
    """The goals that the live block of the section shows."""
    settings = section.settings
    if section.block not in FULFILLED_BY["goals"] or "goals" not in settings.get("show", ["goals"]):
        return
    chosen = [area for area in plan.areas if area.key in settings.get("areas", [area.key])]
    goals = [goal for area in chosen for goal in area.goals]
    if section.block == BlockKind.GOALS and "areas" not in settings:
        goals += plan.goals
    yield from (goal for goal in goals if goal.is_financial == settings.get("financial", goal.is_financial))


def _has_words(text: str) -> bool:
    return bool(tokens_in(text) or unescape(_TAG.sub("", text)).strip())


def _has_figure(text: str) -> bool:
    return bool(tokens_in(text)) or any(sign.isdigit() for sign in _TAG.sub("", text))


def _finding(plan: PlanPicture, sentence: str, section: str = "", role: str = "") -> DocumentFinding:
    reference = citation("CONTENT", plan.plan_year)
    return DocumentFinding("CONTENT", Severity.ERROR, sentence, reference, section, role)
