"""How the public pages are answered: the same to everybody, so that anything between may keep them."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from plans.publishing.made import HTML, Made

KEPT = "public, max-age=60, must-revalidate"
"""A minute after it was withdrawn nobody shows it."""
View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """A view of a public page. It has no session and answers with no cookie, whatever the request brings;
    Http404 is answered with a page for strangers, the same for what does not exist and what is not public."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        del request.session
        request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return not_public()

    return login_not_required(require_safe(answered))


def not_public() -> HttpResponse:
    page = render_to_string("plans/publishing/missing.html")
    return HttpResponse(page, status=404, content_type=HTML, headers={"Cache-Control": "no-store"})


def page(request: HttpRequest, made: Made, *, listed: bool = True) -> HttpResponse:
    """A page; `listed` when search engines may keep it."""
    return conditional(request, made.entity_tag, lambda: HttpResponse(made.body, content_type=HTML), listed)


def conditional(
    request: HttpRequest, entity_tag: str, whole: Callable[[], HttpResponse], listed: bool
) -> HttpResponse:
    """The whole answer, or that a browser has it already."""
    if request.META.get("HTTP_IF_NONE_MATCH") == entity_tag:  # as browsers send it: nothing to take apart
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = get_conditional_response(request, etag=entity_tag) or whole()
    answer["ETag"] = entity_tag
    answer["Cache-Control"] = KEPT
    if not listed:
        answer["X-Robots-Tag"] = "noindex"
    return answer
