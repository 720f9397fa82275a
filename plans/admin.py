"""For support staff: plans and what state they are in, and what their documents hold."""

from django.contrib import admin
from django.http import HttpRequest

from finsam.support import SupportAdmin
from members.models import AccessChange
from plans.models import (
    Activity,
    Area,
    Comment,
    CommentEntry,
    ConsultationAnswer,
    Decision,
    DecisionFile,
    DecisionSentence,
    Explanation,
    ExplanationChange,
    Goal,
    GoalChange,
    Illustration,
    Indicator,
    LoggedRead,
    Meeting,
    Notice,
    NoticeChoice,
    Participant,
    Plan,
    PlanMove,
    Reading,
    Risk,
    Section,
    SectionChange,
    TargetGroup,
    Term,
    Version,
    VersionEvent,
    VersionFile,
)


@admin.register(Plan)
class PlanAdmin(SupportAdmin):
    belongs_to = ("federation", "plan_year", "budget")
    list_display = ["__str__", "federation", "plan_year", "state", "made_at", "made_by"]
    list_filter = ["federation", "state"]
    readonly_fields = ["made_at", "state"]


class ShownAdmin(admin.ModelAdmin):
    """Only shown: what is changed by one road, which keeps its history, or never changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Section, SectionChange, GoalChange, Explanation, PlanMove, Meeting, Comment)
class ShownOfPlanAdmin(ShownAdmin):
    list_display = ["__str__", "plan"]
    list_filter = ["plan"]


@admin.register(
    AccessChange,
    CommentEntry,
    ConsultationAnswer,
    Decision,
    DecisionFile,
    DecisionSentence,
    ExplanationChange,
    Illustration,
    LoggedRead,
    Notice,
    NoticeChoice,
    Participant,
    Reading,
    Version,
    VersionEvent,
    VersionFile,
)
class ShownAloneAdmin(ShownAdmin):
    list_display = ["__str__"]


@admin.register(Area, TargetGroup, Goal, Indicator, Activity, Term, Risk)
class OfPlanAdmin(admin.ModelAdmin):
    list_display = ["__str__", "plan", "position"]
    list_filter = ["plan"]
