"""Which versions are public now, and as what, from what has happened to them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

HERE = "Finsam"
"""Where an event of publishing took place that made Finsam show the version. What is noted as published
somewhere else, such as on the federation's own site, shows nothing here."""

ANNOUNCED = "meeting_announced"
SUPERSEDED = "superseded"
WITHDRAWN = "withdrawn"


class Status(StrEnum):
    """As what a version is public."""

    PROPOSAL = "förslag"
    ADOPTED = "fastställd"


PUBLISHED_AS = {"proposal_published": Status.PROPOSAL, "published": Status.ADOPTED}
"""The events that publish a version."""


@dataclass(frozen=True)
class Event:
    """What has happened to a version; `kind` is that of VersionEvent."""

    kind: str
    on: date
    where: str = ""


@dataclass(frozen=True)
class VersionFacts:
    """What decides whether a version is public. `federation` is its name in addresses; `plan` the key of the
    plan, which is one revision; `plan_state` and `purpose` are stored words; `is_read_now` when it is the
    version that others read; `events` are in the order they were noted."""

    key: int
    federation: str
    federation_name: str
    plan_year: int
    number: int
    hash: str
    purpose: str
    plan: int
    plan_state: str
    is_read_now: bool
    decided_on: date | None = None
    paragraph: str = ""
    events: tuple[Event, ...] = ()

    @property
    def is_before_board(self) -> bool:
        return self.purpose == "board" and self.plan_state == "board"

    @property
    def published(self) -> Event | None:
        """The event that published it, if nothing has withdrawn it since: the latest decides."""
        here = [
            each for each in self.events if each.where == HERE and each.kind in (*PUBLISHED_AS, WITHDRAWN)
        ]
        return here[-1] if here and here[-1].kind != WITHDRAWN else None

    @property
    def superseded_on(self) -> date | None:
        return min((each.on for each in self.events if each.kind == SUPERSEDED), default=None)


@dataclass(frozen=True)
class PublicVersion:
    """A version that anybody may read."""

    facts: VersionFacts
    status: Status
    since: date

    @property
    def is_adopted(self) -> bool:
        return self.status is Status.ADOPTED

    @property
    def state(self) -> str:
        """What stands on it: Fastställd 2020-11-24 § 45 (version 3)."""
        if self.is_adopted:
            said = f"Fastställd {self.facts.decided_on} § {self.facts.paragraph}"
        else:
            is_open = self.facts.decided_on is None and not self.is_replaced
            said = "Förslag till styrelsen, inte beslutat" if is_open else "Förslag till styrelsen"
        return f"{said} (version {self.facts.number})"

    @property
    def is_replaced(self) -> bool:
        """Whether something later has taken its place, which may not be public."""
        if self.is_adopted:
            return self.facts.superseded_on is not None
        return not self.facts.is_read_now


def public_versions(versions: Sequence[VersionFacts], today: date) -> tuple[PublicVersion, ...]:
    """Those that are public, the latest first. `versions` are all of their plans."""
    found = (_public(each, versions, today) for each in versions)
    return tuple(
        sorted(filter(None, found), key=lambda each: (each.facts.plan_year, each.facts.number), reverse=True)
    )


def _public(version: VersionFacts, versions: Iterable[VersionFacts], today: date) -> PublicVersion | None:
    published = version.published
    if published is None:
        return None
    status = PUBLISHED_AS[published.kind]
    if status is Status.ADOPTED:
        may_be_seen = version.decided_on is not None
    else:
        announced = announced_on(version, versions)
        may_be_seen = (
            version.purpose == "board"
            and (version.is_before_board or version.decided_on is not None)
            and announced is not None
            and announced <= today
        )
    return PublicVersion(version, status, published.on) if may_be_seen else None


def announced_on(version: VersionFacts, versions: Iterable[VersionFacts]) -> date | None:
    """The day that the meeting was announced which is to decide the version: noted on it, or on an earlier
    version of the same plan."""
    of_plan = (each for each in versions if each.plan == version.plan and each.number <= version.number)
    return min(
        (event.on for each in of_plan for event in each.events if event.kind == ANNOUNCED), default=None
    )


def foremost(found: Iterable[PublicVersion]) -> PublicVersion | None:
    """The one that a plan year stands for: what was adopted last, else the latest proposal."""
    return max(found, key=lambda each: (each.is_adopted, each.facts.number), default=None)


def publishable(version: VersionFacts) -> Status | None:
    """As what the version may be published now; None when it may not."""
    if version.decided_on is not None:
        return Status.ADOPTED
    return Status.PROPOSAL if version.is_before_board and version.is_read_now else None


def why_not(version: VersionFacts) -> str:
    """Why the version may not be published now; empty when it may."""
    if publishable(version):
        return ""
    if version.purpose != "board":
        return "Det som skickas på samråd publiceras inte. Ett förslag till styrelsen kan publiceras."
    if version.is_before_board:
        return "En senare version ligger hos styrelsen. Det är den som kan publiceras."
    return "Versionen ligger inte hos styrelsen, och är inte fastställd."
