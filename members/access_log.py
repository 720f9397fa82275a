"""Adding to the log of who may do what. Call it in the same transaction as the change itself."""

from django.utils import timezone

from members.models import AccessChange, Federation, Invitation, Role, User

Kind = AccessChange.Kind


def note_role(kind: AccessChange.Kind, role: Role, by: User) -> None:
    """A role given or withdrawn."""
    _note(
        role.federation,
        kind,
        by,
        role=role.kind,
        member_name=role.member.name if role.member else "",
        person=role.user,
        person_name=str(role.user),
    )


def note_invitation(kind: AccessChange.Kind, invitation: Invitation, by: User) -> None:
    """What became of an invitation; the address it was sent to is part of whom it was for."""
    _note(
        invitation.federation,
        kind,
        by,
        role=invitation.kind,
        member_name=invitation.member.name if invitation.member else "",
        person=by if kind == Kind.INVITATION_ACCEPTED else None,
        person_name=f"{invitation.name} ({invitation.email})",
    )


def note_account(user: User, by: User) -> None:
    """An account closed or opened again, in every federation where it has a role."""
    kind = Kind.ACCOUNT_OPENED if user.is_active else Kind.ACCOUNT_CLOSED
    for federation in Federation.objects.filter(roles__user=user).distinct():
        _note(federation, kind, by, person=user, person_name=str(user))


def note_second_factor(federation: Federation, by: User) -> None:
    """That the federation demands a second factor now, or no longer does."""
    demanded = federation.second_factor_demanded
    _note(federation, Kind.FACTOR_DEMANDED if demanded else Kind.FACTOR_WAIVED, by)


def _note(
    federation: Federation,
    kind: AccessChange.Kind,
    by: User,
    *,
    role: str = "",
    member_name: str = "",
    person: User | None = None,
    person_name: str = "",
) -> None:
    AccessChange.objects.create(
        federation=federation,
        kind=kind,
        role=role,
        member_name=member_name,
        person=person,
        person_name=person_name,
        at=timezone.now(),
        by=by,
        by_name=str(by),
    )
