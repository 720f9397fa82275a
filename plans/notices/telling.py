"""Who is told what. A notice is written with what it tells of, in the same transaction; the mail goes when
that has been committed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from members.models import Federation, RoleKind, User
from plans.models import Notice, Version
from plans.notices.mailing import mail


@dataclass(frozen=True)
class Message:
    """`key` says what it is about: nobody is told the same key twice. `sentence` is what it says, without
    anything that only the signed-in may read; `address` the whole address of the page."""

    kind: Notice.Kind
    key: str
    sentence: str
    address: str


def with_roles(federation: Federation, kinds: Collection[RoleKind]) -> list[User]:
    """Those who have one of the roles in the federation, each once."""
    users = User.objects.filter(is_active=True, roles__federation=federation, roles__kind__in=kinds)
    return list(users.distinct().order_by("pk"))


def tell(
    users: Iterable[User], federation: Federation, message: Message, version: Version | None = None
) -> list[Notice]:
    """Write a notice to each who has not got it already, and mail those that are to go at once."""
    told = set(Notice.objects.filter(key=message.key).values_list("user_id", flat=True))
    now = timezone.now()
    notices = Notice.objects.bulk_create(
        Notice(
            user=user,
            federation=federation,
            version=version,
            kind=message.kind,
            key=message.key,
            sentence=message.sentence,
            address=message.address,
            made_at=now,
        )
        for user in users
        if user.pk not in told
    )
    keys = [notice.pk for notice in notices]
    transaction.on_commit(lambda: mail(keys))
    return notices
