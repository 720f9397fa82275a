"""A file of a version, as it was made when the version was."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from plans.log.recording import note_read
from plans.models import LoggedRead, Version, VersionFile
from plans.views.fetching import version_here

CONTENT_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NAMES: Mapping[str, str] = {"plan": "plan", "budget": "budget", "board": "styrelseunderlag"}


@require_safe
def version_file(request: HttpRequest, slug: str, plan_year: int, number: int, kind: str) -> HttpResponseBase:
    """The file, named by its hash to a browser that has it already."""
    here, version = version_here(request, slug, plan_year, number)
    files = VersionFile.objects.filter(version=version)
    file = get_object_or_404(files.defer("content"), kind=kind)
    entity_tag = f'"{file.hash}"'
    answer = get_conditional_response(request, etag=entity_tag) or _whole(version, file)
    answer["ETag"] = entity_tag
    answer["Cache-Control"] = "private, no-cache"
    note_read(request, here.federation, LoggedRead.What.VERSION_FILE, file.kind, version=version)
    return answer


def _whole(version: Version, file: VersionFile) -> HttpResponse:
    answer = HttpResponse(bytes(file.content), content_type=CONTENT_TYPES[file.kind.rpartition("_")[2]])
    answer["Content-Disposition"] = f'attachment; filename="{file_name(version, file)}"'
    return answer


def file_name(version: Version, file: VersionFile) -> str:
    """gotland-plan-2021-version-3.pdf"""
    what, _, form = file.kind.rpartition("_")
    return f"{version.federation.slug}-{NAMES[what]}-{version.plan_year}-version-{version.number}.{form}"
