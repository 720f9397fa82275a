"""The budget as a CSV file with one head. Pure."""

from collections.abc import Iterator

from budgets.exchange.csv_writing import Cell, csv_lines
from budgets.page import BudgetPage
from budgets.table import Row
from finsam.swedish import UNIT_NAME, UNIT_SIZE

KINDS = {
    "section": "avdelning",
    "group": "grupp",
    "subgroup": "undergrupp",
    "line": "post",
    "part": "varav",
    "subtotal": "summa",
    "total": "summa",
    "key": "nyckeltal",
    "limit": "gräns",
    "printed": "tryckt summa",
}


def csv_file(page: BudgetPage) -> bytes:
    """Every row of the page's table with its exact amounts, in the page's unit."""
    heads = [" ".join(filter(None, (str(h.year), h.kind, h.detail))) for h in page.table.heads]
    return "".join(csv_lines(["Rad", "Post", *heads, "Anmärkning", "Enhet"], _rows(page))).encode()


def _rows(page: BudgetPage) -> Iterator[tuple[Cell, ...]]:
    size, unit = UNIT_SIZE[page.unit], UNIT_NAME[page.unit]
    for row in page.table.rows:
        amounts = [None if cell.amount is None else cell.amount / size for cell in row.cells]
        blank = () if amounts else [None] * len(page.table.heads)
        yield (KINDS[row.kind], _label(row), *amounts, *blank, row.note, unit)


def _label(row: Row) -> str:
    return " ".join(row.label.split("\n"))
