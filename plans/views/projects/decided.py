"""What the board has decided to pay an insats, held against the budget that should say the same. Pure."""

from collections.abc import Iterable

from budgets.sheet import PLANNED_KINDS, BudgetSheet
from finsam.swedish import listed, money
from projects.models import BoardDecision


def decided_without_money(
    sheet: BudgetSheet, project: str, decisions: Iterable[BoardDecision]
) -> tuple[str, ...]:
    """A sentence for each amount that the board has decided for years where the budget has none."""
    planned = [
        place
        for place, column in enumerate(sheet.columns)
        if column.kind in PLANNED_KINDS and column.year >= (sheet.plan_year or 0)
    ]
    said = []
    for decision in decisions:
        about = [place for place in planned if _is_about(decision, sheet.columns[place].year)]
        has_money = any(sheet.project_total(project, place) is not None for place in about)
        if decision.amount and about and not has_money:
            years = listed(sorted({str(sheet.columns[place].year) for place in about}))
            said.append(
                f"Styrelsen har beslutat {money(decision.amount.amount, 'SEK')} ({decision}), men budgeten "
                f"har inget belopp för {years}."
            )
    return tuple(said)


def _is_about(decision: BoardDecision, year: int) -> bool:
    """A decision that names no years is about all of them."""
    if decision.first_year is None:
        return True
    return decision.first_year <= year and (decision.last_year is None or year <= decision.last_year)
