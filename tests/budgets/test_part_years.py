"""A year budgeted in parts is judged by what the members contribute in all of it."""

from datetime import date
from decimal import Decimal

from budgets.rules import check
from budgets.sheet import BudgetSheet, Column, Line


def test_the_limits_of_a_part_follow_the_contributions_of_the_whole_year():
    """1 000 kr in each half: the highest level is 20 % of 2 000 kr, 400 kr, not 200 kr."""
    halves = (
        Column(2020, "budget", starts=date(2020, 1, 1), ends=date(2020, 6, 30)),
        Column(2020, "budget", starts=date(2020, 7, 1), ends=date(2020, 12, 31)),
    )

    def closing(opening: int) -> list[tuple[str, int | None]]:
        lines = (
            Line(0, "income", "Bidrag", (Decimal(1000),) * 2, "contribution", member_kind="all"),
            Line(1, "opening_equity", "Kapital", (Decimal(opening), None)),
            Line(2, "cost", "Insats", (Decimal(1000),) * 2, "insats"),
        )
        sheet = BudgetSheet(halves, lines, plan_year=2020)
        return [(f.code, f.column) for f in check(sheet) if f.code == "EQUITY_HIGH"]

    assert closing(400) == []
    assert closing(401) == [("EQUITY_HIGH", 0), ("EQUITY_HIGH", 1)]
