"""The answer to a change: the parts of the budget page that it made different, and nothing else."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from budgets.editing.change import Made
from budgets.editing.remembered import MOST
from budgets.editing.state import BudgetState
from budgets.editing.undo import step_of
from budgets.models import ChangeStep
from budgets.page import BudgetPage, ShownCell
from budgets.reading import Surroundings, sheet_after, sheet_of
from budgets.table import Row
from budgets.working_copy import WorkingCopy
from finsam.latest import Latest
from finsam.whole_numbers import whole_number

CHANGE_NUMBER = "X-Budget-Change"
"""The header that says which change the sent parts are right after."""


AROUND = "X-Budget-Around"
"""The header that says with which members, limits and insatser (Federation.surroundings) they are made."""


@dataclass(frozen=True)
class Parts:
    """What differs between two pages. When rows, heads or marks of the table differ it is sent whole."""

    cells: tuple[ShownCell, ...]
    table: bool
    remarks: bool
    notes: bool


EVERYTHING = Parts((), table=True, remarks=True, notes=True)


def parts(before: BudgetPage, after: BudgetPage) -> Parts:
    """Cells that show something else, or are marked otherwise; and what stands around the table."""
    earlier, later = before.table, after.table
    notes = before.footnotes != after.footnotes
    if (
        notes
        or after.comparison is not None
        or earlier.heads != later.heads
        or len(earlier.rows) != len(later.rows)
        or any(_frame(old) != _frame(new) for old, new in zip(earlier.rows, later.rows, strict=True))
    ):
        return EVERYTHING
    cells = [
        after.shown_cell(new, column)
        for old, new in zip(earlier.rows, later.rows, strict=True)
        for column, (cell_before, cell_after) in enumerate(zip(old.cells, new.cells, strict=True))
        if cell_before != cell_after or before.marks(old, column) != after.marks(new, column)
    ]
    remarks = before.findings != after.findings
    return Parts(tuple(cells), False, remarks, before.table.rounding_notes != after.table.rounding_notes)


def _frame(row: Row) -> tuple[object, ...]:
    """All of a row but its cells."""
    return row.kind, row.label, row.key, row.note, row.depth, row.line, len(row.cells)


def answer(request: HttpRequest, copy: WorkingCopy, made: Made, *, said: str = "") -> HttpResponse:
    """After a change: the parts that differ from what the page shows (`seen`, the number of the change it
    is right after), or without script the page itself."""
    if not asks_for_parts(request):
        if said:
            messages.success(request, said)
        return HttpResponseRedirect(copy.address())
    return parts_since(request, copy, made.after, seen(request), made)


def same_around(request: HttpRequest, copy: WorkingCopy) -> bool:
    """Whether the asking page was made with the members, limits and insatser (`around`) that there are now;
    one that does not say is taken to be."""
    return (request.POST.get("around") or request.GET.get("around") or copy.around) == copy.around


def asks_for_parts(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "grid"


def seen(request: HttpRequest) -> int:
    """The number of the change that the asking page is right after; -1 when it does not say."""
    number = whole_number(request.POST.get("seen") or request.GET.get("seen") or "", digits=9)
    return -1 if number is None else number


@dataclass(frozen=True)
class _Shown:
    """A page, and all that it was made from."""

    number: int
    copy: WorkingCopy
    around: Surroundings
    page: BudgetPage

    def shows(self, number: int, copy: WorkingCopy, around: Surroundings) -> bool:
        return self.number == number and self.around == around and self.copy.shown_as == copy.shown_as


PAGES: Latest[int, _Shown] = Latest(MOST)


def parts_since(
    request: HttpRequest, copy: WorkingCopy, now: BudgetState, since: int, made: Made | None = None
) -> HttpResponse:
    """The parts that differ between the state after change `since` and now. `made` is the latest change,
    when it is at hand; what came before it is read from the history."""
    around = copy.surroundings()
    before = _page_before(copy, around, since, made) if made else None
    sheet = sheet_after(before.sheet, now, made.steps) if before and made else None
    if sheet is None:
        sheet = sheet_of(now, copy.budget, around.names)
    page = copy.page_of(sheet, around.circumstances, like=before)
    PAGES.keep(copy.budget.pk, _Shown(now.number, copy, around, page))
    if before is None and 0 <= since <= now.number:
        before = copy.page(state_at(copy, now, since), around.names, around.circumstances)
    different = parts(before, page) if before and same_around(request, copy) else EVERYTHING
    context = {"here": copy.here, "copy": copy, "page": page, "parts": different}
    response = HttpResponse(render_to_string("budgets/parts.html", context, request))
    response[CHANGE_NUMBER], response[AROUND] = str(now.number), copy.around
    return response


def _page_before(copy: WorkingCopy, around: Surroundings, since: int, made: Made) -> BudgetPage | None:
    """The page as the user sees it, when that is the state that the change was made in."""
    if since != made.before.number:
        return None
    kept = PAGES.get(copy.budget.pk)
    if kept and kept.shows(since, copy, around):
        return kept.page
    return copy.page(made.before, around.names, around.circumstances)


def state_at(copy: WorkingCopy, now: BudgetState, number: int) -> BudgetState:
    """The state right after an earlier change, in one query."""
    rows = ChangeStep.objects.filter(
        change__budget=copy.budget, change__number__gt=number, change__number__lte=now.number
    ).order_by("change__number", "position")
    return now.before([step_of(row) for row in rows], number)
