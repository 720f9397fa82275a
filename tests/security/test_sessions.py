"""A session is made by the server, is new when somebody signs in, and ends when it should. More of it in
tests/members/test_sign_in.py and test_second_factor.py."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from members.models import RoleKind, User
from tests.members import people
from tests.members.people import PASSWORD, client_of, with_role
from tests.plans.access_table import TABLE
from tests.plans.access_world import NOBODY
from tests.plans.test_access import read

pytestmark = pytest.mark.django_db

COOKIE = "finsam-session"
NEW = "en helt annan lång mening"


@pytest.fixture
def karin() -> User:
    return with_role(people.federation(), RoleKind.DIRECTOR, people.user("karin@example.se", name="Karin Ek"))


def sign_in(client: Client):
    return client.post("/logga-in/", {"login": "karin@example.se", "password": PASSWORD})


def key(client: Client) -> str:
    return client.cookies[COOKIE].value


def client_with(key: str) -> Client:
    client = Client()
    client.cookies[COOKIE] = key
    return client


def is_let_in(client: Client) -> bool:
    return client.get("/norrby/").status_code == 200


def test_a_key_that_somebody_else_made_up_is_never_taken(karin):
    made_up = "a" * 32
    victim = client_with(made_up)
    assert sign_in(victim).status_code == 302
    assert key(victim) != made_up
    assert is_let_in(victim)
    assert not is_let_in(client_with(made_up))
    assert not Session.objects.filter(session_key=made_up).exists()


def test_a_key_that_the_server_made_for_somebody_else_is_not_the_one_signed_in_with(karin):
    """The one who planted it has a session of ours, and may have more in it than the victim knows of."""
    planted = Client()
    session = planted.session
    session["second_factor_return_to"] = "/evil/"
    session.save()
    victim = client_with(session.session_key)
    assert sign_in(victim).status_code == 302
    assert key(victim) != session.session_key
    assert not is_let_in(client_with(session.session_key))


def test_the_key_is_a_new_one_when_somebody_shows_who_they_are_again(karin):
    client = Client()
    sign_in(client)
    stolen = key(client)
    assert client.post("/konto/bekrafta/losenord/", {"password": "fel"}).status_code == 200
    assert key(client) == stolen
    assert client.post("/konto/bekrafta/losenord/", {"password": PASSWORD}).status_code == 302
    assert is_let_in(client)
    assert not is_let_in(client_with(stolen))


def test_the_session_of_one_is_not_carried_to_the_next_in_the_same_browser(karin):
    other = people.user()
    client = client_of(other)
    session = client.session
    session["theirs"] = "hemligt"
    session.save()
    old = key(client)
    client.post("/logga-ut/")
    sign_in(client)
    assert "theirs" not in client.session
    assert key(client) != old


def test_signing_out_ends_it_at_the_server_and_not_only_in_the_browser(karin):
    client = Client()
    sign_in(client)
    kept = key(client)
    client.post("/logga-ut/")
    assert not is_let_in(client_with(kept))
    assert not Session.objects.filter(session_key=kept).exists()


def test_a_new_password_through_the_mail_ends_every_session(karin, mailoutbox):
    """Whoever has stolen a session is out when its owner has chosen a new password."""
    thief = Client()
    sign_in(thief)
    owner = Client()
    owner.post("/logga-in/glomt-losenord/", {"email": karin.email})
    link = re.search(r"http://testserver(/\S+)", mailoutbox[0].body)
    assert link
    page = owner.get(link[1], follow=True)
    owner.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    karin.refresh_from_db()
    assert karin.check_password(NEW)
    assert not is_let_in(thief)


def test_it_is_over_when_its_time_is_and_asking_does_not_prolong_it(karin):
    client = Client()
    sign_in(client)
    until = client.session.get_expiry_date()
    (row,) = Session.objects.all()
    ends = row.expire_date
    assert (ends - timezone.now()).total_seconds() <= settings.SESSION_COOKIE_AGE
    for _ in range(3):
        assert is_let_in(client)
    row.refresh_from_db()
    assert row.expire_date == ends
    assert until >= ends
    Session.objects.update(expire_date=timezone.now())
    assert not is_let_in(client)


def test_a_role_that_is_taken_away_is_gone_from_sessions_that_go_on(karin):
    client = client_of(karin)
    assert is_let_in(client)
    karin.roles.all().delete()
    assert client.get("/norrby/").status_code == 404


def test_the_key_is_long_and_random(karin):
    keys = []
    for _ in range(5):
        client = Client()
        sign_in(client)
        keys.append(key(client))
    assert len(set(keys)) == 5
    assert all(re.fullmatch(r"[a-z0-9]{32}", each) for each in keys)  # 165 bits


def test_no_session_is_made_by_looking(client):
    for address in ("/logga-in/", "/logga-in/glomt-losenord/", "/", "/finns/inte/"):
        client.get(address)
    assert COOKIE not in client.cookies
    assert not Session.objects.exists()


def test_nothing_in_an_address_is_a_session(karin):
    client = Client()
    sign_in(client)
    stolen = Client().get(f"/norrby/?{COOKIE}={key(client)}&sessionid={key(client)}")
    assert stolen.status_code == 302


def test_every_page_for_who_is_signed_in_has_the_way_out(scene):
    client = scene.client(RoleKind.DIRECTOR)
    pages = 0
    for name, row in TABLE.items():
        answer = read(client, row.at(name, scene.here))
        is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        if is_page and row.get[NOBODY] != 200 and b"<html" in answer.content:
            assert b"/logga-ut/" in answer.content, name
            pages += 1
    assert pages > 40
