"""What signing in through django-allauth does differently here. See ADR 13."""

import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from members.models import User

TOO_MANY = "För många försök. Vänta fem minuter och försök igen."
WRONG_CODE = "Koden stämmer inte. Kontrollera att du läst av den nyaste."

NOTICES = {
    "account/email/password_changed": "Ditt lösenord är ändrat.",
    "account/email/password_reset": "Ditt lösenord är ändrat genom ”Glömt lösenordet”.",
    "account/email/password_set": "Ett lösenord är valt för ditt konto.",
    "mfa/email/recovery_codes_generated": "Nya reservkoder är skapade. De gamla gäller inte längre.",
    "mfa/email/totp_activated": "En kodapp är tillagd.",
    "mfa/email/totp_deactivated": "Kodappen är borttagen.",
    "mfa/email/webauthn_added": "En nyckel är tillagd.",
    "mfa/email/webauthn_removed": "En nyckel är borttagen.",
    "socialaccount/email/account_connected": "Ditt konto går nu att logga in på genom organisationen.",
}
"""What is told by e-mail, so that nobody can change how one signs in without its owner knowing."""


class AccountAdapter(DefaultAccountAdapter):
    """People are let in by staff or an invitation; the address in `User` is the one that counts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte. Kontrollera stora och små "
        "bokstäver i lösenordet.",
        "enter_current_password": "Lösenordet stämmer inte. Skriv det du har nu.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "Lösenordet stämmer inte.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The user; None also for one who is inactive, so that the answer does not tell."""
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active else None

    def reauthenticate(self, user: Any, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """With a second factor that, and not the password: it is what the password is to be safe without."""
        methods = super().get_reauthentication_methods(user)
        stronger = [each for each in methods if each["id"] != "reauthenticate"]
        # The key first: it cannot be given away to a false page.
        return sorted(stronger, key=lambda each: each["id"] != "mfa_reauthenticate:webauthn") or methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for those who just showed who they are, with their second factor if they have one."""
        user = self.request.user
        with_factor = is_mfa_enabled(user)
        newest = max(
            (
                each["at"]
                for each in get_authentication_records(self.request, user)
                if each["method"] == "mfa" or not with_factor
            ),
            default=0,
        )
        return bool(time.time() - newest > account_settings.REAUTHENTICATION_TIMEOUT)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        notice = {"notice": NOTICES[template_prefix], "page": self.request.build_absolute_uri("/konto/")}
        super().send_notification_mail(
            "account/email/notice", user, {**(context or {}), **notice}, user.email
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def get_totp_issuer(self) -> str:
        return f"Finsam {context.request.get_host()}"

    def build_totp_svg(self, url: str) -> str:
        """A picture for the page itself: the content policy takes none from a data: address."""
        name = 'role="img" aria-label="QR-kod att läsa av med appen"'
        picture = str(super().build_totp_svg(url))
        return picture.partition("?>")[2].strip().replace("<svg ", f"<svg {name} ", 1)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        return f"Nyckel {Authenticator.objects.filter(user=user, type=type).count() + 1}"


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Signing in through the organisation (OIDC): for people Finsam knows already, by verified address."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Those of the environment and no others; no query."""
        configured = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        apps = [SocialApp(provider="openid_connect", **each) for each in configured]
        asked = [each for each in apps if provider in (None, each.provider, each.provider_id)]
        return [each for each in asked if client_id in (None, each.client_id)]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connects the identity to the user with its address. Raises ImmediateHttpResponse when unknown."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(self._refused(request, ""))
        if sociallogin.is_existing:
            return
        address = verified_address(sociallogin)
        user = User.objects.filter(email=address, is_active=True).first() if address else None
        if user is None:
            raise ImmediateHttpResponse(self._refused(request, address))
        sociallogin.connect(request, user)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: Any = None, email: Any = None
    ) -> None:
        AccountAdapter().send_notification_mail(template_prefix, user)

    @staticmethod
    def _refused(request: HttpRequest, address: str) -> Any:
        return render(request, "socialaccount/unknown.html", {"address": address}, status=403)


def verified_address(sociallogin: SocialLogin) -> str:
    """The address that the organisation vouches for, in small letters; empty when it vouches for none."""
    for each in sociallogin.email_addresses:
        if each.verified in (True, "true") or settings.OIDC_TRUST_EMAIL:
            return str(each.email).lower()
    return ""
