"""The page of the log: what has been done and read, in sentences, and the ways to fetch it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from finsam.whole_numbers import whole_number
from members.access import Access, Action, access
from plans.log.filtering import FilterForm
from plans.log.reading import read_page
from plans.log.recording import note_read
from plans.log.retention import months_kept
from plans.models import LoggedRead

PAGE = "sida"
DIGITS = 9


@require_safe
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """Filtered by what stands in the address, a page at a time (`sida`)."""
    here = access(request, slug, Action.READ_LOG)
    form = FilterForm(request.GET, here.federation)
    wanted = form.wanted
    context: dict[str, Any] = {
        "here": here,
        "form": form,
        "asked": _asked(request),
        "page": None,
        "years": form.years,
        "months": months_kept(),
    }
    if wanted:
        number = whole_number(request.GET.get(PAGE, ""), DIGITS) or 1
        context["page"] = read_page(here.federation, wanted, number, shows_drafts=shows_drafts(request, here))
        note_read(request, here.federation, LoggedRead.What.LOG_PAGE)
    return render(request, "plans/log/page.html", context, status=200 if wanted else 422)


def shows_drafts(request: HttpRequest, here: Access) -> bool:
    """Whether the user reads the working copy, whose texts are its editors' own."""
    action = Action.READ_WORKING_COPY
    return here.may(action) and not here.lacks_second_factor(request, action)


def _asked(request: HttpRequest) -> str:
    """What is asked for, as it follows an address; without the page."""
    asked = request.GET.copy()
    asked.pop(PAGE, None)
    return asked.urlencode()
