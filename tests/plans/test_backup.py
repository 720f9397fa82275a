"""A backup made while others write, restored elsewhere: in another file, or in another database."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from finsam.frozen_tables import missing_triggers
from finsam.pictures.reencoding import reencoded
from members.models import Federation, Member
from plans.backup import making, postgresql, programs, restoring, sqlite
from plans.backup.archive import BackupError, Writer
from plans.backup.engine import engine
from plans.backup.making import back_up
from plans.backup.manifest import Facts, facts
from plans.models import Version
from tests.members import people
from tests.plans.adoption_world import Clock
from tests.plans.made_illustrations import drawn, file_of, photograph
from tests.plans.whole_federation import damaged, whole_federation

ROOT = Path(__file__).parents[2]


@pytest.fixture
def database(transactional_db, django_db_blocker) -> Iterator[None]:
    """Tests may open no other databases than those of the settings; a copy is one of our own."""
    with django_db_blocker.unblock():
        yield


@dataclass(frozen=True)
class Saved:
    """A backup that was made while others wrote, and what was known before it and after it."""

    path: Path
    before: Facts
    after: Facts
    versions: list[tuple[str, str, bytes]]


@pytest.fixture(scope="module")
def saved(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Saved]:
    """Made once. Each that writes puts a federation and its member in one transaction."""
    folder = tmp_path_factory.mktemp("saved")
    with django_db_blocker.unblock():
        with pytest.MonkeyPatch.context() as of_time:
            clock = Clock()
            of_time.setattr(timezone, "now", clock)
            whole_federation(clock)
        before = facts("default")
        with writing_goes_on():
            path, _ = back_up(folder / "en.zip")
        made = Saved(path, before, facts("default"), frozen())
        call_command("flush", interactive=False, verbosity=0)
    yield made


@contextmanager
def writing_goes_on() -> Iterator[None]:
    """At least ten are written before the block begins, and some while it lasts."""
    begun, enough = Event(), Event()

    def write() -> None:
        number = 0
        while not enough.is_set():
            number += 1
            with transaction.atomic():
                federation = people.federation(f"forbund-{number}")
                Member.objects.create(federation=federation, name="Staten", kind="state")
            if number == 10:
                begun.set()
        connections.close_all()

    writer = Thread(target=write)
    writer.start()
    assert begun.wait(60)
    try:
        yield
    finally:
        enough.set()
        writer.join()


def frozen() -> list[tuple[str, str, bytes]]:
    return [
        (version.hash, file.kind, bytes(file.content))
        for version in Version.objects.order_by("place")
        for file in version.files.order_by("kind")
    ]


# -- elsewhere ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Elsewhere:
    """Another installation, with an empty database and a folder of its own."""

    folder: Path
    url: str

    def manage(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "FINSAM_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "finsam.settings",
        }
        return subprocess.run(
            [sys.executable, ROOT / "manage.py", *map(str, arguments)],
            env=environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
        )

    @property
    def file(self) -> Path:
        """The database of SQLite; on PostgreSQL, which has none, the backup."""
        return self.folder / ("finsam.sqlite3" if connection.vendor == "sqlite" else "tidigare.zip")

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file)) as opened, opened:
                return opened.execute(statement).fetchall()
        with psycopg.connect(self.url) as opened:
            answer = opened.execute(statement)
            return answer.fetchall() if answer.description else []


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Elsewhere]:
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "static").mkdir()
    if connection.vendor == "sqlite":
        yield Elsewhere(folder, f"sqlite:///{folder / 'finsam.sqlite3'}")
        return
    known = connection.settings_dict
    name = f"{known['NAME']}_elsewhere"
    url = f"postgresql://{known['USER']}@{quote(known['HOST'], safe='')}/"
    with closing(psycopg.connect(f"{url}postgres", autocommit=True)) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield Elsewhere(folder, url + name)
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def restored(saved, elsewhere) -> str:
    """What was said when the backup was restored there, for the first time."""
    answer = elsewhere.manage("restore", saved.path)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def test_a_backup_is_restored_elsewhere_and_what_is_frozen_is_the_same(saved, elsewhere, restored):
    assert "Förteckning och kontrollsummor stämmer" in restored
    assert restored.count(": stämmer") == 2, "both versions of Gotland are verified"
    found = elsewhere.rows(
        "SELECT v.hash, f.kind, f.content FROM plans_version v "
        "JOIN plans_versionfile f ON f.version_id = v.id ORDER BY v.place, f.kind"
    )
    assert [(hash, kind, bytes(content)) for hash, kind, content in found] == saved.versions
    assert logotypes(elsewhere) == {"gotland": reencoded(drawn(7)).content}


def logotypes(elsewhere: Elsewhere) -> dict[str, bytes]:
    """By the federations' names in addresses."""
    found = elsewhere.rows(
        "SELECT f.slug, l.content FROM members_logotype l JOIN members_federation f ON f.id = l.federation_id"
    )
    return {slug: bytes(content) for slug, content in found}


def test_it_has_as_many_rows_as_its_manifest_says(saved, elsewhere, restored):
    [(federations,)] = elsewhere.rows("SELECT COUNT(*) FROM members_federation")
    [(versions,)] = elsewhere.rows("SELECT COUNT(*) FROM plans_version")
    manifest = manifest_of(saved.path)["facts"]
    assert (federations, versions) == (manifest["federations"], manifest["versions"])
    assert saved.before.federations < federations <= saved.after.federations


def test_no_transaction_is_there_by_half(elsewhere, restored):
    """Whoever wrote while it was made is in it with all of it, or not at all."""
    alone = elsewhere.rows(
        "SELECT slug FROM members_federation f WHERE slug LIKE 'forbund-%' "
        "AND NOT EXISTS (SELECT 1 FROM members_member m WHERE m.federation_id = f.id)"
    )
    assert alone == []
    [(written,)] = elsewhere.rows("SELECT COUNT(*) FROM members_federation WHERE slug LIKE 'forbund-%'")
    assert written >= 10, "what was acknowledged before it began"


def test_the_restored_database_has_its_guards_and_nobody_is_signed_in(elsewhere, restored):
    with pytest.raises((sqlite3.Error, psycopg.Error), match="ändras aldrig"):
        elsewhere.rows("UPDATE plans_version SET note = 'annat'")
    assert elsewhere.rows("SELECT COUNT(*) FROM django_session") == [(0,)]


def test_a_backup_from_before_an_upgrade_replaces_what_is_there(saved, elsewhere, restored):
    """Only when told to, and what is there is saved first. What the later form has is not in the way."""
    backup = elsewhere.folder / "tidigare.zip"
    for command in (("migrate", "sessions", "zero"), ("backup", "--to", backup), ("migrate",)):
        answer = elsewhere.manage(*command)
        assert answer.returncode == 0, answer.stderr
    assert "sessions" not in manifest_of(backup)["facts"]["migrations"]
    elsewhere.rows("UPDATE members_federation SET seat = 'Sedan'")
    refused = elsewhere.manage("restore", backup)
    assert refused.returncode == 1
    assert "Databasen har redan förbund" in refused.stderr
    assert ("Sedan",) in elsewhere.rows("SELECT seat FROM members_federation")
    elsewhere.file.chmod(0o640)
    answer = elsewhere.manage("restore", backup, "--yes")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert ("Sedan",) not in elsewhere.rows("SELECT seat FROM members_federation")
    assert elsewhere.rows("SELECT COUNT(*) FROM django_session") == [(0,)], "migrated"
    [kept] = (elsewhere.folder / "backup").iterdir()
    assert str(kept) in answer.stdout
    assert "sessions" in manifest_of(kept)["facts"]["migrations"]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(elsewhere.file.stat().st_mode) == 0o640, "read by those who read the one before"


OLD_NAMES = {
    "gotland": "logotypes/märke.gif",
    "forbund-1": "logotypes/bara-i-mappen.png",
    "forbund-2": "logotypes/borta.png",
    "forbund-3": "logotypes/ingen-bild.svg",
    "forbund-4": "../finsam.sqlite3",
}


def test_logotypes_come_from_a_backup_of_when_they_were_files(elsewhere, restored):
    """Those that it lacks from the folder where they were. One that is none, or gone, is told of."""
    earlier, whole = elsewhere.folder / "filer.zip", elsewhere.folder / "filer-med.zip"
    assert elsewhere.manage("migrate", "members", "0006_access_log").returncode == 0
    for slug, name in OLD_NAMES.items():
        elsewhere.rows(f"UPDATE members_federation SET logotype = '{name}' WHERE slug = '{slug}'")  # noqa: S608 - our own words
    assert elsewhere.manage("backup", "--to", earlier).returncode == 0
    file = file_of(photograph(), "GIF", comment=b"Karin Ek")
    rewritten(
        earlier,
        whole,
        {f"media/{OLD_NAMES['gotland']}": file, f"media/{OLD_NAMES['forbund-3']}": b"<svg onload=alert(1)>"},
    )
    (elsewhere.folder / "media" / "logotypes").mkdir(parents=True)
    only_there = elsewhere.folder / "media" / OLD_NAMES["forbund-1"]
    only_there.write_bytes(drawn(8))
    answer = elsewhere.manage("restore", whole, "--replace")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert logotypes(elsewhere) == {
        "gotland": reencoded(file).content,
        "forbund-1": reencoded(drawn(8)).content,
    }
    for slug, why in {
        "forbund-2": "(logotypes/borta.png) följde inte med. Filen finns inte.",
        "forbund-3": "(logotypes/ingen-bild.svg) följde inte med. Filen är en SVG-bild",
        "forbund-4": "(../finsam.sqlite3) följde inte med.",
    }.items():
        assert f"Logotypen för {slug} {why}" in answer.stderr
    assert only_there.read_bytes() == drawn(8), "what was there is left"


# -- what a backup is --------------------------------------------------------------------------------


def manifest_of(path: Path) -> dict[str, Any]:
    with ZipFile(path) as file:
        return json.loads(file.read("manifest.json"))


def test_the_manifest_says_what_it_is(saved):
    manifest = manifest_of(saved.path)
    assert manifest["form"] == "finsam-backup-1"
    assert manifest["kind"] == connection.vendor
    assert manifest["server"][0].isdigit()
    assert manifest["made_at"].endswith("+00:00")
    assert manifest["facts"]["chains"]["gotland"] == saved.versions[-1][0]
    assert manifest["facts"]["migrations"]["plans"] == saved.before.migrations["plans"]
    assert set(manifest["parts"]) == {engine().part}


def test_a_backup_is_for_its_owner_only_and_nothing_is_left_beside(saved):
    assert stat.S_IMODE(saved.path.stat().st_mode) == 0o600
    assert {path.name for path in saved.path.parent.iterdir()} == {"en.zip"}


def said(*arguments: object, **options: Any) -> str:
    with pytest.raises(CommandError) as told:
        call_command(*map(str, arguments), **options, stdout=StringIO())
    return str(told.value)


def test_a_file_that_is_there_is_not_written_over(saved):
    content = saved.path.read_bytes()
    assert "finns redan och skrivs inte över" in said("backup", to=saved.path)
    assert saved.path.read_bytes() == content


def test_a_backup_that_fails_leaves_no_file(database, tmp_path, monkeypatch):
    def fail() -> str:
        raise BackupError("Disken är full.")

    monkeypatch.setattr(making, "commit", fail)
    assert said("backup", to=tmp_path / "en.zip") == "Disken är full."
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_none_is_told(tmp_path):
    (tmp_path / "fil").write_text("")
    for folder in ("fil", "saknas"):
        assert said("backup", to=tmp_path / folder / "en.zip") == f"Mappen {tmp_path / folder} finns inte."
    assert "det går inte att skriva där" in said("backup", to=Path("/proc/en.zip"))


def test_old_backups_go_and_other_files_stay(database, tmp_path):
    old = [tmp_path / f"finsam-2025010{day}T030000Z.zip" for day in range(1, 5)]
    others = [tmp_path / "finsam-viktig.zip", tmp_path / "annat.txt"]
    for path in (*old, *others):
        path.write_text("")
    out = StringIO()
    call_command("backup", to=tmp_path, keep=3, stdout=out)
    left = set(tmp_path.iterdir())
    assert left > {*old[2:], *others}
    assert len(left) == 5
    assert out.getvalue().count("Borttagen") == 2
    assert "minst en" in said("backup", to=tmp_path, keep=0)
    assert "en mapp" in said("backup", to=tmp_path / "en.zip", keep=3)


# -- what is not restored ----------------------------------------------------------------------------


def rewritten(backup: Path, path: Path, parts: dict[str, bytes], **manifest: object) -> Path:
    with ZipFile(backup) as file, path.open("wb") as made:
        writer = Writer(made)
        names = [name for name in file.namelist() if name != "manifest.json"]
        for name, content in ({each: file.read(each) for each in names} | parts).items():
            writer.put(name, [content])
        writer.finish({**manifest_of(backup), **manifest})
    return path


@pytest.fixture
def here(database, settings, tmp_path) -> Federation:
    """What is in the database that somebody tries to replace."""
    settings.DATA_DIR = tmp_path
    return people.federation("finns-har")


def unharmed() -> bool:
    return Federation.objects.filter(slug="finns-har").exists() and missing_triggers() == []


def test_a_damaged_backup_is_refused(saved, here, tmp_path):
    path = tmp_path / "skadad.zip"
    for content in damaged(saved.path):
        path.write_bytes(content)
        assert "skadad" in said("restore", path, replace=True)
    path.write_bytes(saved.path.read_bytes()[:-2000])
    assert "skadad" in said("restore", path, replace=True)
    path.write_bytes(b"")
    assert "skadad" in said("restore", path, replace=True)
    assert "finns inte" in said("restore", tmp_path / "saknas.zip")
    assert unharmed()


def test_a_backup_of_a_newer_finsam_is_refused(saved, here, tmp_path):
    known = manifest_of(saved.path)["facts"]
    later = {**known, "migrations": {**known["migrations"], "plans": "9999_later"}}
    told = said("restore", rewritten(saved.path, tmp_path / "a.zip", {}, facts=later), replace=True)
    assert "plans.9999_later" in told
    assert "Uppgradera" in told
    assert "finsam-backup-2" in said(
        "restore", rewritten(saved.path, tmp_path / "b.zip", {}, form="finsam-backup-2"), replace=True
    )
    assert unharmed()


def test_a_backup_of_the_other_database_is_refused(saved, here, tmp_path):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    told = said("restore", rewritten(saved.path, tmp_path / "a.zip", {}, kind=other), replace=True)
    assert "export_federation" in told
    assert unharmed()


def test_a_database_that_is_not_what_the_manifest_says_is_refused(saved, here, tmp_path):
    """The old one is in place again, guards and all."""
    wrong = {**manifest_of(saved.path)["facts"], "versions": 7}
    told = said("restore", rewritten(saved.path, tmp_path / "a.zip", {}, facts=wrong), replace=True)
    assert "inte det som förteckningen säger" in told
    nonsense = rewritten(saved.path, tmp_path / "b.zip", {engine().part: b"not a database"})
    said("restore", nonsense, replace=True)
    assert unharmed()


def test_a_restore_that_fails_at_the_end_leaves_the_old_database(saved, here, monkeypatch):
    def fail(*arguments: object, **options: object) -> None:
        raise BackupError("Strömmen gick.")

    monkeypatch.setattr(restoring, "call_command", fail)
    assert said("restore", saved.path, replace=True) == "Strömmen gick."
    assert unharmed()
    people.federation("efter")  # keys go on from where they were


def test_a_database_that_others_use_is_not_replaced(saved, here, monkeypatch):
    for engine_ in (sqlite, postgresql):
        monkeypatch.setattr(engine_, "SECONDS_TO_WAIT", 0.1)
    with closing(connections.create_connection("default")) as other, other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT slug FROM members_federation")
        assert "Stoppa Finsam och försök igen: inget är ändrat" in said("restore", saved.path, replace=True)
    assert unharmed()


# -- the database's own tools ------------------------------------------------------------------------


def test_a_tool_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(programs, "_candidates", lambda name: [])
    with pytest.raises(BackupError, match="^pg_dump finns inte.*postgresql-client-15"):
        programs.program("pg_dump", 15)


def tool(folder: Path, version: str) -> Path:
    folder.mkdir()
    path = folder / "pg_dump"
    path.write_text(f'#!/bin/sh\necho "pg_dump (PostgreSQL) {version}"\n')
    path.chmod(0o700)
    return path


def test_a_tool_older_than_the_server_is_not_used_and_the_nearest_newer_is(tmp_path, monkeypatch):
    old, exact, new = (tool(tmp_path / each, f"{each}.4") for each in ("14", "16", "18"))
    monkeypatch.setattr(programs, "_candidates", lambda name: [old, new, exact])
    assert programs.program("pg_dump", 16) == exact
    assert programs.program("pg_dump", 17) == new
    with pytest.raises(BackupError, match=r"äldre \(version 18\) än databasservern \(version 19\)"):
        programs.program("pg_dump", 19)


def test_a_password_is_not_seen_among_the_processes():
    known = {
        "HOST": "db",
        "PORT": 5432,
        "USER": "finsam",
        "PASSWORD": "hemligt",
        "OPTIONS": {"sslmode": "require"},
    }
    assert programs.environment(known) == {
        "PGHOST": "db",
        "PGPORT": "5432",
        "PGUSER": "finsam",
        "PGPASSWORD": "hemligt",
        "PGSSLMODE": "require",
    }


def test_what_a_tool_says_when_it_fails_is_told(tmp_path):
    path = tmp_path / "pg_dump"
    path.write_text("#!/bin/sh\necho 'FATAL: no such database' >&2\nexit 1\n")
    path.chmod(0o700)
    settings_ = {"HOST": "", "PORT": "", "USER": "", "PASSWORD": "", "OPTIONS": {}}
    with pytest.raises(BackupError, match="pg_dump misslyckades: FATAL: no such database"):
        programs.run([path], settings_)
