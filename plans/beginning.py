"""Beginning to write a plan that has no sections: from nothing, from an earlier plan, or from a Word file. A
ready outline is begun by plans/outlines."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from plans.editing.change import ClosedError, locked
from plans.exchange.plan_file import LISTS, store_document
from plans.making import copy_document
from plans.models import Area, Goal, Plan, Risk, Section, TargetGroup, Term
from plans.outlines import AlreadyBegunError

FIRST_SECTION = {"key": "inledning", "heading": "Inledning"}


def begin_with(plan: Plan, sections: list[dict[str, Any]], title: str = "") -> None:
    """Sections as in a plan file, and a title for a plan that has none. Raises AlreadyBegunError when the
    plan has sections, or is closed."""
    with _beginning(plan):
        data = {"plan_year": plan.plan_year, "title": plan.title or title, "sections": sections}
        store_document(data, plan, lenient=True)


def begin_empty(plan: Plan) -> None:
    """One section to begin in. Raises AlreadyBegunError."""
    begin_with(plan, [FIRST_SECTION])


def begin_as(plan: Plan, source: Plan) -> None:
    """All that the source's document says; only its sections when the plan has goals or lists of its own.
    Raises AlreadyBegunError."""
    with _beginning(plan):
        has_lists = any(
            model._default_manager.filter(plan=plan).exists()
            for model in (TargetGroup, Area, Goal, Term, Risk)
        )
        copy_document(source, plan, only=("sections",) if has_lists else LISTS)


def earlier_plans(plan: Plan) -> list[Plan]:
    """The federation's other plans that have a text, the latest first."""
    others = Plan.objects.filter(federation=plan.federation_id).exclude(pk=plan.pk)
    return list(others.filter(sections__isnull=False).distinct().order_by("-plan_year"))


@contextmanager
def _beginning(plan: Plan) -> Iterator[None]:
    """Only one of two who begin at once does."""
    try:
        with locked(plan):
            if Section.objects.filter(plan=plan).exists():
                raise AlreadyBegunError("Planen har redan avsnitt, så inget är ändrat.")
            yield
    except ClosedError:
        raise AlreadyBegunError("Budgeten är stängd, och med den planen. Inget är ändrat.") from None
