"""The form that publishes a version: as what it becomes public, and when the meeting was announced."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from members.forms import prepare_fields
from plans.publishing.standing import Status


class PublishForm(forms.Form):
    """`asks_announced`: the day that the meeting was announced is not noted yet."""

    status = forms.ChoiceField(
        choices=[(each.value, each.value) for each in Status], widget=forms.HiddenInput
    )
    announced = forms.DateField(
        label="Sammanträdet kungjordes",
        help_text="Förslaget är offentligt från den dagen (KL 8 kap. 14 §, FinsamL 21 §).",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, asks_announced: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_announced:
            del self.fields["announced"]
        prepare_fields(self)

    def clean_announced(self) -> date:
        announced: date = self.cleaned_data["announced"]
        if announced > timezone.localdate():
            raise forms.ValidationError(
                "Sammanträdet är inte kungjort än. Publicera förslaget när det är det."
            )
        return announced

    @property
    def said_status(self) -> Status:
        return Status(self.cleaned_data["status"])

    @property
    def said_announced(self) -> date | None:
        return self.cleaned_data.get("announced")
