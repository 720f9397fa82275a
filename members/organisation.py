"""The way out to the organisation's sign-in (OIDC) and out of Finsam."""

from typing import Any

from allauth.account import views as account
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from requests import RequestException

# Harmless when already signed out, as from a second tab.
logout = login_not_required(account.logout)


@login_not_required
@never_cache
def login(request: HttpRequest, provider_id: str) -> Any:
    """Sends the browser to the organisation, by a page of ours in between.

    The content policy lets forms lead to no other site, and the redirect of a form counts as one. A page
    that takes the browser on by itself does not, however many sites the organisation passes it through.
    """
    if request.method != "POST":
        return redirect("sign_in")
    try:
        answer = oidc.login(request, provider_id)
    except RequestException as error:  # it does not answer, or not as it should
        return render_authentication_error(request, provider_id, exception=error)
    if isinstance(answer, HttpResponseRedirect) and leads_away(request, answer.url):
        return render(request, "socialaccount/leaving.html", {"address": answer.url})
    return answer


def leads_away(request: HttpRequest, address: str) -> bool:
    return not url_has_allowed_host_and_scheme(address, {request.get_host()})
