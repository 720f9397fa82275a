"""Rearranging the board: placing and removing rows, undoing, bringing all from another plan."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from finsam.whole_numbers import whole_number
from members.access import Action
from members.models import User
from plans.editing.change import ImpossibleError
from plans.editing.goals import place_row, remove_row
from plans.editing.goals_copying import copy_goals, plans_with_goals
from plans.editing.goals_undoing import undo
from plans.views.fetching import plan_here
from plans.views.goals.answers import done, kind_of, known_row


@require_POST
def place_goal_row(request: HttpRequest, slug: str, plan_year: int, word: str, row: int) -> HttpResponse:
    """In a container (`i` of the query), right before (`fore`) or after (`efter`) another, or last."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    kind = kind_of(word)
    known_row(plan, kind, row)
    container = request.GET.get("i", "")
    before, after = (whole_number(request.GET.get(name, "")) or 0 for name in ("fore", "efter"))

    def act(user: User) -> str:
        place_row(plan, user, kind, row, container, before=before, after=after)
        return f"{kind.name}-{row}"

    return done(request, here, plan, act)


@require_POST
def remove_goal_row(request: HttpRequest, slug: str, plan_year: int, word: str, row: int) -> HttpResponse:
    """Gone with what belongs to it; the board offers to undo it."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    kind = kind_of(word)
    known_row(plan, kind, row)

    def act(user: User) -> str:
        remove_row(plan, user, kind, row, whole_number(request.POST.get("seen", "")) or 0)
        return ""

    return done(request, here, plan, act)


@require_POST
def undo_goals(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """A change undone: what it touched is as it was before."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)

    def act(user: User) -> str:
        return undo(plan, user, whole_number(request.POST.get("number", "")) or 0).row_key

    return done(request, here, plan, act)


@require_POST
def copy_plan_goals(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """All that stands on the board of the plan for another year (`fran`)."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    year = whole_number(request.POST.get("fran", ""))

    def act(user: User) -> str:
        source = next((each for each in plans_with_goals(plan) if each.plan_year == year), None)
        if source is None:
            raise ImpossibleError("Välj vilket års plan målen ska komma från.")
        copy_goals(plan, user, source)
        return ""

    return done(request, here, plan, act)
