"""The log as a file: the rows that the page shows, all of them."""

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from members.access import Action, access
from plans.log.export import csv_parts, json_parts
from plans.log.filtering import FilterForm
from plans.log.reading import read_all
from plans.log.recording import note_read
from plans.models import LoggedRead
from plans.views.log.page import shows_drafts

CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@require_safe
def log_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The file, in the form `csv` or `json`. What cannot be understood is told on the page."""
    here = access(request, slug, Action.READ_LOG)
    wanted = FilterForm(request.GET, here.federation).wanted
    if wanted is None:
        return redirect(f"{reverse('log', args=[slug])}?{request.GET.urlencode()}")
    rows = read_all(here.federation, wanted, shows_drafts=shows_drafts(request, here))
    parts: Iterator[str] = csv_parts(rows) if form == "csv" else json_parts(slug, rows)
    answer = StreamingHttpResponse(parts, content_type=CONTENT_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{slug}-logg.{form}"'
    answer["Cache-Control"] = "private, no-store"
    note_read(request, here.federation, LoggedRead.What.LOG_FILE, form)
    return answer
