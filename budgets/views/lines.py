"""Adding, changing, moving and removing lines, and renaming and moving groups."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from budgets.editing.change import ConflictError
from budgets.editing.lines import (
    add_line,
    edit_line,
    group_at,
    move_group,
    move_line,
    remove_line,
    rename_group,
)
from budgets.editing.state import BudgetState
from budgets.editing.steps import Step, Table
from budgets.forms import LINE_VALUES, LineForm, Was, line_was, merged, sent_was
from budgets.models import Change
from budgets.reading import group_names, read_state
from budgets.views.changing import change, check_seen
from budgets.working_copy import WorkingCopy, working_copy
from finsam.json_input import UnreadableError, check_characters
from finsam.whole_numbers import whole_number
from members.access import Action


@require_http_methods(["GET", "HEAD", "POST"])
def new_line(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The form of a new line, like the one (`efter`) it is asked for beside."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    state = read_state(copy.budget)
    beside = whole_number(request.GET.get("efter", ""))
    like: Was = {}
    if beside is not None and beside in state.rows[Table.LINE]:
        like = {**line_was(state, beside), "name": "", "note": "", "member_id": None, "project_id": None}
    form = LineForm(request.POST or None, initial=like, budget=copy.budget, state=state, line=None)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, copy, state, form, None)
    values = form.cleaned_data
    return change(
        request,
        copy,
        Change.Action.ADD_LINE,
        lambda state: add_line(state, _table_values(values), values["group"], values["subgroup"]),
        said=f"Posten {values['name']} är tillagd.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, slug: str, plan_year: int, line: int) -> HttpResponse:
    """The form of a line, with the ways to move and remove it."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    state = read_state(copy.budget)
    if line not in state.rows[Table.LINE]:
        raise Http404
    now = line_was(state, line)
    form = LineForm(request.POST or None, initial=now, budget=copy.budget, state=state, line=line)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, copy, state, form, line)
    was = sent_was(request.POST.get("was", ""), now)
    typed = {name: form.cleaned_data[name] for name in now}
    _, clashes = merged(was, typed, now)
    if clashes:
        for name in clashes:
            form.add_error(
                name,
                f"Någon annan har skrivit \u201d{_label(form, name, now[name])}\u201d här. "
                "Spara igen för att behålla ditt.",
            )
        return _shown(request, copy, state, form, line)

    def steps(state: BudgetState) -> list[Step]:
        if line not in state.rows[Table.LINE]:
            raise ConflictError([])
        mine, clashes = merged(was, typed, line_was(state, line))  # as it is now that nobody can change it
        if clashes:
            raise ConflictError([])
        return edit_line(state, line, _table_values(mine), str(mine["group"]), str(mine["subgroup"]))

    return change(request, copy, Change.Action.EDIT_LINE, steps, said="Posten är ändrad.")


def _label(form: LineForm, name: str, value: object) -> str:
    choices: Any = getattr(form.fields[name], "choices", ())
    for key, label in choices:
        pairs = label if isinstance(label, list | tuple) else [(key, label)]
        for each, text in pairs:
            if str(each) == str(value):
                return str(text)
    return "" if value is None else str(value)


def _table_values(values: dict[str, Any]) -> dict[str, Any]:
    section, line_class, payer = str(values["kind"]).split(".")
    own = {**values, "section": section, "line_class": line_class, "member_kind": payer}
    return {name: own[name] for name in LINE_VALUES}


def _shown(
    request: HttpRequest, copy: WorkingCopy, state: BudgetState, form: LineForm, line: int | None
) -> HttpResponse:
    names = [group_names(state, key) for key in state.rows[Table.GROUP]]
    context = {
        "here": copy.here,
        "copy": copy,
        "form": form,
        "line": line,
        "name": state.rows[Table.LINE][line]["name"] if line else "",
        "parts": [
            row["name"] for row in state.rows[Table.LINE].values() if line and row["part_of_id"] == line
        ],
        "was": json.dumps(line_was(state, line)) if line else "",
        "groups": sorted({group for group, _ in names}),
        "subgroups": sorted({subgroup for _, subgroup in names if subgroup}),
    }
    status = 422 if form.is_bound else 200
    return render(request, "budgets/line.html", context, status=status)


@require_POST
def move(request: HttpRequest, slug: str, plan_year: int, line: int, where: str) -> HttpResponse:
    """One place up (`upp`) or down (`ned`)."""
    if where not in ("upp", "ned"):
        raise Http404
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    _known(copy, Table.LINE, line)
    return change(
        request, copy, Change.Action.MOVE_LINE, lambda state: move_line(state, line, down=where == "ned")
    )


@require_POST
def remove(request: HttpRequest, slug: str, plan_year: int, line: int) -> HttpResponse:
    """The line goes; undo brings it back."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    _known(copy, Table.LINE, line)

    def steps(state: BudgetState) -> list[Step]:
        check_seen(request, copy, state, [line], state.rows[Table.YEAR])
        return remove_line(state, line)

    return change(
        request,
        copy,
        Change.Action.REMOVE_LINE,
        steps,
        said="Posten är borttagen. Ångra tar tillbaka den.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, slug: str, plan_year: int, line: int, level: str) -> HttpResponse:
    """The name of the group (`grupp`) or subgroup (`undergrupp`) that a line stands in, and the group's place
    among the others (`where`: upp, ned)."""
    copy = working_copy(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    state = _known(copy, Table.LINE, line)
    key = group_at(state, line, top=level == "grupp")
    if key is None:
        raise Http404
    now = str(state.rows[Table.GROUP][key]["name"])
    where, typed = request.POST.get("where", ""), request.POST.get("name", now).strip()
    was = request.POST.get("was", now)
    context = {"here": copy.here, "copy": copy, "line": line, "level": level, "now": now, "name": typed}
    if request.method != "POST":
        return render(request, "budgets/group_name.html", {**context, "error": ""})
    if where in ("upp", "ned"):
        return change(
            request, copy, Change.Action.MOVE_LINE, lambda state: move_group(state, key, down=where == "ned")
        )
    try:
        check_characters(typed, "")
        error = "" if 0 < len(typed) <= 200 else "Skriv ett namn på högst 200 tecken."
    except UnreadableError as fault:
        error = fault.what
    if not error and now not in (was, typed):
        error = f"Någon annan har döpt om till \u201d{now}\u201d. Spara igen för att behålla ditt."
    if error:
        return render(request, "budgets/group_name.html", {**context, "error": error}, status=422)

    def steps(state: BudgetState) -> list[Step]:
        row = state.row(Table.GROUP, key)
        if row is not None and row["name"] not in (now, typed):
            raise ConflictError([])
        return rename_group(state, key, typed)

    return change(request, copy, Change.Action.RENAME_GROUP, steps)


def _known(copy: WorkingCopy, table: Table, key: int) -> BudgetState:
    """The state, in which the row stands. Raises Http404."""
    state = read_state(copy.budget)
    if key not in state.rows[table]:
        raise Http404
    return state
