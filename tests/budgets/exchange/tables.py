"""Budget tables as they come from a spreadsheet: pasted text, and workbooks made by another program."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from budgets.exchange.words import KnownMember
from budgets.rules import Circumstances
from budgets.sheet import BudgetSheet
from budgets.table import table
from finsam.swedish import number
from tests.budgets.examples import fixture

MEMBERS = [
    KnownMember(1, "Försäkringskassan", "state"),
    KnownMember(2, "Arbetsförmedlingen", "state"),
    KnownMember(3, "Region Gotland", "region_municipality"),
]


def gotland_rows() -> list[list[str]]:
    """Gotland's budget as a spreadsheet shows it: headings, lines, sums and four years."""
    sheet = fixture("gotland")
    rows = [["", *(f"{'Budget' if c.kind == 'budget' else 'Plan'} {c.year}" for c in sheet.columns)]]
    for row in table(sheet, Circumstances(), "SEK").rows:
        if row.kind in ("limit", "printed"):
            continue
        cells = ["" if cell.amount is None else number(cell.amount) for cell in row.cells]
        rows.append([row.label, *cells])
    return rows[: next(i for i, row in enumerate(rows) if row[0].startswith("ANDRA"))]


def pasted(rows: Iterable[Iterable[str]]) -> str:
    """Rows as they stand on the clipboard."""
    return "".join("\t".join(row) + "\r\n" for row in rows)


def keyed(sheet: BudgetSheet) -> BudgetSheet:
    """With a key for every column, as a budget in the database has."""
    columns = tuple(replace(column, key=100 + place) for place, column in enumerate(sheet.columns))
    return replace(sheet, columns=columns)


def xlsx(*rows: Iterable[Any], change: Callable[[Workbook, Worksheet], None] | None = None) -> bytes:
    """A workbook with one sheet of these rows, perhaps changed before it is saved."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Budget 2021"
    for row in rows:
        sheet.append(list(row))
    if change:
        change(book, sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


SMALL = (
    ("", "Budget 2021", "Plan 2022"),
    ("Intäkter", None, None),
    ("Försäkringskassan", 500_000, 500_000),
    ("Region Gotland", 500_000, 500_000),
    ("Summa intäkter", 1_000_000, 1_000_000),
    ("Kostnader", None, None),
    ("Kansli", 300_000, 310_000),
    ("Krami", 600_000, 600_000),
    ("Summa kostnader", 900_000, 910_000),
)


def facts(sheet: BudgetSheet) -> list[tuple[Any, ...]]:
    """What every line of a sheet is and holds, without keys, notes and projects."""
    return [
        (
            line.section,
            line.line_class,
            line.member_kind,
            line.group,
            line.subgroup,
            line.name,
            tuple(None if amount is None else f"{amount:.2f}" for amount in line.amounts),
        )
        for line in sheet.lines
    ]
