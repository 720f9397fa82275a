"""The insatser of a federation as plain data and back."""

from typing import Any

from finsam.plain_rows import only, saved, to_data
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

    Raises ValidationError for a value the tables refuse, ValueError for an unknown key, KeyError for an
    unknown member, or a predecessor that does not stand before its successor.
    """
    members = {member.name: member for member in Member.objects.filter(federation=federation)}
    projects: dict[str, Project] = {}
    for position, row in enumerate(rows):
        values = only(row, PROJECT_FIELDS, "projects")
        partners = [members[name] for name in values.pop("partners", [])]
        planned = values.pop("planned_participants", [])
        if owner := values.pop("owner", None):
            values["owner"] = members[owner]
        if predecessor := values.pop("predecessor", None):
            values["predecessor"] = projects[predecessor]
        project = saved(Project(federation=federation, position=position, **values))
        project.partners.set(partners)
        for each in planned:
            saved(
                PlannedParticipants(project=project, **only(each, PARTICIPANT_FIELDS, "planned_participants"))
            )
        projects[project.name] = project
