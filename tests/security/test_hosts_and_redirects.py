"""No page leads to another site because somebody asked it to, and no name of a site is believed but ours."""

import re
from itertools import cycle

import pytest
from django.test import Client

from members.models import RoleKind
from tests.members.people import PASSWORD, user
from tests.plans.access_table import TABLE
from tests.plans.test_access import account_pages, read
from tests.security.scene import leads_away, running

pytestmark = pytest.mark.django_db

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "\\\\evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "\thttps://evil.example/",
    "/\t/evil.example/",
    "https://testserver@evil.example/",
    "https://evil.example\\@testserver/",
    "https://testserver.evil.example/",
)
NAMES = (
    "next",
    "url",
    "redirect",
    "redirect_to",
    "return",
    "return_to",
    "continue",
    "goto",
    "back",
    "tillbaka",
)
"""What such a parameter is called, here and elsewhere."""
HOSTS = ("evil.example", "localhost.evil.example", "localhost:80@evil.example", "", "localhost, evil.example")


def test_no_address_leads_to_another_site(scene):
    """Two of them at each address."""
    places = cycle(ELSEWHERE)
    clients = (scene.client(RoleKind.DIRECTOR), Client())
    for address in [*(row.at(name, scene.here) for name, row in TABLE.items()), *account_pages()]:
        for client in clients:
            asked = dict.fromkeys(NAMES, next(places))
            path, _, query = address.partition("?")
            for answer in (
                client.get(path, {**dict(each.split("=") for each in query.split("&") if each), **asked}),
                client.post(address, asked),
            ):
                if answer.streaming:
                    answer.getvalue()
                    continue
                assert not leads_away(answer), address
                if answer.get("Content-Type", "").startswith("text/html"):
                    assert not re.search(
                        r'(href|action)="(https?:|[\s/\\]*[/\\])*evil', answer.content.decode()
                    )
                    assert "javascript:alert" not in " ".join(running(answer.content.decode())), address


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_home_instead(elsewhere):
    somebody = user("a@example.se")
    values = {"login": somebody.email, "password": PASSWORD, "next": elsewhere}
    answer = Client().post("/logga-in/", values)
    assert answer.status_code == 302
    assert not leads_away(answer)


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_not_ours_gets_no_page(scene, host, caplog):
    client = scene.client(RoleKind.DIRECTOR)
    for address in ("/", "/norrby/", "/logga-in/", "/logga-in/glomt-losenord/"):
        answer = client.get(address, headers={"host": host})
        assert answer.status_code in (400, *((200, 302) if not host else ())), (host, address)
        assert "evil.example" not in str(answer.headers)


def test_a_mail_never_has_the_host_of_a_forged_header(client, mailoutbox):
    user("karin@example.se")
    for header in ("x-forwarded-host", "x-host", "x-forwarded-server"):
        client.post(
            "/logga-in/glomt-losenord/", {"email": "karin@example.se"}, headers={header: "evil.example"}
        )
    assert mailoutbox
    assert not [mail for mail in mailoutbox if "evil.example" in mail.body]


def test_a_slash_more_leads_to_no_other_site(scene):
    """What a missing slash is answered with must not become an address of another host."""
    for path in (
        "//evil.example",
        "///evil.example",
        "/%2fevil.example",
        "/%5cevil.example",
        "/%09/evil.example",
    ):
        answer = read(scene.client(RoleKind.DIRECTOR), path)
        assert not leads_away(answer), path
