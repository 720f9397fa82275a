"""The letter that goes with a version."""

from datetime import date

from django import forms
from django.utils import timezone

from finsam.partial_date import PartialDate
from plans.views.way.texts import fault_of, typed

LONGEST = 5000
ANSWER_BY = "Svara senast"


class LetterForm(forms.Form):
    """What the readers are told beside the plan."""

    note = forms.CharField(
        label="Följebrev",
        required=False,
        help_text="Står med versionen för alla som läser den.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_note(self) -> str:
        note = typed(self.cleaned_data["note"])
        if fault := fault_of(note, LONGEST):
            raise forms.ValidationError(fault)
        return note

    @property
    def letter(self) -> str:
        """The whole letter, of a valid form."""
        return str(self.cleaned_data["note"])


class ConsultationLetterForm(LetterForm):
    """Also by which day the members are to answer."""

    answer_by = forms.DateField(
        label=ANSWER_BY,
        required=False,
        help_text="Skrivs sist i följebrevet.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Skriv dagen som ÅÅÅÅ-MM-DD."},
    )

    def clean_answer_by(self) -> date | None:
        day: date | None = self.cleaned_data["answer_by"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("Den dagen har redan varit.")
        return day

    @property
    def letter(self) -> str:
        day = self.cleaned_data["answer_by"]
        answer_by = f"{ANSWER_BY} {PartialDate(day.isoformat())}." if day else ""
        return "\n\n".join(filter(None, (super().letter, answer_by)))
