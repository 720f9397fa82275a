"""The rows of a public budget, one for each row of its table, with the headings they stand under. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgets.table import Row, Table

HEADINGS = ("section", "group", "subgroup")
LEFT_OUT = "printed"
"""Sums that only the document has which a budget was read from: they are nothing that was decided."""


@dataclass(frozen=True)
class PublicRow:
    """`kind` is that of the table's row; `amounts` are exact SEK, one for each column, None where nothing
    stands: empty is not zero."""

    section: str
    group: str
    subgroup: str
    kind: str
    name: str
    amounts: tuple[Decimal | None, ...]
    note: str


def public_rows(table: Table) -> Iterator[PublicRow]:
    """In the order they are read."""
    section = group = subgroup = ""
    for row in table.rows:
        match row.kind:
            case "section":
                section, group, subgroup = row.label, "", ""
            case "group":
                group, subgroup = row.label, ""
            case "subgroup":
                subgroup = row.label
        if row.kind in HEADINGS or row.kind == LEFT_OUT:
            continue
        if _ends_subgroup(row):
            subgroup = ""
        if _ends_group(row):
            group = ""
        amounts = tuple(cell.amount for cell in row.cells)
        yield PublicRow(
            section.capitalize(), group, subgroup, row.kind, _one_line(row.label), amounts, row.note
        )


def _ends_subgroup(row: Row) -> bool:
    """A row of the group itself, or of no group: those of a subgroup stand deeper, but for its sum."""
    return row.depth == 0 or (row.depth == 1 and row.kind == "line")


def _ends_group(row: Row) -> bool:
    return row.depth == 0 and row.kind != "subtotal"


def _one_line(label: str) -> str:
    return " ".join(label.split())
