"""The log as one reading of many tables, the latest first, with a fixed number of queries for a page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from members.models import Federation
from plans.log.sources import SOURCES, Source
from plans.log.telling import Told, told
from plans.models import Plan

ON_A_PAGE = 50
AT_ONCE = 500
"""So many rows of a file are read at a time."""


@dataclass(frozen=True)
class Wanted:
    """Which rows: of these sources, of or about a person (their key), of a plan year, from and to a day, both
    included."""

    sources: tuple[Source, ...] = SOURCES
    person: int | None = None
    plan_year: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Page:
    """Rows of the log; pages are numbered from 1."""

    rows: list[Told]
    number: int
    pages: int
    total: int

    @property
    def days(self) -> list[tuple[date, list[Told]]]:
        """The rows under the day they are of."""
        return [(day, list(rows)) for day, rows in groupby(self.rows, lambda row: timezone.localdate(row.at))]

    @property
    def earlier(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    @property
    def later(self) -> int | None:
        return self.number - 1 if self.number > 1 else None


def read_page(federation: Federation, wanted: Wanted, number: int, *, shows_drafts: bool) -> Page:
    """The page with that number, or the nearest there is. `shows_drafts`: with texts of the working copy."""
    keys = _keys(federation, wanted)
    total = keys.count() if keys is not None else 0
    pages = max(1, -(-total // ON_A_PAGE))
    number = min(max(number, 1), pages)
    start = (number - 1) * ON_A_PAGE
    found = list(keys[start : start + ON_A_PAGE]) if keys is not None and total else []
    return Page(_told(found, shows_drafts=shows_drafts), number, pages, total)


def read_all(federation: Federation, wanted: Wanted, *, shows_drafts: bool) -> Iterator[Told]:
    """Every row that there is now, read a few at a time."""
    keys = _keys(federation, wanted, until=timezone.now())
    found = keys.iterator(chunk_size=AT_ONCE) if keys is not None else iter(())
    return (row for some in _batched(found) for row in _told(some, shows_drafts=shows_drafts))


def people_in(federation: Federation) -> list[tuple[int, str]]:
    """Everybody who stands in the log: key and name, by name."""
    found: list[QuerySet[Any, Any]] = [
        source.model._base_manager.filter(**{source.federation: federation, f"{key}__isnull": False})
        .order_by()
        .values_list(key, name)
        for source in SOURCES
        for key, name in source.people
    ]
    people = dict(found[0].union(*found[1:]))
    return sorted(people.items(), key=lambda person: (person[1].casefold(), person[0]))


def years_in(federation: Federation) -> list[int]:
    """The plan years of the federation, the latest first."""
    plans = Plan.every.filter(federation=federation).order_by("-plan_year")
    return list(plans.values_list("plan_year", flat=True).distinct())


Key = tuple[datetime, int, int]
"""When it was; the number of the source; the key of the row."""


def _keys(federation: Federation, wanted: Wanted, until: datetime | None = None) -> QuerySet[Any, Any] | None:
    """The keys of the rows, the latest first; None when no source has any."""
    sources = [each for each in wanted.sources if each.plan_year or wanted.plan_year is None]
    found = [_keys_of(source, federation, wanted, until) for source in sources]
    return found[0].union(*found[1:], all=True).order_by("-at", "-source", "-pk") if found else None


def _keys_of(
    source: Source, federation: Federation, wanted: Wanted, until: datetime | None
) -> QuerySet[Any, Any]:
    asked = Q(**{source.federation: federation}) & source.only
    if wanted.person is not None:
        of_person = Q()
        for key, _ in source.people:
            of_person |= Q(**{key: wanted.person})
        asked &= of_person
    if wanted.plan_year is not None:
        asked &= Q(**{source.plan_year: wanted.plan_year})
    if wanted.first:
        asked &= Q(at__gte=_midnight(wanted.first))
    if wanted.last:
        asked &= Q(at__lt=_midnight(wanted.last + timedelta(days=1)))
    if until:
        asked &= Q(at__lte=until)
    rows = source.model._base_manager.filter(asked).order_by()
    keys: QuerySet[Any, Any] = rows.annotate(source=Value(SOURCES.index(source)))
    return keys.values_list("at", "source", "pk")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _told(keys: Iterable[Key], *, shows_drafts: bool) -> list[Told]:
    """The rows in the order of their keys, with at most one query for each source."""
    wanted = list(keys)
    of_source: defaultdict[int, list[int]] = defaultdict(list)
    for _, source, key in wanted:
        of_source[source].append(key)
    rows = {
        (number, row.pk): row for number, some in of_source.items() for row in _rows(SOURCES[number], some)
    }
    return [
        told(SOURCES[source], rows[source, key], shows_drafts=shows_drafts)
        for _, source, key in wanted
        if (source, key) in rows  # gone meanwhile: an old read
    ]


def _rows(source: Source, keys: list[int]) -> Iterable[Any]:
    rows = source.model._base_manager.filter(pk__in=keys)
    if source.related:
        rows = rows.select_related(*source.related)
    return rows.defer(*source.deferred)


def _batched(keys: Iterable[Key]) -> Iterator[list[Key]]:
    some: list[Key] = []
    for key in keys:
        some.append(key)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some
