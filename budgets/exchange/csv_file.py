"""The budget as a CSV file: semicolons, UTF-8 with its mark, decimal comma, one head; for Excel in Swedish
and for programs. Pure."""

import csv
import io
from decimal import Decimal

from budgets.exchange.delimited import DANGEROUS, PREFIX
from budgets.page import BudgetPage
from budgets.table import Row
from finsam.swedish import UNIT_NAME, UNIT_SIZE

MARK = "\ufeff"
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
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    heads = [" ".join(filter(None, (str(h.year), h.kind, h.detail))) for h in page.table.heads]
    writer.writerow(["Rad", "Post", *map(safe, heads), "Anmärkning", "Enhet"])
    for row in page.table.rows:
        amounts = [_number(cell.amount, page) for cell in row.cells] or [""] * len(heads)
        writer.writerow([KINDS[row.kind], safe(_label(row)), *amounts, safe(row.note), UNIT_NAME[page.unit]])
    return (MARK + text.getvalue()).encode("utf-8")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: ' before what begins like one (OWASP)."""
    return PREFIX + text if text.startswith(DANGEROUS) else text


def _label(row: Row) -> str:
    return " ".join(row.label.split("\n"))


def _number(amount: Decimal | None, page: BudgetPage) -> str:
    """An exact number with decimal comma and a plain minus, as programs read it."""
    if amount is None:
        return ""
    text = f"{amount / UNIT_SIZE[page.unit]:f}".replace(".", ",")
    return text.rstrip("0").rstrip(",") if "," in text else text
