"""Nothing that a visitor sends looks in the log like a line of our own, or steers the terminal that shows
it."""

import io
import logging
import re

import pytest
from django.test import Client

from finsam.log_filter import WithoutSecrets
from members.models import RoleKind
from tests.members import people
from tests.members.people import client_of, with_role

pytestmark = pytest.mark.django_db

FORGED = "a%0d%0aERROR:%20signed%20in%20as%20root%1b[2J%E2%80%AE"
LINE = "a\r\nERROR signed in as root\x1b[2J\u202e"


@pytest.fixture
def log(monkeypatch) -> io.StringIO:
    """What is written where the settings say that the log is written."""
    written = io.StringIO()
    handlers = [
        each
        for each in logging.getLogger().handlers
        if isinstance(each, logging.StreamHandler)
        and any(isinstance(held, WithoutSecrets) for held in each.filters)
    ]
    assert handlers
    for handler in handlers:
        monkeypatch.setattr(handler, "stream", written)
    return written


def ask_everything(client: Client) -> None:
    client.raise_request_exception = False
    client.get(f"/{FORGED}/")
    client.get("/norrby/", headers={"user-agent": LINE, "referer": LINE, "x-request-id": LINE})
    client.put(f"/norrby/bild/{FORGED}/")
    client.post(f"/inbjudan/{FORGED}/")
    client.get("/norrby/", headers={"host": f"evil.example{LINE}"})
    client.get(f"/norrby/?a={FORGED}")
    client.generic(LINE, "/norrby/medlemmar/")
    client.post("/logga-in/", {"login": LINE, "password": LINE})
    Client(enforce_csrf_checks=True).post("/logga-in/", headers={"origin": LINE, "referer": LINE})


def test_a_request_is_in_the_log_and_in_one_line(log):
    ask_everything(client_of(with_role(people.federation(), RoleKind.DIRECTOR)))
    lines = log.getvalue().splitlines()
    assert lines
    assert not [each for each in lines if each.startswith("ERROR")]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", log.getvalue())


def test_a_password_is_never_in_it(log):
    people.user("karin@example.se")
    client = Client()
    for password in (people.PASSWORD, "fel-men-hemligt-12"):
        client.post("/logga-in/", {"login": "karin@example.se", "password": password})
    client.post("/logga-in/nyckel/", {"credential": "hemlig-nyckel"})
    assert people.PASSWORD not in log.getvalue()
    assert "hemlig" not in log.getvalue()


def test_what_breaks_is_logged_without_what_was_typed(log, monkeypatch):
    from members.views import roles

    def broken(*args, **kwargs):
        raise RuntimeError("trasigt")

    monkeypatch.setattr(roles, "RoleForm", broken)
    federation = people.federation()
    client = client_of(with_role(federation, RoleKind.DIRECTOR))
    client.raise_request_exception = False
    who = with_role(federation)
    answer = client.post(f"/norrby/behorigheter/person/{who.pk}/", {"kind": "hemligt-skrivet"})
    assert answer.status_code == 500
    assert "trasigt" in log.getvalue()
    assert "hemligt-skrivet" not in log.getvalue()
