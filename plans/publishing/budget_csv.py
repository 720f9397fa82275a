"""A public budget as a CSV file: an amount on each line, for Excel in Swedish and for programs. Pure.

The columns are described in docs/published.md and stay as they are.
"""

from collections.abc import Iterator

from budgets.exchange.csv_file import KINDS
from budgets.exchange.csv_writing import Cell, csv_lines
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
    """Amounts are exact SEK."""
    return "".join(csv_lines(COLUMNS, _rows(public, held))).encode()


def _rows(public: PublicVersion, held: Frozen) -> Iterator[tuple[Cell, ...]]:
    table = held.budget.table
    version = (
        held.contents.picture.federation.name,
        str(public.facts.plan_year),
        str(public.facts.number),
        public.status.value,
    )
    for row in public_rows(table):
        place = (row.section, row.group, row.subgroup, KINDS[row.kind], row.name)
        for head, amount in zip(table.heads, row.amounts, strict=True):
            column = " ".join(filter(None, (head.kind, head.detail)))
            yield (*version, *place, str(head.year), column, amount, row.note)
