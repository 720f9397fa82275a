"""The way of an insats from idea to end, one step at a time, and what each step demands. Pure."""

from dataclasses import dataclass

from django.db import models


class Status(models.TextChoices):
    IDEA = "idea", "idé"
    APPLIED = "applied", "ansökan"
    GRANTED = "granted", "beviljad"
    RUNNING = "running", "pågår"
    ENDED = "ended", "avslutad"


class StepError(Exception):
    """The insats cannot take the step; the message says why, in Swedish."""


@dataclass(frozen=True)
class Demand:
    """What must be known before the insats has come so far: the field that tells it, and the sentence when it
    does not."""

    field: str
    sentence: str


DEMANDS = {
    Status.GRANTED: Demand(
        "decision_reference", "En insats är beviljad när styrelsen har beslutat. Lägg först in beslutet."
    ),
    Status.RUNNING: Demand("starts", "En insats som pågår har en start. Ange den först."),
    Status.ENDED: Demand("ends", "En avslutad insats har ett slut. Ange först när den slutade."),
}
"""No constraint of the table: published plans have insatser of which this is not known."""


def following(status: str) -> Status | None:
    """The next step of the way; None at its end."""
    return _beside(status, 1)


def preceding(status: str) -> Status | None:
    """The step before; None at the beginning."""
    return _beside(status, -1)


def _beside(status: str, step: int) -> Status | None:
    way = list(Status)
    place = way.index(Status(status)) + step
    return way[place] if 0 <= place < len(way) else None


def reached(status: str) -> list[Status]:
    """The steps that an insats of this status has taken, the first among them."""
    way = list(Status)
    return way[: way.index(Status(status)) + 1]
