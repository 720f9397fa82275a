"""Finsam runs in production as docs/operation.md and the files in docs/operation/ say."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.db import connection

from finsam import database
from tests.members import people
from tests.services.nodes import ENVIRONMENT, database_url

FOLDER = settings.BASE_DIR / "docs" / "operation"
GUIDE = (settings.BASE_DIR / "docs" / "operation.md").read_text()
UNITS = sorted(FOLDER.glob("finsam*.service"))
KEY = ENVIRONMENT["SECRET_KEY"]


def example() -> dict[str, str]:
    """The environment of env.example, with a key of one's own."""
    lines = [line for line in (FOLDER / "env.example").read_text().splitlines() if line and line[0] != "#"]
    return {**dict(line.split("=", 1) for line in lines), "SECRET_KEY": KEY}


def run(
    *command: str, where: Path = settings.BASE_DIR, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A command with nothing in its environment but this; a warning of Python's is an error."""
    return subprocess.run(
        [sys.executable, "-W", "error", *command],
        cwd=where,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


# -- the environment ---------------------------------------------------------------------------------


def test_djangos_list_for_production_has_nothing_to_say_of_the_example():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **example())
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_the_example_does_not_start_before_it_has_a_key_of_its_own():
    done = run("manage.py", "check", **example() | {"SECRET_KEY": ""})
    assert done.returncode == 1
    assert "SECRET_KEY saknas." in done.stderr


def test_the_example_means_the_same_to_systemd_and_to_podman():
    """Which treat quotation marks and spaces each in their own way."""
    for name, value in example().items():
        assert name == "SECRET_KEY" or re.fullmatch(r"[\w.:/@%,-]*", value, re.ASCII), name


def test_every_variable_that_is_read_stands_in_the_guide_and_no_other():
    code = (settings.BASE_DIR / "finsam" / "settings.py").read_text()
    read = set(re.findall(r'(?:env\.\w+(?:\(|, )|understood\(\w+, )"([A-Z_]+)"', code))
    read |= set(re.findall(r'"(OIDC_[A-Z_]+)"', code))
    read |= set(re.findall(r'environ\.get\("(\w+)"', (FOLDER / "gunicorn.conf.py").read_text()))
    in_guide = set(re.findall(r"`([A-Z][A-Z_]+)`", "".join(re.findall(r"^\| (`[^|]*) \|", GUIDE, re.M))))
    assert in_guide == read
    in_example = set(re.findall(r"^#?([A-Z_]+)=", (FOLDER / "env.example").read_text(), re.M))
    assert in_example <= read


def test_values_that_cannot_be_right_are_named_and_nothing_starts():
    wrong = {
        "SECRET_KEY_FALLBACKS": f"{KEY},kort",
        "ACCESSIBILITY_CONTACT": "ingen adress",
        "ACCESS_LOG_MONTHS": "0",
        "DATABASE_SECONDS": "-1",
    }
    done = run("manage.py", "check", **ENVIRONMENT, **wrong)
    assert done.returncode == 1
    for name in wrong:
        assert f"{name} har ett värde som inte går att förstå." in done.stderr


# -- systemd and the container -----------------------------------------------------------------------


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_what_exists_and_not_as_root(unit):
    lines = unit.read_text().splitlines()
    assert {"User=finsam", "NoNewPrivileges=yes", "ProtectSystem=strict"} <= set(lines)
    commands = [line.removeprefix("ExecStart=").split() for line in lines if line.startswith("ExecStart=")]
    assert commands
    for program, *arguments in commands:
        assert program.startswith("/srv/finsam/current/.venv/bin/")
        if arguments[0] == "manage.py":
            load_command_class(get_commands()[arguments[1]], arguments[1]).create_parser("", "").parse_args(
                arguments[2:]
            )
        else:
            assert (settings.BASE_DIR / arguments[arguments.index("--config") + 1]).is_file()


def test_every_command_in_the_guide_exists():
    named = set(re.findall(r"(?:manage\.py|^finsam) ([a-z_]+)", GUIDE, re.M))
    assert {"migrate", "collectstatic", "createsuperuser", "verify_versions"} <= named
    assert named <= get_commands().keys()


def test_every_file_in_the_guide_exists():
    named = set(re.findall(r"docs/operation/([\w.-]+\w)", GUIDE)) | set(
        re.findall(r"\(operation/([^)]+)\)", GUIDE)
    )
    assert named == {file.name for file in FOLDER.iterdir() if file.is_file()}


def copied() -> list[tuple[str, str]]:
    """What the Containerfile takes from the checkout, and where it is put."""
    lines = (FOLDER / "Containerfile").read_text().splitlines()
    rows = [line.split() for line in lines if line.startswith("COPY ") and "--from" not in line]
    return [(what, where) for _, what, where in rows if not where.startswith("/tmp/")]


def test_the_container_has_all_that_finsam_needs(tmp_path):
    """Its files alone make a page: no app, template or style sheet is missing."""
    for what, where in copied():
        source, target = settings.BASE_DIR / what, tmp_path / where
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    page = (
        "import django; django.setup(); from django.test import Client; "
        "print(Client().get('/logga-in/', headers={'host': 'localhost'}).content.decode())"
    )
    local = {"ENVIRONMENT": "local", "SECRET_KEY": KEY, "FINSAM_STATIC_DIR": str(tmp_path)}
    done = run("-c", page, where=tmp_path, DJANGO_SETTINGS_MODULE="finsam.settings", **local)
    assert (done.returncode, done.stderr) == (0, "")
    assert "<h1>Logga in</h1>" in done.stdout


def test_the_container_has_nothing_of_ones_own_and_does_not_run_as_root():
    """No database, key or history: what is copied is named, and nothing else is let in to the building."""
    assert not {".", "./", "*", ".git", "var", "tests"} & {what for what, _ in copied()}
    ignored = (FOLDER / "Containerfile.containerignore").read_text().splitlines()
    assert ignored[0] == "*"
    assert {line[1:] for line in ignored if line[0] == "!"} == {what for what, _ in copied()} | {
        "requirements/run.txt"
    }
    lines = (FOLDER / "Containerfile").read_text().splitlines()
    assert (
        "USER finsam" in lines[lines.index(next(line for line in lines if line.startswith("RUN SECRET"))) :]
    )


# -- the database ------------------------------------------------------------------------------------


def test_on_sqlite_a_change_is_on_the_disk_before_it_is_answered(tmp_path):
    code = (
        "import django; django.setup(); from django.db import connection; "
        "print(connection.cursor().execute('PRAGMA synchronous').fetchone()[0])"
    )
    done = run(
        "-c", code, DJANGO_SETTINGS_MODULE="finsam.settings", FINSAM_DATA_DIR=str(tmp_path), **ENVIRONMENT
    )
    full = "2"
    assert done.stdout.strip() == full, done.stderr


@pytest.mark.django_db
def test_postgresql_ends_what_has_taken_too_long_for_the_server_and_lets_commands_take_their_time():
    if connection.vendor != "postgresql":
        assert database.options(database.SQLITE, {}, 7) is database.SQLITE_OPTIONS
        return
    address = database_url(connection.settings_dict)
    asked = "SHOW statement_timeout", "SHOW idle_in_transaction_session_timeout", "SHOW search_path"
    for seconds, expected in ((7, ["7s", "7s", "public"]), (0, ["0", "0", "public"])):
        given = {"options": "-c search_path=public"}
        with psycopg.connect(address, **database.options(database.POSTGRESQL, given, seconds)) as server:
            assert [server.execute(each).fetchone()[0] for each in asked] == expected


# -- keys --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nobody_is_signed_out_while_the_key_is_changed(settings):
    karin, bo = people.client_of(people.user()), people.client_of(people.user())
    old, settings.SECRET_KEY = settings.SECRET_KEY, "en annan nyckel " * 3
    settings.SECRET_KEY_FALLBACKS = [old]
    assert karin.get("/").status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert karin.get("/").status_code == 200  # who came by meanwhile has been given the new key
    assert bo.get("/")["Location"].startswith("/logga-in/")


def test_old_keys_are_read_from_the_environment():
    code = "from django.conf import settings; print(settings.SECRET_KEY_FALLBACKS)"
    older = f"{KEY[::-1]},{KEY.lower()}"
    done = run(
        "-c", code, DJANGO_SETTINGS_MODULE="finsam.settings", SECRET_KEY_FALLBACKS=older, **ENVIRONMENT
    )
    assert done.stdout.strip() == repr(older.split(",")), done.stderr
