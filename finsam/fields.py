"""Model fields that every app shares."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.db.models.lookups import GreaterThanOrEqual
from djmoney.models.fields import MoneyField

from finsam.partial_date import PATTERN, PartialDate, typed_date


def validate_partial_date(value: str) -> None:
    try:
        PartialDate(value)
    except ValueError as error:
        raise ValidationError(str(error)) from None


class TypedDateField(forms.CharField):
    """A date as it is typed, in words or figures; its value is the ISO text that is stored."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        try:
            return typed_date(text) if text else ""
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """As it is stored, so that the same date in other words is seen to be the same."""
        try:
            return self.to_python(data)
        except ValidationError:
            return data


class PartialDateField(models.CharField):
    """A date with day, month or year precision, stored as ISO text (sortable); empty when unknown."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 10, "blank": True, "default": "", **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": TypedDateField, "max_length": None, **kwargs})


def partial_date_constraint(field: str, name: str) -> models.CheckConstraint:
    """The database keeps the field in the form ÅÅÅÅ, ÅÅÅÅ-MM or ÅÅÅÅ-MM-DD, or empty."""
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__regex": PATTERN}),
        name=name,
        violation_error_message="Skriv datumet som ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD.",
    )


def choice_constraint(field: str, values: Iterable[str], name: str) -> models.CheckConstraint:
    """The database knows no other values of the field."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(values)}), name=name)


def period_constraint(starts: str, ends: str, name: str, message: str) -> models.CheckConstraint:
    """The end, as late as it may be meant (2020 is all of 2020), is not before the start."""
    latest_end = Concat(F(ends), Value("-99-99"))
    return models.CheckConstraint(
        condition=Q(**{starts: ""}) | Q(**{ends: ""}) | Q(GreaterThanOrEqual(latest_end, F(starts))),
        name=name,
        violation_error_message=message,
    )


def kronor(verbose_name: str, **options: Any) -> MoneyField:
    """A field of exact SEK, at most 999 999 999 999,99."""
    return MoneyField(
        verbose_name,
        max_digits=14,
        decimal_places=2,
        default_currency="SEK",
        currency_choices=[("SEK", "SEK")],
        **options,
    )


def in_kronor(field: str, name: str) -> models.CheckConstraint:
    """The database keeps every amount in SEK."""
    return models.CheckConstraint(condition=Q(**{f"{field}_currency": "SEK"}), name=name)
