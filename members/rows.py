"""The kinds of rows that are edited one at a time, and what holds for each."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel

from finsam.swedish import listed
from members import forms
from members.models import Appointment, EarlierName, Federation, Invitation, Member, Policy


@dataclass(frozen=True)
class RowKind:
    """`rows` is the name of the federation's rows of that kind, `name` the end of the address names."""

    name: str
    model: type[models.Model]
    form: type[forms.RowForm]
    rows: str
    new: str
    ordered: bool = False

    def of(self, federation: Federation) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = getattr(federation, self.rows).all()
        return rows


MEMBER = RowKind("member", Member, forms.MemberForm, "members", "Ny medlem", ordered=True)
APPOINTMENT = RowKind(
    "appointment", Appointment, forms.AppointmentForm, "appointments", "Nytt uppdrag", ordered=True
)
POLICY = RowKind("policy", Policy, forms.PolicyForm, "policies", "Ny gräns")
EARLIER_NAME = RowKind(
    "earlier_name", EarlierName, forms.EarlierNameForm, "earlier_names", "Nytt tidigare namn"
)
KINDS = (MEMBER, APPOINTMENT, POLICY, EARLIER_NAME)


@contextmanager
def locked(federation: Federation) -> Iterator[None]:
    """One at a time writes within the block. SQLite's transactions are immediate and lock by themselves."""
    with transaction.atomic():
        Federation.objects.select_for_update(no_key=True).get(pk=federation.pk)
        yield


def in_order(kind: RowKind, federation: Federation) -> list[Any]:
    return list(kind.of(federation).order_by("position", "pk"))


def same_list(one: Any, other: Any) -> bool:
    """Appointments stand in a list for each body, members in a single one."""
    return not isinstance(one, Appointment) or (one.body, one.body_name) == (other.body, other.body_name)


def last_position(kind: RowKind, federation: Federation) -> int:
    """Where a new row goes. Call it within `locked`."""
    highest = kind.of(federation).aggregate(highest=models.Max("position"))["highest"]
    return 0 if highest is None else highest + 1


def move(kind: RowKind, federation: Federation, pk: int, *, up: bool) -> None:
    """Let the row change places with its neighbour in the same list; nothing when it has none.

    Call it within `locked`.
    """
    rows = in_order(kind, federation)
    moved = next(row for row in rows if row.pk == pk)
    beside = [row for row in rows if same_list(row, moved)]
    place = beside.index(moved) + (-1 if up else 1)
    if 0 <= place < len(beside):
        one, other = rows.index(moved), rows.index(beside[place])
        rows[one], rows[other] = rows[other], rows[one]
    for position, row in enumerate(rows):
        row.position = position
    kind.model._default_manager.bulk_update(rows, ["position"])


def references(row: models.Model) -> str:
    """What refers to the row, as words with figures: 2 budgetposter och 1 insats. Empty when nothing does.

    Found through the model's relations, since the apps above are not known here.
    """
    found: dict[type[models.Model], set[Any]] = defaultdict(set)
    for relation in row._meta.related_objects:
        found[relation.related_model] |= _referring(row, relation)
    return listed([_counted(model, len(keys)) for model, keys in found.items() if keys])


def _referring(row: models.Model, relation: ForeignObjectRel) -> set[Any]:
    rows = relation.related_model._base_manager.filter(**{relation.field.name: row.pk})
    if relation.related_model is Invitation:  # those that have ended are only history
        rows = Invitation.objects.open().filter(pk__in=rows)
    return set(rows.values_list("pk", flat=True))


def _counted(model: type[models.Model], number: int) -> str:
    names = model._meta
    return f"{number} {names.verbose_name if number == 1 else names.verbose_name_plural}"
