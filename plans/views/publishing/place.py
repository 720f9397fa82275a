"""Where what is public of a plan year is seen and decided: published with one button, withdrawn with one."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from members.access import Access, Action
from members.models import User
from plans.models import Plan, Version
from plans.publishing.files import KINDS
from plans.publishing.publish_form import PublishForm
from plans.publishing.publishing import among, known_announcement, of_year, publish, withdraw
from plans.publishing.reading import facts_of
from plans.publishing.standing import (
    PublicVersion,
    Status,
    VersionFacts,
    announced_on,
    foremost,
    public_versions,
    publishable,
    why_not,
)
from plans.review.standing import versions_of
from plans.states.moving import RefusedError
from plans.views.fetching import plan_here


@dataclass(frozen=True)
class Choice:
    """A version with what may be done: `as_what` it can be published, None when it cannot; `public` what it
    is now. `is_waiting` when it is published, and is seen again if its plan comes before the board again."""

    facts: VersionFacts
    as_what: Status | None
    public: PublicVersion | None

    @property
    def is_waiting(self) -> bool:
        is_undecided = self.facts.plan_state != Plan.State.ADOPTED
        return is_undecided and self.facts.published is not None and self.public is None

    @property
    def may_publish(self) -> bool:
        return self.as_what is not None and (self.public is None or self.public.status is not self.as_what)


@require_safe
def publishing(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The versions of the plan year that are public, or can be."""
    here, plan = plan_here(request, slug, plan_year, Action.RECORD_MEETING)
    facts = facts_of(federation=here.federation.pk, plan_year=plan_year)
    found = public_versions(facts, timezone.localdate())
    by_key = {each.facts.key: each for each in found}
    choices = [Choice(each, publishable(each), by_key.get(each.key)) for each in reversed(facts)]
    context = {
        "here": here,
        "plan": plan,
        "choices": [each for each in choices if each.as_what or each.public or each.is_waiting],
        "foremost": foremost(found),
    }
    return render(request, "plans/publishing/place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_version(request: HttpRequest, slug: str, plan_year: int, number: int) -> HttpResponse:
    """Tells what becomes visible to whom, and makes it so. Doing it twice is harmless."""
    here, plan, version = _version_here(request, slug, plan_year, number)
    facts = of_year(version)
    mine = among(facts, version)
    asks = publishable(mine) is Status.PROPOSAL and announced_on(mine, facts) is None
    if request.method != "POST":
        initial = {"announced": known_announcement(version), "status": publishable(mine)}
        return _publish_page(request, here, plan, version, PublishForm(initial=initial, asks_announced=asks))
    form = PublishForm(request.POST, asks_announced=asks)
    if why_not(mine):
        return _publish_page(request, here, plan, version, form, status=409)
    if not form.is_valid():
        return _publish_page(request, here, plan, version, form, status=422)
    assert isinstance(request.user, User)
    try:
        is_new = publish(version, form.said_status, request.user, form.said_announced)
    except RefusedError as error:
        return _publish_page(request, here, plan, version, form, said=str(error), status=409)
    said = f"Version {number} är publicerad som {form.said_status}."
    messages.success(request, said if is_new else f"Version {number} var redan publicerad.")
    return redirect("publishing", slug=slug, plan_year=plan_year)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_version(request: HttpRequest, slug: str, plan_year: int, number: int) -> HttpResponse:
    """Tells what is no longer seen, and makes it so. Doing it twice is harmless."""
    here, plan, version = _version_here(request, slug, plan_year, number)
    if request.method == "POST":
        assert isinstance(request.user, User)
        is_new = withdraw(version, request.user)
        said = f"Version {number} är avpublicerad." if is_new else f"Version {number} är inte publicerad."
        messages.success(request, said)
        return redirect("publishing", slug=slug, plan_year=plan_year)
    context = {"here": here, "plan": plan, "facts": among(of_year(version), version)}
    return render(request, "plans/publishing/withdraw.html", context)


def _version_here(
    request: HttpRequest, slug: str, plan_year: int, number: int
) -> tuple[Access, Plan, Version]:
    here, plan = plan_here(request, slug, plan_year, Action.RECORD_MEETING)
    version = get_object_or_404(versions_of(here.federation), plan_year=plan_year, number=number)
    return here, plan, version


def _publish_page(
    request: HttpRequest,
    here: Access,
    plan: Plan,
    version: Version,
    form: PublishForm,
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    facts = among(of_year(version), version)
    context = {
        "here": here,
        "plan": plan,
        "facts": facts,
        "as_what": publishable(facts),
        "refused": why_not(facts),
        "said": said,
        "form": form,
        "files": [kind.label for kind in KINDS.values()],
    }
    return render(request, "plans/publishing/publish.html", context, status=status)
