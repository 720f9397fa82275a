"""An address does what its methods say, and nothing by any other."""

from itertools import cycle

import pytest
from django.test import Client

from members.models import RoleKind
from tests.plans.access_table import TABLE
from tests.plans.access_world import everything_stored
from tests.plans.test_access import account_pages

pytestmark = pytest.mark.django_db

METHODS = ("TRACE", "TRACK", "CONNECT", "PUT", "PATCH", "DELETE", "PROPFIND", "DEBUG", "GET /x HTTP/1.0")


def test_a_method_that_no_page_uses_does_nothing(scene):
    """Two of them at each address, to somebody who may and to nobody."""
    scene.client(RoleKind.DIRECTOR)
    before = everything_stored()
    addresses = [row.at(name, scene.here) for name, row in TABLE.items()] + account_pages()
    methods = cycle(METHODS)
    for address in addresses:
        for client in (scene.client(RoleKind.DIRECTOR), Client()):
            method = next(methods)
            assert client.generic(method, address).status_code == 405, (method, address)
    assert everything_stored() == before


def test_trace_sends_nothing_back(scene):
    client = scene.client(RoleKind.DIRECTOR)
    answer = client.generic("TRACE", "/norrby/", headers={"x-secret": "hemligt"})
    assert b"hemligt" not in answer.content
    assert client.cookies["finsam-session"].value.encode() not in answer.content


@pytest.mark.parametrize("header", ["x-http-method-override", "x-method-override", "x-http-method"])
def test_a_header_makes_no_other_method_of_it(scene, header):
    client = scene.client(RoleKind.DIRECTOR)
    before = everything_stored()
    for name, row in TABLE.items():
        if row.get[RoleKind.DIRECTOR] == 405:
            assert client.get(row.at(name, scene.here), headers={header: "POST"}).status_code == 405, name
    assert everything_stored() == before
