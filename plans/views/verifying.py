"""The page where anybody learns which version a file is: by its hash, which is all that comes here."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plans.publishing.frozen import address_of
from plans.verifying.recognising import Recognised, hash_in, recognised

LONGEST = 1000
"""Signs: a hash, and the name of the file that some tools write after it."""


class CheckForm(forms.Form):
    summa = forms.CharField(
        label="kontrollsumma",
        help_text="64 tecken. Det gör inget om filens namn följer med.",
        max_length=LONGEST,
        error_messages={
            "required": "Välj en fil, eller klistra in en kontrollsumma.",
            "max_length": "Det är för långt för att vara en kontrollsumma.",
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def clean_summa(self) -> str:
        try:
            return hash_in(self.cleaned_data["summa"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


@login_not_required
@never_cache
@require_safe
def check_file(request: HttpRequest) -> HttpResponse:
    """The answer is the same for a hash that nobody has and for one of a version that is not public."""
    if "summa" not in request.GET:
        return _page(request, CheckForm())
    form = CheckForm(request.GET)
    if not form.is_valid():
        return _page(request, form, status=422)
    found = recognised(form.cleaned_data["summa"])
    if found and not found.is_public:
        found = None
    return _page(request, form, found, asked=form.cleaned_data["summa"])


def _page(
    request: HttpRequest,
    form: CheckForm,
    found: Recognised | None = None,
    *,
    asked: str = "",
    status: int = 200,
) -> HttpResponse:
    public = found.public if found else None
    context = {
        "form": form,
        "asked": asked,
        "found": found,
        "address": address_of(public, "public_version") if public else "",
    }
    return render(request, "plans/verifying/check.html", context, status=status)
