"""CONTENT: the budget holds what kommunallagen asks of it (KL 11:6, through FinsamL 21 §)."""

from collections.abc import Iterator, Mapping

from budgets.rules import Severity
from budgets.rules.legal_values import citation
from plans.blocks import BlockKind
from plans.figures.token import tokens_in
from plans.picture import PlanPicture, Section
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


def content(plan: PlanPicture) -> Iterator[DocumentFinding]:
    """An error for each thing that no section says, by text or live block; a financial goal has a figure."""
    sections = list(plan.all_sections())
    for role, words in DEMANDED.items():
        if role == "financial_goals":
            yield from _financial_goals(plan, sections)
        elif not any(_says(section, role, plan) for section in sections):
            yield _missing(plan, f"Planen saknar {words}: inget avsnitt har den rollen och ett innehåll.")


def _financial_goals(plan: PlanPicture, sections: list[Section]) -> Iterator[DocumentFinding]:
    of_role = [section for section in sections if section.role == "financial_goals"]
    texts = [part.text for section in of_role for part in section.with_parts()]
    goals = [goal for goal in plan.all_goals() if goal.is_financial]
    shows_goals = any(section.block == BlockKind.GOALS for section in sections)
    if shows_goals:
        texts += [text for goal in goals for text in (goal.text, goal.explanation)]
        texts += [f"{each.text} {each.target}" for goal in goals for each in goal.indicators]
    if not any(texts):
        yield _missing(plan, "Planen saknar finansiella mål: inget avsnitt har den rollen och ett innehåll.")
    elif not any(tokens_in(text) or any(sign.isdigit() for sign in text) for text in texts):
        place = of_role[0].key if of_role else ""
        yield _missing(plan, "De finansiella målen har ingen siffra, så ingen kan se om de nås.", place)


def _says(section: Section, role: str, plan: PlanPicture) -> bool:
    """Whether the section says it: by its role, with text or a block in it; or by a live block."""
    if section.role == role and any(part.text or part.block for part in section.with_parts()):
        return True
    if section.block not in FULFILLED_BY.get(role, ()):
        return False
    if section.block == BlockKind.BUDGET_TABLE:
        parts = section.settings.get("parts")
        return bool(plan.sheet.lines) and (parts is None or PART_OF_TABLE[role] in parts)
    if role == "goals":
        return bool(plan.all_goals())
    return bool(plan.sheet.lines)


def _missing(plan: PlanPicture, sentence: str, section: str = "") -> DocumentFinding:
    reference = citation("CONTENT", plan.plan_year)
    return DocumentFinding("CONTENT", Severity.ERROR, sentence, reference, section)
