"""Where a figure of the table comes from: its parts, each with its own place. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from budgets.rules.circumstances import Circumstances
from budgets.rules.equity_limits import equity_limits
from budgets.sheet import BudgetSheet
from budgets.table import Row, Table
from finsam.swedish import MINUS, Unit, money, percent

FEW = 4
"""As many parts are told in one sentence."""


@dataclass(frozen=True)
class Source:
    """One part of a figure: what it is, SEK with its sign, and the id of its cell ("" for none)."""

    label: str
    amount: Decimal | None
    place: str = ""


@dataclass(frozen=True)
class Origin:
    """How a figure comes about: a sentence, the parts, and what they come to (SEK)."""

    label: str
    column: str
    sentence: str
    parts: tuple[Source, ...]
    amount: Decimal | None


def origin(sheet: BudgetSheet, circumstances: Circumstances, table: Table, row: Row, column: int) -> Origin:
    """Where the figure of a row in a column comes from."""
    return _Origins(sheet, circumstances, table, row, column).origin()


class _Origins:
    def __init__(
        self, sheet: BudgetSheet, circumstances: Circumstances, table: Table, row: Row, column: int
    ) -> None:
        self.sheet, self.circumstances, self.table = sheet, circumstances, table
        self.row, self.column, self.figures = row, column, sheet.figures[column]

    def origin(self) -> Origin:
        sentence, parts = self._told()
        head = self.table.heads[self.column]
        where = f"{head.year} {head.kind}"
        return Origin(self.row.label, where, sentence, parts, self.row.cells[self.column].amount)

    def _told(self) -> tuple[str, tuple[Source, ...]]:
        row = self.row
        if row.parts:
            return "Summan av:", tuple(_parts(self.table, row, self.column))
        if row.key == "opening" or (row.line is not None and row.kind == "key"):
            return self._opening()
        if row.key in ("highest", "lowest"):
            return self._limit()
        if row.line is not None and row.cells[self.column].computed:
            return self._balancing()
        if row.line is not None:
            return self._entered()
        return "Summan som källan trycker, räknad om från sina rader.", ()

    def _opening(self) -> tuple[str, tuple[Source, ...]]:
        carried_from = self.figures.carried_from
        parts: tuple[Source, ...] = ()
        if carried_from is not None:
            head = self.table.heads[carried_from]
            name = f"Utgående eget kapital {head.year} {head.kind}"
            parts = (Source(name, self.figures.carried, f"closing-{carried_from}"),)
        if self.figures.opening_entered is not None:
            return (
                "Angivet för hand. Utan det skulle året öppna med:" if parts else "Angivet för hand.",
                parts,
            )
        return (
            "Det som året före slutar med:" if parts else "Inget är angivet, och inget år före finns."
        ), parts

    def _limit(self) -> tuple[str, tuple[Source, ...]]:
        limits = equity_limits(self.sheet, self.circumstances, self.column)
        limit = getattr(limits, self.row.key, None) if limits else None
        if limit is None or not limit.steps:
            return "Förbundets egen gräns.", ()
        unit = self.sheet.unit
        parts = tuple(
            Source(
                f"{percent(step.percent / 100, 0)} av {money(step.part, unit)}",
                step.part * step.percent / 100,
            )
            for step in limit.steps
        )
        return "Nationella rådets rekommendation på årets medlemsbidrag:", parts

    def _balancing(self) -> tuple[str, tuple[Source, ...]]:
        line = next(line for line in self.sheet.lines if line.key == self.row.line)
        others = None
        own = self.row.cells[self.column].amount
        if self.figures.costs is not None and own is not None:
            others = -(self.figures.costs - own)
        target = line.target(self.column)
        return "Det som är kvar att fördela:", (
            Source("Tillgängliga medel", self.figures.funds_available, f"funds-{self.column}"),
            Source("Övriga kostnader", others),
            Source("Utgående eget kapital ska bli", None if target is None else -target),
        )

    def _entered(self) -> tuple[str, tuple[Source, ...]]:
        line = next(line for line in self.sheet.lines if line.key == self.row.line)
        formula = line.formulas[self.column] if line.formulas else ""
        said = f"Formeln {formula}." if formula else "Skrivet i cellen."
        if line.project:
            said += f" Hör till insatsen {line.project}."
        if line.member:
            said += f" Betalas av {line.member}."
        return said, ()


def _parts(table: Table, row: Row, column: int) -> list[Source]:
    rows = {each.key: each for each in table.rows if each.key}
    found = []
    for sign, key in row.parts:
        if key in rows:
            amount = rows[key].cells[column].amount
            label = rows[key].label
            found.append(Source(label, None if amount is None else sign * amount, f"{key}-{column}"))
    return found


def arithmetic_of(table: Table, row: Row, column: int, unit: Unit) -> str:
    """A figure of few parts in one line: Summa intäkter 500 kr − Summa kostnader 600 kr = −100 kr."""
    parts = _parts(table, row, column)
    amount = row.cells[column].amount
    if not 1 < len(parts) <= FEW or amount is None or any(part.amount is None for part in parts):
        return ""
    words = []
    for place, ((sign, _), part) in enumerate(zip(row.parts, parts, strict=True)):
        assert part.amount is not None
        before = "" if not place else ("+ " if sign > 0 else f"{MINUS} ")
        words.append(f"{before}{part.label} {money(part.amount * sign, unit)}")
    return f"{' '.join(words)} = {row.label} {money(amount, unit)}"
