"""A value of a field as JSON has it, and back: judged, since the file may hold anything."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BinaryField, Field, JSONField
from djmoney.models.fields import MoneyField
from djmoney.money import Money


def to_json(value: Any, put: Callable[[bytes], str]) -> Any:
    """Amounts and dates as text; `put` keeps bytes somewhere else and says what they are called."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes() | memoryview():
            return put(bytes(value))
    return value


def from_json(field: "Field", value: Any, fetch: Callable[[str], bytes]) -> Any:
    """The value that is stored. Raises ValidationError for what the field cannot hold."""
    if value is None:
        if not field.null:
            raise ValidationError("Värdet saknas.")
        return None
    check_text(value)
    if isinstance(field, BinaryField):
        return fetch(str(value))
    if isinstance(field, JSONField):
        return value
    if isinstance(value, list | dict | float):
        raise ValidationError("Värdet är av fel slag.")
    made = field.to_python(value)
    if made and field.choices and made not in {choice for choice, _ in field.flatchoices}:
        raise ValidationError(f"{value!r} är inget av valen.")
    # An amount is stored as a number, with its currency in a field of its own, but judged with it.
    field.run_validators(Money(made, "SEK") if isinstance(field, MoneyField) else made)
    return made


def check_text(value: Any) -> None:
    """Raises ValidationError for signs that a database cannot hold, wherever in a value they are."""
    match value:
        case str():
            if "\0" in value or not _is_unicode(value):
                raise ValidationError("Texten har tecken som inte kan lagras.")
        case list():
            for each in value:
                check_text(each)
        case dict():
            for name, each in value.items():
                check_text(name)
                check_text(each)


def _is_unicode(text: str) -> bool:
    """JSON can have halves of signs."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
