"""The sheet and all rules against pandas doing the same sums by groupby, in the same run.

For 20, 200, 500 and 2 000 lines of 4 columns: median time of building the sheet's figures and checking
every rule, pandas' time for the same sums from the same rows, and the peak memory of each. Growth is
the time per line compared with the size before: 1 or less is linear.
"""

from decimal import Decimal
from functools import partial

import pandas

from benchmarks.measuring import peak_memory, seconds
from budgets.rules import check
from budgets.sheet import BudgetSheet, Column, Line, PrintedTotal

SIZES = (20, 200, 500, 2_000)
COLUMNS = (
    Column(2020, "budget"),
    Column(2021, "budget"),
    Column(2022, "plan"),
    Column(2023, "plan"),
)
CLASSES = ("administration", "board", "audit", "insats")


def lines(number: int) -> tuple[Line, ...]:
    """Two contributions, opening equity, and costs in groups of twenty lines."""
    half = tuple(Decimal(number * 5_000 + column * 100) for column in range(4))
    head = (
        Line(0, "income", "Försäkringskassan", half, "contribution", member_kind="state"),
        Line(1, "income", "Regionen", half, "contribution", member_kind="region_municipality"),
        Line(2, "opening_equity", "Eget kapital", (Decimal(500_000), None, None, None)),
    )
    costs = tuple(
        Line(
            key,
            "cost",
            f"Post {key}",
            tuple(Decimal(9_000 + key % 7 * 500 + column * 100) for column in range(4)),
            CLASSES[key % 4],
            group=f"Grupp {key // 20}",
            project=f"Insats {key // 5}" if key % 3 == 0 else "",
        )
        for key in range(3, number)
    )
    return head + costs


def sheet(rows: tuple[Line, ...]) -> BudgetSheet:
    printed = PrintedTotal("Summa kostnader", (Decimal(1),) * 4, sections=("cost",))
    return BudgetSheet(COLUMNS, rows, (printed,), plan_year=2021)


def by_sheet(rows: tuple[Line, ...]) -> None:
    """A new sheet; every sum the pages show, and every finding."""
    fresh = sheet(rows)
    groups = dict.fromkeys(line.group for line in fresh.lines if line.group)
    for column in range(len(COLUMNS)):
        for group in groups:
            fresh.group_total(group, column)
        for name in CLASSES:
            fresh.class_total(name, column)
    check(fresh)


def frame(rows: tuple[Line, ...]) -> pandas.DataFrame:
    """The same rows in whole kronor as integers, pandas' best case; made outside the measured time."""
    return pandas.DataFrame(
        [
            {
                "section": row.section,
                "class": row.line_class,
                "group": row.group,
                "payer": row.member_kind,
                "project": row.project,
                **{f"y{i}": int(amount) for i, amount in enumerate(row.amounts) if amount is not None},
            }
            for row in rows
        ]
    )


def by_pandas(table: pandas.DataFrame) -> None:
    """The same sums: by section, class, group, payer and project, the result and the equity chain."""
    years = [f"y{i}" for i in range(len(COLUMNS))]
    sections = table.groupby("section")[years].sum()
    for key in ("class", "group", "payer", "project"):
        table.groupby(key)[years].sum()
    result = sections.loc["income"] - sections.loc["cost"]
    result.cumsum() + sections.loc["opening_equity"].iloc[0]


def main() -> None:
    heads = ("sheet + rules", "pandas", "ratio", "growth", "memory", "pandas")
    print(
        f"{'lines':>6} {heads[0]:>14} {heads[1]:>10} {heads[2]:>6} {heads[3]:>7} {heads[4]:>9} {heads[5]:>9}"
    )
    before = None
    for size in SIZES:
        rows = lines(size)
        table = frame(rows)
        repeats = max(7, 4_000 // size)
        ours = seconds(partial(by_sheet, rows), repeats)
        theirs = seconds(partial(by_pandas, table), repeats)
        growth = ours / size / (before or ours / size)
        before = ours / size
        memory = peak_memory(partial(by_sheet, rows))
        other = peak_memory(partial(by_pandas, table))
        print(
            f"{size:>6} {ours * 1000:>11.2f} ms {theirs * 1000:>7.2f} ms {ours / theirs:>6.2f} {growth:>7.2f}"
            f" {memory / 1024:>6.0f} kB {other / 1024:>6.0f} kB"
        )


if __name__ == "__main__":
    main()
