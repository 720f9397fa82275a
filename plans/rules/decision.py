"""DEADLINE and CONSULTATION: what the law asks of how a budget is decided (FinsamL 19, 23 §§, KL 8:14).

They are judged when the decision is made, not before: until then it can still be in time. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from budgets.rules import Severity
from finsam.swedish import listed

DEADLINE, CONSULTATION = "DEADLINE", "CONSULTATION"
IN_TIME = "FinsamL 23 §"
IN_PUBLIC = "FinsamL 19 §"
PUBLISHED = "KL (2017:725) 8 kap. 14 § via FinsamL 21 §"
IN_SAMRAD, AT_MEETING, OF_PROPOSAL = "consultation", "meeting", "publication"
"""Where what a finding is about is noted: a member's answer, the meeting, when the proposal became public."""
PUBLISHED_FROM = 2018
"""The plan year from which a proposal must be public from the announcement of the meeting."""


@dataclass(frozen=True)
class Way:
    """How a plan came to its decision. `consulted_on` is the day it was first sent for samråd, `answers` the
    day each member first answered; `announced_on` and `published_on` of the meeting and of the proposal. A
    `revision` has no last day; `by_members` is the first budget of a new federation, which its members fix
    themselves."""

    plan_year: int
    decided_on: date
    is_public: bool = False
    announced_on: date | None = None
    published_on: date | None = None
    consulted_on: date | None = None
    members: tuple[str, ...] = ()
    answers: Mapping[str, date] = field(default_factory=dict)
    is_revision: bool = False
    by_members: bool = False


@dataclass(frozen=True)
class DecisionFinding:
    """What is to be explained when the decision is made. `sentence` is Swedish; `where` it is noted, empty
    when nothing that is noted now would change it."""

    code: str
    sentence: str
    reference: str
    severity: Severity = Severity.WARNING
    where: str = ""


def check_decision(way: Way) -> list[DecisionFinding]:
    """The rules on the decision. Nothing is asked of members who decide together: they are those to ask."""
    if way.by_members:
        return []
    return [*_deadline(way), *_consultation(way), *_publicity(way)]


def last_day(plan_year: int) -> date:
    """The last day to fix the budget of a year."""
    return date(plan_year - 1, 11, 30)


def _deadline(way: Way) -> Iterator[DecisionFinding]:
    last = last_day(way.plan_year)
    if way.decided_on > last and not way.is_revision:
        yield DecisionFinding(
            DEADLINE,
            f"Budgeten för {way.plan_year} fastställs {way.decided_on}. Det skulle ha skett senast {last}.",
            IN_TIME,
        )


def _consultation(way: Way) -> Iterator[DecisionFinding]:
    if way.consulted_on is None or way.consulted_on > way.decided_on:
        sentence = "Planen har inte skickats på samråd till medlemmarna före beslutet."
        yield DecisionFinding(CONSULTATION, sentence, IN_TIME)
        return
    silent = [name for name in way.members if name not in way.answers or way.answers[name] > way.decided_on]
    if silent:
        sentence = f"{listed(silent)} har inte svarat på samrådet före beslutet."
        yield DecisionFinding(CONSULTATION, sentence, IN_TIME, where=IN_SAMRAD)


def _publicity(way: Way) -> Iterator[DecisionFinding]:
    if not way.is_public:
        yield DecisionFinding(
            CONSULTATION,
            "Sammanträdet var inte offentligt, som det ska vara när budgeten fastställs.",
            IN_PUBLIC,
            where=AT_MEETING,
        )
    if way.announced_on is None:
        sentence = "Det är inte antecknat när sammanträdet kungjordes."
        yield DecisionFinding(CONSULTATION, sentence, IN_PUBLIC, where=AT_MEETING)
    if way.plan_year < PUBLISHED_FROM:
        return
    if way.published_on is None:
        sentence = "Det är inte antecknat att förslaget till budget var offentligt."
        yield DecisionFinding(CONSULTATION, sentence, PUBLISHED, where=OF_PROPOSAL)
    elif way.published_on > (way.announced_on or way.decided_on):
        when = f"kungjordes {way.announced_on}" if way.announced_on else f"hölls {way.decided_on}"
        yield DecisionFinding(
            CONSULTATION,
            f"Förslaget till budget blev offentligt {way.published_on}, men sammanträdet {when}.",
            PUBLISHED,
            where=OF_PROPOSAL,
        )
