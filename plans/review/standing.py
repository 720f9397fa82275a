"""Where a version stands now, in words, and which versions somebody may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, FilteredRelation, Q, QuerySet

from members.access import Access, Action
from members.models import Federation, User
from plans.models import Plan, PlanMove, Version, VersionEvent
from plans.versions.access import is_adopted, refused
from plans.versions.making import PURPOSE_NAMES

SHOWN = (
    *("federation", "plan", "plan_year", "number", "purpose", "note", "made_at", "made_by_name", "hash"),
    *("plan__plan_year", "plan__state", "plan__version", "plan__revision", "plan__revision_reason"),
    *("decision__decided_on", "decision__paragraph"),
)
"""What the pages of a version show of it, its plan and its decision: a page is opened often, and its rows are
wide."""


@dataclass(frozen=True)
class Standing:
    """`is_read_now`: it is the one that its readers have before them."""

    words: str
    is_adopted: bool = False
    is_read_now: bool = False


def standing(version: Version, later: Version | None = None) -> Standing:
    """How the version stands; `later` is the one that was sent after it, if any."""
    if is_adopted(version):
        decision = version.decision
        words = f"Fastställd {decision.decided_on} § {decision.paragraph}"
        superseded = version.events.filter(kind=VersionEvent.Kind.SUPERSEDED).first()
        return Standing(f"{words}, ersatt {superseded.on}" if superseded else words, is_adopted=True)
    if version.plan.version_id == version.pk:
        is_board = version.purpose == Version.Purpose.BOARD
        return Standing("Hos styrelsen" if is_board else "På samråd", is_read_now=True)
    if later is not None:
        return Standing(f"Ersatt av version {later.number}")
    if version.moves.filter(action=PlanMove.Action.SEND_BACK).exists():
        return Standing("Återförd till utkast")
    return Standing("Inte längre aktuell")


def versions_of(federation: Federation) -> QuerySet[Version]:
    """The federation's versions, the latest first, without their contents."""
    found = Version.objects.filter(federation=federation).select_related("plan", "decision")
    return found.defer("content", "decision__content").order_by("-plan_year", "-number")


def versions_of_year(
    federation: Federation, plan_year: int, reader: User
) -> list[tuple[Version, datetime | None]]:
    """Those of a plan year, the latest first, each with when the reader last opened it, if ever."""
    mine = FilteredRelation("readings", condition=Q(readings__user=reader))
    found = versions_of(federation).filter(plan_year=plan_year).annotate(mine=mine).only(*SHOWN)
    versions: list[tuple[Version, datetime | None]] = []
    for version in found.annotate(read_at=F("mine__last_at")):
        version.federation = version.plan.federation = federation
        versions.append((version, version.read_at))
    return versions


def readable(here: Access, versions: Iterable[Version]) -> list[Version]:
    """Those that these roles may read."""
    return [version for version in versions if not refused(here, version)]


def last_adopted(version: Version) -> Version | None:
    """The version that was adopted last of those before this one: of an earlier plan year, or of this one."""
    adopted = versions_of(version.federation).filter(decision__isnull=False, plan_year__lte=version.plan_year)
    earlier = adopted.exclude(plan_year=version.plan_year, number__gte=version.number)
    return earlier.first()


def to_read(here: Access) -> list[tuple[Version, str, str]]:
    """The versions that these roles may read, the latest first: what each is read for ("Läs version 2 inför
    sammanträdet"), and its purpose in words."""
    return [
        (version, _what_for(here, version), PURPOSE_NAMES[version.purpose])
        for version in readable(here, versions_of(here.federation))
    ]


def _what_for(here: Access, version: Version) -> str:
    name = f"Läs version {version.number}"
    if version.plan.version_id != version.pk:
        return name
    answers = here.may(Action.ANSWER_CONSULTATION)
    return {
        Plan.State.CONSULTATION: f"{name} och svara på samrådet" if answers else f"{name}, som är på samråd",
        Plan.State.BOARD: f"{name} inför sammanträdet",
        Plan.State.ADOPTED: f"Läs den fastställda planen för {version.plan_year}",
    }.get(Plan.State(version.plan.state), name)
