"""One step on the way from idea to end, or one back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from members.access import Action, access
from members.rows import locked
from plans.views.projects.card import card_page, to_card
from plans.views.projects.finding import project_of
from projects.models import Project, StepError


@require_POST
def move_project(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """`was` is the status that the user saw, `at` is fram or tillbaka."""
    here = access(request, slug, Action.EDIT_WORKING_COPY)
    with locked(here.federation):
        project = project_of(here, pk, lock=True)
        error = _moved(project, request.POST.get("was", ""), back=request.POST.get("at") == "tillbaka")
    if error:
        return card_page(request, here, project, error=error, status=409)
    messages.success(request, f"Läget är nu: {project.get_status_display()}.")
    return to_card(here, project)


def _moved(project: Project, was: str, *, back: bool) -> str:
    """Why it was not moved; empty when it was."""
    if was != project.status:
        return f"Någon annan har ändrat läget till {project.get_status_display()}. Inget mer är ändrat."
    try:
        project.move_back() if back else project.move_forward()
    except StepError as error:
        return str(error)
    return ""
