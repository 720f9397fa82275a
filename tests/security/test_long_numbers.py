"""A number of thousands of digits is no number: Python refuses to read it, and so do we, before that."""

import pytest

from members.models import RoleKind
from tests.plans.access_table import TABLE

pytestmark = pytest.mark.django_db

LONG = "9" * 5_000


def test_the_column_of_a_version_that_nobody_can_count_to(scene):
    address = TABLE["version_source"].at("version_source", scene.here).partition("?")[0]
    client = scene.client(RoleKind.DIRECTOR)
    assert client.get(address, {"rad": "cost", "kolumn": "0"}).status_code == 200
    assert client.get(address, {"rad": "cost", "kolumn": LONG}).status_code == 404


def test_as_many_answers_seen_as_nobody_could_write(scene):
    address = TABLE["comment"].at("comment", scene.here)
    sent = {"do": "write", "text": "Ett svar.", "seen": LONG}
    assert scene.client(RoleKind.DIRECTOR).post(address, sent).status_code == 400
