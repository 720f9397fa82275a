"""Where the log is read from: the tables that are only added to, each as it is. Nothing of them is stored
twice."""

from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q

from members.models import AccessChange
from plans.models import (
    ConsultationAnswer,
    Decision,
    ExplanationChange,
    LoggedRead,
    PlanMove,
    VersionEvent,
)

BY = ("by", "by_name")


@dataclass(frozen=True)
class Source:
    """A table. `federation` and `plan_year` are lookups from it (no `plan_year`: it belongs to no plan),
    `people` pairs of a person's key and name; `related` and `deferred` what is read with its rows, and what
    is too large to be."""

    word: str
    label: str
    model: type[models.Model]
    federation: str = "federation"
    plan_year: str = "plan_year"
    people: tuple[tuple[str, str], ...] = (BY,)
    related: tuple[str, ...] = ()
    deferred: tuple[str, ...] = ()
    only: Q = field(default_factory=Q)


SOURCES = (
    Source(
        "vagen",
        "Planens väg",
        PlanMove,
        "plan__federation",
        "plan__plan_year",
        related=("plan", "version"),
        deferred=("version__content",),
        only=~Q(action=PlanMove.Action.ADOPT),  # told by the decision
    ),
    Source(
        "beslut",
        "Beslut",
        Decision,
        "version__federation",
        "version__plan_year",
        related=("version",),
        deferred=("content", "version__content"),
    ),
    Source(
        "handelse",
        "Händelse",
        VersionEvent,
        "version__federation",
        "version__plan_year",
        related=("version",),
        deferred=("version__content",),
    ),
    Source(
        "samrad",
        "Samrådssvar",
        ConsultationAnswer,
        "version__federation",
        "version__plan_year",
        related=("version",),
        deferred=("file", "version__content"),
    ),
    Source("motivering", "Motivering", ExplanationChange),
    Source(
        "behorighet",
        "Behörighet",
        AccessChange,
        plan_year="",
        people=(BY, ("person", "person_name")),
    ),
    Source("lasning", "Läsning", LoggedRead, related=("version",), deferred=("version__content",)),
)
READS = SOURCES[-1]
DONE = tuple(source for source in SOURCES if source is not READS)
