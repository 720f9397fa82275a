"""The log as a file: the rows that the page shows, safe in a spreadsheet and whole for a program."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.log import reading
from plans.log.recording import WRITTEN
from plans.models import Plan, Version
from tests.members import people
from tests.members.shown_page import shown
from tests.plans import made_decisions as made
from tests.plans.access_world import budget_of
from tests.plans.made_versions import Readers
from tests.plans.test_log import day, many_reads

pytestmark = pytest.mark.django_db

LOG = "/norrby/logg/"
HEADS = ["Tid", "Slag", "Vem", "Vad", "Planår", "Version", "Text"]


@pytest.fixture(autouse=True)
def forget() -> None:
    WRITTEN.forget()


@pytest.fixture
def plan() -> Plan:
    return budget_of(people.federation(), 2021, "Norr")


@pytest.fixture
def version(plan) -> Version:
    return made.stored(plan)


@pytest.fixture
def auditor(plan):
    return Readers(plan.federation).client("auditor")


def fetched(client, name: str) -> bytes:
    answer = client.get(f"{LOG}{name}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_csv_file_has_a_mark_semicolons_and_local_time(version, auditor):
    made.move(version, action="submit", comment="Läs;\n”noga”.", **day(1)).save()
    content = fetched(auditor, "logg.csv")
    assert content.startswith(b"\xef\xbb\xbfTid;Slag;")
    head, row = lines(content)
    assert head == HEADS
    assert row == [
        "2020-09-01 09:00:00",
        "Planens väg",
        "Karin Ek",
        "skickade planen för 2021 till styrelsen som version 1",
        "2021",
        "1",
        "Läs;\n”noga”.",
    ]
    answer = auditor.get(f"{LOG}logg.csv")
    answer.getvalue()
    assert answer["Content-Disposition"] == 'attachment; filename="norrby-logg.csv"'
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_is_taken_for_a_formula(version, auditor, begins):
    nasty = f"{begins}HYPERLINK(1)"
    made.answer(version, member_name=nasty, text=nasty, **{**day(1), "by_name": nasty}).save()
    made.event(version, kind="published", where=nasty, note=nasty, **day(2)).save()
    for row in lines(fetched(auditor, "logg.csv")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row), row


def test_the_json_file_says_the_same_as_data(version, auditor):
    made.move(version, action="send_back", to_state="draft", comment="Räkna ”om”.", **day(1)).save()
    made.decision(version, **day(2)).save()
    found = json.loads(fetched(auditor, "logg.json"))
    assert (found["form"], found["federation"]) == ("finsam-logg-1", "norrby")
    decision, move = found["rows"]
    assert move == {
        "at": "2020-09-01T09:00:00+02:00",
        "kind": "vagen",
        "action": "send_back",
        "by": "Karin Ek",
        "what": "återförde planen för 2021 till utkast efter version 1",
        "plan_year": 2021,
        "version": 1,
        "text": "Räkna ”om”.",
    }
    assert (decision["kind"], decision["at"]) == ("beslut", "2020-09-02T09:00:00+02:00")


def test_an_empty_log_is_a_file_too(plan, auditor):
    assert lines(fetched(auditor, "logg.csv")) == [HEADS]
    assert json.loads(fetched(auditor, "logg.json?slag=beslut"))["rows"] == []


def test_it_has_what_is_asked_for_on_the_page(version, auditor):
    made.decision(version, **day(1)).save()
    made.event(version, **day(2)).save()
    page = shown(auditor.get(f"{LOG}?slag=beslut&ar=2021&vem=&fran=2020-09-01"))
    for link in page.one("span", css="log-files").all("a"):
        content = fetched(auditor, link.href.removeprefix(LOG)).decode()
        assert "fastställde" in content
        assert "antecknade" not in content


def test_what_cannot_be_understood_leads_to_the_page_that_says_so(plan, auditor):
    answer = auditor.get(f"{LOG}logg.csv?fran=x&slag=beslut")
    assert (answer.status_code, answer["Location"]) == (302, f"{LOG}?fran=x&slag=beslut")


def test_every_row_stands_in_it_once_and_is_read_a_few_at_a_time(version, auditor, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 100)
    many_reads(version, 0, 950)
    with CaptureQueriesContext(connection) as queries:
        found = json.loads(fetched(auditor, "logg.json?slag=lasning"))["rows"]
    times = [row["at"] for row in found]
    assert len(times) == len(set(times)) == 950
    assert times == sorted(times, reverse=True)
    assert len(queries) <= 20  # ten for the rows
    assert len(queries) >= 10
