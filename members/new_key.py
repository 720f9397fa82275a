"""A new key for the session when somebody has shown once more who they are."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def with_new_key(view: View) -> View:
    """The view, after which a key that somebody else may have got hold of before is worth nothing."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shown_before = len(get_authentication_records(request, request.user))
        response = view(request, *args, **kwargs)
        if len(get_authentication_records(request, request.user)) > shown_before:
            request.session.cycle_key()
        return response

    return answered
