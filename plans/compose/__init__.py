"""From the picture of a plan to its document: the whole plan, its budget, or the bundle for the board."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum

from plans.compose.bundle import board_bundle, budget_alone
from plans.compose.sections import sections
from plans.compose.writing import Writing
from plans.document import Block, Contents, Document, PageBreak, Quotation, Span, TitlePage
from plans.picture import PlanPicture


class Kind(StrEnum):
    """What a document holds."""

    PLAN = "plan"
    BUDGET = "budget"
    BOARD = "board"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.PLAN: "hela planen",
    Kind.BUDGET: "budgeten",
    Kind.BOARD: "underlag till styrelsen",
}


def compose(plan: PlanPicture, made_at: datetime, kind: Kind = Kind.PLAN) -> Document:
    """The document of a plan as it stands. `made_at` (with time zone) is told as the time of a draft."""
    writing = Writing(plan)
    bodies: Mapping[Kind, Callable[[Writing], Iterator[Block]]] = {
        Kind.PLAN: sections,
        Kind.BUDGET: budget_alone,
        Kind.BOARD: board_bundle,
    }
    blocks = tuple(bodies[kind](writing))
    first: tuple[Block, ...] = (Contents(), PageBreak()) if blocks else ()
    return Document(
        title_page=_title_page(plan, made_at, kind),
        blocks=(*first, *blocks),
        made_at=made_at,
        is_draft=plan.state != "adopted",
    )


def _title_page(plan: PlanPicture, made_at: datetime, kind: Kind) -> TitlePage:
    titles = {
        Kind.PLAN: plan.title,
        Kind.BUDGET: f"Budget {plan.plan_year}",
        Kind.BOARD: f"Underlag till styrelsen: {plan.title}",
    }
    quotation = None
    if plan.quotation and kind is Kind.PLAN:
        quotation = Quotation(tuple((Span(line),) for line in plan.quotation), plan.quotation_source)
    return TitlePage(
        federation=plan.federation.name,
        title=titles[kind],
        subtitle=_years(plan),
        state=f"{plan.state_name.capitalize()} {made_at:%Y-%m-%d %H.%M}",
        members=tuple(member.name for member in plan.members),
        diary_number=plan.diary_number,
        organisation_number=plan.federation.organisation_number,
        quotation=quotation,
    )


def _years(plan: PlanPicture) -> str:
    """Budget 2021 and the years that are planned after it."""
    later = sorted({column.year for column in plan.sheet.columns if column.year > plan.plan_year})
    if not later:
        return f"Budget {plan.plan_year}"
    span = f"{later[0]}–{later[-1]}" if len(later) > 1 else str(later[0])
    return f"Budget {plan.plan_year} och plan {span}"
