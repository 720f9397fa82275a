"""A public budget as a CSV file: an amount on each line, for Excel in Swedish and for programs. Pure.

The columns are described in docs/published.md and stay as they are.
"""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from budgets.exchange.csv_file import KINDS, MARK, safe
from plans.publishing.budget_rows import public_rows
from plans.publishing.standing import PublicVersion
from plans.review.frozen import Frozen

COLUMNS = (
    "förbund",
    "planår",
    "version",
    "läge",
    "avsnitt",
    "grupp",
    "undergrupp",
    "slag",
    "post",
    "år",
    "kolumn",
    "belopp",
    "not",
)


def budget_csv(public: PublicVersion, held: Frozen) -> bytes:
    """Semicolons, decimal comma, and UTF-8 with its mark. Amounts are exact SEK."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_lines(public, held))
    return (MARK + text.getvalue()).encode("utf-8")


def _lines(public: PublicVersion, held: Frozen) -> Iterator[tuple[str, ...]]:
    table = held.budget.table
    version = (
        safe(held.contents.picture.federation.name),
        str(public.facts.plan_year),
        str(public.facts.number),
        public.status.value,
    )
    for row in public_rows(table):
        place = (safe(row.section), safe(row.group), safe(row.subgroup), KINDS[row.kind], safe(row.name))
        for head, amount in zip(table.heads, row.amounts, strict=True):
            column = " ".join(filter(None, (head.kind, head.detail)))
            yield (*version, *place, str(head.year), safe(column), number(amount), safe(row.note))


def number(amount: Decimal | None) -> str:
    """With decimal comma and a plain minus, and no more decimals than it has; empty when there is none."""
    if amount is None:
        return ""
    text = f"{amount:f}".replace(".", ",")
    return text.rstrip("0").rstrip(",") if "," in text else text
