"""The life of an invitation: made, sent, sent again, revoked, accepted."""

import hashlib
import logging
import secrets
from smtplib import SMTPException

from allauth.account.models import EmailAddress
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from members.access_log import note_invitation
from members.models import AccessChange, Invitation, Role, User
from members.models.invitations import two_weeks_from_now

logger = logging.getLogger(__name__)


class NoLongerValidError(Exception):
    """The invitation was accepted, revoked or ran out in the meantime."""


def new_token() -> str:
    """The secret of a link: 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def found(token: str) -> Invitation | None:
    return _with_names().filter(token_hash=hashed(token)).first()


def found_by_key(pk: int) -> Invitation:
    return _with_names().get(pk=pk)


def _with_names() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("federation", "member", "invited_by")


def send(invitation: Invitation, token: str, request: HttpRequest) -> bool:
    """Mail the link. False when the mail could not be sent; the invitation remains all the same."""
    context = {
        "invitation": invitation,
        "by": request.user,
        "link": request.build_absolute_uri(reverse("accept_invitation", args=[token])),
    }
    try:
        send_mail(
            render_to_string("members/mail/invitation_subject.txt", context).strip(),
            render_to_string("members/mail/invitation.txt", context),
            None,
            [invitation.email],
        )
    except (SMTPException, OSError):
        # Without the mail's content, which has the secret.
        logger.exception("The mail of invitation %s could not be sent", invitation.pk)
        return False
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
    return True


def send_again(invitation: Invitation, request: HttpRequest) -> bool:
    """Mail a new link, good for two weeks more; the earlier link ends with it. When the mail cannot be
    sent, the earlier link goes on as before. Raises NoLongerValidError when accepted or revoked."""
    earlier = {"token_hash": invitation.token_hash, "expires_at": invitation.expires_at}
    token = new_token()
    renewed = {"token_hash": hashed(token), "expires_at": two_weeks_from_now()}
    this = Invitation.objects.open().filter(pk=invitation.pk)
    if not this.filter(token_hash=invitation.token_hash).update(**renewed):
        raise NoLongerValidError
    invitation.expires_at = renewed["expires_at"]  # type: ignore[assignment]
    if send(invitation, token, request):
        return True
    this.filter(token_hash=renewed["token_hash"]).update(**earlier)
    return False


def revoke(invitation: Invitation) -> bool:
    """False when it was accepted or revoked already."""
    return bool(Invitation.objects.open().filter(pk=invitation.pk).update(revoked_at=timezone.now()))


def accept(invitation: Invitation, user: User) -> None:
    """The role for the user; a new user is saved with it. Once. Raises NoLongerValidError."""
    with transaction.atomic():
        locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if not locked.is_valid or locked.token_hash != invitation.token_hash:
            raise NoLongerValidError
        if user._state.adding:
            user.save()
        Role.objects.get_or_create(
            user=user, federation=locked.federation, kind=locked.kind, member=locked.member
        )
        locked.accepted_at, locked.accepted_by = timezone.now(), user
        locked.save(update_fields=["accepted_at", "accepted_by"])
        note_invitation(AccessChange.Kind.INVITATION_ACCEPTED, locked, user)
        _note_confirmed(user)


def _note_confirmed(user: User) -> None:
    """Who follows a link in the mail has shown that the address is theirs."""
    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email)
    address.verified = True
    address.primary = not EmailAddress.objects.filter(user=user, primary=True).exclude(pk=address.pk).exists()
    address.save(update_fields=["verified", "primary"])
