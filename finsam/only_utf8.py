"""What is sent to us is UTF-8."""

import codecs
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse


class Utf8Request(WSGIRequest):
    """A request that is never read as anything but UTF-8, whatever it says it is written in.

    Django reads the query with what is said as soon as it makes the request, before any middleware: an
    alphabet that is none would end there, in an error that nothing answers.
    """

    @property
    def encoding(self) -> None:
        """None: what the settings say, which is UTF-8."""
        return

    @encoding.setter
    def encoding(self, said: str | None) -> None:
        pass


class OnlyUtf8Middleware:
    """Refuses a request that says it is written in anything else, as no browser does of its own accord.

    Django would read it with whatever Python has by that name. Some of that is no alphabet at all and ends in
    an error of ours; some of it gives halves of signs, which no database can hold.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_utf8((request.content_params or {}).get("charset", "utf-8")):
            raise BadRequest("Not UTF-8")
        return self.get_response(request)


def is_utf8(charset: str) -> bool:
    """Whether it is one of the names of UTF-8."""
    try:
        return codecs.lookup(charset).name == "utf-8"
    except LookupError:
        return False
