"""Signing in and out with e-mail address and password, and choosing a new one."""

import re

import pytest
from django.test import Client

from members.models import RoleKind, User
from tests.members import people
from tests.members.people import PASSWORD, client_of
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

WRONG = "E-postadressen eller lösenordet stämmer inte. Kontrollera stora och små bokstäver i lösenordet."
EMPTY = "Fyll i både e-postadress och lösenord."
TOO_MANY = "För många försök. Vänta fem minuter och försök igen."


@pytest.fixture
def karin() -> User:
    return people.user("karin@example.se", name="Karin Ek")


def sign_in(client, address="karin@example.se", password=PASSWORD, ip="192.0.2.1", **fields):
    return client.post("/logga-in/", {"login": address, "password": password, **fields}, REMOTE_ADDR=ip)


def sign_in_form(answer):
    return shown(answer).one("form", css="fields")


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
    form = sign_in_form(client.get(asked["Location"]))
    answer = sign_in(client, next=form.one("input", name="next").attributes["value"])
    assert (answer.status_code, answer["Location"]) == (302, "/norrby/budget/?enhet=tkr")


def test_the_form_can_be_filled_in_by_a_password_manager(client):
    form = sign_in_form(client.get("/logga-in/"))
    assert "username" in form.one("input", name="login").attributes["autocomplete"].split()
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


def test_the_session_is_a_new_one_after_signing_in(client, karin):
    """What somebody else may have put in the browser before leads nowhere."""
    client.get("/logga-in/?next=/regler/")
    sign_in(client, password="fel lösenord")
    before = client.session.session_key
    sign_in(client)
    assert is_signed_in(client)
    assert client.session.session_key != before


def test_the_session_cookie_is_kept_from_scripts_and_ends_the_same_day(client, karin):
    cookie = sign_in(client).cookies["finsam-session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 12 * 60 * 60


def test_nobody_can_make_an_account_of_their_own(client):
    for address in ("/konto/signup/", "/logga-in/signup/", "/konto/registrera/"):
        assert client.get(address).status_code in (302, 404)
    assert not [link for link in shown(client.get("/logga-in/")).all("a") if "signup" in link.href]


# -- a new password ----------------------------------------------------------------------------------

NEW = "något nytt och mycket längre"


def link_in(mail) -> str:
    return re.search(r"https?://testserver(\S+)", mail.body)[1]


def test_who_has_forgotten_the_password_chooses_a_new_one(client, karin, mailoutbox):
    asked = client.post("/logga-in/glomt-losenord/", {"email": "Karin@example.se"}, follow=True)
    assert shown(asked).one("h1").text == "Se efter i din e-post"
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["karin@example.se"], "Välj ett nytt lösenord i Finsam")
    form = client.get(link_in(mail), follow=True)
    assert shown(form).one("h1").text == "Välj ett nytt lösenord"
    done = client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW}, follow=True)
    assert "Lösenordet är ändrat." in shown(done).text
    assert not is_signed_in(client)
    assert shown(sign_in(client)).one(role="alert").text == WRONG
    assert sign_in(client, password=NEW).status_code == 302
    assert "Ditt lösenord är ändrat" in mailoutbox[1].body


def test_the_link_to_a_new_password_works_once(client, karin, mailoutbox):
    client.post("/logga-in/glomt-losenord/", {"email": karin.email})
    link = link_in(mailoutbox[0])
    form = client.get(link, follow=True)
    done = client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert done["Location"] == "/logga-in/nytt-losenord/klart/"
    assert shown(Client().get(link, follow=True)).one("h1").text == "Länken gäller inte längre"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, karin, mailoutbox):
    known = client.post("/logga-in/glomt-losenord/", {"email": karin.email}, follow=True)
    unknown = client.post("/logga-in/glomt-losenord/", {"email": "anna@example.se"}, follow=True)
    assert shown(known).one("main").text == shown(unknown).one("main").text
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (NEW, "inte samma som det första", "Du måste ange samma lösenord"),
        ("kort", "kort", "minst 12 tecken"),
        ("karin@example.se", "karin@example.se", "alltför likt e-postadress"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(karin, first, second, sentence):
    client = client_of(karin)
    answer = client.post(
        "/konto/losenord/", {"oldpassword": PASSWORD, "password1": first, "password2": second}
    )
    assert sentence in shown(answer).one("ul", css="faults").text
    karin.refresh_from_db()
    assert karin.check_password(PASSWORD)


def test_the_password_is_changed_only_by_who_knows_the_old_one(karin, mailoutbox):
    client = client_of(karin)
    wrong = client.post("/konto/losenord/", {"oldpassword": "fel", "password1": NEW, "password2": NEW})
    assert "Lösenordet stämmer inte." in shown(wrong).one("ul", css="faults").text
    assert not mailoutbox
    done = client.post(
        "/konto/losenord/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}, follow=True
    )
    assert "Lösenordet är ändrat." in shown(done).one("main").text
    assert "Ditt lösenord är ändrat." in mailoutbox[0].body
    assert is_signed_in(client)


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
    assert page.one("input", name="login").attributes["value"] == address
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


def test_a_user_whose_role_is_taken_away_is_out_at_once():
    federation = people.federation()
    who = people.with_role(federation, RoleKind.DIRECTOR)
    client = client_of(who)
    assert client.get("/norrby/").status_code == 200
    who.roles.all().delete()
    assert client.get("/norrby/").status_code == 404


def test_a_changed_password_signs_out_other_browsers(karin):
    client = client_of(karin)
    karin.set_password("något nytt och mycket längre")
    karin.save()
    assert client.get("/regler/")["Location"] == "/logga-in/?next=/regler/"


def test_a_link_to_sign_out_only_shows_a_button_to_do_it(karin):
    client = client_of(karin)
    form = shown(client.get("/logga-ut/")).one("main").one("form", method="post")
    assert form.one("button").text == "Logga ut"
    assert is_signed_in(client)


# -- too many attempts -------------------------------------------------------------------------------


def test_who_guesses_passwords_has_to_wait_and_nobody_else(client, karin):
    anna = people.user("anna@example.se")
    for _ in range(5):
        assert shown(sign_in(client, password="fel lösenord")).one(role="alert").text == WRONG
    assert shown(sign_in(client)).one(role="alert").text == TOO_MANY
    assert not is_signed_in(client)
    other = Client()
    assert sign_in(other, anna.email, ip="192.0.2.2").status_code == 302


def test_guesses_from_many_addresses_are_counted_together(client, karin):
    for number in range(5):
        sign_in(client, password="fel lösenord", ip=f"198.51.100.{number}")
    assert shown(sign_in(client, ip="198.51.100.99")).one(role="alert").text == TOO_MANY


def test_who_sends_too_much_gets_a_page_that_says_so_and_others_do_not(client, karin):
    for number in range(30):
        assert sign_in(client, f"nobody{number}@example.se").status_code == 200
    page = shown(sign_in(client, "nobody30@example.se"), 429)
    assert page.one("html").attributes["lang"] == "sv"
    assert page.one("h1").text == "För många försök"
    assert sign_in(Client(), ip="192.0.2.2").status_code == 302


def test_an_invented_address_in_a_header_does_not_help(client, karin):
    for number in range(30):
        client.post(
            "/logga-in/", {"login": "x@example.se"}, headers={"x-forwarded-for": f"198.51.100.{number}"}
        )
    answer = client.post("/logga-in/", {"login": "x@example.se"}, headers={"x-forwarded-for": "203.0.113.1"})
    assert answer.status_code == 429


def test_behind_a_proxy_it_is_the_address_the_proxy_saw_that_counts(client, karin, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(30):
        seen = f"203.0.113.{number}, 198.51.100.7"  # the first is what the visitor says, the last the proxy's
        client.post("/logga-in/", {"login": "x@example.se"}, headers={"x-forwarded-for": seen})
    same = client.post("/logga-in/", {"login": "x@example.se"}, headers={"x-forwarded-for": "198.51.100.7"})
    other = client.post("/logga-in/", {"login": "x@example.se"}, headers={"x-forwarded-for": "198.51.100.8"})
    assert (same.status_code, other.status_code) == (429, 200)


# -- the support pages -------------------------------------------------------------------------------


def test_the_support_pages_have_no_way_in_of_their_own(client):
    asked = client.get("/admin/")
    assert asked.status_code == 302
    assert client.get(asked["Location"], follow=True).request["PATH_INFO"] == "/logga-in/"
    answer = client.post("/admin/login/", {"username": "karin@example.se", "password": PASSWORD})
    assert answer.status_code == 302
    assert not is_signed_in(client)


def test_the_support_pages_can_demand_a_second_factor(settings):
    settings.ADMIN_SECOND_FACTOR = True
    client = client_of(people.user("stod@example.se", is_staff=True, is_superuser=True))
    assert client.get("/admin/members/user/")["Location"] == "/konto/"
    assert "Stödsidorna kräver en andra faktor." in shown(client.get("/konto/")).text


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
    assert sign_in(client, next=elsewhere)["Location"] == "/"
    assert client.post("/logga-ut/", {"next": elsewhere})["Location"] == "/logga-in/"


def test_signing_out_in_a_second_tab_does_not_lead_to_a_dead_end(client, karin):
    """The session is over already: after signing in again one is on a page, not at signing out."""
    asked = client.post("/logga-ut/")
    assert asked.status_code == 302
    client.get(asked["Location"])
    answer = client.post(asked["Location"], {"login": karin.email, "password": PASSWORD}, follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/logga-in/", "/logga-ut/"])
def test_a_form_sent_from_another_site_is_refused_in_swedish(karin, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(karin)
    page = shown(client.post(address, {"login": "karin@example.se", "password": PASSWORD}), 403)
    assert page.one("html").attributes["lang"] == "sv"
    assert page.one("h1").text == "Formuläret gick inte att skicka"
    assert is_signed_in(client)


def test_the_address_typed_is_shown_as_text(client, karin):
    page = shown(sign_in(client, '"><script>alert(1)</script>'))
    assert page.one("input", name="login").attributes["value"] == '"><script>alert(1)</script>'
    assert not [each for each in page.all("script") if each.text == "alert(1)"]


@pytest.mark.parametrize("address", ["karin@example.se\0", "a" * 10_000])
def test_an_impossible_address_is_an_ordinary_error(client, karin, address):
    assert shown(sign_in(client, address)).one(role="alert").text in (WRONG, EMPTY)
