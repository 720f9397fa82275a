"""The form of something that has happened to a version since it was frozen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from members.forms import prepare_fields
from plans.models import VersionEvent

Kind = VersionEvent.Kind
BEFORE = (Kind.MEETING_ANNOUNCED, Kind.PROPOSAL_PUBLISHED, Kind.WITHDRAWN)
"""What is noted of a version that is not adopted."""
AFTER = (Kind.MINUTES_APPROVED, Kind.MINUTES_ANNOUNCED, Kind.PUBLISHED, Kind.WITHDRAWN)
"""What is noted of the adopted version."""


class EventForm(forms.Form):
    """`boards` are the members whose notice boards the announcement of the minutes goes up on; `decided_on`
    is None before the decision."""

    kind = forms.ChoiceField(label="Vad har hänt")
    on = forms.DateField(label="Datum", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    boards = forms.MultipleChoiceField(
        label="På anslagstavlan hos",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Bara när justeringen tillkännages, hos varje medlem som är kommun eller region "
        "(FinsamL 19 §).",
    )
    where = forms.CharField(
        label="Var", max_length=200, required=False, help_text="Till exempel förbundets webbplats."
    )
    note = forms.CharField(label="Anteckning", max_length=1000, required=False)

    def __init__(self, *args: Any, boards: Sequence[str], decided_on: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decided_on = decided_on
        kinds = AFTER if decided_on else BEFORE
        choices = [(kind.value, kind.label[:1].upper() + kind.label[1:]) for kind in kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        if decided_on:
            self.fields["boards"].choices = [(name, name) for name in boards]  # type: ignore[attr-defined]
        else:
            del self.fields["boards"]
        prepare_fields(self)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Det har inte hänt än. Anteckna det när det har gjort det.")
        if self.decided_on and on < self.decided_on:
            raise forms.ValidationError(f"Beslutet fattades {self.decided_on}. Det här kom efter.")
        return on

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind, boards = data.get("kind"), data.get("boards")
        if kind == Kind.MINUTES_ANNOUNCED and not boards and not data.get("where"):
            self.add_error("boards", "Säg hos vem justeringen är tillkännagiven.")
        if kind and kind != Kind.MINUTES_ANNOUNCED and boards:
            named = Kind(kind).label
            self.add_error("boards", f"Bara justeringen tillkännages där. Ta bort kryssen för ”{named}”.")
        return data

    @property
    def places(self) -> list[str]:
        """Where it happened: an event for each."""
        data = self.cleaned_data
        return [*data.get("boards", []), *filter(None, [data["where"]])] or [""]
