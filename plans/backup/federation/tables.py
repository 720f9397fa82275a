"""What belongs to a federation: found by following foreign keys, so that a new table comes along of
itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import BinaryField, Field, Model, Q, QuerySet

from finsam.frozen_tables import tables as frozen_tables
from members.models import Federation

APPS = ("members", "projects", "budgets", "plans")
FEDERATION, USER = "members.Federation", "members.User"
OF_PEOPLE: Mapping[str, str] = {"plans.NoticeChoice": "user"}
"""What belongs to the people who come along, by the field that says to whom."""
SHARED: Mapping[str, str] = {
    USER: "Personer är gemensamma: de känns igen på e-postadressen, och ingen hemlighet följer med."
}
LEFT_OUT: Mapping[str, str] = {
    "members.Logotype": "Logotypen har en egen del i filen.",
    "members.User_groups": "Django ger grupper rättigheter i stödsidorna; de hör till installationen.",
    "members.User_user_permissions": "Rättigheter i stödsidorna hör till installationen.",
    "budgets.Import": "Filer på väg in, som glöms efter ett dygn.",
    "plans.Notice": "Brev som installationen har skickat eller ska skicka, med adresser till den.",
}
LEFT_OUT_FIELDS: Mapping[str, frozenset[str]] = {
    "members.Invitation": frozenset({"token_hash"}),  # the secret of a link to the other installation
}


@dataclass(frozen=True)
class Table:
    """A model whose rows come along. `way` is the lookup from a row to the federation, or to a user."""

    model: type[Model]
    way: str

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def is_frozen(self) -> bool:
        """Whether its rows are only added: nothing that they say is touched."""
        return self.model._meta.db_table in frozen_tables()

    @property
    def fields(self) -> list["Field"]:
        """The fields that come along, without the primary key."""
        left_out = LEFT_OUT_FIELDS.get(self.label, frozenset())
        return [
            field
            for field in self.model._meta.concrete_fields
            if not field.primary_key and field.name not in left_out
        ]

    @property
    def has_files(self) -> bool:
        return any(isinstance(field, BinaryField) for field in self.fields)

    @property
    def light_fields(self) -> list["Field"]:
        """Those that keys are read from."""
        return [
            field
            for field in self.fields
            if target(field) or not (self.is_frozen or isinstance(field, BinaryField))
        ]

    def rows(self, federation: Federation, users: Iterable[int] = ()) -> QuerySet[Model]:
        """Its rows, in the order they were made."""
        of = Q(**{f"{self.way}__in": users}) if self.label in OF_PEOPLE else Q(**{self.way: federation.pk})
        return self.model._base_manager.filter(of).order_by("pk")


@cache
def tables() -> tuple[Table, ...]:
    """What comes along, what others belong to before them."""
    found = [Table(model, way) for model, way in _ways().items() if model._meta.label not in LEFT_OUT]
    return (*found, *(Table(apps.get_model(label), way) for label, way in OF_PEOPLE.items()))


def unclassified() -> list[str]:
    """The models that nobody has said anything of: neither found from a federation nor named above."""
    known = {table.label for table in tables()} | SHARED.keys() | LEFT_OUT.keys()
    return [model._meta.label for model in _models() if model._meta.label not in known]


def target(field: "Field") -> str:
    """The label of the model that a field refers to; empty for other fields."""
    model = field.related_model if field.many_to_one or field.one_to_one else None
    return model._meta.label if isinstance(model, type) else ""


def _models() -> list[type[Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]


def _ways() -> dict[type[Model], str]:
    """The shortest way of foreign keys, none of them empty, from each model to the federation."""
    ways: dict[type[Model], str] = {Federation: "pk"}
    while True:
        found: dict[type[Model], str] = {}
        for model in _models():
            for field in model._meta.concrete_fields:
                owner = field.related_model
                if model in ways or model in found or field.null or owner not in ways:
                    continue
                found[model] = field.name if owner is Federation else f"{field.name}__{ways[owner]}"
        if not found:
            return ways
        ways |= found
