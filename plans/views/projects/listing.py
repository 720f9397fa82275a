"""The insatser of a federation, by how far they have come."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.reading import read_sheet
from budgets.working_copy import own_unit
from members.access import Access, Action, access
from plans.models import Plan
from plans.views.projects.finding import latest_plan
from plans.views.projects.money import column_of_plan_year
from projects.models import Project, Status


@dataclass(frozen=True)
class ListedProject:
    """`amount` is what it costs the federation in the plan year (SEK), `participants` how many it plans;
    `previous` and `next` are the primary keys of those beside it among those shown."""

    project: Project
    amount: Decimal | None
    participants: int | None
    previous: int = 0
    next: int = 0


@require_safe
def projects(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them, or those of a status (`lage`) and a level (`niva`)."""
    here = access(request, slug, Action.READ_WORKING_COPY)
    plan = latest_plan(here)
    every = _listed(here, plan)
    status = _one_of(request.GET.get("lage", ""), Status.values)
    level = _one_of(request.GET.get("niva", ""), Project.Level.values)
    shown = [
        each for each in every if status in ("", each.project.status) and level in ("", each.project.level)
    ]
    groups = [(each, _in_order([row for row in shown if row.project.status == each])) for each in Status]
    context = {
        "here": here,
        "plan": plan,
        "unit": own_unit(here.federation),
        "any": bool(every),
        "groups": [(each, rows) for each, rows in groups if rows],
        "statuses": Status.choices,
        "levels": Project.Level.choices,
        "status": status,
        "level": level,
        "may_edit": here.may(Action.EDIT_WORKING_COPY),
    }
    return render(request, "plans/projects/list.html", context)


def _one_of(value: str, known: list[str]) -> str:
    return value if value in known else ""


def _listed(here: Access, plan: Plan | None) -> list[ListedProject]:
    sheet = read_sheet(plan.budget) if plan else None
    column = column_of_plan_year(sheet) if sheet else None
    rows = here.federation.projects.select_related("owner").prefetch_related("planned_participants")
    return [
        ListedProject(
            project=project,
            amount=sheet.project_total(project.name, column) if sheet and column is not None else None,
            participants=_planned(project, plan.plan_year) if plan else None,
        )
        for project in rows
    ]


def _in_order(rows: list[ListedProject]) -> list[ListedProject]:
    keys = [0, *(row.project.pk for row in rows), 0]
    return [replace(row, previous=keys[at], next=keys[at + 2]) for at, row in enumerate(rows)]


def _planned(project: Project, year: int) -> int | None:
    return next((each.number for each in project.planned_participants.all() if each.year == year), None)
