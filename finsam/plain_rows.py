"""Table rows as plain data and back, for the readable federation files."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from finsam.json_input import UnreadableError, check_characters, printable, shown

Row = TypeVar("Row", bound=models.Model)


def to_data(row: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """The fields of a row that say something, in order; a related row by its name, several as a list."""
    data = {}
    for field in fields:
        value = getattr(row, field)
        if isinstance(value, str):
            value = value.replace("\r\n", "\n")  # as a browser sends line ends
        if isinstance(row._meta.get_field(field), models.ManyToManyField):
            value = [str(other) for other in value.all()]
        elif isinstance(value, models.Model):
            value = str(value)
        says_nothing = value is None or value is False or value == "" or value == []
        if not says_nothing:
            data[field] = value
    return data


def objects(data: Mapping[str, Any], key: str, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a list in the data, each with its place. A missing list is empty."""
    place = f"{where}.{key}" if where else key
    rows = data.get(key, [])
    if not isinstance(rows, list):
        raise UnreadableError(place, f"Här ska en lista stå, inte {shown(rows)}.")
    for index, row in enumerate(rows):
        here = f"{place}[{index}]"
        if not isinstance(row, dict):
            raise UnreadableError(here, f"Här ska ett objekt stå, inte {shown(row)}.")
        yield here, row


def only(
    data: Mapping[str, Any], fields: Iterable[str], where: str, *, lists: Iterable[str] = ()
) -> dict[str, Any]:
    """A copy of the data, once every key is known and every value is what JSON has for a field: text
    without control characters, a number or true. `lists` are keys that hold lists. Raises UnreadableError."""
    known, listed = tuple(fields), tuple(lists)
    for key, value in data.items():
        place = f"{where}.{printable(key)}" if where else printable(key)
        if key not in known:
            raise UnreadableError(place, f"Nyckeln {shown(key)} finns inte i formen.")
        if key not in listed and (value is None or isinstance(value, list | dict)):
            raise UnreadableError(place, f"Här ska text eller ett tal stå, inte {shown(value)}.")
        if isinstance(value, str):
            check_characters(value, place, allowed="\n" if key == "description" else "")
    return dict(data)


def named(known: Mapping[str, Row], name: object, where: str) -> Row:
    """The row of that name. Raises UnreadableError when there is none."""
    if not isinstance(name, str) or name not in known:
        raise UnreadableError(where, f"{shown(name)} finns inte i filen.")
    return known[name]


@contextmanager
def at(where: str) -> Iterator[None]:
    """What the tables refuse within the block is told with its place, as UnreadableError."""
    try:
        yield
    except UnreadableError:  # knows its place already
        raise
    except ValidationError as error:
        raise UnreadableError(where, _sentence(error)) from error
    except (TypeError, ValueError, ArithmeticError) as error:
        raise UnreadableError(where, "Ett värde är av fel slag.") from error


def _sentence(error: ValidationError) -> str:
    """The messages of a ValidationError, each with the field it is about."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        message if field == "__all__" else f"{field}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    )


def saved(row: Row) -> Row:
    """The row, validated like a form and written. Raises ValidationError."""
    row.full_clean()
    row.save()
    return row
