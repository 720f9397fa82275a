"""The rules on a plan's document: what it must hold, that all it refers to exists, and that
all of it can be read by everybody. Pure."""

from collections.abc import Iterator

from plans.picture import PlanPicture
from plans.rules.alternative_texts import alternative_texts
from plans.rules.content import content
from plans.rules.finding import DocumentFinding
from plans.rules.live_figures import live_figures
from plans.rules.old_years import old_years

__all__ = ["DocumentFinding", "check_document"]


def check_document(plan: PlanPicture) -> list[DocumentFinding]:
    """What the rules say of the document, figures and references that are gone first. A plan without a
    single section has no document yet, and nothing is said of it."""
    return list(_findings(plan)) if plan.sections else []


def _findings(plan: PlanPicture) -> Iterator[DocumentFinding]:
    for rule in (live_figures, alternative_texts, content, old_years):
        yield from rule(plan)
