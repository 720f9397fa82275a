"""The charts of a budget, asked for after the page itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.charts import charts
from budgets.reading import read_sheet
from budgets.working_copy import working_copy


@require_safe
def budget_charts(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    copy = working_copy(request, slug, plan_year)
    shown = charts(read_sheet(copy.budget), copy.circumstances(), copy.unit)
    return render(request, "budgets/charts/charts.html", {"charts": shown, "unit": copy.unit})
