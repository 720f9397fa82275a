"""Every upload there is, with files that mean harm: no error of ours, and nothing of them stored as what they
say they are. All of them everywhere in `make soak`; here some."""

from functools import partial
from random import Random

import pytest
from django.db import transaction
from django.test import Client

from members.models import RoleKind
from plans.models import ConsultationAnswer, Illustration
from tests.plans.access_table import TABLE
from tests.plans.test_access import post_first, to_post
from tests.security.attacks import Attack, answer_seen, run
from tests.security.hostile_files import files
from tests.security.scene import Scene
from tests.security.sending import Sent, as_sent, send

pytestmark = pytest.mark.django_db

UPLOADS = {
    "budget_import": "file",
    "begin_from_word": "fil",
    "add_illustration": "file",
    "add_picture": "file",
    "paste_text": "html",
    "answer_consultation": "file",
}
"""Every address that takes a file, with the name of its field."""
FIRST = {"begin_from_word": "remove_section", "answer_consultation": "send_consultation"}
SOME = 12


def prepared(scene: Scene, name: str) -> tuple[Client, str, Sent]:
    """Somebody who may send it, the address, and what they send beside the file."""
    client, row = scene.client(RoleKind.DIRECTOR), TABLE[name]
    post_first(client, row, scene.here)
    if first := FIRST.get(name):
        client.post(TABLE[first].at(first, scene.here), TABLE[first].data(scene.here))
    values = {
        **to_post(name, scene.here),
        **(answer_seen(scene.here) if name == "answer_consultation" else {}),
    }
    return client, row.at(name, scene.here), as_sent(values)


def attacks(scene: Scene, name: str) -> tuple[Client, list[Attack]]:
    client, address, values = prepared(scene, name)
    return client, [
        Attack(f"{name}, {what}", partial(send, client, address, {**values, UPLOADS[name]: [file]}))
        for what, file in files().items()
    ]


def faults(scene: Scene, name: str, some: int | None = None) -> list[str]:
    with transaction.atomic():
        client, sent = attacks(scene, name)
        found = run(scene, client, sent if some is None else Random(name).sample(sent, some))
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("name", UPLOADS)
def test_no_file_breaks_what_it_is_sent_to(scene, name):
    assert faults(scene, name, SOME) == []


@pytest.mark.soak
@pytest.mark.parametrize("name", UPLOADS)
def test_no_file_at_all_breaks_it(scene, name):
    assert faults(scene, name) == []


PICTURES = ("a picture with a script", "a name that leads out")
"""The files above that are pictures, whatever else they hold."""


@pytest.mark.parametrize(
    "what", [each for each in files() if files()[each].kind in ("image/png", "image/jpeg")]
)
def test_only_a_picture_is_stored_as_one_and_nothing_of_its_file_but_what_is_seen(scene, what):
    client, address, _ = prepared(scene, "add_illustration")
    before = set(Illustration.objects.values_list("pk", flat=True))
    send(client, address, {"file": [files()[what]]})
    stored = Illustration.objects.exclude(pk__in=before)
    assert len(stored) == (what in PICTURES)
    for each in stored:
        assert b"finsam_attack" not in bytes(each.content)
        assert bytes(each.content).startswith((b"\x89PNG", b"\xff\xd8"))


@pytest.mark.parametrize("what", [each for each in files() if each.startswith("a name")])
def test_a_file_is_called_what_no_system_and_no_page_takes_for_more_than_a_name(scene, what):
    client, address, values = prepared(scene, "answer_consultation")
    before = set(ConsultationAnswer.objects.values_list("pk", flat=True))
    send(client, address, {**values, "file": [files()[what]]})
    (answer,) = ConsultationAnswer.objects.exclude(pk__in=before)
    assert not set(answer.file_name) & set('/\\<>"\r\n\u202e;=')
    assert len(answer.file_name) <= 150
    shown = client.get(TABLE["consultation_file"].at("consultation_file", scene.here, pk=answer.pk))
    assert shown["Content-Disposition"].startswith("attachment")
    assert shown["Content-Type"] in ("application/pdf", "image/png")
