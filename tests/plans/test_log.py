"""The page of the log: every source in one reading, filtered, paged, and told so that anybody understands."""

from copy import copy
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import AccessChange, RoleKind, User
from plans.explaining import Written, explain
from plans.log import telling
from plans.log.recording import WRITTEN
from plans.models import LoggedRead, Plan, Version, VersionEvent
from tests.members import people
from tests.members.people import client_of
from tests.members.shown_page import Element, shown
from tests.plans import made_decisions as made
from tests.plans.access_world import budget_of
from tests.plans.made_versions import Readers

pytestmark = pytest.mark.django_db

LOG = "/norrby/logg/"
MORNING = datetime(2020, 9, 1, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def forget() -> None:
    WRITTEN.forget()


@pytest.fixture
def plan() -> Plan:
    return budget_of(people.federation(), 2021, "Norr")


@pytest.fixture
def readers(plan) -> Readers:
    return Readers(plan.federation)


@pytest.fixture
def version(plan) -> Version:
    return made.stored(plan)


def day(number: int) -> dict[str, object]:
    """Nine in the morning, so many days into September 2020, by Karin."""
    karin = User.objects.filter(name="Karin Ek").first() or people.user(name="Karin Ek")
    return {"at": MORNING + timedelta(days=number - 1), "by": karin, "by_name": "Karin Ek"}


def a_change(version: Version, **fields: object) -> AccessChange:
    ordinary = {"kind": "role_given", "role": "auditor", "person_name": "Bo Ask"}
    return AccessChange(federation=version.federation, **{**ordinary, **day(6), **fields})


@pytest.fixture
def everything(version) -> None:
    """A row of every source, one a day."""
    rows = (
        made.move(version, action="consult", to_state="consultation", comment="Läs noga.", **day(1)),
        made.answer(version, text="Bra <b>plan</b>.", **day(2)),
        made.explanation_change(version.federation, sentence="Underskott 5 kr.", text="För att.", **day(3)),
        made.event(version, kind="meeting_announced", where="Webben", **day(4)),
        made.decision(version, **day(5)),
        a_change(version),
        made.logged_read(version, name="version_budget", **day(7)),
        # Told by the decision:
        made.move(version, number=2, action="adopt", from_state="board", to_state="adopted", **day(5)),
    )
    for row in rows:
        row.save()


def rows(page: Element) -> list[str]:
    """What is said on each row, but for the time."""
    return [row.all("div")[0].text for log in page.all("ol", css="log") for row in log.all("li")]


def asked(client, **query: object) -> list[str]:
    return [row for row in rows(shown(client.get(f"{LOG}?{urlencode(query)}"))) if "loggen" not in row]


TOLD = [
    "Karin Ek läste budgeten i planen för 2021, version 1.",
    "Karin Ek gav Bo Ask behörighet som revisor.",
    "Karin Ek fastställde planen för 2021, version 1, efter beslut den 24 november 2020 § 45.",
    "Karin Ek antecknade om planen för 2021, version 1, att sammanträdet kungjordes den 24 november 2020, "
    "Webben.",
    "Karin Ek motiverade en anmärkning i utkastet till planen för 2021, regeln Intäkterna ska överstiga "
    "kostnaderna. Underskott 5 kr. För att.",
    "Karin Ek lade in samrådssvaret från Norrby kommun på planen för 2021, version 1 (Kommunstyrelsen, "
    "24 november 2020). Bra <b>plan</b>.",
    "Karin Ek skickade planen för 2021 på samråd som version 1. Läs noga.",
]


# -- what it says ------------------------------------------------------------------------------------


def test_every_source_is_told_once_the_latest_first(everything, readers):
    page = shown(readers.client("director").get(LOG))
    assert rows(page) == TOLD
    assert [each.text for each in page.all("h3")][:2] == ["7 september 2020", "6 september 2020"]
    assert page.all("time")[0].text == "09.00"  # in Sweden
    assert page.one("p", css="log-said").text.startswith("7 rader.")


def test_what_finsam_itself_has_published_is_said_to_be_there(version, readers):
    made.event(version, kind="published", where="Finsam", **day(4)).save()
    (told,) = asked(readers.client("auditor"), slag="handelse")
    assert told.endswith("att planen publicerades den 24 november 2020 i Finsam.")


def test_texts_of_the_working_copy_are_for_those_who_read_it(everything, readers, plan):
    def of_draft(client) -> str:
        (row,) = asked(client, slag="motivering")
        return row

    assert "För att." in of_draft(readers.client("director"))
    for kind in ("auditor", "chair"):
        assert "motiverade en anmärkning" in of_draft(readers.client(kind))
        assert "5 kr" not in of_draft(readers.client(kind))
        assert "För att" not in of_draft(readers.client(kind))
    plan.federation.second_factor_demanded = True
    plan.federation.save()
    assert "För att." not in of_draft(readers.client("director"))


def test_an_explanation_is_logged_as_it_is_written_changed_and_taken_away(plan, readers):
    karin = readers.user("director")
    explain(plan, karin, [Written("BALANCE", "Underskott.", "", "Först.")])
    explain(plan, karin, [Written("BALANCE", "Underskott.", "Först.", "Först.")])  # as it was
    explain(plan, karin, [Written("BALANCE", "Underskott.", "Inte det.", "Krock.")])
    explain(plan, karin, [Written("BALANCE", "Underskott.", "Först.", "Sedan.")])
    explain(plan, karin, [Written("BALANCE", "Underskott.", "Sedan.", "")])
    told = asked(readers.client("director"), slag="motivering")
    assert [row.partition("Underskott.")[2].strip() for row in told] == ["", "Sedan.", "Först."]
    assert "tog bort motiveringen" in told[0]


CHANGES = {
    "role_withdrawn": "tog bort behörigheten som revisor från Bo Ask",
    "invited": "bjöd in Bo Ask som revisor",
    "invited_again": "skickade inbjudan till Bo Ask som revisor igen",
    "invitation_revoked": "återkallade inbjudan till Bo Ask som revisor",
    "invitation_accepted": "antog inbjudan till Bo Ask och är nu revisor",
    "account_closed": "stängde av kontot för Bo Ask",
    "account_opened": "öppnade kontot för Bo Ask igen",
    "factor_demanded": "ställde in att en andra faktor krävs för att ändra och besluta",
    "factor_waived": "ställde in att en andra faktor inte krävs",
}


@pytest.mark.parametrize("kind", CHANGES)
def test_every_change_of_access_is_a_sentence(version, readers, kind):
    of_all = kind.startswith("factor")
    a_change(version, kind=kind, **({"person_name": "", "role": ""} if of_all else {})).save()
    assert asked(readers.client("director")) == [f"Karin Ek {CHANGES[kind]}."]


def test_a_representative_is_told_with_the_member(version, readers):
    a_change(version, role="member_representative", member_name="Norrby kommun").save()
    said = "Karin Ek gav Bo Ask behörighet som medlemsrepresentant för Norrby kommun."
    assert asked(readers.client("director")) == [said]


MOVES = {
    ("submit", "board"): "skickade planen för 2021 till styrelsen som version 1",
    ("send_back", "draft"): "återförde planen för 2021 till utkast efter version 1",
}


@pytest.mark.parametrize(("action", "to_state"), MOVES)
def test_every_move_is_a_sentence(version, readers, action, to_state):
    made.move(version, action=action, to_state=to_state, comment="Räkna om.", **day(1)).save()
    assert asked(readers.client("auditor")) == [f"Karin Ek {MOVES[action, to_state]}. Räkna om."]


READ = {
    ("version_page", "version"): "läste texten i planen för 2021, version 1",
    ("version_page", "version_comments"): "läste synpunkterna på planen för 2021, version 1",
    ("version_file", "budget_xlsx"): "hämtade en fil i planen för 2021, version 1: budgeten som Excelbok",
    ("decision_page", ""): "läste beslutet om planen för 2021, version 1",
    ("decision_file", "protocol_pdf"): "hämtade en fil till beslutet om planen för 2021, version 1: "
    "protokollsutdrag",
    ("bundle", ""): "hämtade revisorspaketet om planen för 2021",
    ("log_page", ""): "läste loggen",
    ("log_file", "csv"): "hämtade loggen som CSV",
}


@pytest.mark.parametrize(("what", "name"), READ)
def test_every_read_is_a_sentence(version, readers, what, name):
    of = {"version": version if "version 1" in READ[what, name] else None}
    year = {} if "2021" in READ[what, name] else {"plan_year": None}
    made.logged_read(version, what=what, name=name, **of, **year, **day(1)).save()
    assert rows(shown(readers.client("auditor").get(LOG))) == [f"Karin Ek {READ[what, name]}."]


def test_every_kind_that_is_stored_has_its_sentence():
    assert set(telling.EVENTS) == set(VersionEvent.Kind.values)
    assert set(telling.ACCESS) == set(AccessChange.Kind.values)
    assert set(telling.READ) == set(LoggedRead.What.values)


def test_nothing_of_another_federation_is_told(everything, readers):
    other = budget_of(people.federation("soderby"), 2021, "Hemliga")
    director = people.with_role(other.federation, RoleKind.DIRECTOR)
    page = shown(client_of(director).get("/soderby/logg/"))
    assert rows(page) == []
    assert "Ingenting än" in page.one("main").text
    assert [option.text for option in page.one("select", name="vem").all("option")] == ["alla"]


# -- what is asked for -------------------------------------------------------------------------------


def test_by_kind_person_year_and_day(everything, readers, plan):
    client = readers.client("director")
    assert asked(client, slag="samrad") == TOLD[5:6]
    assert asked(client, slag="gjort") == TOLD[1:]
    assert asked(client, slag="lasning") == TOLD[:1]
    karin = AccessChange.objects.get().by
    assert asked(client, vem=karin.pk) == TOLD
    assert asked(client, ar=2021) == [row for row in TOLD if "gav Bo Ask" not in row]
    budget_of(plan.federation, 2022, "Norr")
    assert asked(client, ar=2022) == []
    assert asked(client, ar=2021, slag="behorighet") == []
    assert asked(client, fran="2020-09-02", till="2020-09-04") == TOLD[3:6]
    assert asked(client, fran="2020-09-05", slag="gjort") == TOLD[1:3]
    assert asked(client, till="2020-09-01") == TOLD[6:]


def test_a_day_begins_at_midnight_in_sweden(version, readers):
    late = datetime(2020, 9, 1, 22, 30, tzinfo=UTC)  # half past midnight on the second
    a_change(version, at=late).save()
    client = readers.client("director")
    assert asked(client, fran="2020-09-02", till="2020-09-02")
    assert not asked(client, till="2020-09-01")


def test_a_person_is_found_by_what_was_done_to_them_too(version, readers):
    bo = readers.user("auditor")
    a_change(version, person=bo, person_name="Bo Ask").save()
    a_change(version, person_name="Någon annan").save()
    client = readers.client("director")
    assert len(asked(client, vem=bo.pk)) == 1
    people_shown = shown(client.get(LOG)).one("select", name="vem").all("option")
    assert "Bo Ask" in [option.text for option in people_shown]


WRONG = {
    "slag": "annat",
    "vem": "abc",
    "ar": "1066",
    "fran": "i går",
    "till": "0001-01-01",
    "fran=2020-09-02&till": "2020-09-01",
    "vem=' OR 1=1 --&ar": "\x00",
}


@pytest.mark.parametrize("field", WRONG)
def test_what_cannot_be_understood_is_told_at_its_field_and_nothing_is_shown(everything, readers, field):
    address = f"{LOG}?{field}={WRONG[field]}"
    page = shown(readers.client("director").get(address), 422)
    name = field.rpartition("&")[2]
    faulty = [each for each in page.one("form", css="log-filter") if "aria-invalid" in each.attributes]
    assert name in [each.attributes["name"] for each in faulty]
    for each in faulty:
        assert page.one("ul", id=each.attributes["aria-describedby"]).text
    assert rows(page) == []
    if name in ("fran", "till"):
        assert page.one("input", name=name).attributes["value"] == WRONG[field]  # nothing typed is lost


# -- page by page ------------------------------------------------------------------------------------


def many_reads(version: Version, first: int, last: int) -> None:
    """An hour between each."""
    row = made.logged_read(version)
    rows = [copy(row) for _ in range(first, last)]
    for n, each in enumerate(rows, start=first):
        each.at = each.hour = MORNING + timedelta(hours=n)
    LoggedRead.objects.bulk_create(rows)


def test_fifty_to_a_page_and_every_row_on_one_page_only(version, readers):
    many_reads(version, 0, 120)
    client = readers.client("director")
    found: list[str] = []
    address = f"{LOG}?slag=lasning&vem=&ar=2021"
    for number in (1, 2, 3):
        page = shown(client.get(address))
        assert f"120 rader, sida {number} av 3" in page.one("p", css="log-said").text
        found += [each.attributes["datetime"] for each in page.all("time")]
        onward = page.all("a", rel="next")
        address = f"{LOG}{onward[0].href}" if onward else ""
    assert not address
    assert len(found) == len(set(found)) == 120
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("number", ["0", "-1", "x", "99", "9" * 30])
def test_a_page_that_is_not_there_is_the_nearest(version, readers, number):
    many_reads(version, 0, 60)
    page = shown(readers.client("director").get(f"{LOG}?ar=2021&sida={number}"))
    assert f"sida {2 if number == '99' else 1} av 2" in page.one("p", css="log-said").text


def test_as_many_queries_at_ten_rows_as_at_ten_thousand(version, readers):
    client = readers.client("director")
    counts = []
    for first, last in ((0, 10), (10, 10_000)):
        many_reads(version, first, last)
        client.get(LOG)  # that the log was read is logged
        for address in (LOG, f"{LOG}?sida=200", f"{LOG}?slag=lasning&vem={made.who().pk}&fran=2020-01-01"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
    assert set(counts) == {counts[0]}
    assert counts[0] <= 10
