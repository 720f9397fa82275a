"""The page that the link of an invitation leads to."""

from functools import wraps
from typing import Any, Protocol

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from members import invitations
from members.forms import NewPersonForm
from members.models import Invitation, User


class TokenView(Protocol):
    def __call__(self, request: HttpRequest, token: str) -> HttpResponse: ...


def kept_secret(view: TokenView) -> TokenView:
    """The address, which is the secret, is sent on to nobody and the page kept nowhere.

    strict-origin, since with no-referrer browsers send no Origin either, and a form needs that.
    """

    @wraps(view)
    def answered(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["Referrer-Policy"] = "strict-origin"
        add_never_cache_headers(response)
        return response

    return answered


@login_not_required
@kept_secret
@sensitive_post_parameters("password", "repeated")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept as the person who is signed in, or as a new one; nothing happens before a button is pressed."""
    invitation = invitations.found(token)
    if invitation is None:
        return render(request, "members/no_invitation.html", {"invitation": None}, status=404)
    if not invitation.is_valid:
        return _ended(request, invitation)
    account = User.objects.filter(email=invitation.email).exists()
    user = request.user
    if user.is_authenticated:
        if user.email != invitation.email:
            return _page(request, invitation, "other", status=403 if request.method == "POST" else 200)
        if request.method != "POST":
            return _page(request, invitation, "accept")
        return _accepted(request, invitation, user)
    if account:
        return _page(request, invitation, "sign_in", status=403 if request.method == "POST" else 200)
    if request.method != "POST":
        form = NewPersonForm(email=invitation.email, initial={"name": invitation.name})
        return _page(request, invitation, "new", form=form)
    form = NewPersonForm(request.POST, email=invitation.email)
    if not form.is_valid():
        return _page(request, invitation, "new", form=form)
    new = User(email=invitation.email, name=form.cleaned_data["name"])
    new.set_password(form.cleaned_data["password"])
    return _accepted(request, invitation, new)


def _accepted(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    is_new = user._state.adding
    try:
        invitations.accept(invitation, user)
    except (invitations.NoLongerValidError, IntegrityError):  # a second click, or the account was just made
        again = invitations.found_by_key(invitation.pk)
        return _ended(request, again) if not again.is_valid else _page(request, again, "sign_in", status=409)
    if is_new:
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        record_authentication(request, user, "password")  # so that they are not asked for it again at once
    return redirect("overview", slug=invitation.federation.slug)


def _page(
    request: HttpRequest, invitation: Invitation, way: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"invitation": invitation, "way": way, "form": None, **more}
    return render(request, "members/accept_invitation.html", context, status=status)


def _ended(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    return render(request, "members/no_invitation.html", {"invitation": invitation}, status=410)
