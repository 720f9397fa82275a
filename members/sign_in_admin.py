"""For support staff: the second factors and organisation sign-ins that people have, to take away when lost.

What proves them (a secret, a token) is not shown. The rest of django-allauth's tables is not used here.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.http import HttpRequest

admin.site.unregister([Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken])


class RemovableAdmin(admin.ModelAdmin):
    """Neither added nor changed here, only looked at and taken away."""

    search_fields = ["user__email", "user__name"]
    raw_id_fields = ["user"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Authenticator)
class SecondFactorAdmin(RemovableAdmin):
    list_display = ["user", "type", "created_at", "last_used_at"]
    fields = ["user", "type", "created_at", "last_used_at"]


@admin.register(SocialAccount)
class OrganisationAdmin(RemovableAdmin):
    list_display = ["user", "provider", "date_joined", "last_login"]
    fields = ["user", "provider", "uid", "date_joined", "last_login"]
