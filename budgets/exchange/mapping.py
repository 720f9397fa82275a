"""What somebody has said, or we have guessed, that a foreign table means. Pure."""

from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from typing import Any

from budgets.sheet import KINDS
from finsam.swedish import Unit, unit_named


@dataclass(frozen=True)
class Meaning:
    """What a line is: its section, class and payer."""

    section: str
    line_class: str = ""
    member_kind: str = ""


LINES: dict[str, Meaning] = {
    "income.state": Meaning("income", "contribution", "state"),
    "income.region": Meaning("income", "contribution", "region"),
    "income.municipality": Meaning("income", "contribution", "municipality"),
    "income.region_municipality": Meaning("income", "contribution", "region_municipality"),
    "income.region_and_municipalities": Meaning("income", "contribution", "region_and_municipalities"),
    "income.all": Meaning("income", "contribution", "all"),
    "income.esf": Meaning("income", "esf"),
    "income.other": Meaning("income", "other"),
    "financial_income": Meaning("financial_income"),
    "opening_equity": Meaning("opening_equity"),
    "cost.insats": Meaning("cost", "insats"),
    "cost.administration": Meaning("cost", "administration"),
    "cost.board": Meaning("cost", "board"),
    "cost.audit": Meaning("cost", "audit"),
    "balancing": Meaning("balancing"),
    "financial_cost": Meaning("financial_cost"),
}
PART, SECTION, GROUP, SUBGROUP, TOTAL, SKIP = "part", "section", "group", "subgroup", "total", "skip"
HEADINGS = (SECTION, GROUP, SUBGROUP)

MEANING_NAMES: dict[str, dict[str, str]] = {
    "Rubrik": {SECTION: "Avdelning", GROUP: "Grupp", SUBGROUP: "Undergrupp"},
    "Intäkt": {
        "income.state": "Bidrag från staten",
        "income.region": "Bidrag från region",
        "income.municipality": "Bidrag från kommun",
        "income.region_municipality": "Bidrag från kommun utanför region",
        "income.region_and_municipalities": "Bidrag från regioner och kommuner",
        "income.all": "Bidrag från alla medlemmar",
        "income.esf": "ESF-medel",
        "income.other": "Övrig intäkt",
        "financial_income": "Finansiell intäkt",
    },
    "Kostnad": {
        "cost.insats": "Insats",
        "cost.administration": "Administration",
        "cost.board": "Styrelse",
        "cost.audit": "Revision",
        "balancing": "Medel att fördela",
        "financial_cost": "Finansiell kostnad",
    },
    "Annat": {
        "opening_equity": "Ingående eget kapital",
        PART: "Varav, del av posten ovanför",
        TOTAL: "Summa, jämförs bara",
        SKIP: "Läses inte",
    },
}
"""The choices for a row, as they are shown."""

MEANINGS = tuple(code for group in MEANING_NAMES.values() for code in group)

STYLES = {
    "ask": "1 500,50 (fråga när det är oklart)",
    "swedish": "1.500,50 (punkt för tusental)",
    "english": "1,500.50 (komma för tusental)",
}
"""How the figures of texts are written."""


@dataclass(frozen=True)
class YearColumn:
    """A column of the table with figures of a year. A cell like 100/200 holds several `parts`."""

    column: int
    year: int
    kind: str
    label: str = ""
    part: int = 0
    parts: int = 1


@dataclass(frozen=True)
class Mapping:
    """Rows and columns are counted from 0. `head_row` is the last row of the head, −1 for none;
    `meanings` has one word per row of the sheet; only rows below the head are read."""

    sheet: str
    head_row: int
    name_column: int
    unit: Unit
    years: tuple[YearColumn, ...]
    meanings: tuple[str, ...]
    note_column: int | None = None
    style: str = "ask"

    def with_meanings(self, meanings: Table[int, str]) -> "Mapping":
        """With some rows given another meaning; words that are no meaning change nothing."""
        return replace(
            self,
            meanings=tuple(
                meanings[row] if meanings.get(row) in MEANINGS else meaning
                for row, meaning in enumerate(self.meanings)
            ),
        )


def to_json(mapping: Mapping) -> dict[str, Any]:
    return {
        "sheet": mapping.sheet,
        "head_row": mapping.head_row,
        "name_column": mapping.name_column,
        "unit": mapping.unit,
        "years": [[y.column, y.year, y.kind, y.label, y.part, y.parts] for y in mapping.years],
        "meanings": list(mapping.meanings),
        "note_column": mapping.note_column,
        "style": mapping.style,
    }


def from_json(data: Table[str, Any]) -> Mapping:
    """What `to_json` made."""
    years = tuple(YearColumn(*each) for each in data["years"])
    assert all(year.kind in KINDS for year in years)
    return Mapping(
        sheet=data["sheet"],
        head_row=data["head_row"],
        name_column=data["name_column"],
        unit=unit_named(data["unit"]),
        years=years,
        meanings=tuple(data["meanings"]),
        note_column=data["note_column"],
        style=data["style"],
    )
