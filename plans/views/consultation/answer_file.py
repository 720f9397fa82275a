"""The file that came with an answer."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from members.access import Action, access
from plans.consultation.access import refused_answer
from plans.consultation.files import UNKNOWN_MEDIA_TYPE, kind_of
from plans.log.recording import note_read
from plans.models import ConsultationAnswer, LoggedRead

LONGEST_NAME = LoggedRead._meta.get_field("name").max_length


@require_safe
def consultation_file(request: HttpRequest, slug: str, plan_year: int, pk: int) -> HttpResponse:
    """Always to be saved, never shown within Finsam. Of the plan year: of a plan that is revised too."""
    here = access(request, slug, Action.READ_FEDERATION)
    of_year = ConsultationAnswer.objects.filter(
        version__federation=here.federation, version__plan_year=plan_year, file__isnull=False
    )
    found = get_object_or_404(of_year.select_related("version").defer("version__content"), pk=pk)
    if reason := refused_answer(here, found):
        raise PermissionDenied(reason)
    name = f"svar från {found.member_name}"[:LONGEST_NAME]
    note_read(request, here.federation, LoggedRead.What.VERSION_FILE, name, version=found.version)
    assert found.file is not None
    content = bytes(found.file)
    kind = kind_of(content)
    response = HttpResponse(content, content_type=kind.media_type if kind else UNKNOWN_MEDIA_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, found.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
