"""Table rows as plain data and back, for the readable federation files."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def to_data(row: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """The fields of a row that say something, in order; a related row by its name, several as a list."""
    data = {}
    for field in fields:
        value = getattr(row, field)
        if isinstance(row._meta.get_field(field), models.ManyToManyField):
            value = [str(other) for other in value.all()]
        elif isinstance(value, models.Model):
            value = str(value)
        if value not in (None, "", [], False):
            data[field] = value
    return data


def only(data: dict[str, Any], fields: Iterable[str], what: str) -> dict[str, Any]:
    """A copy of the data. Raises ValueError naming a key that is not among the fields."""
    known = tuple(fields)
    for key in data:
        if key not in known:
            raise ValueError(f"{what}: nyckeln \u201d{key}\u201d finns inte i formen.")
    return dict(data)


def saved(row: Row) -> Row:
    """The row, validated like a form and written. Raises ValidationError."""
    row.full_clean()
    row.save()
    return row
