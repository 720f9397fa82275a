"""Ready outlines to start a plan's document from: the recommended one first, then those of real plans."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from budgets.models import Budget
from plans.exchange.plan_file import store_document
from plans.models import Plan, Section

FOLDER = Path(__file__).parent
RECOMMENDED = "recommended"


@dataclass(frozen=True)
class Outline:
    """`sections` are as in a plan file, without texts but with a hint of what belongs in each."""

    key: str
    name: str
    description: str
    sections: tuple[dict[str, Any], ...]


class AlreadyBegunError(Exception):
    """The plan has sections, or is closed; the message says so in Swedish."""


@cache
def outlines() -> tuple[Outline, ...]:
    """Every ready outline, the recommended one first."""
    found = []
    for file in sorted(FOLDER.glob("*.json"), key=lambda file: (file.stem != RECOMMENDED, file.stem)):
        data = json.loads(file.read_bytes())
        found.append(Outline(file.stem, data["name"], data["description"], tuple(data["sections"])))
    return tuple(found)


def begin(plan: Plan, outline: Outline) -> None:
    """The outline's sections as the plan's. Raises AlreadyBegunError when there are sections already, also
    for the second of two who begin at once, and when the plan is closed."""
    with transaction.atomic():
        budget = Budget.objects.select_for_update().get(pk=plan.budget_id)
        if not budget.is_open:
            raise AlreadyBegunError("Planen är stängd för ändringar.")
        if Section.objects.filter(plan=plan).exists():
            raise AlreadyBegunError("Planen har redan avsnitt, så dispositionen är inte använd.")
        store_document({"plan_year": plan.plan_year, "sections": list(outline.sections)}, plan)
