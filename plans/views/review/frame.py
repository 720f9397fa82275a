"""What all pages of a version share: the head, the ways between them, and that somebody has read it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from members.access import Access, Action, access
from members.models import User
from plans.log.recording import is_in_advance, note_read
from plans.models import Comment, LoggedRead, Version
from plans.review.frozen import Frozen, frozen
from plans.review.places import Place
from plans.review.reading import note_reading
from plans.review.rights import Rights, refused_comment
from plans.review.standing import readable, standing, versions_of_year
from plans.review.threads import Thread, by_place, comments_of, threads
from plans.versions.access import refused
from plans.versions.making import PURPOSE_NAMES

TABS = {
    "version": "Planen",
    "version_budget": "Budgeten",
    "version_findings": "Anmärkningar",
    "version_changes": "Ändringar",
    "version_comments": "Synpunkter",
}
PAGE_OF_KIND = {
    "section": "version",
    "line": "version_budget",
    "finding": "version_findings",
    "whole": "version_comments",
}
"""Where the comments on each kind of place are shown."""


@dataclass(frozen=True)
class Tab:
    label: str
    address: str
    is_here: bool
    count: int = 0


@dataclass(frozen=True)
class Review:
    """A reader of a version. `earlier` and `later` are other versions of its plan year, the latest first:
    those before it that the reader has opened and may read, and all after it. `read_at` is when the reader
    opened this one last, if ever."""

    here: Access
    version: Version
    user: User
    earlier: tuple[Version, ...] = ()
    later: tuple[Version, ...] = ()
    read_at: datetime | None = None

    @property
    def rights(self) -> Rights:
        return Rights(self.here, self.user, self.version.plan)

    @property
    def frozen(self) -> Frozen:
        return frozen(self.version)

    @property
    def last_read(self) -> Version | None:
        """The latest earlier version that the reader has opened."""
        return self.earlier[0] if self.earlier else None

    @cached_property
    def threads(self) -> list[Thread]:
        """The comments that belong to the version. Most plans have none when they are opened, and asking that
        alone is the cheaper."""
        if not self.version.plan.comments.exists():
            return []
        return threads(comments_of(self.version, self.rights), self.version, self.frozen.places, self.rights)

    def threads_by_place(self) -> dict[str, list[Thread]]:
        return by_place(self.threads)

    def address(self, name: str, *more: object) -> str:
        """The address of one of the version's pages."""
        version = self.version
        return _address(name, self.here.federation.slug, version.plan_year, version.number, *more)

    def address_of(self, place: Place | None, comment: Comment | None = None) -> str:
        """Where a place is shown, or a comment on it: what has lost its place is among all comments, what was
        closed on an earlier version on a page of its own."""
        if comment and comment.status == Comment.Status.CLOSED and comment.version_id != self.version.pk:
            return self.address("comment", comment.pk)
        page = self.address(PAGE_OF_KIND[place.kind] if place else "version_comments")
        return f"{page}#synpunkt-{comment.pk}" if comment else page


@lru_cache(maxsize=1024)
def _address(name: str, *parts: object) -> str:
    """A page of a version names a dozen addresses, and always the same."""
    return reverse(name, args=parts)


def review(request: HttpRequest, slug: str, plan_year: int, number: int) -> Review:
    """The reader and the version of an address. Raises Http404 and PermissionDenied."""
    here = access(request, slug, Action.READ_FEDERATION)
    assert isinstance(request.user, User)
    versions = versions_of_year(here.federation, plan_year, request.user)
    version, read_at = next((each for each in versions if each[0].number == number), (None, None))
    if version is None:
        raise Http404
    if reason := refused(here, version):
        raise PermissionDenied(reason)
    earlier = [each for each, opened in versions if each.number < number and opened]
    later = [each for each, _ in versions if each.number > number]
    return Review(here, version, request.user, tuple(readable(here, earlier)), tuple(later), read_at)


def page(
    request: HttpRequest, read: Review, name: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """One of TABS, in the frame of its version. Opening it is noted."""
    answer = rendered(request, read, name, context, status=status)
    note(request, read, name)
    return answer


def rendered(
    request: HttpRequest, read: Review, name: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """One of TABS, in the frame of its version."""
    version = read.version
    newer = next((each for each in reversed(read.later) if each.plan_id == version.plan_id), None)
    readable_later = readable(read.here, read.later)
    opened = sum(thread.comment.status == Comment.Status.OPEN for thread in read.threads)
    counts = {"version_findings": len(read.frozen.contents.findings), "version_comments": opened}
    return render(
        request,
        f"plans/review/{name.removeprefix('version_')}.html",
        {
            "here": read.here,
            "plan": version.plan,
            "version": version,
            "purpose": PURPOSE_NAMES[version.purpose],
            "standing": standing(version, newer),
            "later": readable_later[0] if readable_later else None,
            "last_read": read.last_read,
            "tabs": [Tab(TABS[each], read.address(each), each == name, counts.get(each, 0)) for each in TABS],
            "may_comment": not refused_comment(read.here, version),
            "may_read_comments": bool(read.rights.purposes),
            "may_list": read.rights.may_list,
            **context,
        },
        status=status,
    )


def note(request: HttpRequest, read: Review, name: str) -> None:
    """That the user has opened one of TABS."""
    if request.method == "GET" and not is_in_advance(request):
        note_reading(read.version, read.user, read.read_at)
    note_read(request, read.here.federation, LoggedRead.What.VERSION_PAGE, name, version=read.version)
