"""That it is really the chair who adopts: their second factor, or what they sign in with, shown just now."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from members import second_factor
from members.models import User

ASK = "Bekräfta att det är du. Sedan är du tillbaka och kan fastställa planen."
SIGN_IN_AGAIN = "Logga ut och in igen genom din organisation. Sedan kan du fastställa planen."


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the user has shown who they are in the last five minutes, with their second factor if they
    have one (members/adapters.py)."""
    return not get_adapter(request).is_reauthentication_required(app="plans")


def ask(request: HttpRequest, onward: str) -> HttpResponse:
    """To where the user shows it, and then back."""
    assert isinstance(request.user, User)
    way = second_factor.way_to_show(request)
    if way is None and request.user.has_usable_password():
        way = reverse("account_reauthenticate")
    if way is None:
        messages.warning(request, SIGN_IN_AGAIN)
        return redirect(onward)
    messages.info(request, ASK)
    return redirect(f"{way}?{urlencode({'next': onward})}")
