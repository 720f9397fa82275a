"""Versions that are public, made by hand."""

from datetime import date

from django.utils import timezone

from plans.models import Version, VersionEvent
from plans.publishing.standing import HERE
from tests.members import people

ANNOUNCED = date(2020, 11, 10)


def note(version: Version, kind: str, on: date = ANNOUNCED, where: str = HERE) -> VersionEvent:
    """Something that has happened to the version."""
    who = people.user()
    return VersionEvent.objects.create(
        version=version, kind=kind, on=on, where=where, at=timezone.now(), by=who, by_name="Karin Ek"
    )


def as_proposal(version: Version) -> None:
    note(version, "meeting_announced", where="")
    note(version, "proposal_published")


def as_adopted(version: Version) -> None:
    note(version, "published")
