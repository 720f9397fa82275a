"""Whoever looks in the log afterwards sees who signed in, who tried, and who was refused what."""

import logging

import pytest
from django.test import Client

from members.models import RoleKind
from tests.members import people
from tests.members.people import PASSWORD, client_of, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(caplog):
    """The lines since it was last asked for."""
    caplog.set_level(logging.INFO, "finsam.sign_in")

    def lines() -> list[str]:
        found = [f"{each.levelname} {each.getMessage()}" for each in caplog.records]
        caplog.clear()
        return found

    return lines


def sign_in(client: Client, password: str = PASSWORD):
    return client.post("/logga-in/", {"login": "karin@example.se", "password": password})


def test_signing_in_and_out_and_trying_to(logged):
    karin, client = people.user("karin@example.se"), Client()
    sign_in(client, "fel lösenord")
    assert "WARNING Signing in failed: wrong address or password, or an account that is closed" in logged()
    sign_in(client)
    assert f"INFO Signed in: user {karin.pk}" in logged()
    client.post("/logga-ut/")
    assert f"INFO Signed out: user {karin.pk}" in logged()


def test_a_changed_password(logged):
    karin = people.user("karin@example.se")
    client = Client()
    sign_in(client)
    new = "en helt annan lång mening"
    client.post("/konto/losenord/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert f"WARNING A password was changed: user {karin.pk}" in logged()


def test_who_was_refused_what(logged):
    federation = people.federation()
    observer = client_of(with_role(federation))
    observer.get("/norrby/budget/2021/")
    assert [each for each in logged() if each.startswith("WARNING") and "/norrby/budget/2021/" in each]
    client_of(people.user()).get("/norrby/")
    assert "WARNING Not Found: /norrby/" in logged()
    Client(enforce_csrf_checks=True).post("/logga-in/", {})
    assert [each for each in logged() if each.startswith("WARNING Forbidden (CSRF")]
    Client().get("/logga-in/", headers={"host": "evil.example"})
    assert [each for each in logged() if "Invalid HTTP_HOST header" in each]


def test_who_sent_too_much(logged):
    people.user("karin@example.se")
    client = Client()
    for _ in range(6):
        sign_in(client, "fel lösenord")
    assert len([each for each in logged() if each.startswith("WARNING Signing in failed")]) >= 5


def test_none_of_it_names_anybody(logged):
    people.user("karin@example.se", name="Karin Ek")
    client = Client()
    sign_in(client, "fel lösenord")
    sign_in(client)
    client.get("/norrby/")
    said = " ".join(logged())
    assert "karin" not in said.lower()
    assert PASSWORD not in said


def test_what_breaks_is_logged_with_where_it_broke(logged, monkeypatch):
    from members.views import federations

    def broken(user):
        raise RuntimeError

    monkeypatch.setattr(federations, "accesses", broken)
    client = client_of(with_role(people.federation(), RoleKind.DIRECTOR))
    client.raise_request_exception = False
    client.get("/")
    assert "ERROR Internal Server Error: /" in logged()
