"""The second factor: who must have used one, and what happens to those who have not.

django-allauth notes in the session how its user has shown who they are. To ask there costs nothing.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_safe

RETURN_TO = "second_factor_return_to"
"""Key in the session: where the user was going when the second factor was asked for."""

FIRST_TIME = "Lägg till en nyckel eller en kodapp här. Sedan fortsätter du där du var."


class SecondFactorNeeded(PermissionDenied):
    """The user may do this, but must first show who they are with a second factor. Says who demands it."""


def used(request: HttpRequest) -> bool:
    """Whether the user has used a second factor since they signed in, or signed in with one. No query."""
    return any(each["method"] == "mfa" for each in get_authentication_records(request, request.user))


@receiver(authenticator_added)
def note_new_factor(request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Who has just added a key or an app has used it: they are not asked for it again at once."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


class SecondFactorMiddleware:
    """Sends those who lack a second factor to where they show or add one, and then back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        """The support pages can do everything, so they demand it too (ADMIN_SECOND_FACTOR)."""
        match = request.resolver_match
        if not settings.ADMIN_SECOND_FACTOR or match is None or match.app_name != "admin":
            return None
        if match.url_name in ("login", "logout") or not request.user.is_staff or used(request):
            return None
        return self.process_exception(request, SecondFactorNeeded("Stödsidorna kräver en andra faktor."))

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, SecondFactorNeeded):
            return None
        if asked_by_script(request):
            sentence = f"{problem} Ladda om sidan, så får du visa den."
            return HttpResponse(sentence, status=403, content_type="text/plain; charset=utf-8")
        onward = place_to_return_to(request)
        way = way_to_show(request)
        if way is None:
            request.session[RETURN_TO] = onward
            messages.warning(request, f"{problem} {FIRST_TIME}")
            return redirect("mfa_index")
        messages.warning(request, f"{problem} Visa din här.")
        return redirect(f"{way}?{urlencode({'next': onward})}")


def asked_by_script(request: HttpRequest) -> bool:
    """Whether the answer goes to a script of the page (htmx, fetch) and not to the window."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return "HX-Request" in request.headers or mode in ("cors", "same-origin", "no-cors")


def place_to_return_to(request: HttpRequest) -> str:
    """The page asked for. What was posted is not kept: then the page it was posted from."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return came_from if came_from and ours else reverse("my_federations")


def way_to_show(request: HttpRequest) -> str | None:
    """The page where the user shows a factor they have; none when they have none."""
    types = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    if Authenticator.Type.WEBAUTHN in types:
        return reverse("mfa_reauthenticate_webauthn")
    return reverse("mfa_reauthenticate") if types else None


@require_safe
def onward(request: HttpRequest) -> HttpResponse:
    """On to what the user was about to do when the second factor was asked for."""
    return redirect(request.session.pop(RETURN_TO, None) or "my_federations")
