"""The answer to a change: the parts of the budget page that it made different, and nothing else."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from budgets.editing.change import Made
from budgets.editing.state import BudgetState
from budgets.editing.steps import Step, Table
from budgets.editing.undo import step_of
from budgets.models import ChangeStep
from budgets.page import BudgetPage, ShownCell
from budgets.reading import Names, read_names
from budgets.working_copy import WorkingCopy

CHANGE_NUMBER = "X-Budget-Change"
"""The header that says which change the sent parts are right after."""


@dataclass(frozen=True)
class Parts:
    """What differs between two pages. When rows, heads or marks of the table differ it is sent whole."""

    cells: tuple[ShownCell, ...]
    table: bool
    remarks: bool
    notes: bool


def parts(before: BudgetPage, after: BudgetPage) -> Parts:
    earlier, later = _rows(before), _rows(after)
    whole = (
        before.table.heads != after.table.heads
        or [_frame(row) for row in earlier] != [_frame(row) for row in later]
        or after.comparison is not None
    )
    cells = [
        new
        for row_before, row_after in zip(earlier, later, strict=False)
        for old, new in zip(row_before.cells, row_after.cells, strict=False)
        if old != new
    ]
    return Parts(
        cells=() if whole else tuple(cells),
        table=whole,
        remarks=before.remarks != after.remarks or before.passed != after.passed,
        notes=before.footnotes != after.footnotes
        or before.table.rounding_notes != after.table.rounding_notes,
    )


def _rows(page: BudgetPage) -> list:  # type: ignore[type-arg]
    return [row for _, rows in page.sections for row in rows]


def _frame(shown) -> tuple[object, ...]:  # type: ignore[no-untyped-def]
    """All of a row but its cells."""
    row = shown.row
    return row.kind, row.label, row.key, row.note, row.depth, row.line, shown.footnote, len(shown.cells)


def answer(request: HttpRequest, copy: WorkingCopy, made: Made, *, said: str = "") -> HttpResponse:
    """After a change: the parts that differ from what the page shows (`seen`, the number of the change it
    is right after), or without script the page itself."""
    if not asks_for_parts(request):
        if said:
            messages.success(request, said)
        return HttpResponseRedirect(copy.address())
    names = made.names
    if any(step.table == Table.LINE for step in made.steps):
        names = read_names(copy.here.federation)
    return parts_since(request, copy, made.after, names, seen(request), [(made.before.number, made.steps)])


def asks_for_parts(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "grid"


def seen(request: HttpRequest) -> int:
    """The number of the change that the asking page is right after; -1 when it does not say."""
    text = request.POST.get("seen") or request.GET.get("seen") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def parts_since(
    request: HttpRequest,
    copy: WorkingCopy,
    now: BudgetState,
    names: Names,
    since: int,
    known: list[tuple[int, tuple[Step, ...]]],
) -> HttpResponse:
    """The parts that differ between the state after change `since` and now. `known` are steps at hand, with
    the number of the state that they led from; the rest is read from the history."""
    before = now
    for number, steps in known:
        before = before.before(steps, number)
    if 0 <= since < before.number:
        before = state_at(copy, before, since)
        names = read_names(copy.here.federation)
    circumstances = copy.circumstances()
    after_page = copy.page(now, names, circumstances)
    if since == before.number:
        before_page = copy.page(before, names, circumstances)
        different = parts(before_page, after_page)
    else:
        different = Parts((), table=True, remarks=True, notes=True)
    html = render_to_string(
        "budgets/parts.html",
        {"here": copy.here, "copy": copy, "page": after_page, "parts": different},
        request,
    )
    response = HttpResponse(html)
    response[CHANGE_NUMBER] = str(now.number)
    return response


def state_at(copy: WorkingCopy, now: BudgetState, number: int) -> BudgetState:
    """The state right after an earlier change, in one query."""
    rows = ChangeStep.objects.filter(
        change__budget=copy.budget, change__number__gt=number, change__number__lte=now.number
    ).order_by("change__number", "position")
    return now.before([step_of(row) for row in rows], number)
