"""The insatser of a federation as plain data and back."""

from typing import Any

from finsam.json_input import UnreadableError, shown
from finsam.plain_rows import at, named, objects, only, saved, to_data
from members.models import Federation, Member
from projects.models import PlannedParticipants, Project

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
    "planned_participants",
    "description",
)
PARTICIPANT_FIELDS = ("year", "number")


def dump_projects(federation: Federation) -> list[dict[str, Any]]:
    """The insatser in order, as in the federation file."""
    rows = federation.projects.select_related("owner", "predecessor").prefetch_related(
        "partners", "planned_participants"
    )
    return [_dump(project) for project in rows]


def _dump(project: Project) -> dict[str, Any]:
    plain = [field for field in PROJECT_FIELDS if field != "planned_participants"]
    data = to_data(project, plain)
    if planned := [to_data(p, PARTICIPANT_FIELDS) for p in project.planned_participants.all()]:
        data["planned_participants"] = planned
    return {field: data[field] for field in PROJECT_FIELDS if field in data}


def store_projects(rows: list[dict[str, Any]], federation: Federation) -> None:
    """New insatser of the federation, validated like a form.

    Raises UnreadableError, naming the place, for whatever the form or the tables refuse.
    """
    members = {member.name: member for member in Member.objects.filter(federation=federation)}
    projects: dict[str, Project] = {}
    predecessors: list[tuple[str, Project, object]] = []
    for where, row in objects({"projects": rows}, "projects"):
        values = only(row, PROJECT_FIELDS, where, lists=["partners", "planned_participants"])
        values.pop("planned_participants", None)
        partners = values.pop("partners", [])
        if not isinstance(partners, list):
            raise UnreadableError(f"{where}.partners", f"Här ska en lista stå, inte {shown(partners)}.")
        predecessor = values.pop("predecessor", None)
        if "owner" in values:
            values["owner"] = named(members, values["owner"], f"{where}.owner")
        with at(where):
            project = saved(Project(federation=federation, position=len(projects), **values))
        project.partners.set([named(members, name, f"{where}.partners") for name in partners])
        for place, planned in objects(row, "planned_participants", where):
            with at(place):
                saved(PlannedParticipants(project=project, **only(planned, PARTICIPANT_FIELDS, place)))
        projects[project.name] = project
        if predecessor is not None:
            predecessors.append((f"{where}.predecessor", project, predecessor))
    for where, project, name in predecessors:
        with at(where):
            project.predecessor = named(projects, name, where)
            saved(project)
