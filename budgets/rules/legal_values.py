"""Legal values as dated data, looked up by plan year. A missing year is an error, never today's value."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from budgets.sheet import BudgetSheet

FILE = Path(__file__).with_name("legal_values.toml")


class MissingLegalValueError(LookupError):
    """No value is known for the plan year: the data must be completed, no other value will do."""


@dataclass(frozen=True)
class Bracket:
    """A step of the equity staircase: percent of the part of the base up to `up_to` SEK (None: no end)."""

    up_to: Decimal | None
    highest: Decimal
    lowest: Decimal


@dataclass(frozen=True)
class EquityLimitValues:
    brackets: tuple[Bracket, ...]
    source: str
    doubt: str
    doubtful_above: Decimal | None


@dataclass(frozen=True)
class ShareValues:
    """Percent of all contributions (FinsamL 5 §)."""

    state: Decimal
    region: Decimal
    municipality: Decimal


@dataclass(frozen=True)
class Citation:
    text: str
    valid_from: int
    last_checked: date
    doubt: str


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)


def _in_force(entries: list[dict[str, Any]], plan_year: int) -> dict[str, Any] | None:
    begun = [entry for entry in entries if entry["valid_from"] <= plan_year]
    return max(begun, key=lambda entry: entry["valid_from"], default=None)


def _required(name: str, entries: list[dict[str, Any]], plan_year: int) -> dict[str, Any]:
    entry = _in_force(entries, plan_year)
    if entry is None:
        raise MissingLegalValueError(f"Det finns inget värde för {name} planåret {plan_year}.")
    return entry


@cache
def equity_limit_values(plan_year: int) -> EquityLimitValues | None:
    """The staircase in force, or None for a plan year older than the recommendation."""
    entry = _in_force(_data()["equity_limits"], plan_year)
    if entry is None:
        return None
    return EquityLimitValues(
        brackets=tuple(
            Bracket(
                up_to=Decimal(step["up_to"]) if "up_to" in step else None,
                highest=Decimal(step["highest"]),
                lowest=Decimal(step["lowest"]),
            )
            for step in entry["brackets"]
        ),
        source=entry["source"],
        doubt=entry.get("doubt", ""),
        doubtful_above=Decimal(entry["doubtful_above"]) if "doubtful_above" in entry else None,
    )


@cache
def share_values(plan_year: int) -> ShareValues:
    """Raises MissingLegalValueError for a year before the law."""
    entry = _required("andelarna", _data()["shares"], plan_year)
    return ShareValues(*(Decimal(entry[k]) for k in ("state", "region", "municipality")))


@cache
def esf_source(plan_year: int) -> str | None:
    """Who says that ESF money needs care, or None before it was said."""
    entry = _in_force(_data()["esf_incompatible"], plan_year)
    return entry["source"] if entry else None


@cache
def citation(code: str, plan_year: int) -> str:
    """The paragraph in force that a rule rests on. Raises MissingLegalValueError."""
    return str(_required(code, _data()["citation"][code], plan_year)["text"])


def citations(code: str) -> list[Citation]:
    """Every dated citation of a rule, oldest first; for showing the rules themselves."""
    return [
        Citation(entry["text"], entry["valid_from"], entry["last_checked"], entry.get("doubt", ""))
        for entry in sorted(_data()["citation"].get(code, []), key=lambda e: e["valid_from"])
    ]


def in_force(plan_year: int) -> dict[str, Any]:
    """Every value and citation that a plan of this year is judged by, as the file of them has it."""
    data = _data()
    named = {name: _in_force(entries, plan_year) for name, entries in data.items() if name != "citation"}
    cited = {code: _in_force(entries, plan_year) for code, entries in data["citation"].items()}
    return {**{name: entry for name, entry in named.items() if entry}, "citation": cited}


def law_year(sheet: BudgetSheet, column: int) -> int:
    """The year whose law a column is judged by: the plan year, or its own in a file of outcomes only."""
    return sheet.plan_year or sheet.columns[column].year
