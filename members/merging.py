"""Two people who change the same row at once: what a form was made from, and how the two changes meet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core import signing
from django.db import models
from django.http import QueryDict

Texts = dict[str, list[str]]
"""What each field of a form holds, as a browser would send it."""

SALT = "finsam.members.merging"
MADE_FROM = "gjord_av"
"""The hidden field with what the form was made from."""
TAKE_SAVED = "ta_sparat_"
"""Before the name of a field: take what is saved there instead of what was typed."""


def texts(form: forms.BaseForm) -> Texts:
    return {name: _texts(form[name].value()) for name in form.fields}


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    cleaned = ["" if each is None else str(each).strip() for each in values]
    return sorted(each for each in cleaned if each)


def sealed(row: models.Model, now: Texts) -> str:
    """What the form is made from, to send along; signed, so that it proves that the row was there."""
    return signing.dumps([row._meta.label, row.pk, now], salt=SALT, compress=True)


def opened(text: str, label: str, pk: int) -> Texts | None:
    """What a form of that row was made from; None when that is not known."""
    try:
        of, number, then = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return dict(then) if (of, number) == (label, pk) else None


@dataclass(frozen=True)
class Clash:
    """One field that somebody else has changed meanwhile. `both` when the user changed it too."""

    saved: str
    both: bool


@dataclass(frozen=True)
class Meeting:
    """What to send as the form's data, and the fields where the two changes meet."""

    data: QueryDict
    clashes: dict[str, Clash]


def chosen(data: QueryDict, now: Texts) -> QueryDict:
    """What was sent, with the saved value where the user chose it."""
    result = data.copy()
    for name, saved in now.items():
        if data.get(TAKE_SAVED + name):
            result.setlist(name, saved)
    return result


def meeting(form: forms.BaseForm, then: Texts | None, now: Texts) -> Meeting:
    """Bound `form` meets a row that was `then` when the form was made (None: not known) and is `now`.

    A field that only the other changed takes the other's value, one that both changed keeps what was
    typed; both are told.
    """
    typed = texts(form)
    data = QueryDict(mutable=True)
    data.update(form.data)
    clashes: dict[str, Clash] = {}
    for name, saved in now.items():
        before = None if then is None else then.get(name)
        if saved == before or typed[name] == saved:
            continue
        both = typed[name] != before
        clashes[name] = Clash(shown(form, name, saved), both)
        if not both:
            data.setlist(name, saved)
    return Meeting(data, clashes)


def shown(form: forms.BaseForm, name: str, values: list[str]) -> str:
    """The value of a field as a person reads it."""
    field = form.fields[name]
    labels: dict[str, str] = {}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        labels = {str(value): str(label) for value, label in cast(Iterable[tuple[Any, Any]], field.choices)}
    return ", ".join(labels.get(each, each) for each in values) or "(tomt)"
