"""What a plan lacks, with the page where it is mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from plans.models import Plan
from plans.states.lacking import Lack

WORDS = {
    "outline": "Till dispositionen",
    "section": "Till avsnittet",
    "budget": "Till budgeten",
    "explanations": "Motivera",
}


@dataclass(frozen=True)
class ShownLack:
    """`words` lead to `address`."""

    sentence: str
    words: str
    address: str


def shown_lacks(plan: Plan, lacks: Iterable[Lack]) -> list[ShownLack]:
    """Each with its link. The plan's federation should be read with it."""
    return [ShownLack(each.sentence, WORDS[each.where], _address(plan, each)) for each in lacks if each.where]


def _address(plan: Plan, lack: Lack) -> str:
    here = {"slug": plan.federation.slug, "plan_year": plan.plan_year}
    if lack.where == "section":
        return reverse("section", kwargs={**here, "key": lack.section})
    return reverse(lack.where, kwargs=here)
