"""The highest and lowest equity of a year: the recommended staircase, or the federation's own limits."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from budgets.rules.circumstances import Circumstances
from budgets.rules.legal_values import Bracket, equity_limit_values
from budgets.sheet import BudgetSheet, add


@dataclass(frozen=True)
class Step:
    """A step as far as a base reaches into it: `part` SEK at `percent`."""

    part: Decimal
    percent: Decimal


@dataclass(frozen=True)
class Limit:
    """`amount` in whole SEK; the steps it is made of (none when a federation set it itself)."""

    amount: Decimal
    steps: tuple[Step, ...]
    source: str


@dataclass(frozen=True)
class EquityLimits:
    """Both limits on a base of contributions (SEK per year); None where the federation has no such
    limit. `doubt` says what is not certain of them."""

    base: Decimal
    highest: Limit | None
    lowest: Limit | None
    doubt: str = ""


def staircase(base: Decimal, brackets: tuple[Bracket, ...]) -> list[tuple[Decimal, Bracket]]:
    """How many SEK of a base fall into each bracket that it reaches."""
    parts, floor = [], Decimal(0)
    for bracket in brackets:
        ceiling = base if bracket.up_to is None else min(base, bracket.up_to)
        if ceiling > floor:
            parts.append((ceiling - floor, bracket))
            floor = ceiling
    return parts


def limit(steps: tuple[Step, ...], source: str) -> Limit:
    """The sum of the steps in whole kronor, rounded half up."""
    total = sum((step.part * step.percent / 100 for step in steps), Decimal(0))
    return Limit(total.quantize(Decimal(1), ROUND_HALF_UP), steps, source)


def recommended_limits(base: Decimal, year: int) -> EquityLimits | None:
    """Highest and lowest recommended equity (SEK) for a year's contributions (SEK per year).

    None for a plan year older than the recommendation (Nationella rådet 2013-10-02), and when
    nothing is contributed.
    """
    values = equity_limit_values(year)
    if values is None or base <= 0:
        return None
    parts = staircase(base, values.brackets)
    doubtful = values.doubtful_above is not None and base > values.doubtful_above
    return EquityLimits(
        base=base,
        highest=limit(tuple(Step(part, b.highest) for part, b in parts), values.source),
        lowest=limit(tuple(Step(part, b.lowest) for part, b in parts), values.source),
        doubt=values.doubt if doubtful else "",
    )


def equity_limits(sheet: BudgetSheet, circumstances: Circumstances, column: int) -> EquityLimits | None:
    """The limits that hold for a column: recommended, replaced by the federation's own where it has
    set any. None when contributions are unknown, nothing holds yet, or the limits are suspended."""
    base, year = _base(sheet, column), sheet.columns[column].year
    if base is None or circumstances.policy("equity_limits_suspended", year):
        return None
    limits = recommended_limits(base, min(year, sheet.plan_year or year))
    highest, lowest = (_own_limit(circumstances, kind, year) for kind in ("highest", "lowest"))
    if highest or lowest:
        limits = limits or EquityLimits(base, None, None)
        limits = replace(limits, highest=highest or limits.highest, lowest=lowest or limits.lowest)
    return limits


def _base(sheet: BudgetSheet, column: int) -> Decimal | None:
    """The contributions of the year: of the column, or of all parts of the year that go together."""
    this = sheet.columns[column]
    if this.starts is None or sheet.figures[column].contributions is None:
        return sheet.figures[column].contributions
    same = (this.year, this.kind, this.label)
    return add(
        sheet.figures[i].contributions
        for i, other in enumerate(sheet.columns)
        if other.starts is not None and (other.year, other.kind, other.label) == same
    )


def _own_limit(circumstances: Circumstances, kind: str, year: int) -> Limit | None:
    own = circumstances.policy(f"equity_{kind}", year)
    return Limit(own.value, (), own.source) if own and own.value is not None else None
