"""Bringing the goals of another plan into one that has none."""

from collections.abc import Iterator
from typing import Any

from members.models import User
from plans.editing.change import ImpossibleError
from plans.editing.goals import recorded
from plans.exchange.plan_file import store_document
from plans.exchange.plan_file_writing import dump_document
from plans.models import Activity, Area, Goal, GoalChange, Plan, Section, TargetGroup

LISTS = ("target_groups", "areas", "goals")
ALREADY = "Planen har redan mål, områden eller målgrupper, så inget är hämtat."


def plans_with_goals(plan: Plan) -> list[Plan]:
    """The federation's other plans that have goals, areas or target groups, the latest first."""
    others = Plan.objects.filter(federation=plan.federation_id).exclude(pk=plan.pk).order_by("-plan_year")
    return [each for each in others if has_goals(each)]


def has_goals(plan: Plan) -> bool:
    """Whether anything stands on its board."""
    return any(model._default_manager.filter(plan=plan).exists() for model in (Goal, Area, TargetGroup))


def copy_goals(plan: Plan, user: User, source: Plan) -> None:
    """Areas, goals and target groups with all that belongs to them, in one change that can be undone. Raises
    ClosedError, and ImpossibleError when the plan has some already, also for the second of two."""
    with recorded(plan, user, GoalChange.Action.COPY) as recording:
        recording.words = f"mål och målgrupper från planen för {source.plan_year}"
        if has_goals(plan):
            raise ImpossibleError(ALREADY)
        data = {name: rows for name, rows in dump_document(source).items() if name in LISTS}
        activities = list(_activities(data))
        sections = [each.pop("sections", []) for each in activities]
        store_document({"plan_year": plan.plan_year, **data}, plan, lenient=True)
        stored = Activity.objects.filter(plan=plan).order_by("pk")
        for activity, keys in zip(stored, sections, strict=True):
            activity.sections.set(Section.objects.filter(plan=plan, key__in=keys))


def _activities(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Those of a plan file in the order they are stored."""
    for group in data.get("target_groups", []):
        yield from group.get("activities", [])
    for area in data.get("areas", []):
        for goal in area.get("goals", []):
            yield from goal.get("activities", [])
        yield from area.get("activities", [])
    for goal in data.get("goals", []):
        yield from goal.get("activities", [])
