"""The comments that belong to a version, each with what was said to it, at the places where they belong."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from plans.models import Comment, Plan, Version
from plans.review.places import Place, Places
from plans.review.rights import Rights

Status = Comment.Status
ORDER = [Status.OPEN, Status.ANSWERED, Status.CLOSED]


@dataclass(frozen=True)
class Thread:
    """A comment as it is shown in a version. `place` is None where it is gone; `seen` how many entries it
    has."""

    comment: Comment
    place: Place | None
    is_carried: bool
    seen: int
    may_write: bool
    may_close: bool
    answers: bool
    """Whether what the user writes is the answer."""
    text: str = ""
    fault: str = ""
    """What the user has written that is not saved, and what is wrong with it, if anything is."""
    is_writing: bool = False

    @property
    def is_closed(self) -> bool:
        return self.comment.status == Status.CLOSED

    @property
    def has_form(self) -> bool:
        """Whether the user may write to it as it is."""
        return self.may_write and not self.is_closed

    @property
    def was(self) -> str:
        """The place as it was called when the comment was made, where that says more."""
        now = self.place.name if self.place else ""
        name = str(self.comment.place_name)
        return "" if name == now or now.startswith(name) else name


def comments_of(version: Version, rights: Rights) -> QuerySet[Comment]:
    """Those made on the version, and the open and answered ones of the plan's versions before it."""
    carried = Q(plan=version.plan_id, version__number__lt=version.number) & ~Q(status=Status.CLOSED)
    return shown_comments(rights).filter(Q(version=version) | carried)


def shown_comments(rights: Rights) -> QuerySet[Comment]:
    """All that the user may see, of all plans."""
    found = Comment.objects.filter(version__purpose__in=rights.purposes).select_related("version")
    return found.defer("version__content", "version__note").order_by("at", "pk")


def open_comments(rights: Rights) -> int:
    """How many comments on the plan, of those that the user may list, wait for an answer; none when it is
    adopted, since nothing is answered then."""
    if rights.plan.state == Plan.State.ADOPTED or not rights.may_list:
        return 0
    return shown_comments(rights).filter(plan=rights.plan, status=Status.OPEN).count()


def threads(comments: QuerySet[Comment], version: Version, places: Places, rights: Rights) -> list[Thread]:
    """The comments as they are shown in a version, in the order they were made."""
    may_write = not rights.refused_writing()
    return [
        Thread(
            comment,
            places.of(comment),
            comment.version_id != version.pk,
            len(comment.entries.all()),
            may_write,
            may_write and not rights.refused_closing(comment),
            rights.answers(comment),
        )
        for comment in comments.prefetch_related("entries")
    ]


def by_place(found: Iterable[Thread]) -> dict[str, list[Thread]]:
    """By the word of the place; what has lost its place stands under the empty word."""
    placed: dict[str, list[Thread]] = {}
    for thread in found:
        placed.setdefault(thread.place.word if thread.place else "", []).append(thread)
    return placed


def open_first(found: Iterable[Thread], places: Places) -> list[Thread]:
    """Open, answered, closed; within each by the order of their places, what has lost its place last."""
    order = {place.word: number for number, place in enumerate(places.all)}
    return sorted(
        found,
        key=lambda thread: (
            ORDER.index(Status(thread.comment.status)),
            order[thread.place.word] if thread.place else len(order),
        ),
    )
