"""The log as a file, written row by row while it is read: CSV for Excel, JSON for programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.timezone import localtime

from budgets.exchange.csv_writing import csv_lines
from plans.log.telling import Told
from plans.versions.contents import canonical

HEADS = ("Tid", "Slag", "Vem", "Vad", "Planår", "Version", "Text")
FORM = "finsam-logg-1"


def csv_parts(rows: Iterable[Told]) -> Iterator[str]:
    """Times are local."""
    return csv_lines(HEADS, map(_cells, rows))


def json_parts(federation: str, rows: Iterable[Told]) -> Iterator[str]:
    """An object with `form`, `federation` (the name in its address) and `rows`, one on a line. Times are ISO
    8601 with their zone."""
    yield f'{{"form":{canonical(FORM)},"federation":{canonical(federation)},"rows":[\n'
    for place, row in enumerate(rows):
        yield (",\n" if place else "") + canonical(_data(row))
    yield "\n]}\n"


def _cells(row: Told) -> tuple[str, ...]:
    said = row.said
    at = localtime(row.at).strftime("%Y-%m-%d %H:%M:%S")
    return (
        at,
        row.label,
        row.by_name,
        said.what,
        _number(said.plan_year),
        _number(said.version),
        said.text,
    )


def _data(row: Told) -> dict[str, Any]:
    return {
        "at": localtime(row.at).isoformat(),
        "kind": row.word,
        "action": row.action,
        "by": row.by_name,
        "what": row.said.what,
        "plan_year": row.said.plan_year,
        "version": row.said.version,
        "text": row.said.text,
    }


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
