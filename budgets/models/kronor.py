"""Money as the database keeps it: exact Swedish kronor."""

from typing import Any

from django.db import models
from django.db.models import Q
from djmoney.models.fields import MoneyField


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
