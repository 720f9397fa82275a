"""Sending the plan back to being a draft."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from members.access import Access, Action, access
from plans.models import Plan, PlanMove
from plans.notices.moves import tell_of
from plans.states.moving import MeanwhileError, RefusedError
from plans.states.moving import send_back as make_draft
from plans.states.table import MOVES, refusal
from plans.views.fetching import plan_here
from plans.views.way.sending import last_move, mover
from plans.views.way.texts import fault_of, typed

ACTION = PlanMove.Action.SEND_BACK
LONGEST = 5000
NO_COMMENT = "Skriv varför planen återförs. Den som ska arbeta vidare behöver veta det."
WHO = {Plan.State.CONSULTATION: Action.SUBMIT, Plan.State.BOARD: Action.DECIDE}
"""The action whose second factor it asks for, by the state it is made from."""


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Asks why, and takes the plan back from samråd or from the board."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_FEDERATION)
    _check(request, here, plan)
    if request.method != "POST":
        return _page(request, here, plan)
    comment = typed(request.POST.get("comment", ""))
    if fault := fault_of(comment, LONGEST) if comment else NO_COMMENT:
        return _page(request, here, plan, fault=fault, status=422)
    try:
        move = make_draft(plan, mover(request, here), comment)
    except (RefusedError, MeanwhileError) as error:
        return _page(request, here, plan, said=str(error), status=409)
    tell_of(move, request.build_absolute_uri, reverse("plan_way", args=[slug, plan_year]))
    messages.success(request, "Planen är återförd till utkast.")
    return redirect("plan_way", slug=slug, plan_year=plan_year)


def _check(request: HttpRequest, here: Access, plan: Plan) -> None:
    """Raises PermissionDenied for who never may, or not from this state, and SecondFactorNeeded."""
    move, state = MOVES[ACTION], Plan.State(plan.state)
    if not any(kinds & here.kinds for kinds in move.by.values()):
        raise PermissionDenied(move.refused)
    if state in move.by:
        if reason := refusal(ACTION, state, here.kinds):
            raise PermissionDenied(reason)
        access(request, here.federation.slug, WHO[state])


def _page(
    request: HttpRequest, here: Access, plan: Plan, *, fault: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    last = last_move(plan)  # before the state: a move in between is then met, not overlooked
    plan.refresh_from_db(fields=["state", "version"])
    refused = refusal(ACTION, Plan.State(plan.state), here.kinds)
    return render(
        request,
        "plans/way/sending_back.html",
        {
            "here": here,
            "plan": plan,
            "seen": last.number if last else 0,
            "comment": request.POST.get("comment", ""),
            "fault": fault,
            "said": said,
            "refused": refused,
        },
        status=409 if refused and status == 200 else status,
    )
