"""The file that came with an answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from members.access import Action
from plans.consultation.files import UNKNOWN_MEDIA_TYPE, kind_of
from plans.models import ConsultationAnswer
from plans.views.fetching import plan_here


@require_safe
def consultation_file(request: HttpRequest, slug: str, plan_year: int, pk: int) -> HttpResponse:
    """Always to be saved, never shown within Finsam."""
    _, plan = plan_here(request, slug, plan_year, Action.READ_CONSULTATION_VERSION)
    with_file = ConsultationAnswer.objects.filter(version__plan=plan, file__isnull=False)
    found = get_object_or_404(with_file, pk=pk)
    assert found.file is not None
    content = bytes(found.file)
    kind = kind_of(content)
    response = HttpResponse(content, content_type=kind.media_type if kind else UNKNOWN_MEDIA_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, found.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
