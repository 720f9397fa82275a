"""What is no form at all: bodies that are not what they say, cut off, in other alphabets, in thousands of
fields; and headers that no browser sends. At every address."""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, RequestFactory

from finsam.wsgi import application
from members.models import RoleKind
from tests.plans.access_table import TABLE
from tests.plans.test_access import account_pages
from tests.security.attacks import Attack, run
from tests.security.hostile_values import HEADERS
from tests.security.scene import Scene
from tests.security.sending import FORM, MULTIPART, multipart

pytestmark = pytest.mark.django_db

BODIES: dict[str, tuple[str, bytes]] = {
    "nothing": ("", b""),
    "no kind": ("", b"name=a"),
    "a kind that is none": ("\x00/;;;=\xff", b"name=a"),
    "JSON": ("application/json", b'{"name": {"$gt": ""}, "is_staff": true}'),
    "JSON in JSON": ("application/json", b"[" * 100_000),
    "XML": ("application/xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    "plain text": ("text/plain", b"name=a"),
    "parts without a boundary": ("multipart/form-data", multipart({"name": [b"a"]})),
    "parts with half a boundary": ("multipart/form-data; boundary=", multipart({"name": [b"a"]})),
    "parts cut off": (MULTIPART, multipart({"name": [b"a" * 500]})[:200]),
    "parts in parts": (MULTIPART, multipart({"name": [multipart({"name": [b"a"]})]})),
    "a part without a name": (MULTIPART, multipart({"": [b"a"]})),
    "a part in base64 that is none": (
        MULTIPART,
        multipart({"name": [b"a"]}).replace(b"\r\n\r\na", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n%"),
    ),
    "thousands of fields": (FORM, b"&".join(b"a%d=1" % n for n in range(2_000))),
    "thousands of files": (
        MULTIPART,
        multipart({"a": [b"a"]}).replace(b'name="a"', b'name="a"; filename="b"') * 150,
    ),
    "megabytes": (FORM, b"name=" + b"a" * 3_000_000),
    "no equals sign": (FORM, b"&&&;;;===%%%&%zz=%"),
    "brackets": (FORM, b"name[][][a]=1&name[__proto__][is_staff]=1&__class__.__init__=1"),
    "another alphabet": (f"{FORM}; charset=utf-16", "name=å".encode("utf-16")),
    "an alphabet of halves": (
        f"{MULTIPART}; charset=utf-7",
        multipart({"name": [b"+2AA-"], "text": [b"+2AA-"]}),
    ),
    "an alphabet of escapes": (f"{MULTIPART}; charset=unicode_escape", multipart({"name": [b"\\ud800"]})),
    "an alphabet that is none": (f"{MULTIPART}; charset=rot13", multipart({"name": [b"a"]})),
    "an alphabet that packs": (f"{MULTIPART}; charset=zlib", multipart({"name": [b"a"]})),
    "an alphabet of hosts": (f"{FORM}; charset=idna", b"name=" + b"a" * 100_000),
}
SOME = 1
"""Of the bodies and of the headers, at each address in the ordinary run."""


def at_every_address(scene: Scene) -> dict[str, tuple[str, str]]:
    """Everything there is to ask for, with how it is asked for: read, where it is no form."""
    shown = {name: (row.at(name, scene.here), "GET") for name, row in TABLE.items()}
    sent = {f"{name}, sent": (address, "POST") for name, (address, _) in shown.items()}
    return {**shown, **sent, **{each: (each, "POST") for each in account_pages()}}


def with_body(client: Client, address: str, method: str, what: str) -> Any:
    kind, body = BODIES[what]
    path, _, query = address.partition("?")
    return client.generic(method, path, body, content_type=kind, QUERY_STRING=query)


def with_headers(client: Client, address: str, method: str, what: str) -> Any:
    cookies = client.cookies.output(header="", sep=";").strip()
    headers = {**HEADERS[what]}
    if "cookie" in headers:
        headers["cookie"] = f"{headers['cookie']}; {cookies}"
    path, _, query = address.partition("?")
    return client.generic(method, path, b"", content_type=FORM, headers=headers, QUERY_STRING=query)


def faults(
    scene: Scene, of: dict[str, Any], ask: Callable[[Client, str, str, str], Any], some: int | None = None
) -> list[str]:
    client = scene.client(RoleKind.DIRECTOR)
    attacks = []
    for name, (address, method) in at_every_address(scene).items():
        chosen = list(of) if some is None else Random(name).sample(list(of), some)
        attacks += [Attack(f"{name}, {what}", partial(ask, client, address, method, what)) for what in chosen]
    with transaction.atomic():
        found = run(scene, client, attacks)
        transaction.set_rollback(True)
    return found


def test_no_body_breaks_an_address(scene):
    assert faults(scene, BODIES, with_body, SOME) == []


def test_no_header_breaks_an_address(scene):
    assert faults(scene, HEADERS, with_headers, SOME) == []


@pytest.mark.soak
def test_no_body_at_all_breaks_any_address(scene):
    assert faults(scene, BODIES, with_body) == []


@pytest.mark.soak
def test_no_header_at_all_breaks_any_address(scene):
    assert faults(scene, HEADERS, with_headers) == []


@pytest.mark.parametrize("what", [each for each in BODIES if "alphabet" in each])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_only_utf_8_is_read(client, what, method):
    """Python knows alphabets that are none, and some that make halves of signs."""
    answer = with_body(client, "/logga-in/", method, what)
    assert answer.status_code == 400
    assert "Frågan gick inte att förstå" in answer.content.decode()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("alphabet", ["rot13", "zlib", "utf-16", "utf-7", "no such"])
def test_the_query_too(method, alphabet):
    """Through the server's own entrance: Django reads the query before any middleware of ours."""
    body = b"name=a"
    environ = {
        **RequestFactory().generic(method, "/logga-in/", body, content_type=FORM).environ,
        "QUERY_STRING": "next=/norrby/&a=%C3%A5",
        "CONTENT_TYPE": f"{FORM}; charset={alphabet}",
    }
    said: list[str] = []
    answer = b"".join(application(environ, lambda status, headers: said.append(status)))
    assert said == ["400 Bad Request"]
    assert "Frågan gick inte att förstå" in answer.decode()


@pytest.mark.parametrize("name", ["utf-8", "UTF-8"])
def test_utf_8_may_be_said(client, name):
    answer = client.generic("POST", "/logga-in/", b"login=a", content_type=f"{FORM}; charset={name}")
    assert answer.status_code == 200
