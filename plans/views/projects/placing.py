"""The order of the insatser, which is that of the document."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from finsam.whole_numbers import whole_number
from members.access import Access, Action, access
from members.rows import locked
from plans.views.projects.finding import project_of
from projects.models import Project


@require_POST
def place_project(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Right before (`fore` of the query) or after (`efter`) another insats; last when none is named."""
    here = access(request, slug, Action.EDIT_WORKING_COPY)
    before, after = (whole_number(request.GET.get(name, "")) or 0 for name in ("fore", "efter"))
    with locked(here.federation):
        project = project_of(here, pk)
        is_placed = _placed(here, project, before, after)
    if is_placed:
        messages.success(request, f"{project} är flyttad.")
    else:
        messages.error(request, f"Inget är ändrat. Insatsen som {project} skulle stå bredvid är borttagen.")
    return redirect("projects", slug=slug)


def _placed(here: Access, project: Project, before: int, after: int) -> bool:
    """False when the other is gone. Call it within `locked`."""
    rows = [each for each in here.federation.projects.all() if each != project]
    keys = [each.pk for each in rows]
    if before or after:
        if (before or after) not in keys:
            return False
        place = keys.index(before) if before else keys.index(after) + 1
    else:
        place = len(rows)
    rows.insert(place, project)
    moved = [each for position, each in enumerate(rows) if each.position != position]
    for position, each in enumerate(rows):
        each.position = position
    Project.objects.bulk_update(moved, ["position"])
    return True
