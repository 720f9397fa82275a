"""A form on another site cannot do anything here. That every address asks for its token is shown by
tests/plans/test_access.py::test_nothing_is_written_without_the_token_of_the_form; here is the rest."""

import pytest
from django.contrib import admin
from django.test import Client

from members.models import RoleKind
from tests.members import people
from tests.plans.access_table import TABLE
from tests.plans.access_world import everything_stored
from tests.plans.test_access import to_post

pytestmark = pytest.mark.django_db

TOKEN = "a" * 32


def strict(who=None) -> Client:
    """A browser that holds a token of ours, as that of every visitor does."""
    client = Client(enforce_csrf_checks=True)
    if who:
        client.force_login(who)
    client.cookies["csrftoken"] = TOKEN
    return client


def chief_of(scene):
    return scene.client(RoleKind.DIRECTOR), scene.here.federation.roles.filter(kind="director").last().user


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
    ],
    ids=lambda headers: headers["origin"],
)
def test_the_right_token_does_not_help_a_form_of_another_site(scene, headers):
    _, chief = chief_of(scene)
    posted = {name: to_post(name, scene.here) for name in TABLE}
    client = strict(chief)
    before = everything_stored()
    for name, row in TABLE.items():
        values = {**posted[name], "csrfmiddlewaretoken": TOKEN}
        answer = client.post(row.at(name, scene.here), values, headers=headers)
        assert answer.status_code == 403, name
    assert everything_stored() == before


def test_over_https_a_form_says_where_it_stands(scene):
    _, chief = chief_of(scene)
    client = strict(chief)
    address, values = "/norrby/medlemmar/medlem/ny/", {"csrfmiddlewaretoken": TOKEN}
    assert client.post(address, values, secure=True).status_code == 403
    told = {"referer": "https://testserver/norrby/"}
    assert client.post(address, values, secure=True, headers=told).status_code == 200


def test_a_token_in_the_address_is_none(scene):
    _, chief = chief_of(scene)
    answer = strict(chief).post(f"/norrby/medlemmar/medlem/ny/?csrfmiddlewaretoken={TOKEN}", {"name": "A"})
    assert answer.status_code == 403


def test_the_support_pages_ask_for_it_too(scene):
    support = people.user(is_staff=True, is_superuser=True)
    client = strict(support)
    before = everything_stored()
    for model in admin.site._registry:
        start = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        for address in (start, f"{start}add/", f"{start}1/change/", f"{start}1/delete/"):
            assert client.post(address, {}).status_code == 403, address
    assert everything_stored() == before


def test_nothing_but_a_form_of_ours_changes_anything(scene):
    """What is only to be posted is not done by a link or a picture that a page of another site has."""
    client = scene.client(RoleKind.DIRECTOR)
    only_posted = [name for name, row in TABLE.items() if row.get[RoleKind.DIRECTOR] == 405]
    assert len(only_posted) > 20
    before = everything_stored()
    for name in only_posted:
        for method in ("get", "head"):
            assert getattr(client, method)(TABLE[name].at(name, scene.here)).status_code == 405, name
    assert everything_stored() == before
