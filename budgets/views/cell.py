"""One figure: where it comes from, its note, how far a contribution has come, and for a balancing line what
it is to leave."""

import json
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from budgets import status_form
from budgets.editing.amounts import set_note, set_target
from budgets.editing.change import ConflictError
from budgets.editing.state import BudgetState
from budgets.editing.statuses import set_statuses, statuses_of
from budgets.editing.steps import Step, Table
from budgets.forms import in_one_line
from budgets.models import Change, LineClass
from budgets.reading import read
from budgets.sources import origin
from budgets.table import STATUS_NAMES
from budgets.views.changing import change
from budgets.working_copy import working_copy
from finsam.json_input import UnreadableError, check_characters
from finsam.typed_amount import NotAnAmount, as_typed, typed_amount
from members.access import Action


@require_safe
def source(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """What a figure (row `rad`, column `kolumn`) consists of."""
    copy = working_copy(request, slug, plan_year)
    state, names = read(copy.budget)
    circumstances = copy.circumstances()
    page = copy.page(state, names, circumstances)
    row = page.rows.get(request.GET.get("rad", ""))
    column = request.GET.get("kolumn", "")
    if row is None or not row.cells or column not in {str(place) for place in range(len(row.cells))}:
        raise Http404
    found = origin(page.sheet, circumstances, page.table, row, int(column))
    context = {"here": copy.here, "copy": copy, "origin": found, "row": row, "column": int(column)}
    context["year"] = page.sheet.columns[int(column)].key
    return render(request, "budgets/source.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, slug: str, plan_year: int, line: int, year: int) -> HttpResponse:
    """The note of a cell, the statuses of a contribution, and for a balancing line whether it is computed."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    state, _ = read(copy.budget)
    if line not in state.rows[Table.LINE] or year not in state.rows[Table.YEAR]:
        raise Http404
    row, column, now = state.rows[Table.LINE][line], state.rows[Table.YEAR][year], state.cell(line, year)
    balancing = row["section"] == "balancing"
    target = None if now["target"] is None else Decimal(str(now["target"]))
    # A contribution is also applied for, offered, decided or declined.
    statuses_now = statuses_of(state, line, year) if row["line_class"] == LineClass.CONTRIBUTION else None
    context = {
        "here": copy.here,
        "copy": copy,
        "row": row,
        "column": column,
        "line": line,
        "year": year,
        "balancing": balancing,
        "note": now["note"],
        "note_now": now["note"],
        "target": as_typed(target, copy.unit),
        "target_now": now["target"] or "",
        "errors": {},
        "statuses": [] if statuses_now is None else status_form.rows_of(statuses_now, copy.unit),
        "was_statuses": json.dumps(status_form.was_of(statuses_now or {})),
        "status_names": STATUS_NAMES,
    }
    if request.method != "POST":
        return render(request, "budgets/cell_form.html", context)
    note, typed = (
        in_one_line(request.POST.get("note", "")),
        request.POST.get("target", ""),
    )
    errors = {}
    try:
        check_characters(note, "")
        if len(note) > 500:
            errors["note"] = "Anmärkningen är längre än 500 tecken."
    except UnreadableError as error:
        errors["note"] = error.what
    wanted = target
    if balancing:
        try:
            wanted = typed_amount(typed, copy.unit).amount
        except NotAnAmount as error:
            errors["target"] = str(error)
    # What somebody else has written since the form was shown stands until the user has seen it.
    was_note = request.POST.get("was_note", now["note"])
    was_target = request.POST.get("was_target", now["target"] or "")
    if now["note"] not in (was_note, note):
        errors.setdefault("note", _theirs(now["note"]))
    if balancing and (now["target"] or "") != was_target and wanted != target:
        errors.setdefault("target", _theirs(as_typed(target, copy.unit)))
    sent = None
    if statuses_now is not None and "was_statuses" in request.POST:
        sent = status_form.read(request.POST, statuses_now, copy.unit)
    if errors or (sent and sent.faulty):
        context |= {"note": note, "target": typed, "errors": errors}
        if sent:
            context["statuses"] = sent.rows
        return render(request, "budgets/cell_form.html", context, status=422)

    def steps(state: BudgetState) -> list[Step]:
        if any(state.cell(line, year)[field] != now[field] for field in ("note", "target")):
            raise ConflictError([])  # changed while this was read
        made = set_note(state, line, year, note)
        if sent:
            if statuses_of(state, line, year) != statuses_now:
                raise ConflictError([])
            made += set_statuses(state, line, year, sent.wanted, sent.new)
        return made + (set_target(state, line, year, wanted) if balancing and wanted != target else [])

    only_status = sent is not None and note == now["note"]
    action = Change.Action.EDIT_LINE if only_status else Change.Action.NOTE
    return change(request, copy, action, steps)


def _theirs(value: object) -> str:
    return f"Någon annan har skrivit \u201d{value or 'tomt'}\u201d här. Spara igen för att behålla ditt."
