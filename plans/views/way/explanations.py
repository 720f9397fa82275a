"""The motiveringar: every warning of the working copy with why the plan has it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from members.access import Access, Action
from members.models import User
from plans.editing.change import ClosedError
from plans.explaining import Asking, asking, explain
from plans.models import Plan
from plans.reading import read_plan
from plans.states.lacking import lacking
from plans.views.fetching import plan_here
from plans.views.way.explanation_form import Unsaved, groups_of, left_of, written_in
from plans.views.way.lacks import shown_lacks
from plans.views.way.texts import fault_of, unprinted

LONGEST = 3000
"""Signs: more than a page of a document."""
CLOSED = "Budgeten är stängd, så inget är sparat. Det du skrev står kvar."
NOTHING_UNSAVED = Unsaved({}, {})


@require_http_methods(["GET", "HEAD", "POST"])
def explanations(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Every finding that asks for an explanation, each with a field; what must be mended is told first."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    return (_save if request.method == "POST" else _page)(request, here, plan)


def _save(request: HttpRequest, here: Access, plan: Plan) -> HttpResponse:
    assert isinstance(request.user, User)
    written = written_in(request.POST, plan)
    faults = {
        each: fault
        for each, text in written.items()
        if (fault := fault_of(text.text, LONGEST) or unprinted(text.text))
    }
    if faults:
        return _page(request, here, plan, Unsaved(written, faults), status=422)
    try:
        met = explain(plan, request.user, written.values())
    except ClosedError:
        return _page(request, here, plan, Unsaved(written, {}), said=CLOSED, status=409)
    if met:
        return _page(request, here, plan, Unsaved(written, {}, frozenset(met)), status=409)
    messages.success(request, _done(asking(plan, read_plan(plan))))
    return redirect("explanations", slug=here.federation.slug, plan_year=plan.plan_year)


def _done(now: Asking) -> str:
    if not now.unexplained:
        return "Sparat. Alla varningar är motiverade."
    left = "En varning är" if now.unexplained == 1 else f"{now.unexplained} varningar är"
    return f"Sparat. {left} inte {'motiverad' if now.unexplained == 1 else 'motiverade'} än."


def _page(
    request: HttpRequest,
    here: Access,
    plan: Plan,
    unsaved: Unsaved = NOTHING_UNSAVED,
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    picture = read_plan(plan)
    now = asking(plan, picture)
    groups = groups_of(plan, now, unsaved)
    errors = [each for each in lacking(picture, "board") if each.where != "explanations"]
    return render(
        request,
        "plans/way/explanations.html",
        {
            "here": here,
            "plan": plan,
            "groups": groups,
            "left": left_of(plan, now, first=sum(len(group.fields) for group in groups)),
            "unexplained": now.unexplained,
            "errors": shown_lacks(plan, errors),
            "editable": plan.budget.is_open,
            "unsaved": unsaved,
            "said": said,
        },
        status=status,
    )
