"""What is shown when something is not found, not allowed or broken: in Swedish, with a way on."""

import logging

import pytest
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from finsam.templatetags import error_pages
from members.views import federations as views
from tests.members import people
from tests.members.people import client_of, reader
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_there():
    page = shown(client_of(people.user()).get("/finns/inte/alls/"), 404)
    assert page.one("html").attributes["lang"] == "sv"
    assert page.one("title").text == "Sidan finns inte – Finsam"
    assert "/" in [link.href for link in page.one("main").all("a")]


def test_a_page_that_is_not_there_for_somebody_not_signed_in():
    page = shown(Client().get("/finns/inte/alls/"), 404)
    assert page.one("h1").text == "Sidan finns inte"


@pytest.mark.parametrize("address", ["/norrby", "/norrby/budget", "/norrby/budget/2021", "/regler"])
def test_a_forgotten_slash_is_added(address):
    answer = reader(people.federation()).get(address)
    assert (answer.status_code, answer["Location"]) == (301, f"{address}/")


def test_an_error_of_ours_says_so_in_swedish_and_shows_nothing_of_it(monkeypatch, caplog):
    def broken(user):
        raise RuntimeError("hemligheten")

    monkeypatch.setattr(views, "accesses", broken)
    client = reader(people.federation())
    client.raise_request_exception = False
    with caplog.at_level(logging.CRITICAL, "django.request"):
        page = shown(client.get("/"), 500)
    assert page.one("html").attributes["lang"] == "sv"
    assert page.one("h1").text == "Något gick fel hos oss"
    assert "hemligheten" not in page.text
    assert [each.href for each in page.all("link", rel="stylesheet")]


def test_without_its_styles_the_page_is_plain_but_there(monkeypatch):
    def missing(path):
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(error_pages, "static", missing)
    page = shown(server_error(RequestFactory().get("/")), 500)
    assert page.one("h1").text == "Något gick fel hos oss"
    assert not page.all("link")


def test_a_host_that_is_not_ours_is_refused_in_swedish(caplog):
    with caplog.at_level(logging.CRITICAL, "django.security"):
        page = shown(Client().get("/logga-in/", headers={"host": "example.com"}), 400)
    assert page.one("h1").text == "Frågan gick inte att förstå"


def test_every_page_asks_not_to_be_framed_or_guessed():
    answer = reader(people.federation()).get("/norrby/")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
