"""A process is ready when its database answers, has the tables wanted, and protects what is frozen."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from finsam import health
from finsam.frozen_tables import unprotected
from finsam.readiness import NO_DATABASE, NOT_MIGRATED, NOT_PROTECTED, Readiness
from tests.services.nodes import ENVIRONMENT, HOST

READY = (200, "redo")
Migration = MigrationRecorder.Migration


@pytest.fixture(autouse=True)
def just_started(monkeypatch) -> None:
    monkeypatch.setattr(health, "READINESS", Readiness())


def asked() -> tuple[int, str]:
    answer = Client().get("/halsa/redo/")
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    return answer.status_code, answer.content.decode()


@pytest.mark.django_db
def test_a_whole_database_is_ready_over_http_too(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert asked() == READY


@pytest.mark.django_db
def test_a_database_that_this_code_has_not_migrated_is_not_ready_until_it_has():
    latest = Migration.objects.filter(app="plans").latest("pk")
    Migration.objects.filter(pk=latest.pk).delete()
    assert asked() == (503, NOT_MIGRATED)
    latest.save()
    assert asked() == READY


@pytest.mark.django_db
def test_a_database_that_a_newer_version_has_migrated_is_ready():
    """The new version is brought in at one node at a time; the others serve meanwhile."""
    Migration.objects.create(app="plans", name="9999_of_tomorrow")
    assert asked() == READY


@pytest.mark.django_db
def test_a_database_that_does_not_protect_what_is_frozen_is_not_ready_until_it_does():
    with unprotected():
        assert asked() == (503, NOT_PROTECTED)
    assert asked() == READY


@pytest.mark.django_db
def test_a_probe_every_second_costs_one_question(django_assert_num_queries):
    assert asked() == READY
    with django_assert_num_queries(1):
        assert asked() == READY


def test_without_a_database_it_is_not_ready_and_lives_all_the_same(tmp_path):
    """A process in production whose PostgreSQL is away; neither its address nor its password is told."""
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "for address in ('/halsa/redo/', '/halsa/'):\n"
        f"    answer = Client().get(address, headers={{'host': {HOST!r}}})\n"
        "    print(answer.status_code, answer.content.decode())\n"
    )
    away = {"DATABASE_URL": "postgres://finsam:hemligt-losen@127.0.0.1:1/finsam", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={
            **ENVIRONMENT,
            **away,
            "FINSAM_DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "finsam.settings",
        },
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [f"503 {NO_DATABASE}", "200 lever"], done.stderr
    assert "hemligt-losen" not in done.stderr
