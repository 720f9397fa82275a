"""Who may do what in the federation, edited by those who may."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members.access import ALLOWED, Access, Action, access
from members.access_log import note_role
from members.forms import RoleForm
from members.models import AccessChange, Federation, Role, User
from members.rows import locked

LAST_ONE = (
    "{} är den sista som kan ändra behörigheter här, och måste ha den kvar. "
    "Ge någon annan behörighet som förbundschef eller administratör först."
)


@dataclass
class Person:
    user: User
    roles: list[Role] = field(default_factory=list)


def people_of(federation: Federation) -> list[Person]:
    """Everybody with a role in the federation, by name, in one query."""
    roles = Role.objects.filter(federation=federation).select_related("user", "member")
    found: dict[int, Person] = {}
    for role in roles.order_by("user__name", "user__email", "pk"):
        found.setdefault(role.user_id, Person(role.user)).roles.append(role)
    return list(found.values())


def person_of(federation: Federation, pk: int) -> User:
    """Raises Http404 for whoever has no role in the federation, known elsewhere or not."""
    user = User.objects.filter(pk=pk, roles__federation=federation).distinct().first()
    if user is None:
        raise Http404
    return user


@require_safe
def roles(request: HttpRequest, slug: str) -> HttpResponse:
    here = access(request, slug, Action.EDIT_ACCESS)
    context = {
        "here": here,
        "people": people_of(here.federation),
        "invitations": here.federation.invitations.open().select_related("member", "invited_by"),
    }
    return render(request, "members/roles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_role(request: HttpRequest, slug: str, user_pk: int) -> HttpResponse:
    here = access(request, slug, Action.EDIT_ACCESS)
    person = person_of(here.federation, user_pk)
    new = Role(user=person, federation=here.federation)
    if request.method != "POST":
        return _role_form(request, here, person, RoleForm(instance=new))
    form = RoleForm(request.POST, instance=new)
    with locked(here.federation):
        access(request, slug, Action.EDIT_ACCESS)  # it may have been taken away meanwhile
        person_of(here.federation, user_pk)
        saved = form.is_valid()
        if saved:
            assert isinstance(request.user, User)
            note_role(AccessChange.Kind.ROLE_GIVEN, form.save(), request.user)
    if not saved:
        return _role_form(request, here, person, form)
    messages.success(request, f"{person} är nu även {named(new)}.")
    return redirect("roles", slug=slug)


def _role_form(request: HttpRequest, here: Access, person: User, form: RoleForm) -> HttpResponse:
    return render(request, "members/add_role.html", {"here": here, "person": person, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def remove_role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask, then remove: from the next page they ask for, the person has it no longer."""
    here = access(request, slug, Action.EDIT_ACCESS)
    if request.method != "POST":
        return _confirmation(request, here, _role(here.federation, pk))
    with locked(here.federation):
        access(request, slug, Action.EDIT_ACCESS)  # it may have been taken away meanwhile
        role = _role(here.federation, pk)
        removed = not is_last_editor(role)
        if removed:
            assert isinstance(request.user, User)
            note_role(AccessChange.Kind.ROLE_WITHDRAWN, role, request.user)
            Role.objects.filter(pk=role.pk).delete()
    if not removed:
        return _confirmation(request, here, role, status=409)
    if role.user == request.user:  # who may no longer come here
        return redirect("my_federations")
    messages.success(request, f"{role.user} är inte längre {named(role)}.")
    return redirect("roles", slug=slug)


def _role(federation: Federation, pk: int) -> Role:
    found = Role.objects.filter(federation=federation, pk=pk)
    role = found.select_related("user", "member", "federation").first()
    if role is None:
        raise Http404
    return role


def _confirmation(request: HttpRequest, here: Access, role: Role, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "here": here,
        "role": role,
        "named": named(role),
        "is_own": role.user == request.user,
        "is_only": not Role.objects.filter(federation=here.federation, user=role.user).exclude(pk=role.pk),
        "last_one": LAST_ONE.format(role.user) if is_last_editor(role) else "",
    }
    return render(request, "members/remove_role.html", context, status=status)


def is_last_editor(role: Role) -> bool:
    """Whether nobody who can sign in could edit access without the role."""
    editing = ALLOWED[Action.EDIT_ACCESS]
    if role.kind not in editing:
        return False
    others = Role.objects.filter(federation=role.federation_id, kind__in=editing, user__is_active=True)
    return not others.exclude(pk=role.pk).exists()


def named(role: Role) -> str:
    """The role in a sentence: medlemsrepresentant för Norrby kommun."""
    kind = role.get_kind_display()
    return f"{kind} för {role.member}" if role.member else kind
