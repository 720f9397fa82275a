"""Counts changes to what a federation's budgets are judged by beside their own figures: its members, own
limits and insatser. Whoever has read them knows by the number whether they still hold."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F


def count_change(federations: Iterable[int]) -> None:
    """These federations (primary keys) have other members, limits or insatser than before."""
    from members.models.federation import Federation

    Federation.objects.filter(pk__in=set(federations)).update(surroundings=F("surroundings") + 1)


class CountedQuerySet(models.QuerySet[Any]):
    """Counts what is changed without a call of save() too."""

    def update(self, **values: Any) -> int:
        federations = list(self.order_by().values_list("federation", flat=True).distinct())
        changed = super().update(**values)
        count_change(federations)
        return changed

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        rows = list(objs)
        made = super().bulk_create(rows, *args, **options)
        count_change(row.federation_id for row in rows)
        return made

    def bulk_update(self, objs: Iterable[Any], *args: Any, **options: Any) -> int:
        rows = list(objs)
        changed = super().bulk_update(rows, *args, **options)
        count_change(row.federation_id for row in rows)
        return changed


class Counted(models.Model):
    """A row of a federation that its budgets are judged by."""

    objects = CountedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        super().save(*args, **options)
        count_change([self.federation_id])  # type: ignore[attr-defined]


def count_removal(sender: Any, instance: Any, **details: Any) -> None:
    """For post_delete, which is sent however a row is deleted."""
    count_change([instance.federation_id])
