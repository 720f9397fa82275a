"""What is logged: one line of JSON for each thing, telling enough to find it and nothing that is private."""

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from django.utils.functional import SimpleLazyObject

from finsam.log_filter import WithoutSecrets
from finsam.log_format import JsonLines, PlainLines
from finsam.request_ids import CURRENT, HEADER, Current
from finsam.request_log import AboutRequest
from members.views import federations as views
from tests.members import people
from tests.members.people import client_of
from tests.services.nodes import ENVIRONMENT, HOST

FORGED = 'x\n{"level":"ERROR"}\r\nERROR påhittad\x1b[2J\u2028ERROR påhittad\x85ERROR påhittad\u202eDATTIHÅP'

logger = logging.getLogger("finsam.test")


class Log:
    """Everything that is written from now on, as the formatter writes it."""

    def __init__(self, formatter: logging.Formatter) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(formatter)
        for each in (WithoutSecrets(), AboutRequest()):
            self.handler.addFilter(each)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def lines(self, logger: str = "") -> list[dict[str, Any]]:
        """Fails when a line is not one object of JSON."""
        lines = [json.loads(line) for line in self.text.split("\n")[:-1]]
        return [line for line in lines if line["logger"].startswith(logger)]

    def request(self) -> dict[str, Any]:
        """The line of the one request."""
        (line,) = self.lines("finsam.request")
        return line


def written(formatter: logging.Formatter) -> Iterator[Log]:
    requests = logging.getLogger("finsam.request")
    was, log = requests.level, Log(formatter)
    logging.getLogger().addHandler(log.handler)
    requests.setLevel(logging.INFO)
    yield log
    requests.setLevel(was)
    logging.getLogger().removeHandler(log.handler)


@pytest.fixture
def log() -> Iterator[Log]:
    """As on a server."""
    yield from written(JsonLines())


@pytest.fixture
def local_log() -> Iterator[Log]:
    """As on one's own machine."""
    yield from written(PlainLines())


# -- what a line tells -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_request_is_one_line(log):
    karin = people.user(name="Karin Ek")
    client = client_of(karin)
    began = datetime.now().astimezone()
    answer = client.get("/?sok=Karin&email=karin%40example.se")
    line = log.request()
    assert timedelta(0) <= datetime.fromisoformat(line.pop("time")) - began < timedelta(minutes=1)
    assert 0 < line.pop("duration_ms") < 60_000
    assert line == {
        "level": "INFO",
        "logger": "finsam.request",
        "message": "GET / 200",
        "request_id": answer[HEADER],
        "user": karin.pk,
        "method": "GET",
        "path": "/",
        "status": 200,
    }
    for private in ("Karin", "karin", karin.email, "127.0.0.1"):
        assert private not in log.text


@pytest.mark.django_db
def test_an_error_tells_what_broke_under_the_same_id(log, monkeypatch):
    def broken(user):
        raise RuntimeError("summan stämmer inte")

    monkeypatch.setattr(views, "accesses", broken)
    karin = people.user()
    client = client_of(karin)
    client.raise_request_exception = False
    answer = client.get("/?sok=hemligt")
    (error,) = log.lines("django.request")
    assert (error["level"], error["request_id"], error["user"]) == ("ERROR", answer[HEADER], karin.pk)
    assert error["exception"].endswith("RuntimeError: summan stämmer inte")
    assert "in my_federations" in error["exception"]
    assert log.request()["status"] == 500
    assert "hemligt" not in log.text


@pytest.mark.django_db
def test_each_request_has_its_own_id_and_user_and_nothing_is_left_between_them(log):
    karin, bo = people.user(), people.user()
    ids = [client_of(each).get("/")[HEADER] for each in (karin, bo)]
    logger.warning("mellan två frågor")
    seen = [(line.get("request_id"), line.get("user")) for line in log.lines("finsam")]
    assert seen == [(ids[0], karin.pk), (ids[1], bo.pk), (None, None)]


def test_nobody_is_looked_up_in_order_to_be_logged(log):
    """Least of all when what is logged is that the database is away."""
    request = HttpRequest()
    request.user = SimpleLazyObject(lambda: pytest.fail("asked for"))
    CURRENT.set(Current(request, "abc"))
    logger.warning("Databasen svarar inte")
    CURRENT.set(None)
    (line,) = log.lines("finsam.test")
    assert line["request_id"] == "abc"
    assert "user" not in line


@pytest.mark.django_db
def test_probes_and_style_sheets_that_go_well_are_not_noted(log):
    Client().get("/halsa/")
    Client().get("/static/finsam/finsam.css").close()
    assert log.text == ""
    assert Client().get("/static/finns-inte.css").status_code == 404
    assert log.request()["path"] == "/static/finns-inte.css"


@pytest.mark.django_db
def test_the_secret_of_an_address_is_in_no_part_of_a_line(log, local_log):
    assert Client().put("/inbjudan/hemlig-nyckel/").status_code == 405
    try:
        raise ValueError('https://finsam.example.se/inbjudan/hemlig-nyckel/"')
    except ValueError:
        logger.exception("Gick inte")
    assert log.request()["path"] == "/inbjudan/***/"
    assert "/inbjudan/***/" in log.lines("finsam.test")[0]["exception"]
    for each in (log, local_log):
        assert each.text.count("/inbjudan/***/") >= 3
        assert "hemlig-nyckel" not in each.text


# -- what nobody can make it tell --------------------------------------------------------------------


def forged_everywhere() -> None:
    """Somebody else's text in the message, in what goes with it, and in an error."""
    logger.warning("Läste %s", FORGED)
    try:
        raise ValueError(FORGED)
    except ValueError:
        logger.exception(FORGED, extra={"path": FORGED, "status": FORGED, "level": FORGED})


def test_what_somebody_sends_cannot_begin_a_line_of_its_own(log):
    forged_everywhere()
    assert [line["level"] for line in log.lines()] == ["WARNING", "ERROR"]
    assert log.lines()[0]["message"] == f"Läste {FORGED}"
    assert log.lines()[1]["path"] == FORGED
    assert len(log.text.splitlines()) == 2
    assert log.text.isascii()
    assert "\x1b" not in log.text


def test_nor_on_ones_own_machine(local_log):
    forged_everywhere()
    lines = local_log.text.splitlines()
    assert [line for line in lines if not line.startswith("    ")] == ["Läste x", "x"]
    assert not {"\x1b", "\x85", "\u2028", "\u202e", "\r"} & set(local_log.text)
    assert "    ERROR påhittad\\x1b[2J" in lines


@pytest.mark.django_db
def test_an_address_with_a_line_break_in_it_is_one_line(log):
    assert Client().get('/finns-inte%0A%7B"level":"ERROR"%7D%0D%0AERROR/').status_code == 404
    assert log.request()["path"] == '/finns-inte\n{"level":"ERROR"}\r\nERROR/'
    assert len(log.text.splitlines()) == len(log.lines())


def test_only_what_is_meant_to_is_told_whatever_a_record_carries(log):
    logger.warning("Hej", extra={"request": "GET /?sok=hemligt", "email": "karin@example.se"})
    (line,) = log.lines()
    assert line.keys() == {"time", "level", "logger", "message"}


# -- where it is written -----------------------------------------------------------------------------


def test_in_production_each_line_is_json(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        f"Client().post('/halsa/?namn=Karin', secure=True, headers={{'host': {HOST!r}}})\n"
        "Client().get('/regler/', headers={'host': 'example.com\\n'})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "FINSAM_STATIC_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "finsam.settings",
            **ENVIRONMENT,
        },
        capture_output=True,
        text=True,
    )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert lines
    assert {"finsam.request", "django.request"} <= {line["logger"] for line in lines}
    assert all({"time", "level", "logger", "message", "request_id"} <= line.keys() for line in lines)
    assert "Karin" not in done.stderr
