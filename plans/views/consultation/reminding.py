"""Reminding the members that have not answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from finsam.swedish import listed
from members.access import Action
from plans.consultation.answering import refusal
from plans.consultation.reading import read_standing
from plans.consultation.reminding import remind
from plans.views.fetching import plan_here

NOBODY = "Ingen att påminna: de som inte har svarat är påminda i dag, eller har ingen representant."


@require_POST
def remind_consultation(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Those who have not answered are told, once a day at most. Clicking twice is harmless."""
    _, plan = plan_here(request, slug, plan_year, Action.SUBMIT)
    page = reverse("consultation", args=[slug, plan_year])
    if reason := refusal(plan):
        messages.error(request, reason)
        return redirect(page)
    silent = read_standing(plan).silent
    reminded = remind(plan, silent, timezone.localdate(), request.build_absolute_uri(page))
    if reminded:
        messages.success(request, f"{listed(reminded)} har fått en påminnelse.")
    else:
        messages.info(request, NOBODY)
    return redirect(page)
