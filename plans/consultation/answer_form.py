"""The form of an answer: filled in by a member's representative, or by the kansli for any member."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from finsam.partial_date import PartialDate
from members.forms import prepare_fields, refuse_unprintable
from members.models import Member
from plans.consultation.answering import File, Said
from plans.consultation.files import KINDS_NAMED, UnusableFileError, check_size, checked_name
from plans.consultation.standing import SentVersion
from plans.views.way.texts import fault_of, typed, unprinted

LONGEST = 20_000
"""Signs in the text of an answer."""


class AnswerForm(forms.Form):
    """`members` are those the user may answer for, `versions` those that were sent; who answers for itself
    answers to the latest. Nothing is asked that has one answer only."""

    member = forms.ChoiceField(label="Medlem")
    version = forms.ChoiceField(label="Svaret gäller")
    on = forms.DateField(
        label="Datum",
        help_text="Dagen medlemmen svarade.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Skriv dagen som ÅÅÅÅ-MM-DD."},
    )
    who = forms.CharField(
        label="Vem svarade",
        max_length=200,
        help_text="Namn och uppdrag, eller den nämnd som beslutade om svaret.",
        error_messages={"required": "Skriv vem som svarade."},
    )
    text = forms.CharField(
        label="Svar",
        required=False,
        help_text="Skriv svaret, bifoga det som fil, eller båda.",
        widget=forms.Textarea(attrs={"rows": 6, "lang": "sv"}),
    )
    file = forms.FileField(
        label="Fil",
        required=False,
        help_text=f"{KINDS_NAMED}, högst 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt,.jpg,.jpeg,.png"}),
        error_messages={"empty": "Filen är tom."},
    )

    def __init__(
        self,
        members: Sequence[Member],
        versions: Sequence[SentVersion],
        *,
        for_others: bool,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=dict(initial or {}))
        self.members = {str(each.pk): each for each in members}
        self.versions = {str(each.number): each for each in reversed(versions)}
        choices = [(key, each.name) for key, each in self.members.items()]
        self.fields["member"].choices = [("", "Välj …"), *choices][len(choices) == 1 :]  # type: ignore[attr-defined]
        self.fields["version"].choices = [(key, f"version {key}") for key in self.versions]  # type: ignore[attr-defined]
        if len(choices) == 1:
            del self.fields["member"]
        if not for_others or len(versions) == 1:
            del self.fields["version"]
        prepare_fields(self)
        self.fields["text"].validators.remove(refuse_unprintable)  # it has lines: clean_text looks at those

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Den dagen har inte varit än.")
        return on

    def clean_who(self) -> str:
        who: str = self.cleaned_data["who"]
        if fault := unprinted(who):
            raise forms.ValidationError(fault)
        return who

    def clean_text(self) -> str:
        text = typed(self.cleaned_data["text"])
        if fault := fault_of(text, LONGEST) or unprinted(text):
            raise forms.ValidationError(fault)
        return text

    def clean_file(self) -> File | None:
        sent = self.cleaned_data["file"]
        if not sent:
            return None
        try:
            check_size(sent.size)
            content = sent.read()
            name = checked_name(sent.name, content)
        except UnusableFileError as error:
            raise forms.ValidationError(str(error)) from None
        if fault := unprinted(name):  # the board's papers name the file
            raise forms.ValidationError(f"Filens namn går inte att skriva ut. {fault}")
        return File(name, content)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "text" in data and "file" in data and not data["text"] and not data["file"]:
            self.add_error("text", "Skriv svaret eller bifoga en fil.")
        sent_on = self._version.sent_on
        if data.get("on") and data["on"] < sent_on:
            day = PartialDate(sent_on.isoformat())
            self.add_error("on", f"Version {self._version.number} skickades {day}. Svaret kom efter.")
        if self.errors:
            self.say_that_the_file_is_gone()
        return data

    def say_that_the_file_is_gone(self) -> None:
        """When the form is shown again: a browser does not choose the file once more by itself."""
        sent = self.files.get("file")
        if sent and "file" not in self.errors:  # another is to be chosen when there is a fault in that one
            self.add_error(
                "file", f"Välj {sent.name} igen. Filen följde inte med, eftersom svaret inte är inlagt."
            )

    @property
    def _version(self) -> SentVersion:
        """The one that was chosen; the latest where none is to choose, or none was."""
        chosen = self.cleaned_data.get("version", "")
        return self.versions.get(chosen) or next(iter(self.versions.values()))

    @property
    def said(self) -> Said:
        """What a valid form says."""
        data = self.cleaned_data
        member = self.members[data["member"]] if "member" in data else next(iter(self.members.values()))
        return Said(member, self._version.number, data["on"], data["who"], data["text"], data["file"])
