"""Forms for a federation's own rows. The federation comes from the address, never from what is sent."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst

from finsam.json_input import UnreadableError, check_characters
from finsam.swedish import number
from finsam.whole_numbers import whole_number
from members.models import (
    Appointment,
    EarlierName,
    Federation,
    Invitation,
    Member,
    Policy,
    Role,
    User,
)

DATE_HELP = "Så noga som det är känt: 2021-10-12, oktober 2021 eller 2021."


class SwedishDecimalField(forms.DecimalField):
    """A number as Swedes write it: 1 500 000 or 12,5. Refuses 1.500, which may be meant either way."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = re.sub(r"[ \u00a0\u202f]", "", value.strip()).replace("\u2212", "-")
            if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+", value):
                raise ValidationError(
                    "Punkten kan betyda två saker: skriv tusental med mellanslag och decimaler med komma."
                )
            value = value.replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, Decimal) else value


class RowsField(forms.ModelMultipleChoiceField):
    """Rows to choose some of. Django would ask the database for a key that is larger than any it can hold."""

    def clean(self, value: Any) -> Any:
        for each in value if isinstance(value, list | tuple) else []:
            if whole_number(str(each)) is None:
                raise ValidationError(self.error_messages["invalid_pk_value"], params={"pk": each})
        return super().clean(value)


def refuse_unprintable(value: str) -> None:
    """Characters that cannot be seen, or that turn the text beside them. Raises ValidationError."""
    try:
        check_characters(value, "")
    except UnreadableError as error:
        raise ValidationError(error.what) from None


def prepare_fields(form: forms.BaseForm) -> None:
    """A browser would cut a pasted text at maxlength without a word; the answer says what is too long."""
    for name, field in form.fields.items():
        _put_in_words(field, f"”{capfirst(str(field.label or name))}”")
        field.widget.attrs.pop("maxlength", None)
        if isinstance(field, forms.CharField):
            field.validators.append(refuse_unprintable)
        if isinstance(field, forms.IntegerField) and not isinstance(field, forms.DecimalField):
            field.widget = forms.TextInput(attrs={"inputmode": "numeric"})


def _put_in_words(field: forms.Field, label: str) -> None:
    """Sentences that name the field in place of Django's that only say "this field", and words for a choice
    that is not made yet."""
    chooses = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = f"Välj något för {label}." if chooses else f"Fyll i {label}."
    longest = "ryms inte: högst %(limit_value)d tecken, och det är %(show_value)d."
    field.error_messages.setdefault("max_length", f"{label} {longest}")
    none = "Välj …" if field.required else "inget valt"
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label is not None:
            field.empty_label = none
    elif isinstance(field, forms.ChoiceField):
        choices = cast(Iterable[tuple[Any, Any]], field.choices)
        dashes = models.fields.BLANK_CHOICE_DASH[0]
        field.choices = [(value, none if (value, words) == dashes else words) for value, words in choices]


class RowForm(forms.ModelForm):
    """A row with all that its table demands, the sentences beside the fields they are about."""

    places: ClassVar[dict[str, str]] = {}
    """The name of a constraint, or "unique": the field its sentence belongs to."""
    unique_sentence: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare_fields(self)

    def _get_validation_exclusions(self) -> set[str]:
        """The federation and whatever else the form does not show is validated too."""
        hidden: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return hidden & self.fields.keys()

    def add_error(self, field: str | None, error: ValidationError | str) -> None:  # type: ignore[override]
        if field is None and isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            whole = error.error_dict.pop(NON_FIELD_ERRORS, [])
            for each in whole:
                unique = each.code == "unique_together"
                sentence = self.unique_sentence if unique and self.unique_sentence else each.messages[0]
                super().add_error(self._place(each), sentence)
            if not error.error_dict:
                return
        super().add_error(field, error)

    def _place(self, error: ValidationError) -> str | None:
        if error.code == "unique_together":
            return self.places.get("unique")
        for constraint in self._meta.model._meta.constraints:
            if constraint.violation_error_message == error.messages[0]:
                return self.places.get(constraint.name)
        return None


class FederationForm(RowForm):
    class Meta:
        model = Federation
        fields = [
            "name",
            "short_name",
            "organisation_number",
            "seat",
            "formed_on",
            "unit",
            "second_factor_demanded",
        ]
        help_texts = {
            "short_name": "Står överst på varje sida.",
            "organisation_number": "NNNNNN-NNNN.",
            "formed_on": DATE_HELP,
        }
        error_messages = {"organisation_number": {"max_length": "Skriv organisationsnumret som NNNNNN-NNNN."}}

    places = {"federation_organisation_number_form": "organisation_number"}

    def clean_organisation_number(self) -> str:
        value = str(self.cleaned_data["organisation_number"])
        if match := re.fullmatch("([0-9]{6})[ -]?([0-9]{4})", value):
            value = "-".join(match.groups())
        if value and self._other_has(value):
            raise ValidationError("Ett annat förbund har det organisationsnumret.")
        return value

    def _other_has(self, organisation_number: str) -> bool:
        others = Federation.objects.exclude(pk=self.instance.pk)
        return others.filter(organisation_number=organisation_number).exists()


class MemberForm(RowForm):
    class Meta:
        model = Member
        fields = ["name", "kind", "joined", "left", "agreed_share", "condition"]
        field_classes = {"agreed_share": SwedishDecimalField}
        widgets = {"agreed_share": forms.TextInput(attrs={"inputmode": "decimal"})}
        help_texts = {"joined": DATE_HELP, "left": "Tomt så länge medlemmen är kvar."}

    places = {"unique": "name", "member_left_after_joined": "left", "member_agreed_share": "agreed_share"}
    unique_sentence = "Förbundet har redan en medlem med det namnet."


class AppointmentForm(RowForm):
    members = RowsField(
        Member.objects.none(),
        required=False,
        label="Utses av",
        widget=forms.CheckboxSelectMultiple,
        help_text="Den eller de medlemmar som har utsett personen.",
    )

    class Meta:
        model = Appointment
        fields = [
            "body",
            "body_name",
            "post",
            "person",
            "members",
            "deputy_order",
            "starts",
            "ends",
            "title",
            "employer",
            "party",
            "note",
        ]
        help_texts = {
            "body_name": "När organet har ett eget namn, till exempel Kompetensgruppen.",
            "person": "Valda och utsedda anges med namn, tjänstepersoner bara med titel och arbetsgivare.",
            "deputy_order": "I vilken ordning ersättaren tjänstgör: 1, 2 …",
            "starts": DATE_HELP,
            "ends": "Tomt så länge uppdraget varar.",
        }

    places = {"appointment_deputy_order": "deputy_order", "appointment_period": "ends"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_federation(self, "members", self.instance.federation)


class PolicyForm(RowForm):
    class Meta:
        model = Policy
        fields = ["kind", "value", "first_year", "last_year", "source"]
        field_classes = {"value": SwedishDecimalField}
        widgets = {"value": forms.TextInput(attrs={"inputmode": "decimal"})}
        help_texts = {
            "value": "Kronor, procent eller månader, som gränsen anger. Tomt när gränserna inte gäller.",
            "last_year": "Tomt tills vidare.",
            "source": "Till exempel Styrelsen 2020-11-24 § 57.",
        }

    places = {
        "unique": "first_year",
        "policy_value": "value",
        "policy_first_year": "first_year",
        "policy_years": "last_year",
    }
    unique_sentence = "Samma gräns finns redan från det året."


class EarlierNameForm(RowForm):
    class Meta:
        model = EarlierName
        fields = ["name", "used_from", "used_until"]
        help_texts = {"used_from": DATE_HELP, "used_until": DATE_HELP}

    places = {"unique": "name"}
    unique_sentence = "Det namnet står redan bland de tidigare."


def of_federation(form: forms.BaseForm, field: str, federation: Federation) -> None:
    """Only the federation's own members can be chosen."""
    chooser = form.fields[field]
    assert isinstance(chooser, forms.ModelChoiceField)
    chooser.queryset = federation.members.all()


FOR_MEMBER_HELP = "Bara för medlemsrepresentant: den medlem som personen svarar för."


class RoleForm(RowForm):
    """A role for a user; `instance` holds the user and the federation."""

    class Meta:
        model = Role
        fields = ["kind", "member"]
        help_texts = {"member": FOR_MEMBER_HELP}

    places = {"role_member": "member", "role_unique": "kind", "role_for_member_unique": "kind"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_federation(self, "member", self.instance.federation)


class InvitationForm(RowForm):
    """An invitation; `instance` holds the federation, who invites and the hash of the secret."""

    class Meta:
        model = Invitation
        fields = ["name", "email", "kind", "member"]
        help_texts = {"member": FOR_MEMBER_HELP, "email": "Hit skickas en länk som gäller i 14 dagar."}

    places = {
        "invitation_member": "member",
        "invitation_unique": "email",
        "invitation_for_member_unique": "email",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_federation(self, "member", self.instance.federation)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """Who has the role here already need not be invited to it: those who ask see its users anyway.
        What the address has elsewhere makes no difference."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        held = Role.objects.filter(
            federation=self.instance.federation,
            user__email=data.get("email"),
            kind=data.get("kind"),
            member=data.get("member"),
        )
        if held.exists():
            self.add_error("email", "Personen har redan den behörigheten.")
        return data


class NewPersonForm(forms.Form):
    """Name and password of a person who accepts an invitation and has no account."""

    name = forms.CharField(
        label="Namn", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label="Lösenord",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Minst 12 tecken. En lång mening är lättare att minnas än ett krångligt ord.",
    )
    repeated = forms.CharField(
        label="Lösenordet en gång till",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        prepare_fields(self)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "password" not in data or "repeated" not in data:
            return data
        if data["password"] != data["repeated"]:
            self.add_error("repeated", "De två lösenorden är inte lika.")
        try:
            validate_password(data["password"], User(email=self.email, name=data.get("name", "")))
        except ValidationError as error:
            self.add_error("password", error)
        return data
