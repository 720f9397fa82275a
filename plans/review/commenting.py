"""Comments are made, answered, closed and opened again. Each is checked and written under one lock."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from members.models import User
from plans.models import Comment, CommentEntry, Plan, Version
from plans.review.places import Place

SAME = timedelta(minutes=1)
"""The same words of the same person within this time are one click that became two."""
LONGEST_NAME = 300
Action = CommentEntry.Action
STATUS = {
    Action.ANSWER: Comment.Status.ANSWERED,
    Action.REPLY: Comment.Status.OPEN,
    Action.CLOSE: Comment.Status.CLOSED,
    Action.REOPEN: Comment.Status.OPEN,
}
"""What a comment is after each. What its readers add to an answered one opens it again."""


class MeanwhileError(Exception):
    """Somebody else did something since the user looked; the message says what in Swedish."""


@dataclass(frozen=True)
class Done:
    """`is_new` is False when it had been done already, by a second click or by somebody else."""

    is_new: bool
    said: str = ""


def add(version: Version, user: User, place: Place, text: str) -> tuple[Comment, bool]:
    """A comment on a place, and whether it is new: the same said twice is one. Raises MeanwhileError when the
    version is no longer the one that is read."""
    with transaction.atomic():
        plan = Plan.every.select_for_update().get(pk=version.plan_id)
        where = _where(place)
        now = timezone.now()
        same = Comment.objects.filter(
            version=version, by=user, text=text, at__gte=now - SAME, **where
        ).first()
        if same:
            return same, False
        if plan.version_id != version.pk:
            raise MeanwhileError("Planen har skickats på nytt eller återförts medan du skrev.")
        comment = Comment.objects.create(
            plan=plan,
            version=version,
            place_name=place.name[:LONGEST_NAME],
            text=text,
            at=now,
            by=user,
            by_name=str(user),
            **where,
        )
    return comment, True


def write(comment: Comment, user: User, action: Action, text: str, seen: int) -> tuple[CommentEntry, bool]:
    """An answer or a reply, and whether it is new. `seen` is how many entries the comment had when the user
    looked. Raises MeanwhileError when it has been closed, or somebody has written more."""
    with transaction.atomic():
        now_stored = Comment.objects.select_for_update().get(pk=comment.pk)
        entries = list(now_stored.entries.all())
        last = entries[-1] if entries else None
        if (
            last
            and (last.action, last.text, last.by_id) == (action, text, user.pk)
            and len(entries) == seen + 1
        ):
            return last, False
        if now_stored.status == Comment.Status.CLOSED:
            raise MeanwhileError("Synpunkten är avslutad. Öppna den igen om du vill skriva mer.")
        if last and len(entries) > seen:
            raise MeanwhileError(
                f"{last.by_name} {last.get_action_display()} medan du skrev. Läs det, och skicka sedan ditt."
            )
        return _entry(now_stored, user, action, text), True


def set_closed(comment: Comment, user: User, *, closed: bool) -> Done:
    """Close the comment or open it again. Harmless when it is so already."""
    action = Action.CLOSE if closed else Action.REOPEN
    with transaction.atomic():
        now_stored = Comment.objects.select_for_update().get(pk=comment.pk)
        if (now_stored.status == Comment.Status.CLOSED) == closed:
            return Done(False, f"Synpunkten är {now_stored.get_status_display()} redan.")
        _entry(now_stored, user, action, "")
    return Done(True, "Synpunkten är avslutad." if closed else "Synpunkten är öppen igen.")


def _entry(comment: Comment, user: User, action: Action, text: str) -> CommentEntry:
    if comment.status != STATUS[action]:
        comment.status = STATUS[action]
        comment.save(update_fields=["status"])
    return CommentEntry.objects.create(
        comment=comment, action=action, text=text, at=timezone.now(), by=user, by_name=str(user)
    )


def _where(place: Place) -> dict[str, str]:
    return {
        "section_key": place.key if place.kind == "section" else "",
        "line": place.key if place.kind == "line" else "",
        "finding": place.key if place.kind == "finding" else "",
    }
