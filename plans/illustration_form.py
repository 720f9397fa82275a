"""The form of a picture that is added to a text, where there is no script."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from finsam.pictures.reencoding import check_size
from members.forms import prepare_fields
from members.models import Federation
from plans.illustrations import UnusablePictureError, store_illustration
from plans.models import Illustration
from plans.text.illustrations import NamedIllustration


class WordsField(forms.CharField):
    """Words on one line, however they are typed."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).split())


class IllustrationForm(forms.Form):
    """`picture` is the one that is stored: now, or with an earlier try (`stored`), and then it need not be
    sent again."""

    file = forms.FileField(
        label="bildfil",
        help_text="PNG, JPEG, GIF, WebP, BMP eller TIFF, högst 20\u00a0MB.",
        error_messages={"required": "Välj en bildfil."},
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    alternative_text = WordsField(
        label="alternativtext",
        help_text="Läses upp för den som inte ser bilden. Säg vad den visar som läsaren behöver veta, till "
        "exempel ”Stapeldiagram: deltagarna ökar från 40 till 65 på tre år”.",
        error_messages={"required": "Skriv vad bilden visar."},
        widget=forms.Textarea(attrs={"rows": 2, "lang": "sv"}),
    )
    caption = WordsField(label="bildtext", required=False, help_text="Står under bilden i dokumentet.")

    def __init__(
        self, federation: Federation, data: Mapping[str, Any] | None = None, files: Any = None
    ) -> None:
        super().__init__(data, files)
        prepare_fields(self)
        stored = (data or {}).get("stored", "")
        found = Illustration.objects.filter(federation=federation, key=stored).defer("content")
        self.federation = federation
        self.picture = found.first() if stored else None
        self.initial["file"] = self.picture

    def clean_file(self) -> Illustration:
        """The picture of the file, stored, or the one that was."""
        sent = self.cleaned_data["file"]
        if isinstance(sent, Illustration):
            return sent
        try:
            check_size(sent.size)
            self.picture = store_illustration(self.federation, sent.read())
        except UnusablePictureError as error:
            raise ValidationError(str(error)) from None
        return self.picture

    def tag(self) -> str:
        """How the text names the picture, when the form is valid."""
        values = self.cleaned_data
        return NamedIllustration(values["file"].key, values["alternative_text"], values["caption"]).tag()
