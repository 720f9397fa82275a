"""The form that support staff choose a federation's logotype in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from finsam.pictures.reencoding import UnusablePictureError, check_size, reencoded
from members.models import Logotype


class LogotypeForm(forms.ModelForm):
    """A file is asked for when there is none; another takes the place of the one there is."""

    file = forms.FileField(
        label="bildfil",
        help_text="PNG, JPEG, GIF, WebP, BMP eller TIFF, högst 20\u00a0MB. Genomsynliga delar blir vita.",
        error_messages={"required": "Välj en bildfil."},
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    class Meta:
        model = Logotype
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].required = self.instance.pk is None

    def clean_file(self) -> None:
        """What is stored is the picture of the file, written anew."""
        sent = self.cleaned_data["file"]
        if sent is None:
            return
        try:
            check_size(sent.size)
            encoded = reencoded(sent.read())
        except UnusablePictureError as error:
            raise ValidationError(str(error)) from None
        self.instance.content, self.instance.media_type = encoded.content, encoded.media_type
