"""Rows from a file in the database: as they are, past what a model does by itself when it is saved."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model

from finsam.frozen_tables import tables as frozen_tables
from members.models import Federation
from plans.backup.federation.tables import OF_PEOPLE, Table, tables

ROWS_AT_A_TIME = 100


def insert(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Store the rows, values by field; all have the same fields."""
    if not rows:
        return
    quoted = connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if field.name in rows[0]]
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({places})",  # noqa: S608
            [[field.get_db_prep_save(row[field.name], connection) for field in fields] for row in rows],
        )


def clean(federation: Federation) -> Iterator[tuple[Table, Model, ValidationError]]:
    """What no constraint can judge: that rows which belong together are of the same plan and budget. The rows
    that are wrong, and why. What a model cleans of itself, as texts with words that Finsam does not take, is
    stored as it should be."""
    for table in tables():
        if table.model.clean is Model.clean or table.label in OF_PEOPLE:
            continue
        related = [field.name for field in table.fields if _is_light(field.related_model)]
        for row in table.rows(federation).select_related(*related).iterator(ROWS_AT_A_TIME):
            before = _stored(table, row)
            try:
                row.clean()
            except ValidationError as error:
                yield table, row, error
                continue
            after = _stored(table, row)
            if changed := {name: value for name, value in after.items() if value != before[name]}:
                table.model._base_manager.filter(pk=row.pk).update(**changed)


def _is_light(model: Any) -> bool:
    """Whether it is read along: what is frozen holds whole documents."""
    return isinstance(model, type) and model._meta.db_table not in frozen_tables()  # type: ignore[attr-defined]


def _stored(table: Table, row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in table.fields}
