"""What the board is asked to decide, from the budget as it stands."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Protocol

from budgets.sheet import BudgetSheet
from finsam.swedish import listed, money
from plans.compose.writing import Writing, paragraph
from plans.document import Block, BulletList, Item, Span
from plans.figures.resolving import KINDS_PLANNED
from plans.picture import PlanPicture


class Said(Protocol):
    """A finding, as the rules give it or as a version keeps it."""

    @property
    def code(self) -> str: ...
    @property
    def column(self) -> int | None: ...


def decision_sentences(writing: Writing, settings: Mapping[str, Any], level: int) -> Iterator[Block]:
    """The sentences of the proposal: the plan, the budget with its sums, how a deficit is covered (KL 11:5,
    FinsamL 21 §), the plan for the years after, and what the board says of an equity over the limit."""
    said = list(sentences_of(writing.plan, writing.findings))
    sentences = [*(f"{each}," for each in said[:-1]), f"{said[-1]}."]
    yield paragraph(f"Styrelsen för {writing.plan.federation.name} föreslås besluta")
    yield BulletList(tuple(Item((Span(each),)) for each in sentences), ordered=True)


def sentences_of(plan: PlanPicture, findings: Iterable[Said]) -> Iterator[str]:
    """Each beginning with "att". Nothing is proposed of a year without a result: it has no budget yet."""
    yield f"att godkänna ”{plan.title}”"
    sheet, year = plan.sheet, plan.plan_year
    column_of = _columns(sheet)
    later = sorted(set(column_of) - {year})
    if year in column_of:
        figures = sheet.figures[column_of[year]]
        assert figures.income is not None and figures.result is not None
        income = money(figures.income, sheet.unit)
        costs = money(figures.income - figures.result, sheet.unit)
        yield f"att fastställa budgeten för {year} med intäkter på {income} och kostnader på {costs}"
        yield from _covered(sheet, year, column_of[year])
        if later:
            span = f"{later[0]}–{later[-1]}" if len(later) > 1 else str(later[0])
            yield f"att anta den ekonomiska planen för {span}"
            for each in later:
                yield from _covered(sheet, each, column_of[each])
    high = {each.column for each in findings if each.code == "EQUITY_HIGH"}
    years = [each for each, column in sorted(column_of.items()) if column in high]
    if years:
        said = [f"{each} ({money(_closing(sheet, column_of[each]), sheet.unit)})" for each in years]
        yield f"att eget kapital vid utgången av {listed(said)} får vara över den högsta nivån"


def _columns(sheet: BudgetSheet) -> dict[int, int]:
    """The column of each planned year that has a result: of several, the one that live figures show."""
    columns = [column for column in sheet.judged if sheet.figures[column].result is not None]
    columns.sort(key=lambda column: KINDS_PLANNED.index(sheet.columns[column].kind), reverse=True)
    return {sheet.columns[column].year: column for column in columns}


def _covered(sheet: BudgetSheet, year: int, column: int) -> Iterator[str]:
    """How a deficit is covered; nothing when equity does not reach."""
    result, closing = sheet.figures[column].result, sheet.figures[column].closing
    if result is not None and closing is not None and result < 0 <= closing:
        yield (
            f"att underskottet {year}, {money(-result, sheet.unit)}, täcks av eget kapital, som "
            f"därefter är {money(closing, sheet.unit)}"
        )


def _closing(sheet: BudgetSheet, column: int) -> Decimal:
    closing = sheet.figures[column].closing
    assert closing is not None  # the rule has judged it
    return closing
