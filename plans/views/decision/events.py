"""What has happened to a version since it was frozen: added to it, and changing nothing of it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from members.access import Action
from members.models import User
from plans.decisions.event_form import EventForm
from plans.models import Version, VersionEvent
from plans.review.standing import versions_of
from plans.versions.access import is_adopted
from plans.views.decision.decided import decided_page, event_form
from plans.views.fetching import plan_here


@require_POST
def add_event(request: HttpRequest, slug: str, plan_year: int, number: int) -> HttpResponse:
    """Saying the same twice is harmless."""
    here, plan = plan_here(request, slug, plan_year, Action.RECORD_MEETING)
    version = get_object_or_404(versions_of(here.federation), plan_year=plan_year, number=number)
    form = event_form(version, request.POST)
    if not form.is_valid():
        return decided_page(request, here, plan, version, form=form, status=422)
    assert isinstance(request.user, User)
    _add(version, form, request.user)
    messages.success(request, "Det är antecknat.")
    if is_adopted(version):
        return redirect("decision_of_version", slug=slug, plan_year=plan_year, number=number)
    way = reverse("decision", args=[slug, plan_year])
    return redirect(f"{way}?anteckna=" if version.plan.revision else way)


def _add(version: Version, form: EventForm, user: User) -> None:
    data = form.cleaned_data
    with transaction.atomic():
        for where in form.places:
            said = {"version": version, "kind": data["kind"], "on": data["on"], "where": where}
            if not VersionEvent.objects.filter(**said, note=data["note"]).exists():
                VersionEvent.objects.create(
                    **said, note=data["note"], at=timezone.now(), by=user, by_name=str(user)
                )
