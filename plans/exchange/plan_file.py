"""The document of a plan as a readable file: its sections, goals, target groups and lists, and back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from finsam.json_input import UnreadableError, check_characters, shown
from finsam.plain_rows import at, named, objects, only, saved
from plans.exchange.names import Names, names_of
from plans.models import (
    Activity,
    Area,
    Goal,
    Illustration,
    Indicator,
    Plan,
    Risk,
    Section,
    TargetGroup,
    Term,
)
from plans.text.illustrations import illustrations_in
from projects.models import Project

PLAN_FIELDS = ("plan_year", "title", "diary_number", "quotation", "quotation_source")
LISTS = ("target_groups", "areas", "goals", "terms", "risks", "sections")
SECTION_FIELDS = (
    "key",
    "heading",
    "numbered",
    "is_appendix",
    "new_page",
    "role",
    "hint",
    "text",
    "block",
    "settings",
    "parts",
)
GROUP_FIELDS = ("key", "name", "description", "projects", "activities")
AREA_FIELDS = (
    "key",
    "kind",
    "name",
    "description",
    "projects",
    "target_groups",
    "goals",
    "indicators",
    "activities",
)
GOAL_FIELDS = (
    "text",
    "explanation",
    "is_financial",
    "projects",
    "target_groups",
    "indicators",
    "activities",
)
INDICATOR_FIELDS = ("text", "target")
ACTIVITY_FIELDS = ("text", "details", "sections", "projects")
TERM_FIELDS = ("term", "explanation")
RISK_FIELDS = ("risk", "likelihood", "consequence", "measure", "responsible")
ONE_LINE = ("risk", "measure")
TEXTS = ("text", "description", "explanation", "quotation", "details", *ONE_LINE)
"""Lists of lines in a file, one text in the tables; what has one line as a rule may be a text in both."""


def plan_year_of(data: object) -> int:
    """The plan year that a file is for. Raises UnreadableError."""
    year = data.get("plan_year") if isinstance(data, dict) else None
    if not isinstance(year, int) or isinstance(year, bool):
        raise UnreadableError("plan_year", "Filen säger inte vilket planår den gäller.")
    return year


def store_document(data: dict[str, Any], plan: Plan, *, lenient: bool = False) -> None:
    """What the file holds, as the document of a plan that has none. Raises UnreadableError, naming the place,
    for whatever the form or the tables refuse; `lenient`: not for names that are no longer there."""
    _Storing(plan, names_of(plan.budget, lenient=lenient)).store(data)


@dataclass
class _Storing:
    plan: Plan
    names: Names
    projects: dict[str, Project] = field(init=False)
    illustrations: set[str] = field(init=False)
    """The keys of the federation's."""
    groups: dict[str, TargetGroup] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    positions: dict[type, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = Project.objects.filter(federation=self.plan.federation_id)
        self.projects = {project.name: project for project in rows}
        stored = Illustration.objects.filter(federation=self.plan.federation_id)
        self.illustrations = set(stored.values_list("key", flat=True))

    def store(self, data: dict[str, Any]) -> None:
        values = self._values(data, (*PLAN_FIELDS, *LISTS), "", LISTS)
        for name, value in values.items():
            if name != "plan_year":
                setattr(self.plan, name, value)
        with at("plan"):
            saved(self.plan)
        self._sections(data, "sections", "", None)
        for where, row in objects(data, "target_groups"):
            self._target_group(row, where)
        for where, row in objects(data, "areas"):
            self._area(row, where)
        self._goals(data, "", None)
        for where, row in objects(data, "terms"):
            self._row(Term, row, TERM_FIELDS, where)
        for where, row in objects(data, "risks"):
            self._row(Risk, row, RISK_FIELDS, where)

    # -- rows ------------------------------------------------------------------------------------

    def _sections(self, data: dict[str, Any], list_name: str, where: str, parent: Section | None) -> None:
        for here, row in objects(data, list_name, where):
            values = self._values(row, SECTION_FIELDS, here, ("parts", "settings"))
            settings = row.get("settings", {})
            if not isinstance(settings, dict):
                raise UnreadableError(f"{here}.settings", f"Här ska ett objekt stå, inte {shown(settings)}.")
            values["settings"] = self.names.settings_in(settings, f"{here}.settings")
            section = self._saved(Section(plan=self.plan, parent=parent, **values), here)
            self.sections[section.key] = section
            self._sections(row, "parts", here, section)

    def _target_group(self, row: dict[str, Any], where: str) -> None:
        values = self._values(row, GROUP_FIELDS, where, ("projects", "activities"))
        group = self._saved(TargetGroup(plan=self.plan, **values), where)
        self.groups[group.key] = group
        group.projects.add(*self._named(self.projects, row, "projects", where))
        self._activities(row, where, target_group=group)

    def _area(self, row: dict[str, Any], where: str) -> None:
        lists = ("projects", "target_groups", "goals", "indicators", "activities")
        values = self._values(row, AREA_FIELDS, where, lists)
        area = self._saved(Area(plan=self.plan, **values), where)
        area.projects.add(*self._named(self.projects, row, "projects", where))
        area.target_groups.add(*self._named(self.groups, row, "target_groups", where))
        self._goals(row, where, area)
        self._indicators(row, where, area=area)
        self._activities(row, where, area=area)

    def _goals(self, data: dict[str, Any], where: str, area: Area | None) -> None:
        lists = ("projects", "target_groups", "indicators", "activities")
        for here, row in objects(data, "goals", where):
            values = self._values(row, GOAL_FIELDS, here, lists)
            goal = self._saved(Goal(plan=self.plan, area=area, **values), here)
            goal.projects.add(*self._named(self.projects, row, "projects", here))
            goal.target_groups.add(*self._named(self.groups, row, "target_groups", here))
            self._indicators(row, here, goal=goal)
            self._activities(row, here, goal=goal)

    def _indicators(self, data: dict[str, Any], where: str, **of: Area | Goal) -> None:
        for here, row in objects(data, "indicators", where):
            self._row(Indicator, row, INDICATOR_FIELDS, here, **of)

    def _activities(self, data: dict[str, Any], where: str, **of: Area | Goal | TargetGroup) -> None:
        for here, row in objects(data, "activities", where):
            values = self._values(row, ACTIVITY_FIELDS, here, ("sections", "projects"))
            activity = self._saved(Activity(plan=self.plan, **of, **values), here)
            activity.sections.add(*self._named(self.sections, row, "sections", here))
            activity.projects.add(*self._named(self.projects, row, "projects", here))

    def _row(self, model: type, row: dict[str, Any], fields: Iterable[str], where: str, **of: Any) -> None:
        self._saved(model(plan=self.plan, **of, **self._values(row, fields, where, ())), where)

    def _saved(self, row: Any, where: str) -> Any:
        row.position = self.positions.get(type(row), 0)
        self.positions[type(row)] = row.position + 1
        with at(where):
            return _written(row)

    # -- values ----------------------------------------------------------------------------------

    def _values(
        self, row: dict[str, Any], fields: Iterable[str], where: str, lists: Iterable[str]
    ) -> dict[str, Any]:
        """The plain values of a row: its texts joined, with keys in place of names."""
        lists = tuple(lists)
        only(row, fields, where, lists=(*lists, *TEXTS))
        values = {name: value for name, value in row.items() if name not in lists}
        for name in TEXTS:
            if name in values:
                lines = values[name] if isinstance(values[name], list) else [values[name]]
                values[name] = self._text(lines, f"{where}.{name}" if where else name)
        return values

    def _text(self, lines: list[object], where: str) -> str:
        for place, line in enumerate(lines):
            if not isinstance(line, str):
                raise UnreadableError(f"{where}[{place}]", f"Här ska text stå, inte {shown(line)}.")
            check_characters(line, f"{where}[{place}]")
        text = "\n".join(map(str, lines))
        for each in illustrations_in(text):
            if each.key not in self.illustrations and not self.names.lenient:
                raise UnreadableError(
                    where,
                    f"Bilden saknas: ingen fil i bilder/ heter {each.key}.jpg eller {each.key}.png.",
                )
        return self.names.text_in(text, where)

    def _named(self, known: dict[str, Any], row: dict[str, Any], name: str, where: str) -> list[Any]:
        wanted = row.get(name, [])
        if not isinstance(wanted, list):
            raise UnreadableError(f"{where}.{name}", f"Här ska en lista stå, inte {shown(wanted)}.")
        return [named(known, each, f"{where}.{name}") for each in wanted]


def _written(row: Any) -> Any:
    """The row, validated as `saved` does but without asking the database what it refuses by itself: a plan
    has hundreds. Raises ValidationError."""
    own = [each.name for each in row._meta.fields if each.is_relation]
    row.full_clean(exclude=own, validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.full_clean()  # says what is wrong
        raise
    return row
