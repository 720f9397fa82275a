"""What the board is asked to decide, from the budget as it stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from finsam.swedish import money
from plans.compose.writing import Writing, paragraph
from plans.document import Block, BulletList, Item, Span
from plans.figures.resolving import KINDS_PLANNED


def decision_sentences(writing: Writing, settings: Mapping[str, Any], level: int) -> Iterator[Block]:
    """The sentences of the proposal: the plan, the budget with its sums, how a deficit is covered (KL 11:5,
    FinsamL 21 §), and the plan for the years after."""
    said = list(sentences_of(writing))
    sentences = [*(f"{each}," for each in said[:-1]), f"{said[-1]}."]
    yield paragraph(f"Styrelsen för {writing.plan.federation.name} föreslås besluta")
    yield BulletList(tuple(Item((Span(each),)) for each in sentences), ordered=True)


def sentences_of(writing: Writing) -> Iterator[str]:
    """Each beginning with "att". Nothing is proposed of a year without a result: it has no budget yet."""
    plan, sheet = writing.plan, writing.plan.sheet
    year = plan.plan_year
    yield f"att godkänna ”{plan.title}”"
    columns = [c for c in sheet.judged if sheet.figures[c].result is not None]
    budget = sorted(
        (c for c in columns if sheet.columns[c].year == year),
        key=lambda c: KINDS_PLANNED.index(sheet.columns[c].kind),
    )
    for column in budget[:1]:
        figures = sheet.figures[column]
        assert figures.income is not None and figures.result is not None
        income = money(figures.income, sheet.unit)
        costs = money(figures.income - figures.result, sheet.unit)
        yield f"att fastställa budgeten för {year} med intäkter {income} och kostnader {costs}"
        if figures.result < 0 and figures.closing is not None and figures.closing >= 0:
            yield (
                f"att underskottet {year}, {money(-figures.result, sheet.unit)}, täcks av eget kapital, som "
                f"därefter är {money(figures.closing, sheet.unit)}"
            )
    later = sorted({sheet.columns[column].year for column in columns} - {year})
    if budget and later:
        span = f"{later[0]}–{later[-1]}" if len(later) > 1 else str(later[0])
        yield f"att anta den ekonomiska planen för {span}"
