"""The document of a plan as plain data, as plan_file.py reads it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from finsam.plain_rows import to_data
from plans.blocks import SETTINGS, BlockKind
from plans.exchange.names import Names, names_of
from plans.exchange.plan_file import (
    ACTIVITY_FIELDS,
    AREA_FIELDS,
    GOAL_FIELDS,
    GROUP_FIELDS,
    INDICATOR_FIELDS,
    ONE_LINE,
    PLAN_FIELDS,
    RISK_FIELDS,
    SECTION_FIELDS,
    TERM_FIELDS,
    TEXTS,
)
from plans.models import Activity, Area, Goal, Indicator, Plan, Risk, Section, TargetGroup, Term


def dump_document(plan: Plan) -> dict[str, Any]:
    """The file of a plan: only its year when nothing is written yet."""
    return _Dump(plan).document()


class _Dump:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.names: Names = names_of(plan.budget)
        self.sections = list(Section.objects.filter(plan=plan))
        self.goals = self._of_plan(Goal.objects.prefetch_related("projects", "target_groups"))
        self.indicators = self._of_plan(Indicator.objects.all())
        self.activities = self._of_plan(Activity.objects.prefetch_related("sections", "projects"))

    def _of_plan(self, rows: QuerySet[Any]) -> list[Any]:
        return list(rows.filter(plan=self.plan))

    def document(self) -> dict[str, Any]:
        data = self._data(self.plan, PLAN_FIELDS)
        areas = self._of_plan(Area.objects.prefetch_related("projects", "target_groups"))
        groups = self._of_plan(TargetGroup.objects.prefetch_related("projects"))
        lists = {
            "target_groups": [self._target_group(group) for group in groups],
            "areas": [self._area(area) for area in areas],
            "goals": [self._goal(goal) for goal in self.goals if goal.area_id is None],
            "terms": [self._data(term, TERM_FIELDS) for term in self._of_plan(Term.objects.all())],
            "risks": [self._data(risk, RISK_FIELDS) for risk in self._of_plan(Risk.objects.all())],
            "sections": self._parts(None),
        }
        return {**data, **{name: rows for name, rows in lists.items() if rows}}

    def _parts(self, parent: int | None) -> list[dict[str, Any]]:
        return [self._section(section) for section in self.sections if section.parent_id == parent]

    def _section(self, section: Section) -> dict[str, Any]:
        plain = [name for name in SECTION_FIELDS if name not in ("parts", "settings", "numbered")]
        data = self._data(section, plain)
        if not section.numbered:
            data["numbered"] = False
        if section.settings:
            # A database may keep them in another order than they were written in.
            settings = self.names.settings_out(section.settings)
            data["settings"] = _ordered(settings, SETTINGS[BlockKind(section.block)])
        if parts := self._parts(section.pk):
            data["parts"] = parts
        return _ordered(data, SECTION_FIELDS)

    def _target_group(self, group: TargetGroup) -> dict[str, Any]:
        data = self._data(group, [name for name in GROUP_FIELDS if name != "activities"])
        return _ordered({**data, **self._activities("target_group_id", group)}, GROUP_FIELDS)

    def _area(self, area: Area) -> dict[str, Any]:
        own = [name for name in AREA_FIELDS if name not in ("goals", "indicators", "activities")]
        data = {**self._data(area, own), **self._keys(area)}
        if goals := [self._goal(goal) for goal in self.goals if goal.area_id == area.pk]:
            data["goals"] = goals
        return _ordered(
            {**data, **self._indicators("area_id", area), **self._activities("area_id", area)}, AREA_FIELDS
        )

    def _goal(self, goal: Goal) -> dict[str, Any]:
        own = [name for name in GOAL_FIELDS if name not in ("indicators", "activities")]
        data = {**self._data(goal, own), **self._keys(goal)}
        return _ordered(
            {**data, **self._indicators("goal_id", goal), **self._activities("goal_id", goal)}, GOAL_FIELDS
        )

    def _keys(self, row: Area | Goal) -> dict[str, Any]:
        groups = [group.key for group in row.target_groups.all()]
        return {"target_groups": groups} if groups else {}

    def _indicators(self, of: str, row: Model) -> dict[str, Any]:
        rows = [self._data(i, INDICATOR_FIELDS) for i in self.indicators if getattr(i, of) == row.pk]
        return {"indicators": rows} if rows else {}

    def _activities(self, of: str, row: Model) -> dict[str, Any]:
        rows = []
        for activity in self.activities:
            if getattr(activity, of) == row.pk:
                data = self._data(activity, ACTIVITY_FIELDS)
                if sections := [section.key for section in activity.sections.all()]:
                    data["sections"] = sections
                rows.append(_ordered(data, ACTIVITY_FIELDS))
        return {"activities": rows} if rows else {}

    def _data(self, row: Model, fields: Iterable[str]) -> dict[str, Any]:
        """The fields that say something; texts as lists of lines, with names in place of keys."""
        data = to_data(row, fields)
        for name in TEXTS:
            if isinstance(data.get(name), str) and (_is_lines(row, name) or "\n" in data[name]):
                data[name] = self.names.text_out(data[name]).split("\n")
        return data


def _is_lines(row: Model, name: str) -> bool:
    """Goals, indicators, activities and risks say what they are in one line of plain text, as a rule."""
    return name not in ("text", *ONE_LINE) or isinstance(row, Section)


def _ordered(data: dict[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    return {name: data[name] for name in fields if name in data}
