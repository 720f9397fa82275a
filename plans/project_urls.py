"""The addresses of the insatser, beneath those of their federation."""

from django.urls import URLPattern, path

from plans.views.projects.card import project
from plans.views.projects.facts import change_project, describe_project, new_project
from plans.views.projects.lines import project_lines, untie_line
from plans.views.projects.links import link_project
from plans.views.projects.listing import projects
from plans.views.projects.placing import place_project
from plans.views.projects.removing import remove_project
from plans.views.projects.rows import KINDS, RowKind, add_row, change_row, remove_row
from plans.views.projects.status import move_project
from plans.views.projects.timeline import project_timeline

ALL = "<slug:slug>/insatser/"
ONE = f"{ALL}<int:pk>/"


def of_kind(kind: RowKind) -> list[URLPattern]:
    """add_participants, change_participants, remove_participants, add_financer ..."""
    start, known = f"{ONE}{kind.word}/", {"kind": kind}
    return [
        path(f"{start}ny/", add_row, known, name=f"add_{kind.name}"),
        path(f"{start}<int:row>/", change_row, known, name=f"change_{kind.name}"),
        path(f"{start}<int:row>/ta-bort/", remove_row, known, name=f"remove_{kind.name}"),
    ]


project_urls = [
    path(ALL, projects, name="projects"),
    path(f"{ALL}ny/", new_project, name="new_project"),
    path(f"{ALL}tidslinje/", project_timeline, name="project_timeline"),
    path(ONE, project, name="project"),
    path(f"{ONE}uppgifter/", change_project, name="change_project"),
    path(f"{ONE}beskrivning/", describe_project, name="describe_project"),
    path(f"{ONE}placera/", place_project, name="place_project"),
    path(f"{ONE}lage/", move_project, name="move_project"),
    path(f"{ONE}samband/", link_project, name="link_project"),
    path(f"{ONE}budgetposter/", project_lines, name="project_lines"),
    path(f"{ONE}budgetposter/<int:line>/lossa/", untie_line, name="untie_line"),
    path(f"{ONE}ta-bort/", remove_project, name="remove_project"),
    *(address for kind in KINDS for address in of_kind(kind)),
]
