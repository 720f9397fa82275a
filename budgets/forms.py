"""The forms of a line and of a column: what a person fills in, and the values of the tables."""

import json
import re
from datetime import date
from typing import Any

from django import forms

from budgets.editing.state import BudgetState
from budgets.editing.steps import Table, Value
from budgets.models import Budget, BudgetYear, LineClass, MemberKind, Section
from budgets.reading import group_names
from finsam.json_input import UnreadableError, check_characters

Was = dict[str, Value]
"""What a form was made from, by the names of its fields."""

KINDS: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "Intäkter",
        [
            *((f"income.contribution.{kind}", f"Medlemsbidrag: {kind.label}") for kind in MemberKind),
            (f"income.{LineClass.OTHER}.", "Övrig intäkt"),
            (f"income.{LineClass.ESF}.", "ESF-medel"),
            (f"{Section.FINANCIAL_INCOME}..", "Finansiell intäkt"),
        ],
    ),
    (
        "Kostnader",
        [
            (f"cost.{LineClass.INSATS}.", "Insats"),
            (f"cost.{LineClass.BOARD}.", "Styrelse"),
            (f"cost.{LineClass.ADMINISTRATION}.", "Administration"),
            (f"cost.{LineClass.AUDIT}.", "Revision"),
            (f"{Section.FINANCIAL_COST}..", "Finansiell kostnad"),
            (f"{Section.BALANCING}..", "Medel att fördela (kan räknas fram)"),
        ],
    ),
    ("Eget kapital", [(f"{Section.OPENING_EQUITY}..", "Ingående eget kapital")]),
]
"""What a line is: its section, class and payer in one choice."""


def in_one_line(text: str) -> str:
    """A note is one paragraph wherever it is printed, and in every file: line breaks become spaces."""
    return re.sub(r"[ \t]*[\r\n]+[ \t]*", " ", text.strip())


class PlainForm(forms.Form):
    """Refuses characters that cannot be shown, and gives every faulty field its message."""

    required_css_class = "required"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str):
                try:
                    check_characters(value, "")
                except UnreadableError as error:
                    self.add_error(name, error.what)
        return cleaned


class LineForm(PlainForm):
    name = forms.CharField(
        label="Namn", max_length=200, error_messages={"required": "Skriv vad posten heter."}
    )
    kind = forms.ChoiceField(label="Vad posten är", choices=KINDS)
    group = forms.CharField(
        label="Grupp",
        max_length=200,
        required=False,
        help_text="Rubriken som posten står under. Ett nytt namn gör en ny grupp.",
    )
    subgroup = forms.CharField(label="Undergrupp", max_length=200, required=False)
    member_id = forms.TypedChoiceField(
        label="Medlem", required=False, coerce=int, empty_value=None, help_text="För ett medlemsbidrag."
    )
    project_id = forms.TypedChoiceField(
        label="Insats", required=False, coerce=int, empty_value=None, help_text="Vars pengar det är."
    )
    part_of_id = forms.TypedChoiceField(
        label="Varav, del av",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Beloppet ingår redan i den posten och räknas inte en gång till.",
    )
    note = forms.CharField(
        label="Anmärkning",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Följer med som not i allt som skrivs ut.",
    )

    def __init__(
        self, *args: Any, budget: Budget, state: BudgetState, line: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        federation = budget.federation
        none = ("", "Ingen")
        self.choose("member_id", [none, *federation.members.values_list("pk", "name")])
        self.choose("project_id", [none, *federation.projects.values_list("pk", "name")])
        rows = state.ordered(Table.LINE)
        wholes = [(key, row["name"]) for key, row in rows if row["part_of_id"] is None and key != line]
        self.choose("part_of_id", [("", "Nej, en egen post"), *wholes])

    def clean_note(self) -> str:
        return in_one_line(self.cleaned_data["note"])

    def choose(self, field: str, choices: list[Any]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        section, line_class, payer = str(cleaned.get("kind", "..")).split(".")
        if cleaned.get("subgroup") and not cleaned.get("group"):
            self.add_error("subgroup", "En undergrupp behöver en grupp.")
        if cleaned.get("member_id") and line_class != LineClass.CONTRIBUTION:
            self.add_error("member_id", "Bara ett medlemsbidrag hör till en medlem.")
        if cleaned.get("project_id") and section not in (Section.COST, Section.INCOME):
            self.add_error("project_id", "Bara en kostnad eller intäkt hör till en insats.")
        return {**cleaned, "section": section, "line_class": line_class, "member_kind": payer}


LINE_VALUES = (
    "name",
    "note",
    "section",
    "line_class",
    "member_kind",
    "member_id",
    "project_id",
    "part_of_id",
)


def line_was(state: BudgetState, line: int) -> Was:
    """The line as its form shows it."""
    row = state.rows[Table.LINE][line]
    group, subgroup = group_names(state, row["group_id"])
    kind = f"{row['section']}.{row['line_class']}.{row['member_kind']}"
    named = ("name", "note", "member_id", "project_id", "part_of_id")
    return {**{name: row[name] for name in named}, "kind": kind, "group": group, "subgroup": subgroup}


class YearForm(PlainForm):
    year = forms.IntegerField(
        label="År",
        min_value=2004,
        max_value=2100,
        error_messages={"required": "Skriv vilket år.", "invalid": "Skriv året med fyra siffror."},
    )
    kind = forms.ChoiceField(label="Slag", choices=BudgetYear.Kind)
    label = forms.CharField(
        label="Beteckning", max_length=60, required=False, help_text="Till exempel: efter delår 2."
    )
    starts = forms.DateField(label="Från", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(
        label="Till",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Från och till bara för en del av ett år.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends, year = cleaned.get("starts"), cleaned.get("ends"), cleaned.get("year")
        if (starts is None) != (ends is None):
            self.add_error("ends", "En del av ett år har både början och slut.")
        elif starts and ends and (ends < starts or {starts.year, ends.year} != {year}):
            self.add_error("ends", f"Delen ska ligga inom {year} och sluta efter att den börjat.")
        days = {
            name: day.isoformat() if isinstance(day, date) else None
            for name, day in (("starts", starts), ("ends", ends))
        }
        return {**cleaned, **days}


YEAR_VALUES = ("year", "kind", "label", "starts", "ends")


def year_was(state: BudgetState, year: int) -> Was:
    row = state.rows[Table.YEAR][year]
    return {name: row[name] for name in YEAR_VALUES}


# -- two people in the same form ---------------------------------------------------------------------


def sent_was(text: str, now: Was) -> Was:
    """What the posted form says that it was made from; what is there now when it does not say."""
    try:
        was = json.loads(text)
    except (ValueError, RecursionError):
        return now
    return {**now, **was} if isinstance(was, dict) else now


def merged(was: Was, mine: Was, now: Was) -> tuple[Was, set[str]]:
    """What the user changed in the form, on top of what is there now; and the fields that somebody else
    has changed to something else meanwhile."""
    changed = {name for name in now if mine.get(name) != was.get(name)}
    clashes = {name for name in changed if now[name] not in (was.get(name), mine.get(name))}
    return {name: mine.get(name) if name in changed else now[name] for name in now}, clashes
