"""Whether the process lives is told without a database, without signing in, and without https."""

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def in_production(settings) -> None:
    settings.SECURE_SSL_REDIRECT = True


def test_a_process_that_lives_says_so_without_asking_a_database():
    """pytest-django lets nothing near the database here."""
    answer = Client().get("/halsa/")
    assert (answer.status_code, answer.content.decode()) == (200, "lever")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_a_probe_may_ask_with_head_and_change_nothing():
    assert Client().head("/halsa/").status_code == 200
    assert Client().post("/halsa/").status_code == 405


def test_nothing_else_is_answered_over_http():
    for address in ("/", "/logga-in/", "/halsan/", "/norrby/halsa/"):
        assert Client().get(address)["Location"] == f"https://testserver{address}"


def test_a_strange_host_is_not_answered(caplog):
    assert Client().get("/halsa/", headers={"host": "example.com"}).status_code == 400


def test_a_cookie_is_not_looked_into(settings):
    """Else a process would be replaced because the database is away: whose session it is, is asked there."""
    probe = Client()
    probe.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    answer = probe.get("/halsa/")
    assert (answer.status_code, answer.content.decode()) == (200, "lever")
    assert "Vary" not in answer.headers
