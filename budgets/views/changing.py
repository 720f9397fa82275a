"""What every view that changes a budget does alike: make the change, answer with it, or say why not."""

from collections.abc import Callable, Collection, Iterable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from budgets.answer import answer, asks_for_parts, parts_since, seen
from budgets.editing.change import ClosedError, ConflictError, make_change
from budgets.editing.lines import ImpossibleError
from budgets.editing.state import BudgetState
from budgets.editing.steps import Step, Table
from budgets.models import Change, ChangeStep
from budgets.reading import read_state
from budgets.working_copy import WorkingCopy, author

CLOSED = "Budgeten är stängd. Inget har ändrats. Öppna planen först om den ska ändras."
MEANWHILE = "Någon annan har ändrat samma uppgifter. Inget av ditt är sparat. Läs det nya och gör om."


class NoSteps(Exception):  # noqa: N818 - what happened, and no fault
    """What was asked for is how it already is."""


def change(
    request: HttpRequest,
    copy: WorkingCopy,
    action: Change.Action,
    steps: Callable[[BudgetState], Iterable[Step]],
    *,
    said: str = "",
    on_conflict: Callable[[], HttpResponse] | None = None,
) -> HttpResponse:
    """Make the change and answer with what became different. A refusal is answered in words (409, 422), a
    conflict perhaps in another way."""
    try:
        made = make_change(copy.budget, author(request), action, _some(steps))
    except NoSteps:
        return unchanged(request, copy)
    except (ClosedError, ConflictError, ImpossibleError, ValidationError) as error:
        if on_conflict and isinstance(error, ConflictError):
            return on_conflict()
        return refused(request, copy, error)
    return answer(request, copy, made, said=said)


def _some(steps: Callable[[BudgetState], Iterable[Step]]) -> Callable[[BudgetState], list[Step]]:
    def asked(state: BudgetState) -> list[Step]:
        found = list(steps(state))
        if not found:
            raise NoSteps
        return found

    return asked


def unchanged(request: HttpRequest, copy: WorkingCopy) -> HttpResponse:
    """Nothing to do; still what others have changed meanwhile."""
    if not asks_for_parts(request):
        return redirect_to_budget(copy)
    return parts_since(request, copy, read_state(copy.budget), seen(request))


def redirect_to_budget(copy: WorkingCopy) -> HttpResponse:
    return HttpResponse(status=302, headers={"Location": copy.address()})


def refused(request: HttpRequest, copy: WorkingCopy, error: Exception) -> HttpResponse:
    """Why nothing was stored: a box for the grid, a page without script."""
    status = 422 if isinstance(error, ImpossibleError | ValidationError) else 409
    context = {"here": copy.here, "copy": copy, "budget": copy.budget, "sentences": sentences(error)}
    template = "budgets/refused_box.html" if asks_for_parts(request) else "budgets/refused.html"
    return render(request, template, context, status=status)


def sentences(error: Exception) -> list[str]:
    if isinstance(error, ClosedError):
        return [CLOSED]
    if isinstance(error, ConflictError):
        return [MEANWHILE]
    if isinstance(error, ValidationError):
        return list(error.messages)
    return [str(error)]


def check_seen(
    request: HttpRequest,
    copy: WorkingCopy,
    state: BudgetState,
    lines: Collection[int],
    years: Collection[int],
) -> None:
    """Raises ConflictError when somebody else has written in these cells since what the user sees (`seen`):
    nobody empties or writes over what they have not seen."""
    since = seen(request)
    if not 0 <= since < state.number:
        return
    written = ChangeStep.objects.filter(
        change__budget=copy.budget, change__number__gt=since, table=Table.CELL, row__in=lines, year__in=years
    ).exclude(change__made_by=request.user.pk)
    if any({"amount", "target"} & set(after or ()) for after in written.values_list("after", flat=True)):
        raise ConflictError([])
