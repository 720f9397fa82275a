"""Typing, pasting and filling amounts."""

from decimal import Decimal
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from budgets.answer import CHANGE_NUMBER, parts_since, same_around, seen
from budgets.editing.amounts import cell_changes, fill_right, set_amount, set_amounts, stored
from budgets.editing.change import ConflictError
from budgets.editing.clipboard import NotARange, read_range
from budgets.editing.placing import place
from budgets.editing.state import BudgetState
from budgets.editing.steps import Step, Table
from budgets.models import Change, ChangeStep
from budgets.reading import read, read_state
from budgets.views.changing import change, check_seen, unchanged
from budgets.working_copy import WorkingCopy, working_copy
from finsam.typed_amount import NotAnAmount, typed_amount
from finsam.whole_numbers import whole_number
from members.access import Action

MOST_KEYS = 2_000
"""Lines, or columns, of one request: far more than a budget has."""


@require_POST
def save_amount(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """One cell (`line`, `year`) becomes what is typed (`text`), if it still holds what the user saw
    (`was`)."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    line, year = whole(request, "line"), whole(request, "year")
    was, text = request.POST.get("was", "") or None, request.POST.get("text", "")
    try:
        typed = typed_amount(text, copy.unit)
    except NotAnAmount as error:
        return render(request, "budgets/wrong_entry.html", {"error": error, "text": text}, status=422)

    def steps(state: BudgetState) -> list[Step]:
        now = state.cell(line, year)["amount"]
        # The same from somebody else, or from one's own answer that never came, leaves nothing to choose.
        seen_or_same = now if now == stored(typed.amount) else was
        made = set_amount(state, line, year, seen_or_same, typed.amount, typed.formula)
        if not made and now != seen_or_same:
            raise ConflictError([])
        return made

    return change(
        request,
        copy,
        Change.Action.AMOUNT,
        steps,
        on_conflict=lambda: _both_values(request, copy, line, year, typed.amount),
    )


def _both_values(
    request: HttpRequest, copy: WorkingCopy, line: int, year: int, mine: Decimal | None
) -> HttpResponse:
    """409: what the cell holds now and by whom, beside what the user wrote. The user chooses."""
    state, _ = read(copy.budget)
    there = line in state.rows[Table.LINE] and year in state.rows[Table.YEAR]
    last = (
        ChangeStep.objects.filter(change__budget=copy.budget, table=Table.CELL, row=line, year=year)
        .select_related("change")
        .order_by("-change__number")
        .first()
    )
    now = state.cell(line, year)["amount"] if there else None
    context = {
        "there": there,
        "by": last.change.made_by_name if last else "",
        "theirs": None if now is None else Decimal(str(now)),
        "stored": now or "",
        "mine": mine,
        "unit": copy.unit,
    }
    return render(request, "budgets/both_values.html", context, status=409)


@require_POST
def paste(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """A range from a spreadsheet (`text`) from one cell on (`line`, `year`). First what it would change and
    what cannot be read; stored when it is confirmed (`confirmed`: the number of the state it was shown for),
    all or nothing."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    line, year = whole(request, "line"), whole(request, "year")
    state, names = read(copy.budget)
    rows = copy.page(state, names, copy.circumstances()).shape
    years = [key for key, _ in state.ordered(Table.YEAR)]
    first = next((place for place, row in enumerate(rows) if row.line == line), None)
    if first is None or year not in years:
        raise Http404
    try:
        pasted = read_range(request.POST.get("text", ""), copy.unit)
    except NotARange as error:
        return render(request, "budgets/refused_box.html", {"sentences": [str(error)]}, status=422)
    placed = place(
        [[cell.amount for cell in row] for row in pasted.rows], rows[first:], years[years.index(year) :]
    )
    steps = set_amounts(state, placed.amounts)
    if request.POST.get("confirmed") == str(state.number) and not pasted.problems and steps:

        def confirmed(now: BudgetState) -> list[Step]:
            if now.number != state.number:  # somebody was quicker than the one who confirmed
                raise ConflictError([])
            return set_amounts(now, placed.amounts)

        again = partial(paste, request, slug, plan_year)  # what it would change now
        return change(request, copy, Change.Action.PASTE, confirmed, on_conflict=again)
    context = {
        "here": copy.here,
        "copy": copy,
        "problems": pasted.problems,
        "notes": pasted.notes,
        "changes": cell_changes(state, steps),
        "outside": placed.outside,
        "number": state.number,
        "shown_again": bool(request.POST.get("confirmed")),
        "line": line,
        "year": year,
        "text": request.POST.get("text", ""),
        "unit": copy.unit,
    }
    return render(request, "budgets/paste.html", context)


@require_POST
def fill(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The first column of a chosen range (`lines`, `years`) into the others, with `per_cent` more each."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    lines, years = several(request, "lines"), several(request, "years")
    text = request.POST.get("per_cent", "").strip().removesuffix("%").strip().replace("\u2212", "-")
    try:
        per_cent = Decimal(text.replace(",", ".") or "0")
        if not (per_cent.is_finite() and -100 <= per_cent <= 1000):
            raise ValueError
    except (ArithmeticError, ValueError):
        error = NotAnAmount(f"\u201d{text[:40]}\u201d är ingen procentsats. Skriv till exempel 2,5.")
        return render(request, "budgets/wrong_entry.html", {"error": error, "text": text}, status=422)
    if len(years) < 2:
        return unchanged(request, copy)

    def steps(state: BudgetState) -> list[Step]:
        check_seen(request, copy, state, lines, years)
        return fill_right(state, lines, years, per_cent)

    return change(request, copy, Change.Action.FILL, steps)


@require_POST
def clear(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The chosen cells (`lines` × `years`) are emptied."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    lines, years = several(request, "lines"), several(request, "years")

    def steps(state: BudgetState) -> list[Step]:
        check_seen(request, copy, state, lines, years)
        return set_amounts(state, [(line, year, None, "") for line in lines for year in years])

    return change(request, copy, Change.Action.AMOUNT, steps)


def whole(request: HttpRequest, name: str) -> int:
    """A key in what was posted. Raises Http404 when it is none: no form of ours sends that."""
    number = whole_number(request.POST.get(name, "") or request.GET.get(name, ""))
    if number is None:
        raise Http404
    return number


def several(request: HttpRequest, name: str) -> list[int]:
    """Keys in what was posted, each once. Raises Http404 for what no form of ours sends."""
    texts = list(dict.fromkeys(request.POST.get(name, "").split(",")))
    keys = [key for key in map(whole_number, texts) if key is not None]
    if len(texts) > MOST_KEYS or len(keys) != len(texts):
        raise Http404
    return keys


@require_safe
def changes_since(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """What has become different since the page was shown (`seen`); 204 when nothing has."""
    copy = working_copy(request, slug, plan_year)
    if seen(request) == copy.budget.last_change and same_around(request, copy):
        return HttpResponse(status=204, headers={CHANGE_NUMBER: str(copy.budget.last_change)})
    return parts_since(request, copy, read_state(copy.budget), seen(request))
