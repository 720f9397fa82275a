"""The calendar of a plan: what the overview shows of it, and the file."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from members.access import Action
from plans.calendar.dates import Entry, calendar
from plans.calendar.file import CONTENT_TYPE
from plans.calendar.file import calendar_file as file_of
from plans.calendar.reading import last_changed, read_known
from plans.models import Plan
from plans.views.fetching import plan_here


@dataclass(frozen=True)
class ShownCalendar:
    """`coming` is what is late, then what comes; `earlier` what is done or has passed."""

    plan: Plan
    coming: tuple[Entry, ...]
    earlier: tuple[Entry, ...]


def calendar_of(plan: Plan) -> ShownCalendar:
    """The calendar as it stands today."""
    entries = calendar(read_known(plan), localdate())
    coming = sorted(
        (each for each in entries if each.state in ("late", "next", "ahead")),
        key=lambda each: ("next", "late", "ahead").index(each.state),
    )
    return ShownCalendar(plan, tuple(coming), tuple(each for each in entries if each not in coming))


@require_safe
def calendar_file(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The law's dates of the plan, for whoever has a role in the federation."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_FEDERATION)
    content = file_of(
        f"{here.federation.short_name}, plan {plan_year}",
        f"{slug}-{plan_year}-{plan.revision}",
        calendar(read_known(plan), localdate()),
        last_changed(plan),
    )
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{slug}-plan-{plan_year}.ics"'
    response["Cache-Control"] = "private, no-cache"
    return response
