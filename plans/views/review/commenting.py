"""Commenting on a version: a plain form, on a page of its own or opened in place."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from members.access import Action, access
from plans.models import Version
from plans.review.commenting import MeanwhileError, add
from plans.review.places import WHOLE, Place
from plans.review.rights import refused_comment
from plans.review.telling import tell_of_comment
from plans.versions.access import may_comment, refused
from plans.views.review.frame import Review, review
from plans.views.way.texts import fault_of, typed

LONGEST = 5000
"""Signs: a page and a half."""
EMPTY = "Skriv något först."


@require_http_methods(["GET", "HEAD", "POST"])
def add_comment(request: HttpRequest, slug: str, plan_year: int, number: int) -> HttpResponse:
    """A comment on the place that `plats` names. What was typed is not lost, whatever happened meanwhile."""
    if request.method == "POST":
        try:
            read = review(request, slug, plan_year, number)
        except PermissionDenied as error:
            return _kept(request, slug, str(error))
        return _add(request, read)
    read = review(request, slug, plan_year, number)
    if reason := refused_comment(read.here, read.version):
        raise PermissionDenied(reason)
    place = read.frozen.places.named(request.GET.get("plats", WHOLE.word))
    if place is None:
        raise Http404
    return _form(request, read, place)


def _add(request: HttpRequest, read: Review) -> HttpResponse:
    text = typed(request.POST.get("text", ""))
    place = read.frozen.places.named(request.POST.get("plats", WHOLE.word))
    if place is None:
        said = f"Platsen finns inte i version {read.version.number}. Synpunkten kan lämnas på helheten."
        return _form(request, read, WHOLE, text=text, said=said, status=409)
    if reason := refused_comment(read.here, read.version):
        return _refused(request, read, place, text, reason)
    if fault := fault_of(text, LONGEST) if text else EMPTY:
        return _form(request, read, place, text=text, fault=fault, status=422)
    try:
        with transaction.atomic():
            comment, is_new = add(read.version, read.user, place, text)
            where = read.address_of(place, comment)
            if is_new:
                tell_of_comment(comment, request.build_absolute_uri, where)
    except MeanwhileError as error:
        return _refused(request, read, place, text, str(error))
    messages.success(request, "Din synpunkt är lämnad.")
    return redirect(where)


def _refused(request: HttpRequest, read: Review, place: Place, text: str, reason: str) -> HttpResponse:
    """Not on this version. When there is one now that they may comment on, the text can be sent there."""
    plan = read.version.plan
    plan.refresh_from_db(fields=["state", "version"])
    newer = plan.version
    if newer is not None and newer != read.version:
        newer.plan, newer.federation = plan, read.here.federation
        if not refused(read.here, newer) and may_comment(read.here, newer):
            return _form(request, read, place, text=text, said=reason, newer=newer, status=409)
    return _kept(request, read.here.federation.slug, reason)


def _kept(request: HttpRequest, slug: str, reason: str) -> HttpResponse:
    """Why nothing is saved, and what was typed, to be copied."""
    here = access(request, slug, Action.READ_FEDERATION)
    context = {"here": here, "reason": reason, "text": typed(request.POST.get("text", ""))}
    return render(request, "plans/review/kept.html", context, status=403)


def _form(
    request: HttpRequest,
    read: Review,
    place: Place,
    *,
    text: str = "",
    fault: str = "",
    said: str = "",
    newer: Version | None = None,
    status: int = 200,
) -> HttpResponse:
    to = Review(read.here, newer, read.user) if newer else read
    return render(
        request,
        "plans/review/add.html",
        {
            "here": read.here,
            "plan": read.version.plan,
            "version": to.version,
            "place": place,
            "action": to.address("add_comment"),
            "back": read.address_of(place),
            "text": text,
            "fault": fault,
            "said": said,
            "longest": LONGEST,
        },
        status=status,
    )
