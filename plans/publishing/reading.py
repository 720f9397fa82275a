"""What the log says is public, with one query for a federation, a plan year or all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from plans.models import PlanMove, Version, VersionEvent
from plans.publishing.standing import (
    HERE,
    PUBLISHED_AS,
    Event,
    PublicVersion,
    VersionFacts,
    public_versions,
)

Row = tuple[Any, ...]
FIELDS = (
    "pk",
    "federation__slug",
    "federation__name",
    "plan_year",
    "number",
    "hash",
    "purpose",
    "plan_id",
    "plan__state",
    "plan__version_id",
    "decision__decided_on",
    "decision__paragraph",
    "events__kind",
    "events__on",
    "events__where",
)
LAST_YEAR = 9999
KEPT = 256
"""The years of so many plans, as they were understood last, each process keeps."""
OF_EVENTS = 3
"""So many of the fields, the last, are of events: a version has a row for each."""


def facts_of(**where: Any) -> list[VersionFacts]:
    """The versions that a filter of Version finds, with all that decides whether they are public."""
    return _facts_in(_rows(**where))


def _rows(**where: Any) -> QuerySet[Version, Row]:
    """Of each version a row for each event, in the order they were noted."""
    rows = Version.objects.filter(**where).values_list(*FIELDS)
    return rows.order_by("federation_id", "plan_year", "number", "events__at", "events__pk")


def _facts_in(rows: Iterable[Row]) -> list[VersionFacts]:
    by_version = (list(same) for _, same in groupby(rows, lambda row: row[0]))
    return [_facts(same[0], [row[-OF_EVENTS:] for row in same]) for same in by_version]


def _facts(row: Row, events: list[Row]) -> VersionFacts:
    *of_version, state, read_now, decided_on, paragraph = row[:-OF_EVENTS]
    key, slug, name, plan_year, number, version_hash, purpose, plan = of_version
    return VersionFacts(
        key=key,
        federation=slug,
        federation_name=name,
        plan_year=plan_year,
        number=number,
        hash=version_hash,
        purpose=purpose,
        plan=plan,
        plan_state=state,
        is_read_now=read_now == key,
        decided_on=_date(decided_on) if decided_on else None,
        paragraph=paragraph or "",
        events=tuple(Event(kind, _date(on), where) for kind, on, where in events if kind),
    )


def _date(stored: date | str) -> date:
    """SQLite has no dates of its own, and gives text to whoever asks it directly."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


# -- for the public pages, which are asked for often ---------------------------------------------------


def public_of(federation: str, plan_year: int | None = None) -> tuple[PublicVersion, ...]:
    """What is public of a federation (its slug), or of one of its plan years; the latest first.

    The log is read each time, with a query that is put together once, and understood when it says something
    new.
    """
    if plan_year is not None and plan_year > LAST_YEAR:
        return ()
    asked = (federation,) if plan_year is None else (federation, plan_year)
    with connection.cursor() as cursor:
        cursor.execute(_sql(len(asked) > 1), asked)
        rows = tuple(cursor.fetchall())
    return _public(rows, timezone.localdate())


@cache
def _sql(of_year: bool) -> str:
    """The query of `_rows`, with a place for the federation and for the plan year."""
    where = {"federation__slug": ""} | ({"plan_year": LAST_YEAR} if of_year else {})
    sql, _ = _rows(**where).query.sql_with_params()
    return sql


@lru_cache(maxsize=KEPT)
def _public(rows: tuple[Row, ...], today: date) -> tuple[PublicVersion, ...]:
    return public_versions(_facts_in(rows), today)


@dataclass(frozen=True, eq=False)
class Everything:
    """All that is public; the same one until something is noted."""

    versions: tuple[PublicVersion, ...]


def everything() -> Everything:
    """What is public of all federations. Read anew only when something has been noted since, or the day is
    another: what has happened is only ever added to."""
    events = VersionEvent.objects.aggregate(Count("pk"), Max("at"))
    moves = PlanMove.objects.aggregate(Count("pk"), Max("at"))
    return _everything((*events.values(), *moves.values()), timezone.localdate())


@lru_cache(maxsize=1)
def _everything(as_of: tuple[Any, ...], today: date) -> Everything:
    published = VersionEvent.objects.filter(where=HERE, kind__in=PUBLISHED_AS).values("version__plan")
    return Everything(public_versions(facts_of(plan__in=published), today))
