"""Whether what is stored of edits is whole: every change with its number and its steps, each step where the
one before left off, and the last where the tables are. One fault is one sentence."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from budgets.models import Amount, Budget, Change, ChangeStep
from plans.models import Plan, Section, SectionChange

Place = tuple[int, int]
"""The keys of a line and a column."""


def history_faults() -> Iterator[str]:
    for budget in Budget.every.order_by("pk"):
        yield from _budget_faults(budget)
    for plan in Plan.every.order_by("pk"):
        yield from _section_faults(plan)


def _budget_faults(budget: Budget) -> Iterator[str]:
    numbers = list(Change.objects.filter(budget=budget).order_by("number").values_list("number", flat=True))
    if numbers != list(range(1, budget.last_change + 1)):
        yield f"{budget}: ändringarna är {numbers}, men den sista sägs vara {budget.last_change}"
    empty = Change.objects.filter(budget=budget, steps__isnull=True).count()
    if empty:
        yield f"{budget}: {empty} ändringar har inga steg"
    now = {
        (line, year): f"{amount:.2f}"
        for line, year, amount in Amount.objects.filter(
            line__budget=budget, amount__isnull=False
        ).values_list("line", "year", "amount")
    }
    for place, written in amounts_written(budget.pk).items():
        for (_, _, after), (number, before, _) in pairwise(written):
            if before != after:
                yield f"{budget}: ändring {number} av {place} utgår från {before}, där det stod {after}"
        if written[-1][2] != now.get(place):
            yield f"{budget}: {place} är {now.get(place)}, men sist skrevs {written[-1][2]}"


def amounts_written(budget: int) -> dict[Place, list[tuple[int, Any, Any]]]:
    """What has been written in each cell: the number of the change, and the amount before and after."""
    steps = ChangeStep.objects.filter(change__budget=budget, table="cell").order_by("change__number")
    found = defaultdict[Place, list[tuple[int, Any, Any]]](list)
    for line, year, number, before, after in steps.values_list(
        "row", "year", "change__number", "before", "after"
    ):
        assert year is not None and before is not None and after is not None  # a cell has all three
        found[line, year].append((number, before["amount"], after["amount"]))
    return dict(found)


def _section_faults(plan: Plan) -> Iterator[str]:
    numbers = list(
        SectionChange.objects.filter(plan=plan).order_by("number").values_list("number", flat=True)
    )
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"{plan}: avsnittens ändringar är {numbers}"
    now = {section.key: section for section in Section.objects.filter(plan=plan)}
    for key, written in texts_written(plan.pk).items():
        for (_, _, after), (number, before, _) in pairwise(written):
            if before != after:
                yield f"{plan}: ändring {number} av {key} utgår från {before!r}, där det stod {after!r}"
        number, _, text = written[-1]
        if (now[key].revision, now[key].text) != (number, text):
            yield f"{plan}: {key} är {now[key].text!r}, ändring {now[key].revision}; men {number} är {text!r}"


def texts_written(plan: int) -> dict[str, list[tuple[int, str, str]]]:
    """What has been written in each section: the number of the change, and the text before and after."""
    found = defaultdict[str, list[tuple[int, str, str]]](list)
    for change in SectionChange.objects.filter(plan=plan).order_by("number"):
        for key, after in change.after.items():
            found[key].append((change.number, change.before[key]["text"], after["text"]))
    return dict(found)
