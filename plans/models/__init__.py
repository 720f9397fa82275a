"""Tables of the plans app: the plan, its sections, and the goals and lists that its document shows."""

from plans.models.goals import Activity, Area, Goal, Indicator, TargetGroup
from plans.models.history import SectionChange
from plans.models.lists import Risk, Term
from plans.models.plan import NotADraftError, Plan, plan_of
from plans.models.section import Section

__all__ = [
    "Activity",
    "Area",
    "Goal",
    "Indicator",
    "NotADraftError",
    "Plan",
    "Risk",
    "Section",
    "SectionChange",
    "TargetGroup",
    "Term",
    "plan_of",
]
