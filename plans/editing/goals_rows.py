"""The kinds of rows on a plan's board of goals, and all of them as the history holds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from plans.models import Activity, Area, Goal, Indicator, Plan, Section, TargetGroup
from plans.models.goals import OfPlan
from projects.models import Project

Rows = dict[str, dict[str, Any]]
"""Rows by key (goal-12), with their fields, and keys for what they refer to."""

SHOWN_SIGNS = 80


@dataclass(frozen=True)
class Kind:
    """`name` begins the keys of its rows, `word` stands in addresses. `owners` are the fields that say what a
    row belongs to; `links` what else it has to do with."""

    name: str
    word: str
    model: type[OfPlan]
    noun: str
    is_neuter: bool
    fields: tuple[str, ...]
    owners: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    needs_owner: bool = False

    def of(self, plan: Plan) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.filter(plan=plan)
        return rows

    def key(self, row: OfPlan) -> str:
        return f"{self.name}-{row.pk}"

    def words(self, row: Any) -> str:
        """How a row is spoken of: målet ”Fler i arbete”."""
        text = " ".join(str(getattr(row, "text", row)).split())
        if len(text) > SHOWN_SIGNS:
            text = f"{text[:SHOWN_SIGNS].rsplit(' ', 1)[0]} …"
        return f"{self.noun_of(row)} ”{text}”"

    def noun_of(self, row: Any) -> str:
        is_perspective = isinstance(row, Area) and row.kind == Area.Kind.PERSPECTIVE
        return "perspektivet" if is_perspective else self.noun

    def container(self, row: Any) -> str:
        """The key of what the row belongs to; empty when that is the plan itself."""
        owned = [f"{name}-{getattr(row, f'{name}_id')}" for name in self.owners if getattr(row, f"{name}_id")]
        return owned[0] if owned else ""

    def in_container(self, plan: Plan, container: str) -> QuerySet[Any]:
        """The rows that stand there, in order."""
        name, _, pk = container.rpartition("-")
        nowhere = {f"{owner}__isnull": True for owner in self.owners}
        return self.of(plan).filter(**({f"{name}_id": pk} if name else nowhere))


TARGET_GROUP = Kind(
    "target_group",
    "malgrupp",
    TargetGroup,
    "målgruppen",
    False,
    ("key", "name", "description"),
    (),
    ("projects",),
)
AREA = Kind(
    "area",
    "omrade",
    Area,
    "området",
    True,
    ("key", "kind", "name", "description"),
    (),
    ("projects", "target_groups"),
)
GOAL = Kind(
    "goal",
    "mal",
    Goal,
    "målet",
    True,
    ("text", "explanation", "is_financial"),
    ("area",),
    ("projects", "target_groups"),
)
INDICATOR = Kind(
    "indicator",
    "matt",
    Indicator,
    "måttet",
    True,
    ("text", "target"),
    ("goal", "area"),
    needs_owner=True,
)
ACTIVITY = Kind(
    "activity",
    "aktivitet",
    Activity,
    "aktiviteten",
    False,
    ("text", "details"),
    ("goal", "area", "target_group"),
    ("projects", "sections"),
    needs_owner=True,
)
KINDS: Mapping[str, Kind] = {each.name: each for each in (TARGET_GROUP, AREA, GOAL, INDICATOR, ACTIVITY)}
"""What others belong to or are linked with stands before them."""


def next_position(kind: Kind, plan: Plan) -> int:
    """Where a new row goes: after all others."""
    highest = kind.of(plan).aggregate(highest=Max("position"))["highest"]
    return 0 if highest is None else highest + 1


def all_rows(plan: Plan) -> Rows:
    """Every row of the board, with a fixed number of queries."""
    return {
        kind.key(row): _picture(kind, row)
        for kind in KINDS.values()
        for row in kind.of(plan).prefetch_related(*kind.links)
    }


def _picture(kind: Kind, row: Any) -> dict[str, Any]:
    owners = {name: getattr(row, f"{name}_id") for name in kind.owners}
    return {
        "position": row.position,
        **{name: getattr(row, name) for name in kind.fields},
        **{name: f"{name}-{pk}" if pk else None for name, pk in owners.items()},
        **{name: sorted(_link(each) for each in getattr(row, name).all()) for name in kind.links},
    }


def _link(row: Any) -> Any:
    """Target groups by their key here, sections by their name in references, insatser by primary key."""
    if isinstance(row, TargetGroup):
        return TARGET_GROUP.key(row)
    return row.key if isinstance(row, Section) else row.pk


def put_back(plan: Plan, key: str, values: Mapping[str, Any]) -> None:
    """The row with these values, made anew with the same primary key when it is gone. Links to what is gone
    meanwhile are left out. Raises OwnerGoneError."""
    name, _, pk = key.rpartition("-")
    kind = KINDS[name]
    row = kind.of(plan).filter(pk=pk).first() or kind.model(plan=plan)
    row.pk = int(pk)
    for field, value in values.items():
        if field in kind.owners:
            if value and not KINDS[field].of(plan).filter(pk=_pk(value)).exists():
                raise OwnerGoneError
            setattr(row, f"{field}_id", _pk(value) if value else None)
        elif field not in kind.links:
            setattr(row, field, value)
    row.save()
    for field in kind.links:
        if field in values:
            getattr(row, field).set(_linked(plan, field, values[field]))


def _linked(plan: Plan, field: str, wanted: list[Any]) -> QuerySet[Any]:
    if field == "sections":
        return Section.objects.filter(plan=plan, key__in=wanted)
    if field == "projects":
        return Project.objects.filter(federation=plan.federation_id, pk__in=wanted)
    return TargetGroup.objects.filter(plan=plan, pk__in=[_pk(each) for each in wanted])


def _pk(key: str) -> int:
    return int(key.rpartition("-")[2])


class OwnerGoneError(Exception):
    """What the row belongs to is gone."""
