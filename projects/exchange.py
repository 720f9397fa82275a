"""The insatser of a federation as plain data and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from djmoney.money import Money

from finsam.json_input import UnreadableError, shown
from finsam.plain_rows import at, named, objects, only, saved, to_data
from members.models import Federation, Member
from projects.models import BoardDecision, Financer, PlannedParticipants, Project

PROJECT_FIELDS = (
    "name",
    "kind",
    "level",
    "sus_class",
    "status",
    "owner",
    "owner_name",
    "partners",
    "other_partners",
    "leader_employer",
    "starts",
    "ends",
    "open_ended",
    "extension",
    "predecessor",
    "decision_reference",
    "decisions",
    "planned_participants",
    "financers",
    "description",
)
PARTICIPANT_FIELDS = ("year", "number")
FINANCER_FIELDS = ("member", "name", "year", "amount", "note")
DECISION_FIELDS = ("date", "paragraph", "decision", "amount", "first_year", "last_year")
ROWS = {
    "decisions": (BoardDecision, DECISION_FIELDS),
    "planned_participants": (PlannedParticipants, PARTICIPANT_FIELDS),
    "financers": (Financer, FINANCER_FIELDS),
}
"""What belongs to an insats, by the key of its list: the table and the fields. Amounts are SEK."""


def dump_projects(federation: Federation) -> list[dict[str, Any]]:
    """The insatser in order, as in the federation file."""
    rows = federation.projects.select_related("owner", "predecessor").prefetch_related(
        "partners", "decisions", "planned_participants", "financers__member"
    )
    return [_dump(project) for project in rows]


def _dump(project: Project) -> dict[str, Any]:
    data = to_data(project, [field for field in PROJECT_FIELDS if field not in ROWS])
    for key, (_, fields) in ROWS.items():
        if rows := [_dump_row(row, fields) for row in getattr(project, key).all()]:
            data[key] = rows
    return {field: data[field] for field in PROJECT_FIELDS if field in data}


def _dump_row(row: Model, fields: Iterable[str]) -> dict[str, Any]:
    data = to_data(row, fields)
    return {key: value.amount if isinstance(value, Money) else value for key, value in data.items()}


def store_projects(rows: list[dict[str, Any]], federation: Federation) -> None:
    """New insatser of the federation, validated like a form.

    Raises UnreadableError, naming the place, for whatever the form or the tables refuse.
    """
    members = {member.name: member for member in Member.objects.filter(federation=federation)}
    projects: dict[str, Project] = {}
    predecessors: list[tuple[str, Project, object]] = []
    for where, row in objects({"projects": rows}, "projects"):
        values = only(row, PROJECT_FIELDS, where, lists=["partners", *ROWS])
        for key in ROWS:
            values.pop(key, None)
        partners = values.pop("partners", [])
        if not isinstance(partners, list):
            raise UnreadableError(f"{where}.partners", f"Här ska en lista stå, inte {shown(partners)}.")
        predecessor = values.pop("predecessor", None)
        if "owner" in values:
            values["owner"] = named(members, values["owner"], f"{where}.owner")
        with at(where):
            project = saved(Project(federation=federation, position=len(projects), **values))
        project.partners.set([named(members, name, f"{where}.partners") for name in partners])
        for key in ROWS:
            _store_rows(key, row, where, project, members)
        projects[project.name] = project
        if predecessor is not None:
            predecessors.append((f"{where}.predecessor", project, predecessor))
    for where, project, name in predecessors:
        with at(where):
            project.predecessor = named(projects, name, where)
            saved(project)


def _store_rows(
    key: str, row: dict[str, Any], where: str, project: Project, members: Mapping[str, Member]
) -> None:
    """The rows of one list of an insats."""
    table, fields = ROWS[key]
    for place, each in objects(row, key, where):
        values = only(each, fields, place)
        if "member" in values:
            values["member"] = named(members, values["member"], f"{place}.member")
        with at(place):
            saved(table(project=project, **values))
