"""What the pages for support staff share."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


class SupportAdmin(admin.ModelAdmin):
    """Says so when the database refuses what the forms could not see, such as the same row twice in one
    page; and keeps what a row belongs to once it is made."""

    belongs_to: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        fixed = self.belongs_to if obj else ()
        return [*super().get_readonly_fields(request, obj), *fixed]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            messages.error(
                request,
                "Inget är sparat: samma uppgift finns två gånger, eller så motsäger uppgifterna varandra.",
            )
            return HttpResponseRedirect(request.get_full_path())


class SameFederationForm(forms.ModelForm):
    """The chosen members belong to the federation of the row."""

    members_field = "members"

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        federation = data.get("federation") or getattr(self.instance, "federation", None)
        for member in data.get(self.members_field) or []:
            if federation and member.federation_id != federation.pk:
                self.add_error(self.members_field, f"{member} hör till ett annat förbund.")
        return data
