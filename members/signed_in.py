"""Where somebody is signed in, and how the other places end.

allauth.usersessions notes the browser and the address when somebody signs in, and nothing after that. Who a
session is of it says itself: one that has no such row, as from before there were any, ends like the others.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.usersessions import signals as library
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from members.browsers import browser_name
from members.models import User

# It goes through the user's other sessions as if each made a request. While SECRET_KEY is being changed that
# gives them new keys, which their browsers never get: they would be signed out.
account_signals.user_logged_in.disconnect(library.on_user_logged_in)


@dataclass(frozen=True)
class Place:
    """Where somebody is signed in. `number` names it to end it; the rest is None where it was not noted."""

    browser: str
    number: int | None = None
    since: datetime | None = None
    address: str | None = None


@receiver(user_logged_in)
def note_place(request: HttpRequest, **kwargs: Any) -> None:
    if hasattr(request, "user"):  # otherwise no browser asks, as when a test signs somebody in
        UserSession.objects.create_from_request(request)


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def end_others_of_new_factor(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever had got in before the second factor was changed is out."""
    if end_all(user, but=request.session.session_key):
        messages.info(request, "Du är utloggad på dina andra enheter.")


def here(request: HttpRequest) -> Place:
    """The place that asks."""
    row = UserSession.objects.filter(session_key=request.session.session_key).first()
    return _place(row) if row else Place(browser_name(request.headers.get("User-Agent", "")))


def others(request: HttpRequest, user: User) -> list[Place]:
    """The user's other places, the newest first."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    holding = _keys_of(user, Session.objects.filter(pk__in=rows.values("session_key")))
    return [_place(row) for row in rows.order_by("-created_at", "-pk") if row.session_key in holding]


def end_all(user: User, *, but: str | None) -> int:
    """End every session of the user but the one with that key; how many there were."""
    keys = _keys_of(user, Session.objects.exclude(pk=but))
    end(keys)
    return len(keys)


def end(keys: Collection[str]) -> None:
    Session.objects.filter(pk__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()


def _keys_of(user: User, sessions: QuerySet[Session]) -> set[str]:
    """The keys of those in which the user is signed in, with the password they have now."""
    proofs = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    found = set()
    for session in sessions.filter(expire_date__gt=timezone.now()).iterator():
        said = session.get_decoded()
        if said.get(SESSION_KEY) == str(user.pk) and said.get(HASH_SESSION_KEY) in proofs:
            found.add(session.pk)
    return found


def _place(row: UserSession) -> Place:
    return Place(browser_name(row.user_agent), row.pk, row.created_at, row.ip)
