"""Who changed what and when, and the budget at two points in time beside each other."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.answer import state_at
from budgets.editing.steps import Table
from budgets.history import ORDER_ONLY, History
from budgets.models import Change
from budgets.page import BudgetPage
from budgets.reading import read_state
from budgets.two_points import differences
from budgets.working_copy import WorkingCopy, working_copy
from finsam.whole_numbers import whole_number

PER_PAGE = 50


@require_safe
def history(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """All changes, the latest first; of one line (`post`), perhaps in one column (`kolumn`), when asked."""
    copy = working_copy(request, slug, plan_year)
    state = read_state(copy.budget)
    told = History(copy.budget, state, copy.unit)
    line, year = _key(request, "post"), _key(request, "kolumn")
    changes = _changes(copy, told, line, year)
    pages = Paginator(changes, PER_PAGE)
    shown = pages.get_page(request.GET.get("sida"))
    entries = told.entries(shown.object_list)
    shown_events = [
        (entry, [e for e in entry.events if line is None or (e.line == line and year in (None, e.year))])
        for entry in entries
    ]
    context = {
        "here": copy.here,
        "copy": copy,
        "budget": copy.budget,
        "entries": [(entry, events or list(ORDER_ONLY)) for entry, events in shown_events],
        "shown": shown,
        "line": line,
        "year": year,
        "line_name": told.name(Table.LINE, line) if line is not None else "",
        "year_name": told.name(Table.YEAR, year) if year is not None else "",
    }
    return render(request, "budgets/history.html", context)


def _changes(copy: WorkingCopy, told: History, line: int | None, year: int | None) -> QuerySet[Change]:
    changes = Change.objects.filter(budget=copy.budget).order_by("-number")
    if line is None:
        return changes
    of_cell = Q(steps__table=Table.CELL, steps__row=line)
    of_status = Q(steps__table=Table.STATUS, steps__row__in=told.status_keys(line, year))
    if year is not None:
        return changes.filter((of_cell & Q(steps__year=year)) | of_status).distinct()
    return changes.filter(of_cell | Q(steps__table=Table.LINE, steps__row=line) | of_status).distinct()


def _key(request: HttpRequest, name: str) -> int | None:
    return whole_number(request.GET.get(name, ""))


@require_safe
def two_points(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Every figure that differs between right after change `fran` and right after change `till`."""
    copy = working_copy(request, slug, plan_year)
    state = read_state(copy.budget)
    earlier = _number(request, "fran", 0, state.number)
    later = _number(request, "till", state.number, state.number)
    around = copy.surroundings()
    pages: list[BudgetPage] = [
        copy.page(state_at(copy, state, number), around.names, around.circumstances)
        for number in (earlier, later)
    ]
    moments = Change.objects.filter(budget=copy.budget, number__in=[earlier, later])
    context = {
        "here": copy.here,
        "copy": copy,
        "budget": copy.budget,
        "differences": differences(pages[0], pages[1]),
        "earlier": earlier,
        "later": later,
        "last": state.number,
        "moments": {change.number: change for change in moments},
    }
    return render(request, "budgets/two_points.html", context)


def _number(request: HttpRequest, name: str, default: int, last: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return default
    number = whole_number(text, digits=9)
    if number is None or number > last:
        raise Http404
    return number
