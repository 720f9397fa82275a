"""One comment: what was said to it, answering it, closing it and opening it again."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from finsam.whole_numbers import whole_number
from plans.models import Comment, CommentEntry
from plans.review.commenting import MeanwhileError, set_closed, write
from plans.review.telling import tell_of_entry
from plans.review.threads import shown_comments, threads
from plans.views.review.commenting import EMPTY, LONGEST
from plans.views.review.frame import Review, review
from plans.views.way.texts import fault_of, typed

BACK_TO_LIST, BACK_TO_ALL = "lista", "synpunkter"
"""What a form sends along to come back: to the list of the plan's comments, or to all of the version's."""


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, slug: str, plan_year: int, number: int, pk: int) -> HttpResponse:
    """One comment of the version's plan, made on it or earlier; `do` is what its buttons post."""
    read = review(request, slug, plan_year, number)
    known = shown_comments(read.rights).filter(plan=read.version.plan_id, version__number__lte=number)
    found = get_object_or_404(known, pk=pk)
    if request.method != "POST":
        return _page(request, read, found)
    do = request.POST.get("do")
    if do == "write":
        return _write(request, read, found)
    if do not in ("close", "reopen"):
        raise BadRequest
    if reason := read.rights.refused_closing(found):
        raise PermissionDenied(reason)
    done = set_closed(found, read.user, closed=do == "close")
    messages.success(request, done.said)
    return _back(request, read, found)


def _write(request: HttpRequest, read: Review, found: Comment) -> HttpResponse:
    text, seen = typed(request.POST.get("text", "")), whole_number(request.POST.get("seen", ""))
    if seen is None:
        raise BadRequest
    if reason := read.rights.refused_writing():
        return _page(request, read, found, text=text, said=reason, status=403)
    if fault := fault_of(text, LONGEST) if text else EMPTY:
        return _page(request, read, found, text=text, fault=fault, status=422)
    is_answer = read.rights.answers(found)
    action = CommentEntry.Action.ANSWER if is_answer else CommentEntry.Action.REPLY
    try:
        with transaction.atomic():
            entry, is_new = write(found, read.user, action, text, seen)
            if is_new:
                tell_of_entry(entry, request.build_absolute_uri, _where(read, found))
    except MeanwhileError as error:
        return _page(request, read, found, text=text, said=str(error), status=409)
    messages.success(request, "Synpunkten är besvarad." if is_answer else "Det du skrev är sparat.")
    return _back(request, read, found)


def _where(read: Review, found: Comment) -> str:
    return read.address_of(read.frozen.places.of(found), found)


def _came_from(request: HttpRequest, read: Review, found: Comment) -> str:
    """The comment on the page where its form was."""
    back = request.POST.get("back")
    if back == BACK_TO_LIST:
        address = reverse("comments", args=[read.here.federation.slug, read.version.plan_year])
        return f"{address}#synpunkt-{found.pk}"
    return read.address_of(None, found) if back == BACK_TO_ALL else _where(read, found)


def _back(request: HttpRequest, read: Review, found: Comment) -> HttpResponse:
    found.refresh_from_db(fields=["status"])  # what is closed may be shown elsewhere
    return redirect(_came_from(request, read, found))


def _page(
    request: HttpRequest,
    read: Review,
    found: Comment,
    *,
    text: str = "",
    fault: str = "",
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    again = shown_comments(read.rights).filter(pk=found.pk)
    (thread,) = threads(again, read.version, read.frozen.places, read.rights)
    thread = replace(thread, text=text, fault=fault, is_writing=request.method == "POST")
    return render(
        request,
        "plans/review/comment.html",
        {
            "here": read.here,
            "plan": read.version.plan,
            "version": read.version,
            "thread": thread,
            "back": _came_from(request, read, found),
            "said": said,
            "back_to": request.POST.get("back", ""),
        },
        status=status,
    )
