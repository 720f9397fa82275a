"""Each request has an id: in the answer, and on the page that says that something broke."""

import logging
import re

import pytest
from django.test import Client

from finsam.request_ids import CURRENT, HEADER
from members.views import federations as views
from tests.members import people
from tests.members.people import client_of
from tests.members.shown_page import shown

PROXYS_OWN = "3f2b7c1d-proxy.9_A"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"), [("/logga-in/", 200), ("/", 302), ("/finns/inte/", 404), ("/halsa/", 200)]
)
def test_every_answer_has_an_id_of_its_own(address, status):
    answers = [Client().get(address) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [status, status]
    ids = [answer[HEADER] for answer in answers]
    assert ids[0] != ids[1]
    assert all(re.fullmatch(r"[0-9a-f]{32}", each) for each in ids)


def test_a_file_and_an_answer_that_no_view_makes_have_one_too(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert len(Client().get("/regler/")[HEADER]) == 32
    assert len(Client().get("/halsa/", headers={"host": "example.com"})[HEADER]) == 32


def test_the_proxys_id_is_taken_when_there_is_a_proxy(settings):
    settings.BEHIND_PROXY = True
    assert Client().get("/halsa/", headers={HEADER: PROXYS_OWN})[HEADER] == PROXYS_OWN


def test_a_visitor_does_not_choose_the_id(settings):
    settings.BEHIND_PROXY = False
    assert Client().get("/halsa/", headers={HEADER: PROXYS_OWN})[HEADER] != PROXYS_OWN


@pytest.mark.parametrize(
    "unsafe",
    [
        "",
        "kort",
        "x" * 65,
        "med mellanslag",
        'citat"tecken',
        "<script>alert(1)</script>",
        "rad\r\nSet-Cookie: x=y",
        "radbrytning\n",
        "åäöåäöåäö",
        "null\x00tecken",
    ],
)
def test_an_id_of_another_form_is_not_taken_even_from_a_proxy(settings, unsafe):
    settings.BEHIND_PROXY = True
    assert re.fullmatch(r"[0-9a-f]{32}", Client().get("/halsa/", headers={HEADER: unsafe})[HEADER])


@pytest.mark.django_db
def test_the_page_that_says_that_something_broke_shows_the_id_to_tell_us(monkeypatch, caplog):
    def broken(user):
        raise RuntimeError

    monkeypatch.setattr(views, "accesses", broken)
    client = client_of(people.user())
    client.raise_request_exception = False
    with caplog.at_level(logging.CRITICAL, "django.request"):
        answer = client.get("/")
    page = shown(answer, 500)
    assert page.one("code").text == answer[HEADER]


def test_outside_of_requests_there_is_none():
    Client().get("/halsa/")
    assert CURRENT.get() is None
