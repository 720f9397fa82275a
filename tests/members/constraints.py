"""Rows that break one constraint each: refused by the database itself, and explained to a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction


@dataclass(frozen=True)
class Refusal:
    """`row` makes an unsaved row that is right in everything but the constraint. `sentence` is what
    full_clean says, or part of it; empty where Django's own words will do."""

    constraint: str
    row: Callable[[], models.Model]
    sentence: str = ""

    def __str__(self) -> str:
        return self.constraint


def written_past_validation(row: models.Model) -> None:
    """Insert the row as it is, without full_clean and without save()."""
    with transaction.atomic():
        type(row)._base_manager.bulk_create([row])


def assert_database_refuses(refusal: Refusal) -> None:
    row = refusal.row()
    with pytest.raises(IntegrityError) as error:
        written_past_validation(row)
    # SQLite names the columns of a unique constraint, and every other constraint by its name.
    assert refusal.constraint in str(error.value) or "UNIQUE constraint" in str(error.value)


def assert_person_is_told(refusal: Refusal) -> None:
    with pytest.raises(ValidationError) as error:
        refusal.row().full_clean()
    assert refusal.sentence in " ".join(error.value.messages)


def constraints_of(app: str) -> set[str]:
    """The names of all constraints that an app's tables have."""
    return {c.name for model in apps.get_app_config(app).get_models() for c in model._meta.constraints}


def names(refusals: Iterable[Refusal]) -> set[str]:
    return {refusal.constraint for refusal in refusals}
