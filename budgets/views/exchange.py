"""Files out: the budget as an Excel workbook and as CSV."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from budgets.exchange.csv_file import csv_file
from budgets.exchange.workbook import About, workbook
from budgets.page import BudgetPage
from budgets.reading import read
from budgets.working_copy import WorkingCopy, working_copy
from members.models import User

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def budget_workbook(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The whole budget as an Excel workbook, in kr or tkr (`?enhet=`)."""
    copy = working_copy(request, slug, plan_year)
    page, number = _page(copy)
    assert isinstance(request.user, User)
    now = timezone.localtime()
    about = About(
        state=f"{'Utkast' if copy.budget.is_open else 'Stängd budget'} {now:%Y-%m-%d %H.%M}",
        made_at=now.replace(tzinfo=None),
        made_by=str(request.user),
        budget=str(copy.budget.pk),
        change=number,
        address=request.build_absolute_uri(copy.address()),
    )
    return _file(copy, workbook(page, about), XLSX, "xlsx")


@require_safe
def budget_csv(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The whole budget as CSV, in kr or tkr (`?enhet=`)."""
    copy = working_copy(request, slug, plan_year)
    page, _ = _page(copy)
    return _file(copy, csv_file(page), "text/csv; charset=utf-8", "csv")


def _page(copy: WorkingCopy) -> tuple[BudgetPage, int]:
    state, names = read(copy.budget)
    return copy.page(state, names, copy.circumstances()), state.number


def _file(copy: WorkingCopy, content: bytes, content_type: str, ending: str) -> HttpResponse:
    name = f"budget-{copy.budget.plan_year}-{slugify(copy.here.federation.short_name)}.{ending}"
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
