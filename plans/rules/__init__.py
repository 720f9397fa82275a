"""The rules on a plan's document: what it must hold, and that all it refers to exists. Pure."""

from plans.picture import PlanPicture
from plans.rules.content import content
from plans.rules.finding import DocumentFinding
from plans.rules.live_figures import live_figures
from plans.rules.old_years import old_years

__all__ = ["DocumentFinding", "check_document"]


def check_document(plan: PlanPicture) -> list[DocumentFinding]:
    """What the rules say of the document, figures and references that are gone first. A plan without a
    single section has no document yet, and nothing is said of it."""
    return [*live_figures(plan), *content(plan), *old_years(plan)] if plan.sections else []
