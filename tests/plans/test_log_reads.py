"""Who has read what: one row an hour for each reader and thing, kept as long as was said, and no longer."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.utils import DatabaseError
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import RoleKind
from plans.log.recording import WRITTEN, note_read
from plans.log.retention import months_later
from plans.models import LoggedRead, Plan
from tests.members import people
from tests.plans import made_decisions as made
from tests.plans.access_world import answer_of, budget_of
from tests.plans.adoption_world import Clock
from tests.plans.made_versions import Readers, adopt, sent

pytestmark = pytest.mark.django_db

BASE = "/norrby/plan/2021/"


@pytest.fixture(autouse=True)
def forget() -> None:
    WRITTEN.forget()


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def plan() -> Plan:
    return budget_of(people.federation(), 2021, "Norr")


@pytest.fixture
def readers(plan) -> Readers:
    return Readers(plan.federation)


def logged() -> list[tuple[str, str, int | None, str]]:
    """What was read, the page or file, the version, and by whom."""
    fields = ("what", "name", "version__number", "by_name")
    return list(LoggedRead.objects.order_by("pk").values_list(*fields))


# -- what is logged ----------------------------------------------------------------------------------


def test_every_page_and_file_that_is_read_is_logged_with_its_reader(plan, readers):
    made.file(sent(plan, "board")).save()
    auditor = readers.client("auditor")
    for page in ("", "budget/", "budget/belopp/?rad=cost&kolumn=0", "anmarkningar/", "andringar/"):
        assert auditor.get(f"{BASE}version/1/{page}").status_code == 200
    auditor.get(f"{BASE}version/1/plan_pdf/")
    auditor.get("/norrby/logg/?slag=beslut")
    auditor.get("/norrby/logg/logg.csv").getvalue()
    auditor.get(f"{BASE}revisorspaket.zip").getvalue()
    assert logged() == [
        ("version_page", "version", 1, "Revisor"),
        ("version_page", "version_budget", 1, "Revisor"),
        ("version_page", "version_source", 1, "Revisor"),
        ("version_page", "version_findings", 1, "Revisor"),
        ("version_page", "version_changes", 1, "Revisor"),
        ("version_file", "plan_pdf", 1, "Revisor"),
        ("log_page", "", None, "Revisor"),
        ("log_file", "csv", None, "Revisor"),
        ("bundle", "", None, "Revisor"),
    ]
    assert set(LoggedRead.objects.values_list("federation", "plan_year")) == {
        (plan.federation.pk, 2021),
        (plan.federation.pk, None),
    }


def test_the_file_that_came_with_an_answer(plan, readers):
    version = sent(plan, "consultation")
    member = plan.federation.members.create(name="Region Norrby", kind="region")
    answer = answer_of(version, member, readers.user(RoleKind.DIRECTOR))
    client = readers.client("auditor")
    assert client.get(f"{BASE}samrad/svar/{answer.pk}/fil/").status_code == 200
    assert logged() == [("version_file", f"svar från {member.name}"[:30], 1, "Revisor")]


def test_the_decision_and_its_files(plan, readers, monkeypatch):
    version = sent(plan, "board")
    client = readers.client("observer")
    client.get(f"{BASE}beslut/")  # there is none
    assert logged() == []
    adopt(version)
    made.decision_file(version, kind="protocol_pdf").save()
    monkeypatch.setattr("plans.views.decision.decided._of_decision", lambda version, events: {})
    monkeypatch.setattr("plans.views.decision.decided.render", lambda *args, **more: HttpResponse())
    for page in ("beslut/", "version/1/beslut/", "version/1/beslut/protocol_pdf/"):
        assert client.get(f"{BASE}{page}").status_code == 200
    assert logged() == [
        ("decision_page", "", 1, "Observatör"),
        ("decision_file", "protocol_pdf", 1, "Observatör"),
    ]


def test_what_nobody_read_is_not_logged(plan, readers):
    sent(plan, "board")
    auditor, observer = readers.client("auditor"), readers.client("observer")
    assert observer.get(f"{BASE}version/1/").status_code == 403
    assert observer.get("/norrby/logg/").status_code == 403
    assert auditor.get(f"{BASE}version/9/").status_code == 404
    assert auditor.head(f"{BASE}version/1/").status_code == 200
    assert auditor.get(f"{BASE}version/1/", headers={"Sec-Purpose": "prefetch"}).status_code == 200
    assert auditor.get("/norrby/logg/?ar=1066").status_code == 422
    assert logged() == []


def test_a_file_that_the_browser_has_already_is_read_all_the_same(plan, readers):
    made.file(sent(plan, "board")).save()
    client = readers.client("auditor")
    address = f"{BASE}version/1/plan_pdf/"
    assert client.get(address, headers={"If-None-Match": f'"{made.HASH}"'}).status_code == 304
    assert len(logged()) == 1


# -- once an hour ------------------------------------------------------------------------------------


def test_the_same_read_again_within_the_hour_is_one_row(plan, readers, clock):
    sent(plan, "board")
    client = readers.client("auditor")
    times = []
    for minutes in (0, 10, 49, 11, 60):  # from noon: 12.00, 12.10, 12.59, 13.10, 14.10
        clock.time += timedelta(minutes=minutes)
        client.get(f"{BASE}version/1/")
        times = list(LoggedRead.objects.order_by("at").values_list("at", flat=True))
    noon = datetime(2020, 9, 15, 11, tzinfo=clock.time.tzinfo)
    assert times == [noon, noon + timedelta(minutes=70), noon + timedelta(minutes=130)]


def test_what_another_process_has_logged_is_not_logged_again(plan, readers):
    sent(plan, "board")
    client = readers.client("auditor")
    for _ in range(3):
        client.get(f"{BASE}version/1/")
        client.get("/norrby/logg/")
        client.get(f"{BASE}revisorspaket.zip").getvalue()
        WRITTEN.forget()
    assert sorted(what for what, *_ in logged()) == ["bundle", "log_page", "version_page"]


def test_it_costs_one_query_the_first_time_and_then_none(plan, readers):
    made.file(sent(plan, "board")).save()
    client = readers.client("auditor")
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{BASE}version/1/plan_pdf/")
        counts.append(len(queries))
    assert counts == [counts[1] + 1, counts[1], counts[1]]


@pytest.mark.parametrize("kind", ["", "plan_pdf/"])
def test_a_read_never_fails_for_the_logs_sake(plan, readers, monkeypatch, caplog, kind):
    made.file(sent(plan, "board")).save()

    def refused(*args: object, **options: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(LoggedRead.objects, "bulk_create", refused)
    assert readers.client("auditor").get(f"{BASE}version/1/{kind}").status_code == 200
    assert "could not be logged" in caplog.text
    monkeypatch.undo()
    assert readers.client("auditor").get(f"{BASE}version/1/{kind}").status_code == 200
    assert len(logged()) == 1


def test_no_more_is_known_of_the_reader_than_who_it_was(plan, readers):
    sent(plan, "board")
    readers.client("auditor").get(
        f"{BASE}version/1/", REMOTE_ADDR="203.0.113.7", headers={"User-Agent": "Firefox", "Referer": "/x/"}
    )
    stored = json.dumps(list(LoggedRead.objects.values()), default=str)
    assert not any(word in stored for word in ("203.0.113", "Firefox", "/x/", "sessionid"))


# -- how long ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2020, 9, 15), 24, date(2022, 9, 15)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2021, 3, 31), -1, date(2021, 2, 28)),
        (date(2020, 12, 1), 1, date(2021, 1, 1)),
        (date(2020, 11, 30), -24, date(2018, 11, 30)),
    ],
)
def test_months_later(day, months, later):
    assert months_later(day, months) == later


@pytest.fixture
def read_on(plan, readers, monkeypatch):
    """A page read at noon so many months and days ago, and logged then."""
    version, user = sent(plan, "board"), readers.user("auditor")

    def read(months: int, days: int = 0) -> LoggedRead:
        request = RequestFactory().get("/")
        request.user = user
        on = months_later(timezone.now().date(), -months) - timedelta(days=days)
        with monkeypatch.context() as then:
            then.setattr(timezone, "now", Clock(on))
            note_read(request, plan.federation, LoggedRead.What.VERSION_PAGE, "version", version=version)
        return LoggedRead.objects.latest("pk")

    return read


def pruned(capsys) -> str:
    call_command("prune_access_log")
    return str(capsys.readouterr().out).strip()


def test_what_is_older_than_two_years_is_removed_and_nothing_else(read_on, capsys):
    read_on(30)
    read_on(24, days=2)
    kept = [read_on(24, days=-2), read_on(0, days=1)]
    assert pruned(capsys) == "Borttagna läsningar: 2. Läsningar sparas i 24 månader."
    assert list(LoggedRead.objects.order_by("at")) == kept
    assert pruned(capsys) == "Inget att ta bort. Läsningar sparas i 24 månader."


def test_the_setting_decides_and_never_shortens_what_was_promised(read_on, capsys, settings):
    promised = read_on(7)
    settings.ACCESS_LOG_MONTHS = 6
    read_on(8)
    assert pruned(capsys) == "Borttagna läsningar: 1. Läsningar sparas i 6 månader."
    assert list(LoggedRead.objects.all()) == [promised]
    read_on(9)
    settings.ACCESS_LOG_MONTHS = 12
    assert pruned(capsys) == "Inget att ta bort. Läsningar sparas i 12 månader."
    assert LoggedRead.objects.count() == 2


WHOLE = {
    "sqlite": "REPLACE INTO plans_loggedread SELECT * FROM plans_loggedread",
    "postgresql": "TRUNCATE plans_loggedread",
}


def refused(statement: str, *values: int) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        assert "ändras aldrig" in str(error)
        return True
    return False


def test_the_database_removes_only_what_is_old_and_changes_nothing(read_on):
    young, old = read_on(23), read_on(25)
    connection.check_constraints()  # PostgreSQL empties no table that has checks waiting
    assert refused("DELETE FROM plans_loggedread WHERE id = %s", young.pk)
    assert refused("DELETE FROM plans_loggedread")
    for row in (young, old):
        assert refused("UPDATE plans_loggedread SET kept_until = '2000-01-01' WHERE id = %s", row.pk)
        assert refused("UPDATE plans_loggedread SET by_name = 'Annan' WHERE id = %s", row.pk)
    assert refused(WHOLE[connection.vendor])
    assert LoggedRead.objects.count() == 2
    assert not refused("DELETE FROM plans_loggedread WHERE id = %s", old.pk)
    assert list(LoggedRead.objects.all()) == [young]


def test_what_was_written_to_explain_a_finding_is_never_changed(plan):
    made.explanation_change(plan.federation).save()
    assert refused("UPDATE plans_explanationchange SET text = 'Annat'")
    assert refused("DELETE FROM plans_explanationchange")
