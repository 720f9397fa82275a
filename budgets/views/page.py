"""The budget of a plan year, and the keys of its grid."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from budgets.models import Budget
from budgets.reading import read
from budgets.working_copy import UNITS, working_copy
from members.access import Action, access


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
    """The whole budget with its findings, in kr or tkr (`enhet`), perhaps with two columns compared
    (`jamfor`); a grid for those who may change it."""
    copy = working_copy(request, slug, plan_year)
    state, names = read(copy.budget)
    page = copy.page(state, names, copy.circumstances())
    context = {
        "here": copy.here,
        "copy": copy,
        "budget": copy.budget,
        "plan_years": copy.plan_years,
        "page": page,
        "units": UNITS,
        "number": state.number,
    }
    return render(request, "budgets/budget.html", context)


KEYS = (
    ("Siffror, = eller −", "skriver i cellen i stället för det som står där"),
    ("F2 eller dubbelklick", "ändrar det som står i cellen"),
    ("Retur, Skift+Retur", "sparar och går ned, upp"),
    ("Tabb, Skift+Tabb", "sparar och går åt höger, åt vänster"),
    ("Esc", "lämnar det som skrevs; en gång till och sedan Tabb lämnar tabellen"),
    ("Piltangenter, Home, End", "flyttar; med Skift väljs ett område"),
    ("Mellanslag", "visar varifrån siffran kommer, med anmärkning och historik"),
    ("Delete", "tömmer de valda cellerna"),
    ("Ctrl+Z, Ctrl+Y", "ångrar, gör om"),
    ("Ctrl+C, Ctrl+V", "kopierar området, klistrar in från ett kalkylblad"),
    ("Ctrl+R", "fyller området åt höger med det som står längst till vänster"),
    ("Alt+Retur", "öppnar posten: namn, grupp, insats, varav, ta bort"),
    ("Alt+N", "ny post som liknar den här"),
    ("Alt+↑, Alt+↓", "flyttar posten"),
)


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """What the keys do in the grid."""
    return render(request, "budgets/help.html", {"keys": KEYS})
