"""Every request has an id: in its answer, on the page that says that something broke, and in each line that
is logged meanwhile. With it, what somebody tells of is found in the log."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
SAFE_FORM = re.compile(r"[A-Za-z0-9._-]{8,64}")


@dataclass(frozen=True)
class Current:
    """The request that is being answered, and its id."""

    request: HttpRequest
    request_id: str


CURRENT: ContextVar[Current | None] = ContextVar("current_request", default=None)
"""None outside of requests: in commands, and while the application starts."""


class RequestIdMiddleware:
    """Outermost: whatever is answered and logged has the id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        current = Current(request, id_of(request))
        token = CURRENT.set(current)
        try:
            response = self.get_response(request)
        finally:
            CURRENT.reset(token)
        response.headers[HEADER] = current.request_id
        return response


def id_of(request: HttpRequest) -> str:
    """The proxy's own id when there is a proxy to believe and the id has a safe form; otherwise a new one.

    A visitor must not choose: two requests with one id could not be told apart.
    """
    given = request.headers.get(HEADER, "")
    if settings.BEHIND_PROXY and SAFE_FORM.fullmatch(given):
        return given
    return uuid4().hex
