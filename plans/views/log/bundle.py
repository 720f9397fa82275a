"""The auditors' bundle of a plan year."""

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from members.access import Action
from plans.bundle.packing import packed
from plans.bundle.reading import read_bundle
from plans.log.recording import note_read
from plans.models import LoggedRead
from plans.views.fetching import plan_here


@require_safe
def auditors_bundle(request: HttpRequest, slug: str, plan_year: int) -> FileResponse:
    """Everything of the plan year that the user may read, in one zip."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_LOG)
    bundle = read_bundle(here, plan.plan_year)
    answer = FileResponse(
        packed(bundle), as_attachment=True, filename=f"{bundle.name}.zip", content_type="application/zip"
    )
    answer["Cache-Control"] = "private, no-store"
    note_read(request, here.federation, LoggedRead.What.BUNDLE, plan_year=plan.plan_year)
    return answer
