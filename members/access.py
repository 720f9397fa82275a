"""Who may do what, in one table; every view asks here and every query starts from here.

A stranger to a federation gets 404, so that not even its name is told; a user of it without the
right gets 403 with the reason.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from members import second_factor
from members.models import Federation, Role, RoleKind, User


class Action(StrEnum):
    READ_FEDERATION = "read_federation"
    EDIT_MEMBERS = "edit_members"
    EDIT_ACCESS = "edit_access"
    READ_WORKING_COPY = "read_working_copy"
    EDIT_WORKING_COPY = "edit_working_copy"
    CREATE_PLAN = "create_plan"


EVERYONE = frozenset(RoleKind)
EDITORS = frozenset({RoleKind.DIRECTOR, RoleKind.ADMINISTRATOR})

ALLOWED: dict[Action, frozenset[RoleKind]] = {
    Action.READ_FEDERATION: EVERYONE,
    Action.EDIT_MEMBERS: EDITORS,
    Action.EDIT_ACCESS: EDITORS,
    # The working copy is its editors' own; everybody else reads a version of it (ADR 11).
    Action.READ_WORKING_COPY: EDITORS,
    Action.EDIT_WORKING_COPY: EDITORS,
    Action.CREATE_PLAN: EDITORS,
}

NEEDS_SECOND_FACTOR = frozenset(
    {
        Action.EDIT_MEMBERS,
        Action.EDIT_ACCESS,
        Action.READ_WORKING_COPY,
        Action.EDIT_WORKING_COPY,
        Action.CREATE_PLAN,
    }
)
"""Only with a second factor, where the federation demands one."""

REASONS: dict[Action, str] = {
    Action.READ_FEDERATION: "Din behörighet ger inte tillgång till förbundets uppgifter.",
    Action.EDIT_MEMBERS: "Din behörighet ger inte rätt att ändra medlemmar och uppdrag.",
    Action.EDIT_ACCESS: "Din behörighet ger inte rätt att ändra vem som får vad.",
    Action.READ_WORKING_COPY: "Din behörighet ger inte tillgång till utkastet. Du läser det när "
    "förbundschefen har skickat det vidare.",
    Action.EDIT_WORKING_COPY: "Din behörighet ger inte rätt att ändra i planen och budgeten.",
    Action.CREATE_PLAN: "Din behörighet ger inte rätt att börja en ny plan.",
}


@dataclass(frozen=True)
class Access:
    """A user's way into one federation."""

    federation: Federation
    kinds: frozenset[RoleKind]

    def may(self, action: Action) -> bool:
        """Whether the roles give the right; `access` may still ask for a second factor."""
        return bool(self.kinds & ALLOWED[action])

    def lacks_second_factor(self, request: HttpRequest, action: Action) -> bool:
        """Whether the federation demands a second factor for it that this session has not shown."""
        demanded = action in NEEDS_SECOND_FACTOR and self.federation.second_factor_demanded
        return demanded and not second_factor.used(request)

    @property
    def role_names(self) -> list[str]:
        return [kind.label for kind in RoleKind if kind in self.kinds]


def accesses(user: User) -> list[Access]:
    """All federations the user has a role in, by name, in one query."""
    found: dict[int, tuple[Federation, set[RoleKind]]] = {}
    roles = Role.objects.filter(user=user).select_related("federation")
    for role in roles.order_by("federation__name", "pk"):
        _, kinds = found.setdefault(role.federation_id, (role.federation, set()))
        kinds.add(RoleKind(role.kind))
    return [Access(federation, frozenset(kinds)) for federation, kinds in found.values()]


def access(request: HttpRequest, slug: str, action: Action) -> Access:
    """The signed-in user's access to a federation, for an action.

    Raises Http404, PermissionDenied or SecondFactorNeeded; the last is answered by its middleware.
    """
    assert isinstance(request.user, User)
    for each in accesses(request.user):
        if each.federation.slug == slug:
            if not each.may(action):
                raise PermissionDenied(REASONS[action])
            if each.lacks_second_factor(request, action):
                raise second_factor.SecondFactorNeeded(
                    f"{each.federation.short_name} kräver en andra faktor av den som ändrar eller beslutar."
                )
            return each
    raise Http404
