"""Closing a plan for changes and opening it again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from members.access import Action, access
from plans.models import NotADraftError, Plan


@require_POST
def close_plan(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Nobody changes the budget until it is opened again. Harmless when it is closed."""
    return _set(request, slug, plan_year, is_open=False)


@require_POST
def reopen_plan(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Those who edit may change the budget again. Harmless when it is open."""
    return _set(request, slug, plan_year, is_open=True)


def _set(request: HttpRequest, slug: str, plan_year: int, *, is_open: bool) -> HttpResponse:
    here = access(request, slug, Action.CREATE_PLAN)
    plan = get_object_or_404(Plan, federation=here.federation, plan_year=plan_year)
    try:
        plan.set_open(is_open)
    except NotADraftError as error:
        raise PermissionDenied(str(error)) from None
    done = (
        f"Planen för {plan_year} är öppen för ändringar igen."
        if is_open
        else f"Planen för {plan_year} är stängd: ingen kan ändra i den förrän den öppnas igen."
    )
    messages.success(request, done)
    return redirect("overview", slug=slug)
