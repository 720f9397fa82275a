"""What a plan lacks, with the page where it is mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from plans.models import Plan
from plans.states.lacking import Lack

EXPLANATIONS = "explanations"
WORDS = {
    "outline": "Till dispositionen",
    "section": "Till avsnittet",
    "budget": "Till budgeten",
    EXPLANATIONS: "Motivera",
}


MOST_EXPLANATIONS = 3
"""More that are missing are counted, not listed: the page to write them on lists them."""


@dataclass(frozen=True)
class ShownLack:
    """`words` lead to `address`; `state` is the mark before the sentence."""

    sentence: str
    words: str
    address: str
    state: str


def shown_lacks(plan: Plan, lacks: Iterable[Lack]) -> list[ShownLack]:
    """Each with its link. The plan's federation should be read with it."""
    shown = list(lacks)
    unexplained = [each for each in shown if each.where == EXPLANATIONS]
    if len(unexplained) > MOST_EXPLANATIONS:
        counted = Lack(f"{len(unexplained)} varningar saknar motivering.", EXPLANATIONS)
        shown = [*(each for each in shown if each.where != EXPLANATIONS), counted]
    return [
        ShownLack(
            each.sentence,
            WORDS[each.where],
            _address(plan, each),
            "warning" if each.where == EXPLANATIONS else "error",
        )
        for each in shown
    ]


def _address(plan: Plan, lack: Lack) -> str:
    here = {"slug": plan.federation.slug, "plan_year": plan.plan_year}
    if lack.where == "section":
        return reverse("section", kwargs={**here, "key": lack.section})
    return reverse(lack.where, kwargs=here)
