"""The versions to read, all comments of a plan, and who has read it."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.access import REASONS, Access, Action
from members.models import User
from plans.models import Comment, Plan, Version
from plans.review.reading import readers_of
from plans.review.standing import readable, to_read, versions_of
from plans.review.threads import Thread, open_first, shown_comments, threads
from plans.versions.access import COMMENT
from plans.views.fetching import plan_here
from plans.views.review.frame import Review


def plans_to_read(request: HttpRequest, here: Access) -> HttpResponse:
    """The versions that the user may read, the latest first."""
    versions = to_read(here)
    year = versions[0][0].plan_year if versions and any(map(here.may, COMMENT.values())) else None
    context = {"here": here, "versions": versions, "year": year}
    return render(request, "plans/review/latest.html", context)


@require_safe
def comments(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Those that the user may see, of one state (`lage`) or one person (`vem`) when asked for."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_FEDERATION)
    if not any(map(here.may, COMMENT.values())):
        raise PermissionDenied(REASONS[Action.COMMENT_BOARD_VERSION])
    assert isinstance(request.user, User)
    every = _threads(here, plan, request.user)
    latest, found = every if every else (None, [])
    state, who = request.GET.get("lage", ""), request.GET.get("vem", "")
    return render(
        request,
        "plans/review/comments_list.html",
        {
            "here": here,
            "plan": plan,
            "version": latest,
            "threads": [shown for shown in found if _is_wanted(shown[0], state, who)],
            "total": len(found),
            "states": [
                (value, label, sum(each.comment.status == value for each, _ in found))
                for value, label in Comment.Status.choices
            ],
            "people": _people(each for each, _ in found),
            "state": state,
            "who": who,
            "readers": readers_of(here.federation, plan_year) if here.may(Action.READ_LOG) else None,
        },
    )


def _threads(here: Access, plan: Plan, user: User) -> tuple[Version, list[tuple[Thread, str]]] | None:
    """The latest version that the user may read, and the comments as they stand in it, open first, each with
    its address. None when there is no such version."""
    versions = readable(here, versions_of(here.federation).filter(plan=plan))
    if not versions:
        return None
    latest = versions[0]
    latest.federation, latest.plan = here.federation, plan
    read = Review(here, latest, user)
    shown = shown_comments(read.rights).filter(plan=plan, version__number__lte=latest.number)
    found = threads(shown, latest, read.frozen.places, read.rights)
    return latest, [
        (each, read.address_of(each.place, each.comment)) for each in open_first(found, read.frozen.places)
    ]


def _is_wanted(thread: Thread, state: str, who: str) -> bool:
    return state in ("", thread.comment.status) and who in ("", str(thread.comment.by_id))


def _people(found: Iterable[Thread]) -> list[tuple[str, str]]:
    """Who has made comments: key and name, by name."""
    people = {str(each.comment.by_id): each.comment.by_name for each in found}
    return sorted(people.items(), key=lambda person: person[1].casefold())
