"""Taking away an insats that nothing points at."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from members.access import Action, access
from members.rows import locked
from plans.views.projects.finding import project_of
from plans.views.projects.pointing import pointers


@require_http_methods(["GET", "HEAD", "POST"])
def remove_project(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask, then remove it with its participants and financers; while something points at it, say what."""
    here = access(request, slug, Action.EDIT_WORKING_COPY)
    with locked(here.federation):
        project = project_of(here, pk)
        found = pointers(project)
        if request.method == "POST" and not found:
            project.delete()
            messages.success(request, f"{project} är borttagen.")
            return redirect("projects", slug=slug)
    context = {
        "here": here,
        "project": project,
        "title": f"Ta bort {project}?",
        "facts": [
            (word, ", ".join(map(str, rows)))
            for word, rows in (
                ("Planerade deltagare", project.planned_participants.all()),
                ("Annan finansiering", project.financers.all()),
            )
            if rows
        ],
        "pointers": found,
        "changed": False,
        "made_from": "",
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "plans/projects/remove.html", context, status=status)
