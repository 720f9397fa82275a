"""The insatser over time: those with money as a chart, the others by how far they have come."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.charts.projects import projects as projects_chart
from budgets.charts.shapes import Chart
from budgets.reading import read_circumstances, read_sheet
from budgets.working_copy import own_unit
from members.access import Access, Action, access
from plans.models import Plan
from plans.views.projects.finding import latest_plan
from projects.models import Status


@require_safe
def project_timeline(request: HttpRequest, slug: str) -> HttpResponse:
    here = access(request, slug, Action.READ_WORKING_COPY)
    plan = latest_plan(here)
    chart = _chart(here, plan) if plan else None
    names = {row.name for row in chart.table.rows} if chart else set()
    every = list(here.federation.projects.all())
    others = [each for each in every if each.name not in names]
    groups = [(status, [each for each in others if each.status == status]) for status in Status]
    context = {
        "here": here,
        "plan": plan,
        "unit": own_unit(here.federation),
        "charts": [chart] if chart else [],
        "charted": [each for each in every if each.name in names],
        "groups": [(status, rows) for status, rows in groups if rows],
    }
    return render(request, "plans/projects/timeline.html", context)


def _chart(here: Access, plan: Plan) -> Chart | None:
    """None when no insats has money in the budget or runs in its years."""
    sheet = read_sheet(plan.budget)
    if not sheet.columns:
        return None
    chart = projects_chart(sheet, read_circumstances(here.federation), own_unit(here.federation))
    return chart and replace(chart, title=f"I planen för {plan.plan_year}")
