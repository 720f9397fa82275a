"""The people who come along with a federation: known by their addresses, or made without a password."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from members.models import User
from plans.backup.archive import BackupError
from plans.backup.federation.keys import HIGHEST
from plans.backup.federation.values import check_text

FIELDS = {"id", "email", "name", "is_active"}


@dataclass(frozen=True)
class People:
    """`keys` are primary keys of users by the keys in the file; `made` the new users, `known` the others."""

    keys: dict[int, int]
    made: tuple[User, ...]
    known: tuple[User, ...]


def people_of(rows: Iterable[dict[str, Any]], name: str) -> People:
    """The users of these rows. One who is known keeps name, password and all else; a new one chooses a
    password by asking for a new one. Raises BackupError, which names the file."""
    keys: dict[int, int] = {}
    made: list[User] = []
    known: list[User] = []
    for row in rows:
        try:
            user, is_new = _user(row)
        except ValidationError as error:
            raise BackupError(f"{name}: {row['id']} är ingen person. {' '.join(error.messages)}") from None
        if row["id"] in keys or user.pk in keys.values():
            raise BackupError(f"{name}: samma person finns flera gånger ({user.email}).")
        keys[row["id"]] = user.pk
        (made if is_new else known).append(user)
    return People(keys, tuple(made), tuple(known))


def _user(row: dict[str, Any]) -> tuple[User, bool]:
    check_text(row)
    email, name = row.get("email"), row.get("name")
    if row.keys() != FIELDS or not isinstance(email, str) or not isinstance(name, str):
        raise ValidationError("Uppgifterna är inte namn och e-postadress.")
    if not 0 < row["id"] <= HIGHEST:
        raise ValidationError("Nyckeln är orimlig.")
    if known := User.objects.filter(email=email.lower()).first():
        return known, False
    user = User(email=email.lower(), name=name, is_active=row["is_active"] is True)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    return user, True
