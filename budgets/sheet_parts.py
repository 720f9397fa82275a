"""What a budget sheet is made of: columns, lines, printed totals, and the figures of a year.

All amounts are SEK as Decimal, exact. An amount of None is an empty cell, which is not zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Amounts = tuple[Decimal | None, ...]

SECTIONS = (
    "income",
    "opening_equity",
    "cost",
    "financial_income",
    "financial_cost",
    "balancing",
)
INCOME_CLASSES = ("contribution", "esf", "other")
COST_CLASSES = ("board", "administration", "audit", "insats")
PAYERS = (
    "state",
    "region",
    "municipality",
    "region_municipality",
    "region_and_municipalities",
    "all",
)
KINDS = ("outcome", "forecast", "revised", "budget", "plan")
"""Kinds of column, the surest first: the equity that a year opens with comes from the surest known."""

PLANNED_KINDS = ("budget", "revised", "plan")

KIND_NAMES = {
    "outcome": "utfall",
    "forecast": "prognos",
    "revised": "reviderad budget",
    "budget": "budget",
    "plan": "plan",
}

ADMINISTRATION_CLASSES = ("board", "administration", "audit")


@dataclass(frozen=True)
class Column:
    """A budget year: a calendar year, or the part of it from `starts` to `ends`."""

    year: int
    kind: str
    label: str = ""
    starts: date | None = None
    ends: date | None = None
    key: int = field(default=0, compare=False)

    @property
    def first_day(self) -> date:
        return self.starts or date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        return self.ends or date(self.year, 12, 31)


@dataclass(frozen=True)
class Status:
    """How far a contribution has come: applied, preliminary, granted or declined."""

    status: str
    amount: Decimal
    date: str = ""
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A row. Costs are positive. The per-column extras are empty, or as long as the columns.

    A line that is `part_of` another (its key; "varav") shows what the other already holds, and is not
    summed. `formulas` are what was typed where an amount is the result of a formula.

    A balancing line is computed in each column that has a target (SEK of closing equity); there its
    own amount is what a source prints, and is compared with the computed one.
    """

    key: int
    section: str
    name: str
    amounts: Amounts
    line_class: str = ""
    group: str = ""
    subgroup: str = ""
    member_kind: str = ""
    member: str = ""
    agreed_share: Decimal | None = None
    project: str = ""
    level: str = ""
    note: str = ""
    targets: Amounts = ()
    printed_texts: tuple[str, ...] = ()
    cell_notes: tuple[str, ...] = ()
    statuses: tuple[tuple[Status, ...], ...] = ()
    part_of: int | None = None
    formulas: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not any(target is not None for target in self.targets):
            object.__setattr__(self, "targets", ())  # one way to say that nothing is computed

    def target(self, column: int) -> Decimal | None:
        return self.targets[column] if self.targets else None


@dataclass(frozen=True)
class PrintedTotal:
    """A total as a source prints it: lines by name, else by group, else by section, less sections."""

    name: str
    printed: Amounts
    names: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()


@dataclass(frozen=True)
class StatedLimits:
    """The equity limits as a source prints them, SEK."""

    base: Decimal
    highest: Decimal
    lowest: Decimal
    stated_by: str = ""


@dataclass(frozen=True)
class Discrepancy:
    """A printed figure that its lines do not give. `difference` = printed − computed, SEK. `place` is the
    printed total's place in the sheet; for the printed amount of a balancing line `line` is its key."""

    total: str
    column: int
    printed: Decimal
    computed: Decimal
    place: int | None = None
    line: int | None = None

    @property
    def difference(self) -> Decimal:
        return self.printed - self.computed


@dataclass(frozen=True)
class YearFigures:
    """What a column amounts to, SEK. None where a figure cannot be known.

    `opening` is the entered figure, else `carried`: the closing equity of the column before.
    """

    income: Decimal | None
    costs: Decimal | None
    contributions: Decimal | None
    opening: Decimal | None
    opening_entered: Decimal | None
    carried: Decimal | None
    carried_from: int | None
    balancing: Mapping[int, Decimal | None]
    result: Decimal | None
    closing: Decimal | None
    funds_available: Decimal | None


def add(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is stated; None when nothing is."""
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated, Decimal(0)) if stated else None
