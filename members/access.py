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
    SUBMIT = "submit"
    READ_CONSULTATION_VERSION = "read_consultation_version"
    READ_BOARD_VERSION = "read_board_version"
    READ_ADOPTED_VERSION = "read_adopted_version"
    COMMENT_CONSULTATION_VERSION = "comment_consultation_version"
    COMMENT_BOARD_VERSION = "comment_board_version"
    ANSWER_CONSULTATION = "answer_consultation"
    RECORD_MEETING = "record_meeting"
    DECIDE = "decide"
    READ_LOG = "read_log"


EVERYONE = frozenset(RoleKind)
EDITORS = frozenset({RoleKind.DIRECTOR, RoleKind.ADMINISTRATOR})
CHAIRS = frozenset({RoleKind.CHAIR, RoleKind.VICE_CHAIR})
BOARD = CHAIRS | {RoleKind.BOARD_MEMBER, RoleKind.DEPUTY}
CONSULTED = frozenset({RoleKind.MEMBER_REPRESENTATIVE, RoleKind.PREPARATORY_GROUP})

ALLOWED: dict[Action, frozenset[RoleKind]] = {
    Action.READ_FEDERATION: EVERYONE,
    Action.EDIT_MEMBERS: EDITORS,
    Action.EDIT_ACCESS: EDITORS,
    # The working copy is its editors' own; everybody else reads a version of it (ADR 11).
    Action.READ_WORKING_COPY: EDITORS,
    Action.EDIT_WORKING_COPY: EDITORS,
    Action.CREATE_PLAN: EDITORS,
    Action.SUBMIT: EDITORS,
    Action.READ_CONSULTATION_VERSION: EDITORS | CHAIRS | CONSULTED | {RoleKind.AUDITOR},
    Action.READ_BOARD_VERSION: EDITORS | BOARD | {RoleKind.AUDITOR},
    Action.READ_ADOPTED_VERSION: EVERYONE,
    Action.COMMENT_CONSULTATION_VERSION: EDITORS | CHAIRS | CONSULTED,
    Action.COMMENT_BOARD_VERSION: EDITORS | BOARD,
    Action.ANSWER_CONSULTATION: EDITORS | {RoleKind.MEMBER_REPRESENTATIVE},
    Action.RECORD_MEETING: EDITORS | CHAIRS,
    Action.DECIDE: CHAIRS,
    Action.READ_LOG: EDITORS | CHAIRS | {RoleKind.AUDITOR},
}

NEEDS_SECOND_FACTOR = frozenset(
    {
        Action.EDIT_MEMBERS,
        Action.EDIT_ACCESS,
        Action.READ_WORKING_COPY,
        Action.EDIT_WORKING_COPY,
        Action.CREATE_PLAN,
        Action.SUBMIT,
        Action.RECORD_MEETING,
        Action.DECIDE,
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
    Action.SUBMIT: "Din behörighet ger inte rätt att skicka planen vidare. Det gör förbundschef och "
    "administratör.",
    Action.READ_CONSULTATION_VERSION: "Din behörighet ger inte tillgång till det som skickats på samråd.",
    Action.READ_BOARD_VERSION: "Din behörighet ger inte tillgång till det som skickats till styrelsen.",
    Action.READ_ADOPTED_VERSION: "Din behörighet ger inte tillgång till fastställda planer.",
    Action.COMMENT_CONSULTATION_VERSION: "Din behörighet ger inte rätt att lämna synpunkter i samrådet.",
    Action.COMMENT_BOARD_VERSION: "Din behörighet ger inte rätt att lämna synpunkter till styrelsens möte.",
    Action.ANSWER_CONSULTATION: "Din behörighet ger inte rätt att svara på samrådet. Det gör medlemmens "
    "representant, eller kansliet.",
    Action.RECORD_MEETING: "Din behörighet ger inte rätt att skriva in sammanträdet. Det gör kansliet och "
    "ordföranden.",
    Action.DECIDE: "Din behörighet ger inte rätt att fastställa planen. Det gör ordföranden, eller vice "
    "ordföranden i ordförandens ställe.",
    Action.READ_LOG: "Din behörighet ger inte tillgång till loggen.",
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
