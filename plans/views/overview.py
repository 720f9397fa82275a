"""A federation at a glance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.models import Budget
from budgets.page import BudgetPage
from budgets.reading import read_circumstances, read_sheet
from finsam.swedish import Unit
from members.access import Action, access
from members.models import Body


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Members, board and insatser, and how the latest budget stands."""
    here = access(request, slug, Action.READ_FEDERATION)
    federation = here.federation
    budget = Budget.objects.filter(federation=federation, plan_year__isnull=False).first()
    page = None
    if budget and here.may(Action.READ_WORKING_COPY):
        budget.federation = federation
        unit: Unit = "kSEK" if federation.unit == "kSEK" else "SEK"
        page = BudgetPage(read_sheet(budget), read_circumstances(federation), unit)
    appointments = federation.appointments.order_by("position").prefetch_related("members")
    return render(
        request,
        "plans/overview.html",
        {
            "here": here,
            "budget": budget,
            "page": page,
            "members": federation.members.all(),
            "policies": federation.policies.all(),
            "earlier_names": federation.earlier_names.all(),
            "bodies": [(label, [a for a in appointments if a.body == body]) for body, label in Body.choices],
            "projects": federation.projects.select_related("owner").prefetch_related("partners"),
        },
    )
