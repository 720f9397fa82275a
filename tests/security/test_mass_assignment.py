"""What a form does not ask for is not changed by it, whoever sends it, and however often it is sent."""

from functools import partial
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from members.models import User
from tests.plans.access_table import TABLE
from tests.plans.test_access import post_first, to_post
from tests.security.attacks import fields, who_sends
from tests.security.scene import MODELS, Scene, fields_of, forget, rows_of, stored, tables_written
from tests.security.sending import Sent, as_sent, send

pytestmark = pytest.mark.django_db

OURS = {
    "is_staff": "true",
    "is_superuser": "true",
    "is_active": "false",
    "groups": "1",
    "user_permissions": "1",
    "password": "!",
    "last_login": "2021-01-01",
    "date_joined": "2021-01-01",
    "state": "adopted",
    "status": "decided",
    "revision": "999",
    "hash": "0" * 64,
    "content_hash": "0" * 64,
    "content": "{}",
    "token_hash": "0" * 64,
    "expires_at": "2099-01-01",
    "accepted_at": "2020-01-01",
    "made_at": "2020-01-01",
    "made_by_name": "Någon annan",
    "by_name": "Någon annan",
    "position": "99",
    "second_factor_demanded": "false",
    "slug": "soderby",
    "logotype": "../../etc/passwd",
}
ROWS = ("federation", "plan", "budget", "version", "project", "user", "by", "made_by", "invited_by")
"""What rows point at, by the names of models and of their columns."""


def extras(scene: Scene, asked: set[str]) -> dict[str, list[bytes]]:
    """What nobody asked for; none of it has the name of a field of the form."""
    theirs = scene.theirs
    keys = {
        "federation": theirs.federation.pk,
        "plan": theirs.plan.pk,
        "budget": theirs.budget.pk,
        "version": theirs.version.pk,
        "project": theirs.project.pk,
        **dict.fromkeys(("user", "by", "made_by", "invited_by"), theirs.chief.pk),
    }
    named = {f"{name}{ending}": str(keys[name]) for name in ROWS for ending in ("", "_id", "_pk")}
    sent = {**OURS, **named, "pk": str(theirs.lines[0].pk), "id": str(theirs.lines[0].pk)}
    return {name: [value.encode()] for name, value in sent.items() if name not in asked}


def columns_changed(scene: Scene, client: Client, address: str, values: Sent, query: str = ""):
    """Which columns of which tables differ after it, with how many rows; and the answer. Then put back."""
    with transaction.atomic(), tables_written() as tables:
        answer = send(client, address, values, query)
        changed = set()
        for table in tables & MODELS.keys():
            names = [each.attname for each in fields_of(MODELS[table])]
            before, now = scene.before[table], rows_of(table)
            changed.add((table, len(now) - len(before)))
            for key in before.keys() & now.keys():
                both = zip(names, before[key], now[key], strict=True)
                changed |= {(table, name) for name, was, is_now in both if was != is_now}
        people = list(User.objects.order_by("pk").values_list("is_staff", "is_superuser", "is_active"))
        transaction.set_rollback(True)
    forget()
    return changed, people, answer.status_code


def test_what_nobody_asked_for_changes_nothing(scene):
    """Neither in the form nor after the address."""
    compared = 0
    for name, row in TABLE.items():
        if (who := who_sends(name)) is None or not row.writes:
            continue
        client = scene.client(who)
        with transaction.atomic():
            post_first(client, row, scene.here)
            address, right = row.at(name, scene.here), as_sent(to_post(name, scene.here))
            asked = fields(scene, client, partial(send, client, address, right), set(right))
            more = extras(scene, set(asked))
            scene.before = stored()
            once = columns_changed(scene, client, address, right)
            sent, query = {**right, **more}, urlencode(more, doseq=True)
            again = partial(send, client, address, sent, query)
            more_changed = columns_changed(scene, client, address, sent, query)
            assert more_changed == once, name
            assert scene.faults(client, again) == [], name
            compared += bool(once[0])
            transaction.set_rollback(True)
    assert compared > 40


def test_of_a_field_that_is_sent_twice_one_value_counts_and_it_is_judged(scene):
    """The one that is looked at is the one that is stored: a second value slips nothing past."""
    client = scene.client("director")
    address = "/norrby/medlemmar/medlem/ny/"
    for names in ([b"Bra", b"a\x00b"], [b"a\x00b", b"Bra"]):
        answer = send(client, address, {"name": names, "kind": [b"municipality"]})
        stored = set(scene.here.federation.members.values_list("name", flat=True))
        assert "a\x00b" not in stored
        assert answer.status_code == (302 if names[-1] == b"Bra" else 200)


def test_who_invites_gives_no_more_than_the_form_offers(scene):
    """Nobody becomes support staff, and no role is given in another federation."""
    client = scene.client("director")
    values = {"name": [b"Bo"], "email": [b"bo@example.se"], "kind": [b"superuser"]}
    assert send(client, "/norrby/behorigheter/bjud-in/", values).status_code in (200, 422)
    assert not scene.here.federation.invitations.filter(email="bo@example.se").exists()
