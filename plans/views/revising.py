"""Revising an adopted plan, and dropping a revision that nobody has been sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from members.access import Action
from members.models import User
from plans.revising import NotRevisedError, drop, revise
from plans.views.fetching import plan_here


@require_http_methods(["GET", "HEAD", "POST"])
def revise_plan(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Asks for the reason, and makes the new plan."""
    here, plan = plan_here(request, slug, plan_year, Action.CREATE_PLAN)
    reason = request.POST.get("reason", "")
    context = {"here": here, "plan": plan, "reason": reason, "fault": ""}
    if request.method != "POST":
        return render(request, "plans/revising/page.html", context)
    assert isinstance(request.user, User)
    try:
        revise(plan, request.user, reason)
    except NotRevisedError as error:
        return render(request, "plans/revising/page.html", {**context, "fault": str(error)}, status=422)
    messages.success(
        request,
        f"Den reviderade planen för {plan_year} är ett utkast. Den fastställda gäller tills den är beslutad.",
    )
    return redirect("overview", slug=slug)


@require_POST
def drop_revision(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The adopted plan is what one works from again."""
    _, plan = plan_here(request, slug, plan_year, Action.CREATE_PLAN)
    try:
        drop(plan)
    except NotRevisedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Revideringen är borttagen. Planen för {plan_year} gäller som den är.")
    return redirect("overview", slug=slug)
