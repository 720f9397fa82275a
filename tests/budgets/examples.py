"""Small budgets to test on, and the budget files of the five real documents in fixtures/."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from budgets.exchange.budget_file import read
from budgets.sheet import Amounts, BudgetSheet, Column, Line

FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = {file.parent.name: file for file in sorted(FIXTURES.glob("*/budget-*.json"))}

NAMES = {
    "income": "Intäkt",
    "opening_equity": "Ingående eget kapital",
    "cost": "Kostnad",
    "financial_income": "Ränteintäkt",
    "financial_cost": "Räntekostnad",
    "balancing": "Utrymme för ny verksamhet",
}


def fixture(federation: str) -> BudgetSheet:
    return read(FILES[federation].read_bytes())


def kronor(*amounts: object) -> Amounts:
    return tuple(None if amount is None else Decimal(str(amount)) for amount in amounts)


def column(text: str) -> Column:
    """`2020 budget`, or with days: `2009 budget 2009-09-01 2009-12-31`."""
    year, kind, *days = text.split()
    starts, ends = map(date.fromisoformat, days) if days else (None, None)
    return Column(int(year), kind, starts=starts, ends=ends)


def line(section: str, *amounts: object, name: str = "", **details: Any) -> Line:
    """A line with its amounts in SEK; an income with a payer is a contribution."""
    implied = {"income": "contribution" if details.get("member_kind") else "other", "cost": "insats"}
    details.setdefault("line_class", implied.get(section, ""))
    return Line(0, section, name or NAMES[section], kronor(*amounts), **details)


def numbered(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(replace(each, key=key) for key, each in enumerate(lines))


def sheet(columns: str, *lines: Line, **details: Any) -> BudgetSheet:
    """A budget with columns as in `2020 budget, 2021 plan`; the first planned year is its plan year."""
    whole = BudgetSheet(tuple(column(each) for each in columns.split(", ")), numbered(lines), **details)
    return whole if "plan_year" in details else replace(whole, plan_year=whole.first_planned_year())
