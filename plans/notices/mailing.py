"""The mails: at once, or gathered once a day (`manage.py send_notices`)."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from members.models import User
from plans.models import Notice, NoticeChoice

logger = logging.getLogger(__name__)
How = NoticeChoice.How


def mail(keys: Collection[int]) -> None:
    """Those of these notices that their users want at once, in one mail to each."""
    _send(_waiting().filter(pk__in=keys), {How.AT_ONCE})


def mail_gathered() -> int:
    """Everything that waits: gathered notices, and those whose mail could not be sent when it should. Gives
    the number of mails sent."""
    return _send(_waiting(), {How.AT_ONCE, How.DAILY})


def wanted(user: User, kind: str) -> str:
    """How a user wants to be told of this kind of thing."""
    choice = getattr(user, "notice_choice", None) or NoticeChoice()
    return str(choice.news if kind == Notice.Kind.NEWS else choice.turn)


def _waiting() -> QuerySet[Notice]:
    waiting = Notice.objects.filter(mailed_at__isnull=True, user__is_active=True)
    return waiting.select_related("user__notice_choice", "federation", "version")


def _send(notices: Iterable[Notice], hows: Collection[str]) -> int:
    by_user: dict[User, list[Notice]] = defaultdict(list)
    for notice in notices:
        how = wanted(notice.user, notice.kind)
        if how == How.NEVER or not _is_of(notice.user, notice):
            Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
        elif how in hows:
            by_user[notice.user].append(notice)
    return sum(_mail(user, found) for user, found in by_user.items())


def _is_of(user: User, notice: Notice) -> bool:
    """Whether the user still has a role in the federation: who has left is told nothing more."""
    return user.roles.filter(federation=notice.federation_id).exists()


def _mail(user: User, notices: list[Notice]) -> bool:
    """One mail with these notices. False when it could not be sent: then they wait for the next gathering."""
    context = {"user": user, "notices": notices, "settings_address": _settings_address(notices[0])}
    message = EmailMultiAlternatives(
        subject=" ".join(render_to_string("plans/notices/subject.txt", context).split()),
        body=render_to_string("plans/notices/mail.txt", context),
        to=[user.email],
    )
    message.attach_alternative(render_to_string("plans/notices/mail.html", context), "text/html")
    try:
        message.send()
    except (SMTPException, OSError):
        logger.exception("A mail of %s notices could not be sent", len(notices))
        return False
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=timezone.now())
    return True


def _settings_address(notice: Notice) -> str:
    scheme, _, rest = notice.address.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/konto/meddelanden/"
