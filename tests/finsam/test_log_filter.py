"""Secrets that our addresses carry are not to be found in the log."""

import io
import logging

import pytest
from django.test import Client

from finsam.log_filter import WithoutSecrets
from members.invitations import hashed, new_token
from members.models import Invitation, RoleKind
from tests.members import people
from tests.members.people import client_of, with_role


@pytest.fixture
def log(monkeypatch) -> io.StringIO:
    """What is written where the settings say that the log is written."""
    written = io.StringIO()
    (handler,) = [
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(each, WithoutSecrets) for each in handler.filters)
    ]
    monkeypatch.setattr(handler, "stream", written)
    return written


@pytest.mark.django_db
def test_an_invitation_that_can_still_be_accepted_cannot_be_read_in_the_log(log):
    federation, token = people.federation(), new_token()
    Invitation.objects.create(
        federation=federation, email="bo@example.se", name="Bo", kind="director", token_hash=hashed(token)
    )
    address = f"/inbjudan/{token}/"
    somebody_else = client_of(with_role(federation, RoleKind.DIRECTOR))
    assert somebody_else.post(address).status_code == 403
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    assert Client().put(address).status_code == 405
    assert log.getvalue().count("/inbjudan/***/") == 3
    assert token not in log.getvalue()


def test_other_addresses_are_logged_as_they_are(log):
    logging.getLogger("finsam").warning("Not Found: %s", "/norrby/budget/2021/")
    logging.getLogger("finsam").warning("Gone: %s", "/logga-in/nytt-losenord/3-abc-123/")
    assert log.getvalue() == "Not Found: /norrby/budget/2021/\nGone: /logga-in/nytt-losenord/***/\n"
