"""The steps that fill cells: one, a pasted range, to the right. Pure: from the state to steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from budgets.editing.lines import ImpossibleError
from budgets.editing.state import BudgetState, changed
from budgets.editing.steps import Step, Table, Value, cell

TOO_MUCH = Decimal(10**12)


def stored(amount: Decimal | None) -> str | None:
    """An amount in SEK as steps hold it."""
    return None if amount is None else f"{amount:.2f}".replace("-0.00", "0.00")


def set_amount(
    state: BudgetState, line: int, year: int, was: Value, amount: Decimal | None, formula: str = ""
) -> list[Step]:
    """The cell with another amount (SEK), judged against what it was when the user saw it. A balancing line
    that is computed is from then on what was typed. No steps when nothing differs. Raises ImpossibleError."""
    if amount is not None and abs(amount) >= TOO_MUCH:
        raise ImpossibleError("Beloppet är för stort. En cell rymmer högst 999 999 999 999,99 kr.")
    now = state.cell(line, year)
    values: dict[str, Value] = {"amount": stored(amount), "formula": formula}
    if now["target"] is not None:
        values["target"] = None
    before, after = changed({**now, "amount": was}, **values)
    if not after:
        return []
    return [cell(line, year, {**before, "amount": was}, {**after, "amount": values["amount"]})]


def set_amounts(state: BudgetState, amounts: Iterable[tuple[int, int, Decimal | None, str]]) -> list[Step]:
    """Several cells (line, year, SEK, formula), whatever they hold now; those that differ."""
    return [
        step
        for line, year, amount, formula in amounts
        if line in state.rows[Table.LINE] and year in state.rows[Table.YEAR]
        for step in set_amount(state, line, year, state.cell(line, year)["amount"], amount, formula)
    ]


def fill_right(
    state: BudgetState, lines: Iterable[int], years: Sequence[int], per_cent: Decimal = Decimal(0)
) -> list[Step]:
    """Each line's amount in the first of the columns into the others, each `per_cent` more than the one
    before, in whole kronor, half up. An empty first cell empties the others; one that is computed has the
    others computed to the same end. Raises ImpossibleError."""
    if years[0] not in state.rows[Table.YEAR]:
        raise ImpossibleError("Kolumnen finns inte längre. Någon annan har tagit bort den.")
    filled: list[tuple[int, int, Decimal | None, str]] = []
    computed = list[Step]()
    factor = 1 + per_cent / 100
    for line in lines:
        first, target = (state.cell(line, years[0])[field] for field in ("amount", "target"))
        if target is not None:
            others = [year for year in years[1:] if year in state.rows[Table.YEAR]]
            computed += [s for year in others for s in set_target(state, line, year, Decimal(str(target)))]
            continue
        amount = None if first is None else Decimal(str(first))
        for place, year in enumerate(years[1:], start=1):
            grown = amount
            if amount is not None and per_cent:
                grown = (amount * factor**place).to_integral_value(ROUND_HALF_UP)
            filled.append((line, year, grown, ""))
    return [*set_amounts(state, filled), *computed]


def set_note(state: BudgetState, line: int, year: int, note: str) -> list[Step]:
    before, after = changed(state.cell(line, year), note=note)
    return [cell(line, year, before, after)] if after else []


def set_target(state: BudgetState, line: int, year: int, target: Decimal | None) -> list[Step]:
    """What closing equity (SEK) a balancing line is to leave; None: the line is not computed here. What a
    source printed in the cell is then of no more use."""
    values: dict[str, Value] = {"target": stored(target)}
    if target is not None:
        values |= {"amount": None, "formula": ""}
    before, after = changed(state.cell(line, year), **values)
    return [cell(line, year, before, after)] if after else []


@dataclass(frozen=True)
class CellChange:
    """One cell that a step would change, for a preview."""

    line: str
    year: int
    column: str
    before: Decimal | None
    after: Decimal | None


def cell_changes(state: BudgetState, steps: Iterable[Step]) -> list[CellChange]:
    """The steps on amounts in words: the line's name, the column, SEK before and after."""

    def kronor(value: Value) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    shown = []
    for step in steps:
        if step.table != Table.CELL or step.before is None or step.after is None or step.year is None:
            continue
        year = state.rows[Table.YEAR][step.year]
        shown.append(
            CellChange(
                str(state.rows[Table.LINE][step.row]["name"]),
                int(str(year["year"])),
                str(year["kind"]),
                kronor(step.before.get("amount")),
                kronor(step.after.get("amount")),
            )
        )
    return shown
