"""Two columns of a table against each other: the change in kronor and in per cent. Pure."""

from dataclasses import dataclass

from budgets.table import Head, Row, Table
from finsam.swedish import Unit, in_whole_units, number, percent


@dataclass(frozen=True)
class Comparison:
    """From column `earlier` to column `later` of a table."""

    table: Table
    earlier: int
    later: int

    @property
    def heads(self) -> tuple[Head, Head]:
        return self.table.heads[self.earlier], self.table.heads[self.later]

    def differences(self, row: Row, unit: Unit) -> tuple[str, str]:
        """The change of a row in whole units and in per cent of the earlier figure; empty where a figure is
        missing, and no per cent of nothing or of a negative figure."""
        if not row.cells:
            return "", ""
        before, after = row.cells[self.earlier].amount, row.cells[self.later].amount
        if before is None or after is None:
            return "", ""
        change = number(in_whole_units(after - before, unit))
        return change, percent((after - before) / before) if before > 0 else ""
