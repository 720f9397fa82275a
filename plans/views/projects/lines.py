"""Tying budget lines to an insats and untying them, in the budget's own history."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from budgets.editing.change import ClosedError, ConflictError, make_change
from budgets.editing.lines import ImpossibleError, add_line, edit_line
from budgets.editing.state import BudgetState
from budgets.editing.steps import Step, Table
from budgets.forms import PlainForm
from budgets.models import Budget, BudgetLine, Change, LineClass, Section
from budgets.reading import group_names, read_state
from budgets.views.changing import sentences
from budgets.working_copy import author
from finsam.whole_numbers import whole_number
from members.access import Action, access
from plans.views.projects.card import card_page, to_card
from plans.views.projects.finding import CLOSED, latest_plan, project_of

TIED_SECTIONS = (Section.COST, Section.INCOME)
"""Only a cost or an income belongs to an insats."""

Steps = Callable[[BudgetState], Iterable[Step]]


def new_line(project: int, name: str, group: str) -> Steps:
    """The steps of a new cost line for the insats."""
    values = {
        "name": name,
        "note": "",
        "section": Section.COST.value,
        "line_class": LineClass.INSATS.value,
        "member_kind": "",
        "member_id": None,
        "project_id": project,
        "part_of_id": None,
    }
    return lambda state: add_line(state, values, group, "")


def tied(line: int, was: int | None, project: int | None) -> Steps:
    """The steps that give the line to an insats, or to none, once it is still of the one it was of."""

    def steps(state: BudgetState) -> list[Step]:
        row = state.row(Table.LINE, line)
        if row is not None and row["project_id"] != was:
            raise ConflictError([])
        group, subgroup = group_names(state, row["group_id"]) if row else ("", "")
        return edit_line(state, line, {"project_id": project}, group, subgroup)

    return steps


def usual_group(state: BudgetState) -> str:
    """The group that most lines of insatser stand in."""
    groups = Counter(
        group_names(state, row["group_id"])[0]
        for row in state.rows[Table.LINE].values()
        if row["line_class"] == LineClass.INSATS
    )
    return groups.most_common(1)[0][0] if groups else "Insatser"


class LineToTieForm(forms.Form):
    """Which line: its key and the insats it was of when it was shown, as `12-7` or `12-`."""

    line = forms.CharField(
        label="Budgetpost", widget=forms.Select, error_messages={"required": "Välj en budgetpost."}
    )

    def __init__(self, *args: Any, state: BudgetState, names: Mapping[Any, str], project: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.state, self.names, self.project = state, names, project
        grouped: dict[str, list[tuple[str, str]]] = {}
        for key, row in state.ordered(Table.LINE):
            if row["section"] in TIED_SECTIONS and row["project_id"] != project:
                heading = group_names(state, row["group_id"])[0] or "Utan grupp"
                grouped.setdefault(heading, []).append((f"{key}-{row['project_id'] or ''}", self._label(row)))
        self.fields["line"].widget.choices = [("", "Välj …"), *grouped.items()]

    def _label(self, row: Any) -> str:
        now = self.names.get(row["project_id"])
        income = ", intäkt" if row["section"] == Section.INCOME else ""
        return f"{row['name']}{income}{f' (nu: {now})' if now else ''}"

    def clean_line(self) -> tuple[int, int | None]:
        """The key of the line and of the insats it was of."""
        key, _, was = self.cleaned_data["line"].partition("-")
        line, project = whole_number(key), whole_number(was) if was else None
        row = None if line is None else self.state.row(Table.LINE, line)
        readable = project is not None or not was
        if line is None or row is None or not readable or row["section"] not in TIED_SECTIONS:
            raise ValidationError("Posten finns inte längre i budgeten. Välj en annan.")
        if row["project_id"] == self.project:
            raise ValidationError("Posten hör redan till insatsen.")
        if row["project_id"] != project:
            now = self.names.get(row["project_id"], "ingen insats")
            raise ValidationError(f"Någon annan har knutit posten till {now}. Välj igen om den ska hit.")
        return line, project


class LineToMakeForm(PlainForm):
    name = forms.CharField(
        label="Namn", max_length=200, error_messages={"required": "Skriv vad posten heter."}
    )
    group = forms.CharField(
        label="Grupp",
        max_length=200,
        required=False,
        help_text="Rubriken som posten står under. Ett nytt namn gör en ny grupp.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def project_lines(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Tie a line that is there (`what` tie), or make one (`what` new)."""
    here = access(request, slug, Action.EDIT_WORKING_COPY)
    project, plan = project_of(here, pk), latest_plan(here)
    if plan is None:
        return card_page(request, here, project, error="Det finns ingen budget än.", status=409)
    if not plan.budget.is_open:
        return card_page(request, here, project, error=CLOSED, status=409)
    state, what = read_state(plan.budget), request.POST.get("what", "")
    names = dict(here.federation.projects.values_list("pk", "name"))
    sent = {each: request.POST if what == each else None for each in ("tie", "new")}
    tie = LineToTieForm(sent["tie"], state=state, names=names, project=project.pk)
    make = LineToMakeForm(sent["new"], initial={"name": project.name, "group": usual_group(state)})
    error = ""
    if what == "tie" and tie.is_valid():
        line, was = tie.cleaned_data["line"]
        error = _change(request, plan.budget, Change.Action.EDIT_LINE, tied(line, was, project.pk))
    elif what == "new" and make.is_valid():
        steps = new_line(project.pk, make.cleaned_data["name"], make.cleaned_data["group"])
        error = _change(request, plan.budget, Change.Action.ADD_LINE, steps)
    bound = tie if what == "tie" else make
    if bound.is_bound and not bound.errors and not error:
        messages.success(request, "Budgetposten är knuten till insatsen.")
        return to_card(here, project, "pengar")
    context = {
        "here": here,
        "project": project,
        "plan": plan,
        "tie": tie,
        "make": make,
        "error": error,
        "groups": sorted({group_names(state, key)[0] for key in state.rows[Table.GROUP]}),
    }
    status = 409 if error else 422 if bound.errors else 200
    return render(request, "plans/projects/lines.html", context, status=status)


@require_POST
def untie_line(request: HttpRequest, slug: str, pk: int, line: int) -> HttpResponse:
    """The line stays in the budget, of no insats. Harmless when it is of another already."""
    here = access(request, slug, Action.EDIT_WORKING_COPY)
    project, plan = project_of(here, pk), latest_plan(here)
    found = get_object_or_404(BudgetLine, pk=line, budget=plan.budget if plan else None)
    if plan is None or found.project_id != project.pk:
        messages.info(request, "Posten hör inte längre till insatsen.")
        return to_card(here, project, "pengar")
    error = _change(request, plan.budget, Change.Action.EDIT_LINE, tied(line, project.pk, None))
    if error:
        return card_page(request, here, project, error=error, status=409)
    messages.success(request, "Posten står kvar i budgeten men hör inte längre till insatsen.")
    return to_card(here, project, "pengar")


def _change(request: HttpRequest, budget: Budget, action: Change.Action, steps: Steps) -> str:
    """Why nothing was changed; empty when it was."""
    try:
        make_change(budget, author(request), action, steps)
    except ClosedError:
        return CLOSED
    except (ConflictError, ImpossibleError, ValidationError) as error:
        return " ".join(sentences(error))
    return ""
