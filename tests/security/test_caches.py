"""What somebody may see who is signed in is kept by no cache on the way, nor shown to the next one; and
nothing in a request changes what others get."""

from itertools import cycle

import pytest
from django.test import Client

from members.models import RoleKind
from tests.plans.access_table import TABLE
from tests.plans.access_world import NOBODY
from tests.plans.test_access import account_pages, read
from tests.security.attacks import who_reads

pytestmark = pytest.mark.django_db

HOST = "evil.example"
FORGED = {
    "x-forwarded-host": HOST,
    "x-host": HOST,
    "x-forwarded-server": HOST,
    "x-forwarded-scheme": "http",
    "x-forwarded-prefix": f"//{HOST}",
    "x-original-url": f"//{HOST}/",
    "forwarded": f"host={HOST};proto=http",
    "origin": f"https://{HOST}",
}
"""What a cache does not look at when it keeps a page, and a careless application does when it writes one."""


ENDINGS = ("a.css", ";a.css", "%2ea.css", "%00.css", "%0a.css")


def kept(answer) -> set[str]:
    return {each.strip().partition("=")[0] for each in answer.get("Cache-Control", "").split(",")}


def test_no_cache_on_the_way_keeps_what_is_somebodys_own(scene):
    for name, row in TABLE.items():
        who = who_reads(name)
        if who is None or who == NOBODY or row.get[NOBODY] == 200:
            continue
        answer = read(scene.client(who), row.at(name, scene.here))
        assert "private" in kept(answer), name
        assert not kept(answer) & {"public", "s-maxage"}, name
        assert "Cookie" in answer.get("Vary", ""), name
    for address in account_pages():
        assert "private" in kept(read(scene.client(RoleKind.DIRECTOR), address)), address


def test_no_page_is_kept_by_the_browser_after_signing_out(scene):
    """Files may be, where the browser asks again before it shows them; a picture never changes."""
    client = scene.client(RoleKind.DIRECTOR)
    pages = 0
    for name, row in TABLE.items():
        answer = read(client, row.at(name, scene.here))
        if answer.get("Content-Type", "").startswith("text/html") and row.get[NOBODY] != 200:
            assert "no-store" in kept(answer), name
            pages += 1
        elif answer.status_code == 200 and row.get[NOBODY] != 200:
            assert kept(answer) & {"no-store", "no-cache", "immutable"}, name
    assert pages > 50


def test_nothing_of_the_request_is_written_in_what_others_may_get(scene):
    client = scene.client(RoleKind.DIRECTOR)
    for name, row in TABLE.items():
        address = row.at(name, scene.here)
        for who in (client, Client()):
            answer = who.get(address, headers=FORGED)
            content = answer.getvalue() if answer.streaming else answer.content
            assert HOST.encode() not in content, name
            assert HOST not in str(answer.headers), name


def test_a_page_without_signing_in_is_the_same_for_everybody(client):
    """The sign-in page holds a token, so it is nobody else's either."""
    answer = client.get("/logga-in/")
    assert "Cookie" in answer["Vary"]
    assert {"private", "no-store"} <= kept(answer)


def test_an_ending_that_caches_keep_shows_no_page_of_ours(scene):
    """Web cache deception: /norrby/medlemmar/a.css is not the page without its ending."""
    client, endings = scene.client(RoleKind.DIRECTOR), cycle(ENDINGS)
    for name, row in TABLE.items():
        path = row.at(name, scene.here).partition("?")[0]
        ending = next(endings)
        assert read(client, path + ending).status_code in (301, 404, 400), (name, ending)
