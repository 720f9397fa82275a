"""For support staff: everything in the members app, with its rows beside their federation."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest

from finsam.support import SameFederationForm, SupportAdmin
from members import sign_in_admin  # noqa: F401 - registers its pages
from members.models import Appointment, EarlierName, Federation, Invitation, Member, Policy, Role, User


class EarlierNameInline(admin.TabularInline):
    model = EarlierName
    extra = 0


class PolicyInline(admin.TabularInline):
    model = Policy
    extra = 0


class MemberInline(admin.TabularInline):
    model = Member
    extra = 0


@admin.register(Federation)
class FederationAdmin(SupportAdmin):
    list_display = ["name", "slug", "organisation_number", "unit"]
    search_fields = ["name", "short_name", "organisation_number"]
    prepopulated_fields = {"slug": ["short_name"]}
    inlines = [EarlierNameInline, MemberInline, PolicyInline]


@admin.register(Appointment)
class AppointmentAdmin(SupportAdmin):
    form = SameFederationForm
    belongs_to = ("federation",)
    list_display = ["__str__", "federation", "body", "post"]
    list_filter = ["federation", "body", "post"]
    search_fields = ["person", "title"]


class RoleInline(admin.TabularInline):
    model = Role
    extra = 0


@admin.register(User)
class UserAdmin(SupportAdmin, BaseUserAdmin):
    add_form = AdminUserCreationForm
    ordering = ["email"]
    list_display = ["email", "name", "is_active", "is_staff"]
    search_fields = ["email", "name"]
    inlines = [RoleInline]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        ("Tillgång till stöd", {"fields": ["is_active", "is_staff", "is_superuser"]}),
        ("Datum", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["email", "name", "usable_password", "password1", "password2"],
            },
        )
    ]


@admin.register(Role)
class RoleAdmin(SupportAdmin):
    list_display = ["user", "federation", "kind", "member"]
    list_filter = ["federation", "kind"]
    search_fields = ["user__email", "user__name"]


@admin.register(Invitation)
class InvitationAdmin(SupportAdmin):
    """Only looked at: invitations are made and revoked by the federation itself."""

    list_display = [
        "email",
        "federation",
        "kind",
        "member",
        "made_at",
        "expires_at",
        "accepted_at",
        "revoked_at",
    ]
    list_filter = ["federation", "kind"]
    search_fields = ["email", "name"]
    exclude = ["token_hash"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
