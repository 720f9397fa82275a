"""Signing in and out."""

import pytest
from django.test import Client

from members.models import User
from tests.members import people
from tests.members.people import PASSWORD, client_of
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

WRONG = "E-postadressen eller lösenordet stämmer inte. Kontrollera stora och små bokstäver i lösenordet."
EMPTY = "Fyll i både e-postadress och lösenord."


@pytest.fixture
def karin() -> User:
    return people.user("karin@example.se", name="Karin Ek")


def sign_in(client, username="karin@example.se", password=PASSWORD, **fields):
    return client.post("/logga-in/", {"username": username, "password": password, **fields})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# -- it works ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["karin@example.se", "Karin@Example.SE", " karin@example.se "])
def test_address_and_password_sign_in(client, karin, address):
    answer = sign_in(client, address)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_the_page_asked_for_comes_after_signing_in(client, karin):
    federation = people.federation()
    people.with_role(federation, who=karin)
    asked = client.get("/norrby/budget/?enhet=tkr")
    assert (asked.status_code, asked["Location"]) == (302, "/logga-in/?next=/norrby/budget/%3Fenhet%3Dtkr")
    form = shown(client.get(asked["Location"])).one("form", css="fields")
    answer = sign_in(client, next=form.one("input", name="next").attributes["value"])
    assert (answer.status_code, answer["Location"]) == (302, "/norrby/budget/?enhet=tkr")


def test_the_form_can_be_filled_in_by_a_password_manager(client):
    form = shown(client.get("/logga-in/")).one("form", css="fields")
    assert form.one("input", name="username").attributes["autocomplete"] == "username"
    assert form.one("input", name="password").attributes["autocomplete"] == "current-password"


def test_who_is_signed_in_already_is_sent_on(karin):
    answer = client_of(karin).get("/logga-in/")
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_signing_out_ends_the_session(karin):
    client = client_of(karin)
    answer = client.post("/logga-ut/")
    assert (answer.status_code, answer["Location"]) == (302, "/logga-in/")
    assert not is_signed_in(client)
    assert client.get("/regler/")["Location"] == "/logga-in/?next=/regler/"


# -- who may not -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "password", "sentence"),
    [
        ("karin@example.se", "fel lösenord", WRONG),
        ("karin@example.se", PASSWORD.upper(), WRONG),
        ("anna@example.se", PASSWORD, WRONG),
        ("ingen adress", PASSWORD, WRONG),
        ("", "", EMPTY),
        ("karin@example.se", "", EMPTY),
    ],
)
def test_what_is_wrong_is_said_in_swedish(client, karin, address, password, sentence):
    page = shown(sign_in(client, address, password))
    assert page.one(role="alert").text == sentence
    assert page.one("input", name="username").attributes["value"] == address
    assert "value" not in page.one("input", name="password").attributes
    assert not is_signed_in(client)


def test_an_unknown_address_is_answered_like_a_wrong_password(client, karin):
    """So that nobody can try which addresses have an account."""
    known = shown(sign_in(client, password="fel lösenord"))
    unknown = shown(sign_in(client, "anna@example.se"))
    assert known.one("main").text == unknown.one("main").text


def test_an_inactive_user_cannot_sign_in(client, karin):
    User.objects.update(is_active=False)
    assert shown(sign_in(client)).one(role="alert").text == WRONG
    assert not is_signed_in(client)


def test_a_user_made_inactive_is_out_at_once(karin):
    client = client_of(karin)
    assert client.get("/regler/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/regler/")["Location"] == "/logga-in/?next=/regler/"


def test_a_changed_password_signs_out_other_browsers(karin):
    client = client_of(karin)
    karin.set_password("något nytt och mycket längre")
    karin.save()
    assert client.get("/regler/")["Location"] == "/logga-in/?next=/regler/"


def test_a_link_cannot_sign_out(karin):
    client = client_of(karin)
    assert client.get("/logga-ut/").status_code == 405
    assert is_signed_in(client)


# -- odd input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.com/",
        "//example.com/",
        "http:///example.com/",
        "/\\example.com",
        "javascript:alert(1)",
        "https://testserver.example.com/",
    ],
)
def test_signing_in_leads_to_no_other_site(client, karin, elsewhere):
    page = shown(client.get("/logga-in/", {"next": elsewhere}))
    assert page.one("input", name="next").attributes["value"] == ""
    assert sign_in(client, next=elsewhere)["Location"] == "/"


def test_signing_out_in_a_second_tab_does_not_lead_to_a_dead_end(client, karin):
    """The session is over already: after signing in again one is on a page, not at signing out."""
    asked = client.post("/logga-ut/")
    assert asked.status_code == 302
    client.get(asked["Location"])
    answer = client.post(asked["Location"], {"username": karin.email, "password": PASSWORD}, follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/logga-in/", "/logga-ut/"])
def test_a_form_sent_from_another_site_is_refused_in_swedish(karin, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(karin)
    page = shown(client.post(address, {"username": "karin@example.se", "password": PASSWORD}), 403)
    assert page.one("html").attributes["lang"] == "sv"
    assert page.one("h1").text == "Formuläret gick inte att skicka"
    assert is_signed_in(client)


def test_the_address_typed_is_shown_as_text(client, karin):
    page = shown(sign_in(client, '"><script>alert(1)</script>'))
    assert page.one("input", name="username").attributes["value"] == '"><script>alert(1)</script>'
    assert not page.all("script")


@pytest.mark.parametrize("address", ["karin@example.se\0", "a" * 10_000])
def test_an_impossible_address_is_an_ordinary_error(client, karin, address):
    assert shown(sign_in(client, address)).one(role="alert").text in (WRONG, EMPTY)
