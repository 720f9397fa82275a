"""Finsam starts when its settings are complete and safe, and otherwise says what is wrong.

The settings are read once, from the environment. What starts or does not is a process of its own, which takes
seconds; what the settings then are is read in this one.
"""

import os
import subprocess
import sys
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection

from finsam.safety import current_problems, problems
from members.views import federations as views
from tests.members import people

KEY = "x" * 50
PRODUCTION = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "finsam.example.se"}
LOCAL = {"SECRET_KEY": KEY, "ENVIRONMENT": "local"}


def run(command: list[str], environment: dict[str, str], data_dir: Path) -> subprocess.CompletedProcess[str]:
    """A command with nothing in its environment but this, and data of its own."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={"FINSAM_DATA_DIR": str(data_dir), "PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def python(code: str, environment: dict[str, str], data_dir: Path) -> str:
    """What the code prints, with Django set up."""
    start = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'finsam.settings'; import django; django.setup()"
    )
    done = run(["-c", f"{start}\n{code}"], environment, data_dir)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# -- what is a problem -------------------------------------------------------------------------------

SAFE = {
    "environment": "production",
    "secret_key": KEY,
    "debug": False,
    "allowed_hosts": ["finsam.example.se"],
}


@pytest.mark.parametrize(
    "settings",
    [
        SAFE,
        {**SAFE, "secret_key": "x" * 32},
        {**SAFE, "allowed_hosts": [".example.se", "finsam.example.se"]},
        {**SAFE, "environment": "local"},
        {**SAFE, "environment": "local", "debug": True, "allowed_hosts": []},
        {**SAFE, "environment": "local", "allowed_hosts": ["*"]},
    ],
)
def test_safe_settings_are_no_problem(settings):
    assert problems(**settings) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"secret_key": ""}, "SECRET_KEY saknas."),
        ({"secret_key": "x" * 31}, "SECRET_KEY är för kort. Den ska ha minst 32 tecken."),
        ({"secret_key": "", "environment": "local"}, "SECRET_KEY saknas."),
        ({"secret_key": "hemlig", "environment": "local"}, "SECRET_KEY är för kort."),
        ({"debug": True}, "DEBUG är på i produktion"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS saknas."),
        ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS är '*'."),
        ({"allowed_hosts": ["finsam.example.se", "*"]}, "ALLOWED_HOSTS är '*'."),
        ({"environment": "test"}, "ENVIRONMENT är 'test'. Den ska vara production (standard) eller local."),
        ({"environment": "Local"}, "ENVIRONMENT är 'Local'."),
    ],
)
def test_each_unsafe_setting_is_a_problem_of_its_own(change, sentence):
    (problem,) = problems(**{**SAFE, **change})
    assert problem.startswith(sentence)


def test_an_unknown_environment_is_held_to_what_production_needs():
    found = problems(environment="test", secret_key="", debug=True, allowed_hosts=[])
    assert [problem.split()[0] for problem in found] == [
        "ENVIRONMENT",
        "SECRET_KEY",
        "DEBUG",
        "ALLOWED_HOSTS",
    ]


# -- it starts ---------------------------------------------------------------------------------------


def test_a_complete_production_serves_the_sign_in_page_over_https_only(tmp_path):
    """From an empty folder by the commands in docs/operation.md, through the WSGI application."""
    for command in (
        ["migrate", "--verbosity", "0"],
        ["collectstatic", "--no-input", "--verbosity", "0"],
    ):
        done = run(["manage.py", *command], PRODUCTION, tmp_path)
        assert done.returncode == 0, done.stderr
    code = """
import finsam.wsgi
from django.test import Client
for secure in (False, True):
    answer = Client().get("/logga-in/", secure=secure, headers={"host": "finsam.example.se"})
    print(answer.status_code, answer.get("Location"), answer.get("Strict-Transport-Security"))
print(answer.cookies["__Host-csrftoken"]["secure"])
"""
    assert python(code, PRODUCTION, tmp_path).splitlines() == [
        "301 https://finsam.example.se/logga-in/ None",
        "200 None max-age=31536000; includeSubDomains; preload",
        "True",
    ]


@pytest.mark.parametrize("environment", [PRODUCTION, LOCAL, {**LOCAL, "DEBUG": "1"}])
def test_the_checks_pass_when_everything_is_set(tmp_path, environment):
    done = run(["manage.py", "check"], environment, tmp_path)
    assert done.returncode == 0, done.stderr


def test_djangos_own_list_for_production_has_nothing_to_add(tmp_path):
    key = {"SECRET_KEY": "".join(map(chr, range(40, 110)))}
    done = run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION | key, tmp_path)
    assert done.returncode == 0, done.stderr


def test_mail_goes_where_the_environment_says(tmp_path):
    code = """
from django.conf import settings as s
print(s.EMAIL_BACKEND.split(".")[-2], s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD)
print(s.EMAIL_USE_TLS, s.DEFAULT_FROM_EMAIL)
"""
    mail = {
        "EMAIL_URL": "submission://finsam%40example.se:hem%3Alig@post.example.se",
        "EMAIL_FROM": "f@example.se",
    }
    assert python(code, {**PRODUCTION, **mail}, tmp_path).splitlines() == [
        "smtp post.example.se 587 finsam@example.se hem:lig",
        "True f@example.se",
    ]
    assert python(code, PRODUCTION, tmp_path).startswith("console ")


def test_the_session_cookie_in_production_is_for_this_very_site_over_https(tmp_path):
    code = """
from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH)
print(s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.ADMIN_SECOND_FACTOR)
"""
    assert python(code, PRODUCTION, tmp_path).splitlines() == [
        "__Host-finsam-session True None /",
        "True Lax True",
    ]


# -- it refuses --------------------------------------------------------------------------------------

UNSAFE = [
    ({}, ["SECRET_KEY saknas.", "ALLOWED_HOSTS saknas."]),
    ({"SECRET_KEY": KEY}, ["ALLOWED_HOSTS saknas."]),
    ({**PRODUCTION, "DEBUG": "1"}, ["DEBUG är på i produktion; felsidor skulle visa hemligheter."]),
    ({**PRODUCTION, "ALLOWED_HOSTS": "*"}, ["ALLOWED_HOSTS är '*'."]),
    ({**PRODUCTION, "SECRET_KEY": "hemlig"}, ["SECRET_KEY är för kort. Den ska ha minst 32 tecken."]),
    ({**PRODUCTION, "ENVIRONMENT": "prod"}, ["ENVIRONMENT är 'prod'."]),
    ({"ENVIRONMENT": "local"}, ["SECRET_KEY saknas."]),
]


NO_DATABASE = {"default": {"ENGINE": "django.db.backends.dummy"}}


def settings_in(environment: dict[str, str], data_dir: Path, monkeypatch) -> dict[str, object]:
    """What the settings are in this environment and nothing else, read in this process: that is fast."""
    for name in set(os.environ) - {"PATH"}:
        monkeypatch.delenv(name)
    for name, value in ({"FINSAM_DATA_DIR": str(data_dir)} | environment).items():
        monkeypatch.setenv(name, value)
    return run_path(str(settings.BASE_DIR / "finsam" / "settings.py"))


@pytest.mark.parametrize(("environment", "sentences"), UNSAFE, ids=lambda value: ",".join(value)[:40])
def test_every_problem_of_unsafe_settings_is_told_and_there_is_no_database(
    tmp_path, monkeypatch, environment, sentences
):
    read = settings_in(environment, tmp_path, monkeypatch)
    monkeypatch.setattr("django.conf.settings", SimpleNamespace(**read))
    told = current_problems()
    assert len(told) == len(sentences)
    for problem, sentence in zip(told, sentences, strict=True):
        assert problem.startswith(sentence)
    assert read["DATABASES"] == NO_DATABASE


@pytest.mark.parametrize(
    "command", [["manage.py", "check"], ["-c", "import finsam.wsgi"]], ids=["check", "wsgi"]
)
@pytest.mark.parametrize(("environment", "sentences"), UNSAFE[:3:2], ids=lambda value: ",".join(value)[:40])
def test_nothing_starts_with_unsafe_settings(tmp_path, command, environment, sentences):
    done = run(command, environment, tmp_path)
    assert done.returncode != 0
    for sentence in sentences:
        assert sentence in done.stderr


def test_the_database_is_not_touched_either(tmp_path):
    done = run(["manage.py", "migrate"], {}, tmp_path)
    assert done.returncode != 0
    assert "SECRET_KEY saknas." in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_budget_can_be_checked_without_any_settings(tmp_path):
    """`check_budget` neither serves nor writes: it works where nothing is installed."""
    done = run(
        ["manage.py", "check_budget", "fixtures/gotland/budget-2021.json"],
        {},
        tmp_path,
    )
    assert done.returncode == 1
    assert "Underskott 2021" in done.stdout
    assert not list(tmp_path.iterdir())


# -- the database ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_no_request_is_one_long_transaction(monkeypatch):
    """In one, a page that is only read would keep everybody else from writing in SQLite."""
    in_transaction = []

    def seen(user):
        in_transaction.append(connection.in_atomic_block)
        return []

    monkeypatch.setattr(views, "accesses", seen)
    assert people.client_of(people.user()).get("/").status_code == 200
    assert in_transaction == [False]


def test_sqlite_writes_ahead_so_that_readers_do_not_wait(tmp_path):
    code = """
from django.db import connection
with connection.cursor() as cursor:
    for pragma in ("journal_mode", "synchronous", "foreign_keys"):
        print(*cursor.execute(f"PRAGMA {pragma}").fetchone())
print(connection.settings_dict["NAME"])
"""
    full, on = "2", "1"
    database = str(tmp_path / "finsam.sqlite3")
    assert python(code, LOCAL, tmp_path).splitlines() == ["wal", full, on, database]


def test_a_sqlite_transaction_takes_its_lock_when_it_begins(tmp_path):
    """So that it waits its turn there, instead of failing half way."""
    code = """
import sqlite3
from django.db import connection, transaction
with transaction.atomic():
    connection.ensure_connection()
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        print(error)
    print(*other.execute("SELECT 'reads on'").fetchone())
"""
    assert python(code, LOCAL, tmp_path).splitlines() == ["database is locked", "reads on"]


UNREADABLE = [
    ("DEBUG", "kanske"),
    ("DATABASE_URL", "skräp"),
    ("SECURE_HSTS_SECONDS", "abc"),
    ("LOG_LEVEL", "HEJ"),
    ("BEHIND_PROXY", "kanske"),
    ("EMAIL_URL", "skräp"),
    ("EMAIL_URL", "brevduva://värd"),
    ("SESSION_HOURS", "0"),
    ("OIDC_TRUST_EMAIL", "kanske"),
]


@pytest.mark.parametrize(("name", "value"), UNREADABLE)
def test_a_value_that_cannot_be_understood_is_a_problem_of_its_own(tmp_path, monkeypatch, name, value):
    read = settings_in({**PRODUCTION, name: value}, tmp_path, monkeypatch)
    assert read["UNREADABLE"] == [name]
    assert read["DATABASES"] == NO_DATABASE


def test_each_value_that_cannot_be_understood_is_named(tmp_path):
    """All in one process: what is told of one does not hide another."""
    done = run(["manage.py", "check"], {**PRODUCTION, **dict(UNREADABLE)}, tmp_path)
    assert done.returncode == 1
    for name, _ in UNREADABLE:
        assert f"{name} har ett värde som inte går att förstå." in done.stderr
    assert "Traceback" not in done.stderr
