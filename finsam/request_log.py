"""One line in the log for each request, and what every other line says of the request it belongs to."""

import logging
from collections.abc import Callable
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import LazyObject, empty

from finsam.request_ids import CURRENT

logger = logging.getLogger("finsam.request")

PROBES = "/halsa/"


class RequestLogMiddleware:
    """Notes each request when it is answered: method and path, status, time. Never the query, in which
    people search, and never an address or a name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = monotonic()
        response = self.get_response(request)
        logger.log(
            level_of(request.path, response.status_code),
            "%s %s %s",
            request.method,
            request.path,
            response.status_code,
            extra={
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "duration_ms": round((monotonic() - began) * 1000, 1),
            },
        )
        return response


def level_of(path: str, status: int) -> int:
    """INFO; less for style sheets, scripts and probes, of which there are many and which tell nothing as long
    as they go well."""
    expected = status < 400 and path.startswith((settings.STATIC_URL, PROBES))
    return logging.DEBUG if expected else logging.INFO


class AboutRequest(logging.Filter):
    """Gives each record the request's id, and the key of the user as far as it is known."""

    def filter(self, record: logging.LogRecord) -> bool:
        current = CURRENT.get()
        record.request_id = current.request_id if current else None
        record.user = known_user(current.request) if current else None
        return True


def known_user(request: HttpRequest) -> int | None:
    """The key of the user, once something else has asked who it is: nothing is read from the database to
    write in a log, least of all when the log is about the database."""
    user = getattr(request, "user", None)
    if isinstance(user, LazyObject) and user._wrapped is empty:
        return None
    return getattr(user, "pk", None)
