"""What of the log is asked for, in the address: slag, vem, ar, fran, till."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from members.models import Federation
from plans.log.reading import Wanted, people_in, years_in
from plans.log.sources import DONE, READS, SOURCES

NAMES = {"kind": "slag", "person": "vem", "plan_year": "ar", "first": "fran", "last": "till"}
EVERYTHING_DONE = "gjort"
KINDS = {
    "": SOURCES,
    EVERYTHING_DONE: DONE,
    **{source.word: (source,) for source in DONE},
    READS.word: (READS,),
}
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
NOT_A_DAY = "Skriv ett datum från 2000 till 2100, som 2026-11-30."


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "min": EARLIEST.isoformat(), "max": LATEST.isoformat()}
        ),
        error_messages={"invalid": NOT_A_DAY},
    )


class FilterForm(forms.Form):
    """Nothing filled in asks for everything."""

    kind = forms.ChoiceField(
        label="Slag",
        required=False,
        choices=[
            ("", "allt"),
            (EVERYTHING_DONE, "allt som har gjorts"),
            *[(source.word, source.label.lower()) for source in SOURCES],
        ],
        error_messages={"invalid_choice": "Välj ett slag i listan."},
    )
    person = forms.TypedChoiceField(
        label="Person",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Välj en person i listan."},
    )
    plan_year = forms.TypedChoiceField(
        label="Planår",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Välj ett planår i listan."},
    )
    first = _day("Från och med")
    last = _day("Till och med")

    def __init__(self, data: QueryDict, federation: Federation) -> None:
        super().__init__(data, label_suffix="")
        self.years = years_in(federation)
        self.fields["person"].choices = [("", "alla"), *people_in(federation)]  # type: ignore[attr-defined]
        self.fields["plan_year"].choices = [  # type: ignore[attr-defined]
            ("", "alla"),
            *((year, str(year)) for year in self.years),
        ]

    def add_prefix(self, field_name: str) -> str:
        return NAMES.get(field_name, field_name)

    def clean_first(self) -> date | None:
        return _checked(self.cleaned_data["first"])

    def clean_last(self) -> date | None:
        return _checked(self.cleaned_data["last"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", "Sista dagen är före den första.")
        return data

    @property
    def wanted(self) -> Wanted | None:
        """What is asked for; None when it cannot be understood."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        return Wanted(KINDS[data["kind"]], data["person"], data["plan_year"], data["first"], data["last"])

    @property
    def asks(self) -> list[tuple[str, str]]:
        """What is asked for in words, each with its label; nothing when it is everything."""
        asked = []
        for field in self:
            value = str(self.data.get(field.html_name, ""))
            choices = {str(key): str(shown) for key, shown in getattr(field.field, "choices", [])}
            asked.append((str(field.label), choices.get(value, value), value))
        return [(label, shown) for label, shown, value in asked if value]


def _checked(day: date | None) -> date | None:
    if day and not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(NOT_A_DAY)
    return day
