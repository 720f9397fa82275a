"""For support staff: the second factors and organisation sign-ins that people have, to take away when lost.

What proves them (a secret, a token) is not shown. The rest of django-allauth's tables is not used here.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from members.signed_in import end_all

admin.site.unregister([Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken, UserSession])


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

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        """What is lost may be in the hands of somebody who is signed in with it."""
        super().delete_model(request, obj)
        end_all(obj.user, but=request.session.session_key)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Authenticator]) -> None:
        for each in queryset:
            self.delete_model(request, each)


@admin.register(SocialAccount)
class OrganisationAdmin(RemovableAdmin):
    list_display = ["user", "provider", "date_joined", "last_login"]
    fields = ["user", "provider", "uid", "date_joined", "last_login"]
