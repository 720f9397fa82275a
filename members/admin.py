"""For support staff: everything in the members app, with its rows beside their federation."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import QuerySet
from django.http import HttpRequest

from finsam.support import SameFederationForm, SupportAdmin
from members import sign_in_admin  # noqa: F401 - registers its pages
from members.access_log import note_account, note_role, note_second_factor
from members.logotype_form import LogotypeForm
from members.models import (
    AccessChange,
    Appointment,
    EarlierName,
    Federation,
    Invitation,
    Logotype,
    Member,
    Policy,
    Role,
    User,
)

GIVEN, WITHDRAWN = AccessChange.Kind.ROLE_GIVEN, AccessChange.Kind.ROLE_WITHDRAWN


def roles_of(people: Any) -> QuerySet[Role]:
    """The roles of users, with what the log says of each."""
    return Role.objects.filter(user__in=people).select_related("user", "federation", "member")


def given_in(roles: QuerySet[Role]) -> dict[tuple[int, str, int | None], Role]:
    """The roles by what they give: where, which, and for which member."""
    return {(role.federation_id, role.kind, role.member_id): role for role in roles}


def note_withdrawn(roles: QuerySet[Role], request: HttpRequest) -> None:
    for role in roles:
        note_role(WITHDRAWN, role, staff(request))


def staff(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


class LogotypeInline(admin.TabularInline):
    model = Logotype
    form = LogotypeForm


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
    inlines = [LogotypeInline, EarlierNameInline, MemberInline, PolicyInline]

    def save_model(self, request: HttpRequest, obj: Federation, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "second_factor_demanded" in form.changed_data:
            note_second_factor(obj, staff(request))


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

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data:
            note_account(obj, staff(request))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        before = given_in(roles_of([form.instance]))
        super().save_formset(request, form, formset, change)
        now = given_in(roles_of([form.instance]))
        for given in before.keys() - now.keys():
            note_role(WITHDRAWN, before[given], staff(request))
        for given in now.keys() - before.keys():
            note_role(GIVEN, now[given], staff(request))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody removes themselves: the log says who did it."""
        return super().has_delete_permission(request, obj) and obj != request.user

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        note_withdrawn(roles_of([obj]), request)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        note_withdrawn(roles_of(queryset), request)
        super().delete_queryset(request, queryset)


@admin.register(Role)
class RoleAdmin(SupportAdmin):
    list_display = ["user", "federation", "kind", "member"]
    list_filter = ["federation", "kind"]
    search_fields = ["user__email", "user__name"]

    def save_model(self, request: HttpRequest, obj: Role, form: Any, change: bool) -> None:
        if change and form.changed_data:
            note_role(WITHDRAWN, Role.objects.get(pk=obj.pk), staff(request))
        super().save_model(request, obj, form, change)
        if form.changed_data:
            note_role(GIVEN, obj, staff(request))

    def delete_model(self, request: HttpRequest, obj: Role) -> None:
        note_role(WITHDRAWN, obj, staff(request))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Role]) -> None:
        note_withdrawn(queryset.select_related("user", "federation", "member"), request)
        super().delete_queryset(request, queryset)


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
