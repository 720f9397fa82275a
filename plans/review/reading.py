"""Who has read which version, and when."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils import timezone

from members.access import BOARD, CONSULTED
from members.models import Federation, Role, RoleKind, User
from plans.models import Reading, Version
from plans.review.standing import versions_of
from plans.versions.making import PURPOSE_NAMES

AGAIN = timedelta(minutes=1)
"""Pages opened within this time are one reading."""
READERS = {Version.Purpose.BOARD: BOARD, Version.Purpose.CONSULTATION: CONSULTED}
"""Whom a version is sent to, by its purpose."""


def note_reading(version: Version, user: User, last_at: datetime | None) -> None:
    """Remember that the user has opened the version now; `last_at` is when they did before, if ever."""
    now = timezone.now()
    if last_at is None:
        try:
            with transaction.atomic():
                Reading.objects.create(version=version, user=user, first_at=now, last_at=now)
        except IntegrityError:  # another page of theirs was opened at the same time, and has noted it
            return
    elif now - last_at > AGAIN:
        Reading.objects.filter(version=version, user=user).update(last_at=now)


@dataclass(frozen=True)
class Reader:
    """Somebody who has opened a version: what they are called, their roles now, the first and last time."""

    name: str
    roles: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Readers:
    """Who has read a version, and who of those it was sent to has not: names with roles."""

    version: Version
    read: list[Reader] = field(default_factory=list)
    not_read: list[tuple[str, str]] = field(default_factory=list)

    @property
    def purpose(self) -> str:
        return PURPOSE_NAMES[self.version.purpose]


def readers_of(federation: Federation, plan_year: int) -> list[Readers]:
    """For each version of the plan year, the latest first."""
    kinds, names = _people(federation)
    readings = Reading.objects.select_related("user").order_by("first_at", "pk")
    versions = versions_of(federation).filter(plan_year=plan_year)
    return [
        _readers(version, kinds, names)
        for version in versions.prefetch_related(Prefetch("readings", queryset=readings))
    ]


def _people(federation: Federation) -> tuple[dict[int, set[RoleKind]], dict[int, str]]:
    """The roles and the name of everybody who has a role, by the user's key."""
    kinds: dict[int, set[RoleKind]] = {}
    names: dict[int, str] = {}
    roles = Role.objects.filter(federation=federation, user__is_active=True).select_related("user")
    for role in roles.order_by("user__name", "pk"):
        kinds.setdefault(role.user_id, set()).add(RoleKind(role.kind))
        names[role.user_id] = str(role.user)
    return kinds, names


def _readers(version: Version, kinds: dict[int, set[RoleKind]], names: dict[int, str]) -> Readers:
    sent_to = READERS[Version.Purpose(version.purpose)]
    found = list(version.readings.all())
    read = {reading.user_id for reading in found}
    return Readers(
        version,
        [
            Reader(str(each.user), _names(kinds.get(each.user_id, set())), each.first_at, each.last_at)
            for each in found
        ],
        [(names[key], _names(roles)) for key, roles in kinds.items() if key not in read and roles & sent_to],
    )


def _names(roles: set[RoleKind]) -> str:
    return ", ".join(kind.label for kind in RoleKind if kind in roles)
