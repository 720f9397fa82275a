"""Answer headers that neither Django nor django-csp sets."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing of the machine is asked for but a passkey, and that only by our own pages.
PERMISSIONS = ", ".join(
    [f"{name}=()" for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")]
    + [f"publickey-credentials-{what}=(self)" for what in ("create", "get")]
)


class PermissionsMiddleware:
    """Says what pages may ask the browser for, and that other sites may not embed what is ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "Cookie" in response.headers.get("Vary", ""):  # somebody's own: not to be seen by the next one
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
