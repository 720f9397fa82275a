"""The addresses of the decision: the meeting, the adoption, the decision and what came after."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from plans.models import DecisionFile
from plans.views.decision.adoption import adopt_plan
from plans.views.decision.decided import decision, decision_file, decision_of_version
from plans.views.decision.events import add_event
from plans.views.decision.meeting import meeting

PLAN = "<slug:slug>/plan/<int:plan_year>"
DECISION = f"{PLAN}/version/<int:number>/beslut"


class DecisionFileKindConverter(StringConverter):
    """The kinds of files that a decision has."""

    regex = "|".join(DecisionFile.Kind.values)


register_converter(DecisionFileKindConverter, "decision_file_kind")

decision_urls = [
    path(f"{PLAN}/sammantrade/", meeting, name="meeting"),
    path(f"{PLAN}/faststall/", adopt_plan, name="adopt_plan"),
    path(f"{PLAN}/beslut/", decision, name="decision"),
    path(f"{DECISION}/", decision_of_version, name="decision_of_version"),
    path(f"{DECISION}/<decision_file_kind:kind>/", decision_file, name="decision_file"),
    path(f"{PLAN}/version/<int:number>/handelse/", add_event, name="add_event"),
]
