"""Adding, changing, moving and removing columns, and removing the totals that a source printed."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from budgets.editing.change import ConflictError
from budgets.editing.lines import add_year, edit_year, move_year, remove_totals, remove_year
from budgets.editing.state import BudgetState
from budgets.editing.steps import Step, Table
from budgets.forms import YEAR_VALUES, YearForm, merged, sent_was, year_was
from budgets.models import Change
from budgets.reading import read_state
from budgets.views.changing import change, check_seen
from budgets.working_copy import WorkingCopy, working_copy
from finsam.whole_numbers import whole_number
from members.access import Action


@require_http_methods(["GET", "HEAD", "POST"])
def new_column(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The form of a new column: forecast, revised budget, outcome, or one more year."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    state = read_state(copy.budget)
    form = YearForm(request.POST or None, initial={"year": plan_year - 1, "kind": "forecast"})
    if request.method != "POST" or not form.is_valid():
        return _shown(request, copy, state, form, None)
    before = request.POST.get("before", "")
    key = whole_number(before)
    values = {name: form.cleaned_data[name] for name in YEAR_VALUES}
    return change(
        request,
        copy,
        Change.Action.ADD_YEAR,
        lambda state: add_year(state, values, key),
        said="Kolumnen är tillagd.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def column(request: HttpRequest, slug: str, plan_year: int, year: int) -> HttpResponse:
    """The form of a column, with the ways to move and remove it."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    state = read_state(copy.budget)
    if year not in state.rows[Table.YEAR]:
        raise Http404
    where = request.POST.get("where", "")
    if where in ("left", "right"):
        return change(
            request,
            copy,
            Change.Action.EDIT_YEAR,
            lambda state: move_year(state, year, later=where == "right"),
        )
    if where == "remove":

        def without(state: BudgetState) -> list[Step]:
            check_seen(request, copy, state, state.rows[Table.LINE], [year])
            return remove_year(state, year)

        return change(
            request,
            copy,
            Change.Action.REMOVE_YEAR,
            without,
            said="Kolumnen är borttagen. Ångra tar tillbaka den.",
        )
    now = year_was(state, year)
    form = YearForm(request.POST or None, initial=now)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, copy, state, form, year)
    was = sent_was(request.POST.get("was", ""), now)
    typed = {name: form.cleaned_data[name] for name in now}
    _, clashes = merged(was, typed, now)
    for name in clashes:
        form.add_error(
            name, f"Någon annan har skrivit \u201d{now[name]}\u201d här. Spara igen för att behålla ditt."
        )
    if clashes:
        return _shown(request, copy, state, form, year)

    def steps(state: BudgetState) -> list[Step]:
        if year not in state.rows[Table.YEAR]:
            raise ConflictError([])
        mine, clashes = merged(was, typed, year_was(state, year))  # as it is now that nobody can change it
        if clashes:
            raise ConflictError([])
        return edit_year(state, year, mine)

    return change(request, copy, Change.Action.EDIT_YEAR, steps, said="Kolumnen är ändrad.")


def _shown(
    request: HttpRequest, copy: WorkingCopy, state: BudgetState, form: YearForm, year: int | None
) -> HttpResponse:
    context = {
        "here": copy.here,
        "copy": copy,
        "form": form,
        "year": year,
        "years": [(key, row["year"], row["kind"]) for key, row in state.ordered(Table.YEAR)],
        "was": json.dumps(year_was(state, year)) if year else "",
    }
    return render(request, "budgets/column.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove_printed(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The totals that the source printed are of no use once the figures are changed."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    return change(
        request,
        copy,
        Change.Action.REMOVE_TOTALS,
        remove_totals,
        said="Källans tryckta summor är borttagna. Ångra tar tillbaka dem.",
    )
