"""Import and export of 5 000 rows against the libraries underneath them, in the same run.

Import: cells read, meanings guessed, proposal and steps made, against pandas.read_excel with openpyxl alone.
Export: the workbook with formulas, findings, notes and keeper, against xlsxwriter writing the same cells.
The claim is a ratio of at most 3; memory is the peak that Python allocates.
"""

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pandas
import xlsxwriter

from benchmarks.measuring import peak_memory, seconds
from budgets.editing.state import BudgetState
from budgets.editing.steps import Table
from budgets.exchange import foreign_table, own_workbook
from budgets.exchange.cells import read_file
from budgets.exchange.guessing import guess
from budgets.exchange.import_steps import changes
from budgets.exchange.workbook import FIRST, About, workbook
from budgets.page import BudgetPage
from budgets.rules import Circumstances
from budgets.sheet import BudgetSheet, Column, Line

ROWS, YEARS = 5_000, 4
MOST = 3


def table() -> bytes:
    """A budget table as a förbund has it: a head, groups of twenty lines with their sums, four years."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Budget")
    sheet.write_row(0, 0, ["Kostnader", *(f"Budget {2021 + year}" for year in range(YEARS))])
    row = 1
    while row < ROWS:
        sheet.write(row, 0, f"Grupp {row // 22}")
        for line in range(1, 21):
            sheet.write_row(
                row + line, 0, [f"Post {row + line}", *(1_000 * line + year for year in range(YEARS))]
            )
        sums = [sum(1_000 * line + year for line in range(1, 21)) for year in range(YEARS)]
        sheet.write_row(row + 21, 0, [f"Summa Grupp {row // 22}", *sums])
        row += 22
    book.close()
    return file.getvalue()


def by_import(data: bytes) -> None:
    file = read_file("budget.xlsx", data)
    current = BudgetSheet((), (), plan_year=2021)
    mapping = guess(file, 2021)
    proposal = foreign_table.proposal(file, mapping, current)
    made = changes(proposal, BudgetState(0, {each: {} for each in Table}, {}))
    assert len(made.added) > ROWS * 0.9 and not proposal.errors


def by_pandas(data: bytes) -> None:
    assert len(pandas.read_excel(io.BytesIO(data), engine="openpyxl")) > ROWS * 0.9


def page() -> BudgetPage:
    columns = tuple(
        Column(2021 + year, "budget" if not year else "plan", key=year + 1) for year in range(YEARS)
    )
    lines = tuple(
        Line(
            key,
            "cost",
            f"Post {key}",
            tuple(Decimal(1_000 * key + year) for year in range(YEARS)),
            "insats",
            f"Grupp {key // 20}",
        )
        for key in range(1, ROWS)
    )
    income = Line(0, "income", "Bidrag", (Decimal(10**9),) * YEARS, "contribution", member_kind="all")
    return BudgetPage(BudgetSheet(columns, (income, *lines), plan_year=2021), Circumstances(), "SEK")


ABOUT = About("Utkast 2021-11-02 14.10", datetime(2021, 11, 2, 14, 10), budget="1")


def by_export(shown: BudgetPage) -> bytes:
    return workbook(shown, ABOUT)


def by_xlsxwriter(shown: BudgetPage) -> bytes:
    """The same cells, formats and formulas, with nothing to find out: what xlsxwriter alone takes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet, keeper = book.add_worksheet("Budget"), book.add_worksheet("Finsam")
    money, bold = book.add_format({"num_format": "#,##0"}), book.add_format({"bold": True})
    for at, row in enumerate(shown.table.rows):
        sheet.write_string(at, 0, row.key)
        sheet.write_string(at, 1, row.label, bold)
        for column, cell in enumerate(row.cells):
            if row.kind in ("subtotal", "total"):
                sheet.write_formula(
                    at, FIRST + column, f"=SUM(C{at - 19}:C{at})", money, float(cell.amount or 0)
                )
            elif cell.amount is not None:
                sheet.write_number(at, FIRST + column, float(cell.amount), money)
    for at, line in enumerate(shown.sheet.lines):
        for column, text in enumerate(("line", str(line.key), line.name, *map(str, line.amounts))):
            keeper.write_string(at, column, text)
    book.close()
    return file.getvalue()


def compared(name: str, ours: Callable[[], object], theirs: Callable[[], object], other: str) -> float:
    one, two = seconds(ours), seconds(theirs)
    print(
        f"{name:<28} {one * 1000:>8.0f} ms   {other:<28} {two * 1000:>8.0f} ms   ratio {one / two:>5.2f}   "
        f"memory {peak_memory(ours) / 1e6:>6.1f} MB and {peak_memory(theirs) / 1e6:>6.1f} MB"
    )
    return one / two


def main() -> None:
    data, shown = table(), page()
    print(
        f"{ROWS} rows × {YEARS} years, {len(data) / 1000:.0f} kB; our import also parses in a process "
        "of its own"
    )
    ratios = [
        compared("import", lambda: by_import(data), lambda: by_pandas(data), "pandas.read_excel, openpyxl"),
        compared("export", lambda: by_export(shown), lambda: by_xlsxwriter(shown), "xlsxwriter"),
    ]
    ours = by_export(shown)

    def by_return() -> None:
        file = read_file("budget.xlsx", ours)
        base = own_workbook.read_base(file)
        assert base is not None
        assert not own_workbook.proposal(file, base, shown.sheet).lines

    ratios.append(
        compared("our own workbook back", by_return, lambda: by_pandas(ours), "pandas.read_excel, openpyxl")
    )
    assert max(ratios) <= MOST, f"a ratio above {MOST}"


if __name__ == "__main__":
    main()
