"""What the log says of signing in: who did, who tried, what they changed of how they do it. Keys of users and
never what was typed: an address that has no account, or a password in the wrong field, is nobody else's."""

import logging
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_used,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

logger = logging.getLogger("finsam.sign_in")


@receiver(user_logged_in)
def note_signed_in(user: Any, **kwargs: Any) -> None:
    logger.info("Signed in: user %s", user.pk)


@receiver(user_logged_out)
def note_signed_out(user: Any, **kwargs: Any) -> None:
    logger.info("Signed out: user %s", user.pk if user else "unknown")


@receiver(user_login_failed)
def note_failure(**kwargs: Any) -> None:
    logger.warning("Signing in failed: wrong address or password, or an account that is closed")


@receiver(authentication_failed)
def note_wrong_code(user: Any, **kwargs: Any) -> None:
    logger.warning("A second factor failed: user %s", user.pk)


@receiver(authenticator_used)
def note_factor(user: Any, authenticator: Any, **kwargs: Any) -> None:
    logger.info("A second factor was used (%s): user %s", authenticator.type, user.pk)


@receiver([authenticator_added, authenticator_removed])
def note_other_factors(user: Any, authenticator: Any, signal: Any, **kwargs: Any) -> None:
    what = "added" if signal is authenticator_added else "removed"
    logger.warning("A second factor was %s (%s): user %s", what, authenticator.type, user.pk)


@receiver([password_changed, password_reset, password_set])
def note_new_password(user: Any, **kwargs: Any) -> None:
    logger.warning("A password was changed: user %s", user.pk)
