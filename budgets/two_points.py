"""The same budget at two points in time: every figure of the table that differs. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from budgets.page import BudgetPage
from budgets.table import Row


@dataclass(frozen=True)
class Difference:
    """A row of the table in a column, SEK then and now; None where there was no such row or figure."""

    label: str
    kind: str
    year: int
    column_kind: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def differences(before: BudgetPage, after: BudgetPage) -> list[Difference]:
    """In the order of the later table; rows and columns that are gone last."""
    old, new = _figures(before), _figures(after)
    places = [*new, *(place for place in old if place not in new)]
    found = []
    for place in places:
        was, becomes = old.get(place), new.get(place)
        amounts = (was[3] if was else None, becomes[3] if becomes else None)
        if amounts[0] != amounts[1]:
            row, year, kind, _ = becomes or was  # type: ignore[misc]
            found.append(Difference(row.label, row.kind, year, kind, *amounts))
    return found


def _figures(page: BudgetPage) -> dict[tuple[str, int], tuple[Row, int, str, Decimal | None]]:
    """Every figure by the key of its row and of its column."""
    return {
        (row.key, column.key): (row, head.year, head.kind, row.cells[place].amount)
        for row in page.table.rows
        if row.cells and row.kind != "printed"  # comes and goes with what it is compared with
        for place, (column, head) in enumerate(zip(page.sheet.columns, page.table.heads, strict=True))
    }
