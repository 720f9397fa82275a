"""The budget of a plan year, and the rules it is judged by."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from budgets.models import Budget
from budgets.page import BudgetPage
from budgets.reading import read_circumstances, read_sheet
from budgets.rules import RULES
from budgets.rules.finding import SEVERITY_NAMES
from finsam.swedish import UNIT_NAME, Unit
from members.access import Action, access

UNITS: dict[str, Unit] = {"kr": "SEK", "tkr": "kSEK"}


@require_safe
def latest_budget(request: HttpRequest, slug: str) -> HttpResponse:
    """On to the budget of the latest plan year; says what belongs here when there is none."""
    here = access(request, slug, Action.READ_WORKING_COPY)
    budget = Budget.objects.filter(federation=here.federation, plan_year__isnull=False).first()
    if budget is None:
        return render(request, "budgets/no_budget.html", {"here": here})
    return redirect("budget", slug=slug, plan_year=budget.plan_year)


@require_safe
def budget(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The whole budget with its findings, in kr or tkr (`?enhet=`)."""
    here = access(request, slug, Action.READ_WORKING_COPY)
    budgets = list(Budget.objects.filter(federation=here.federation, plan_year__isnull=False))
    this = next((each for each in budgets if each.plan_year == plan_year), None)
    if this is None:
        raise Http404
    this.federation = here.federation
    default: Unit = "kSEK" if here.federation.unit == "kSEK" else "SEK"
    unit = UNITS.get(request.GET.get("enhet", ""), default)
    page = BudgetPage(read_sheet(this), read_circumstances(here.federation), unit)
    return render(
        request,
        "budgets/budget.html",
        {
            "here": here,
            "budget": this,
            "budgets": budgets,
            "page": page,
            "units": UNITS,
            "chosen_unit": "" if unit == default else f"?enhet={UNIT_NAME[unit]}",
        },
    )


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule with its severity and the paragraphs it rests on."""
    shown = [(rule, SEVERITY_NAMES[rule.severity]) for rule in RULES]
    return render(request, "budgets/rules.html", {"rules": shown})
