"""A federation at a glance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.models import Budget
from budgets.page import BudgetPage
from budgets.reading import read_circumstances, read_sheet
from budgets.rules import Severity
from finsam.swedish import Unit
from members.access import Action, access
from members.models import Body, Logotype, User
from plans.models import Plan
from plans.new_plan import LAST_PLAN_YEAR
from plans.review.rights import Rights
from plans.review.standing import to_read
from plans.review.threads import open_comments
from plans.views.calendar import calendar_of

MOST_VERSIONS = 3
"""So many versions are named; the page of plans has all."""


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """How the latest plan stands and what to do next; members, board and insatser."""
    here = access(request, slug, Action.READ_FEDERATION)
    assert isinstance(request.user, User)
    federation = here.federation
    budgets = list(
        Budget.objects.filter(federation=federation, plan_year__isnull=False).select_related("plan")
    )
    budget = budgets[0] if budgets else None
    lacks_factor = here.lacks_second_factor(request, Action.READ_WORKING_COPY)
    may_read = here.may(Action.READ_WORKING_COPY) and not lacks_factor
    page = None
    if budget and may_read:
        budget.federation = federation
        unit: Unit = "kSEK" if federation.unit == "kSEK" else "SEK"
        page = BudgetPage(read_sheet(budget), read_circumstances(federation), unit)
    plan = getattr(budget, "plan", None)
    if plan:
        plan.federation = federation
    appointments = federation.appointments.order_by("position").prefetch_related("members")
    return render(
        request,
        "plans/overview.html",
        {
            "here": here,
            "has_logotype": Logotype.objects.filter(federation=federation).exists(),
            "budget": budget,
            "plan": plan,
            "calendar": calendar_of(plan) if plan else None,
            "earlier": [(each, getattr(each, "plan", None)) for each in budgets[1:]] if may_read else [],
            "next_year": _next_year(budget) if here.may(Action.CREATE_PLAN) else None,
            "page": page,
            "unexplained": _unexplained(plan, page) if plan and page else 0,
            "open_comments": open_comments(Rights(here, request.user, plan)) if plan else 0,
            "versions": [] if here.may(Action.READ_WORKING_COPY) else to_read(here)[:MOST_VERSIONS],
            "members": federation.members.all(),
            "policies": federation.policies.all(),
            "earlier_names": federation.earlier_names.all(),
            "bodies": [(label, [a for a in appointments if a.body == body]) for body, label in Body.choices],
            "projects": federation.projects.select_related("owner").prefetch_related("partners"),
        },
    )


def _unexplained(plan: Plan, page: BudgetPage) -> int:
    """How many warnings of the budget have no explanation."""
    warnings = {each.sentence for each in page.remarks if each.severity is Severity.WARNING}
    return len(warnings - set(plan.explanations.values_list("sentence", flat=True))) if warnings else 0


def _next_year(latest: Budget | None) -> int | None:
    """The year of the next plan, None when there can be none; 0 when the first is still to be made."""
    if latest is None or latest.plan_year is None:
        return 0
    return latest.plan_year + 1 if latest.plan_year < LAST_PLAN_YEAR else None
