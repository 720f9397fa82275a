"""What the rules need to know beside the sheet: the federation's own limits and its insatser."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Policy:
    """A limit of the federation's own, or an override of a recommendation, for a span of years."""

    kind: str
    value: Decimal | None
    first_year: int
    last_year: int | None
    source: str

    def holds(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@dataclass(frozen=True)
class ProjectFacts:
    """An insats as far as the rules judge it. `parties`: how many members it concerns, None if unknown."""

    name: str
    first_day: date | None
    last_day: date | None
    open_ended: bool
    parties: int | None
    period: str


@dataclass(frozen=True)
class Circumstances:
    policies: tuple[Policy, ...] = ()
    projects: tuple[ProjectFacts, ...] = ()

    def policy(self, kind: str, year: int) -> Policy | None:
        """The latest policy of a kind that holds in a year."""
        held = [p for p in self.policies if p.kind == kind and p.holds(year)]
        return max(held, key=lambda p: p.first_year, default=None)
