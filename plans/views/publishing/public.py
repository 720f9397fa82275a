"""The public pages and files, without signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from plans.publishing.files import public_file
from plans.publishing.frozen import picture_of
from plans.publishing.pages import budget_page, federation_page, list_page, version_page
from plans.publishing.reading import everything, public_of
from plans.publishing.standing import PublicVersion, foremost
from plans.versions.contents import hash_of
from plans.views.publishing.answering import conditional, page, public

Found = tuple[PublicVersion, tuple[PublicVersion, ...]]
"""A version, and all that are public of its plan year."""


@public
def public_list(request: HttpRequest) -> HttpResponse:
    return page(request, list_page(everything()))


@public
def public_federation(request: HttpRequest, federation: str) -> HttpResponse:
    found = public_of(federation)
    if not found:
        raise Http404
    return page(request, federation_page(found, timezone.localdate().year))


@public
def public_year(request: HttpRequest, federation: str, plan_year: int) -> HttpResponse:
    """What the year stands for: the plan adopted last, else the latest proposal."""
    return _version_page(request, *_of_year(federation, plan_year))


@public
def public_version(request: HttpRequest, federation: str, plan_year: int, number: int) -> HttpResponse:
    return _version_page(request, *_numbered(federation, plan_year, number))


@public
def public_year_budget(request: HttpRequest, federation: str, plan_year: int) -> HttpResponse:
    """The budget of what the year stands for."""
    return _budget_page(request, *_of_year(federation, plan_year))


@public
def public_budget(request: HttpRequest, federation: str, plan_year: int, number: int) -> HttpResponse:
    return _budget_page(request, *_numbered(federation, plan_year, number))


@public
def public_year_file(request: HttpRequest, federation: str, plan_year: int, name: str) -> HttpResponse:
    """A file of what the year stands for."""
    found, _ = _of_year(federation, plan_year)
    return _file(request, found, name)


@public
def public_version_file(
    request: HttpRequest, federation: str, plan_year: int, number: int, name: str
) -> HttpResponse:
    found, _ = _numbered(federation, plan_year, number)
    return _file(request, found, name)


@public
def public_picture(
    request: HttpRequest, federation: str, plan_year: int, number: int, key: str
) -> HttpResponse:
    """A picture of the plan's text."""
    found, _ = _numbered(federation, plan_year, number)
    picture = picture_of(found, key)
    if picture is None:
        raise Http404

    def whole() -> HttpResponse:
        return HttpResponse(picture.content, content_type=picture.media_type)

    return conditional(request, f'"{hash_of(picture.content)}"', whole, found.is_adopted)


@public
def nothing_public(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address among the public ones, so that all of them answer strangers alike."""
    raise Http404


def _of_year(federation: str, plan_year: int) -> Found:
    found = public_of(federation, plan_year)
    first = foremost(found)
    if first is None:
        raise Http404
    return first, found


def _numbered(federation: str, plan_year: int, number: int) -> Found:
    found = public_of(federation, plan_year)
    for each in found:
        if each.facts.number == number:
            return each, found
    raise Http404


def _version_page(
    request: HttpRequest, found: PublicVersion, of_year: tuple[PublicVersion, ...]
) -> HttpResponse:
    return page(request, version_page(found, of_year), listed=found.is_adopted)


def _budget_page(
    request: HttpRequest, found: PublicVersion, of_year: tuple[PublicVersion, ...]
) -> HttpResponse:
    made = budget_page(found, of_year)
    if made is None:
        raise Http404
    return page(request, made, listed=found.is_adopted)


def _file(request: HttpRequest, found: PublicVersion, name: str) -> HttpResponse:
    file = public_file(found, name)
    if file is None:
        raise Http404

    def whole() -> HttpResponse:
        answer = HttpResponse(file.read(), content_type=file.kind.media_type)
        answer["Content-Disposition"] = f'attachment; filename="{file_name(found, name)}"'
        return answer

    return conditional(request, file.entity_tag, whole, found.is_adopted)


def file_name(public: PublicVersion, name: str) -> str:
    """gotland-plan-2021-faststalld-version-3.pdf"""
    facts = public.facts
    what, _, form = name.rpartition(".")
    status = "faststalld" if public.is_adopted else "forslag"
    number = f"version-{facts.number}"
    parts = [facts.federation, what, str(facts.plan_year), status, number]
    return f"{'-'.join(parts)}.{form}"
