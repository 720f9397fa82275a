"""The first page: the federations one has a role in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import Role, RoleKind
from tests.members import people
from tests.members.people import client_of, user, with_role
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db


def test_the_only_federation_is_opened_at_once():
    answer = client_of(with_role(people.federation())).get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/norrby/")


def test_several_are_listed_by_name_with_the_roles_in_each():
    karin = user()
    norrby, vik = people.federation(), people.federation("vik")
    people.federation("soderby")
    with_role(vik, RoleKind.OBSERVER, karin)
    with_role(norrby, RoleKind.AUDITOR, karin)
    with_role(norrby, RoleKind.BOARD_MEMBER, karin)
    listed = shown(client_of(karin).get("/")).one("ul", css="cards").all("li")
    assert [each.one("a").text for each in listed] == [
        "Samordningsförbundet Norrby",
        "Samordningsförbundet Vik",
    ]
    assert [each.one("a").href for each in listed] == ["/norrby/", "/vik/"]
    assert [each.one("p").text for each in listed] == ["ledamot, revisor", "observatör"]


def test_who_has_no_role_is_told_whom_to_ask():
    page = shown(client_of(user("karin@example.se")).get("/"))
    text = page.one("main").text
    assert "Du har ingen behörighet i något förbund än." in text
    assert "bjuda in karin@example.se" in text


def test_a_removed_role_is_gone_at_once():
    karin = with_role(people.federation())
    client = client_of(karin)
    assert client.get("/norrby/").status_code == 200
    Role.objects.all().delete()
    assert client.get("/norrby/").status_code == 404


def test_the_number_of_queries_does_not_grow():
    karin = user()
    for number in range(2):
        with_role(people.federation(f"vik{number}"), who=karin)
    client = client_of(karin)
    with CaptureQueriesContext(connection) as with_two:
        client.get("/")
    for number in range(2, 30):
        with_role(people.federation(f"vik{number}"), who=karin)
    with CaptureQueriesContext(connection) as with_thirty:
        assert len(shown(client.get("/")).one("ul", css="cards").all("li")) == 30
    assert len(with_thirty) == len(with_two) <= 3


def test_odd_names_are_shown_as_they_are():
    karin = user(name="<b>Karin</b> & co")
    with_role(people.federation("a", name="Ö" * 200), who=karin)
    with_role(people.federation("b", name="<script>alert(1)</script>"), who=karin)
    page = shown(client_of(karin).get("/"))
    names = {link.text for link in page.one("ul", css="cards").all("a")}
    assert names == {"Ö" * 200, "<script>alert(1)</script>"}
    assert page.one("summary").text == "<b>Karin</b> & co"
