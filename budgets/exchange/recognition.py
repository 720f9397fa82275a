"""Which of a table's lines the budget has already. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from budgets.exchange.proposal import ProposedLine
from budgets.exchange.words import plain_name
from budgets.sheet import BudgetSheet, Line


def recognised(
    lines: Sequence[ProposedLine], current: BudgetSheet
) -> tuple[list[ProposedLine], tuple[str, ...]]:
    """The lines with the keys of those that the budget has, and the names of those it has besides.
    An empty cell of the table leaves what stands in the budget."""
    left: dict[tuple[str, str], list[Line]] = {}
    for there in current.lines:
        left.setdefault((plain_name(there.name), there.section), []).append(there)
    result = []
    for line in lines:
        same = left.get((plain_name(line.name or ""), line.section), [])
        here = next((each for each in same if each.group == line.group), same[0] if same else None)
        if here is None or (here.part_of is None) != (line.part_of is None):
            result.append(line)
            continue
        same.remove(here)
        cells = {column: amount for column, amount in line.cells.items() if amount is not None}
        result.append(replace(line, key=here.key, name=None, note=line.note or None, cells=cells))
    missing = tuple(
        each.name
        for each in current.lines
        if any(each is there for there in left[plain_name(each.name), each.section])
    )
    return result, missing
