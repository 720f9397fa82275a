"""Tables of the plans app: the plan, its sections, and the goals, lists and pictures that its document
shows."""

from plans.models.consultation import ConsultationAnswer
from plans.models.decision import Decision, DecisionFile, DecisionSentence, Meeting, Participant
from plans.models.explanation import Explanation
from plans.models.goal_history import GoalChange
from plans.models.goals import Activity, Area, Goal, Indicator, TargetGroup
from plans.models.history import SectionChange
from plans.models.illustrations import Illustration
from plans.models.lists import Risk, Term
from plans.models.log import ExplanationChange, LoggedRead
from plans.models.moves import PlanMove, VersionEvent
from plans.models.notices import Notice, NoticeChoice
from plans.models.plan import NotADraftError, Plan, plan_of
from plans.models.review import Comment, CommentEntry, Reading
from plans.models.section import Section
from plans.models.version import Version, VersionFile

__all__ = [
    "Activity",
    "Area",
    "Comment",
    "CommentEntry",
    "ConsultationAnswer",
    "Decision",
    "DecisionFile",
    "DecisionSentence",
    "Explanation",
    "ExplanationChange",
    "Goal",
    "GoalChange",
    "Illustration",
    "Indicator",
    "LoggedRead",
    "Meeting",
    "NotADraftError",
    "Notice",
    "NoticeChoice",
    "Participant",
    "Plan",
    "PlanMove",
    "Reading",
    "Risk",
    "Section",
    "SectionChange",
    "TargetGroup",
    "Term",
    "Version",
    "VersionEvent",
    "VersionFile",
    "plan_of",
]
