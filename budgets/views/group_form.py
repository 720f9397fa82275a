"""The amounts of a group of lines as a plain form: for those without script, and for small screens."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from budgets.editing.amounts import set_amount
from budgets.editing.change import ClosedError
from budgets.editing.state import BudgetState
from budgets.editing.steps import Step
from budgets.models import Change
from budgets.page import FormPart, ShownRow
from budgets.reading import read
from budgets.views.changing import change, refused
from budgets.working_copy import WorkingCopy, working_copy
from finsam.typed_amount import NotAnAmount, TypedAmount, typed_amount
from members.access import Action


@require_http_methods(["GET", "HEAD", "POST"])
def group_form(request: HttpRequest, slug: str, plan_year: int, part: int) -> HttpResponse:
    """The rows of one part of the table. A wrong entry, or a cell that somebody else has changed, keeps
    everything unsaved, with what was typed."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    if not copy.budget.is_open:
        return refused(request, copy, ClosedError())
    state, names = read(copy.budget)
    page = copy.page(state, names, copy.circumstances())
    parts = page.form_parts
    there = 0 < part <= len(parts)
    posted: Mapping[str, str] = request.POST if request.method == "POST" else {}
    if not there and not posted:  # what was typed is shown even when its part is gone
        raise Http404
    shown_rows = _posted_rows(parts, posted) if posted else parts[part - 1].rows
    rows, entries, faulty = _entries(copy, shown_rows, posted, state)
    lost = _lost(shown_rows, posted)
    faulty = faulty or bool(lost)
    if request.method == "POST" and not faulty:

        def steps(state: BudgetState) -> list[Step]:
            return [
                step
                for line, year, was, typed in entries
                for step in set_amount(state, line, year, was, typed.amount, typed.formula)
            ]

        return change(
            request,
            copy,
            Change.Action.AMOUNT,
            steps,
            said="Beloppen är sparade.",
            on_conflict=lambda: group_form(request, slug, plan_year, part),  # shows both
        )
    context = {
        "here": copy.here,
        "copy": copy,
        "page": page,
        "part": part,
        "parts": parts,
        "name": parts[part - 1].name if there else "Belopp",
        "rows": rows,
        "faulty": faulty,
        "lost": lost,
    }
    return render(request, "budgets/group_form.html", context, status=422 if faulty else 200)


def _posted_rows(parts: list[FormPart], posted: Mapping[str, str]) -> tuple[ShownRow, ...]:
    """The rows that the form was made of, whichever part they stand in by now."""
    return tuple(
        row
        for part in parts
        for row in part.rows
        if any(f"b-{cell.line}-{cell.year}" in posted for cell in row.cells)
    )


def _lost(rows: tuple[ShownRow, ...], posted: Mapping[str, str]) -> list[str]:
    """What was typed in cells whose line or column somebody else has removed meanwhile."""
    there = {f"{cell.line}-{cell.year}" for row in rows for cell in row.cells}
    names = [name.removeprefix("b-") for name in posted if name.startswith("b-")]
    return [
        posted[f"b-{name}"].strip() or "tomt"
        for name in names
        if name not in there and posted[f"b-{name}"] != posted.get(f"t-{name}", "")
    ]


Entries = list[tuple[int, int, str | None, TypedAmount]]


def _entries(
    copy: WorkingCopy, rows: tuple[ShownRow, ...], posted: Mapping[str, str], state: BudgetState
) -> tuple[list[dict[str, object]], Entries, bool]:
    """The rows of the form with what was typed and what is wrong with it; the entries that differ."""
    shown, entries, faulty = [], Entries(), False
    for row in rows:
        cells = []
        for cell in row.cells:
            assert cell.line is not None and cell.year is not None
            name = f"{cell.line}-{cell.year}"
            text = posted.get(f"b-{name}", cell.typed)
            was = posted.get(f"w-{name}", cell.stored)
            error, theirs = "", ""
            try:
                typed = typed_amount(text, copy.unit)
            except NotAnAmount as fault:
                error = str(fault)
            else:
                if text != posted.get(f"t-{name}", cell.typed):
                    if was != cell.stored:
                        theirs = cell.typed or "tomt"
                        was = cell.stored  # saved again: the user has seen it
                    entries.append((cell.line, cell.year, was or None, typed))
            faulty = faulty or bool(error or theirs)
            cells.append(
                {
                    "name": name,
                    "text": text,
                    "was": was,
                    "typed": cell.typed,
                    "error": error,
                    "theirs": theirs,
                }
            )
        shown.append({"row": row.row, "cells": cells})
    return shown, entries, faulty
