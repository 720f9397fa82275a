"""Making a version public, and taking it back: something noted of it, which changes nothing frozen."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from members.models import User
from plans.models import Meeting, Version, VersionEvent
from plans.publishing.reading import facts_of
from plans.publishing.standing import (
    HERE,
    PUBLISHED_AS,
    Status,
    VersionFacts,
    announced_on,
    publishable,
    why_not,
)
from plans.states.moving import RefusedError, lock

KIND_OF = {status: kind for kind, status in PUBLISHED_AS.items()}
NOT_ANNOUNCED = "Skriv när sammanträdet kungjordes. Förslaget publiceras tidigast den dagen."
MEANWHILE = "Planen har fått ett annat läge sedan du såg sidan. Se efter en gång till."


def of_year(version: Version) -> list[VersionFacts]:
    """All versions of the same plan year."""
    return facts_of(federation=version.federation_id, plan_year=version.plan_year)


def among(facts: list[VersionFacts], version: Version) -> VersionFacts:
    return next(each for each in facts if each.key == version.pk)


def known_announcement(version: Version) -> date | None:
    """The day that the meeting was announced, as it is written in the meeting; only a suggestion."""
    said = Meeting.objects.filter(plan=version.plan_id).values_list("announced_on", flat=True).last()
    return said if said and said <= timezone.localdate() else None


@transaction.atomic
def publish(version: Version, status: Status, user: User, announced: date | None = None) -> bool:
    """The version public as what the user saw that it would be; `announced` is the day that the meeting was
    announced, where that is not noted yet. False when it is public so already. Raises RefusedError."""
    lock(version.plan)
    facts = of_year(version)
    here = among(facts, version)
    if reason := why_not(here):
        raise RefusedError(reason)
    if publishable(here) is not status:
        raise RefusedError(MEANWHILE)
    if here.published and PUBLISHED_AS[here.published.kind] is status:
        return False
    if status is Status.PROPOSAL and announced_on(here, facts) is None:
        if announced is None:
            raise RefusedError(NOT_ANNOUNCED)
        _note(version, VersionEvent.Kind.MEETING_ANNOUNCED, announced, user)
    _note(version, KIND_OF[status], timezone.localdate(), user, HERE)
    return True


@transaction.atomic
def withdraw(version: Version, user: User) -> bool:
    """The version public no more. False when it is not public."""
    lock(version.plan)
    if among(of_year(version), version).published is None:
        return False
    _note(version, VersionEvent.Kind.WITHDRAWN, timezone.localdate(), user, HERE)
    return True


def _note(version: Version, kind: str, on: date, user: User, where: str = "") -> None:
    VersionEvent.objects.create(
        version=version, kind=kind, on=on, where=where, at=timezone.now(), by=user, by_name=str(user)
    )
