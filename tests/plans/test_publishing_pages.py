"""What anybody may read without signing in: the pages, how they are answered, and what is not on them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budgets.models import Budget
from members.models import RoleKind
from plans.document import BulletList, Item, Span
from plans.models import Plan, Section, Version
from plans.picture import Explanation
from plans.revising import revise
from tests.members import people
from tests.members.people import client_of
from tests.members.shown_page import Element, shown
from tests.plans import adoption_world as made
from tests.plans.made_public import as_adopted, as_proposal, note
from tests.plans.made_versions import WITH_BUDGET, adopt, put, sent

pytestmark = pytest.mark.django_db

BASE = "/publicerat/gotland"
YEAR = f"{BASE}/2021/"
VERSION = f"{YEAR}version/1/"
LETTER = "Styrelsen ombeds läsa avsnitt 3."
NAMES = ("Karin Ek", "Bo Ask")
"""Those who wrote explanations, sent the version on and adopted it: none of them is in the plan."""


@pytest.fixture
def plan() -> Plan:
    return made.a_plan()


@pytest.fixture
def version(plan) -> Version:
    """Before the board, with a covering letter."""
    return sent(plan, note=LETTER, kinds=WITH_BUDGET)


@pytest.fixture
def proposal(version) -> Version:
    as_proposal(version)
    return version


@pytest.fixture
def adopted(version) -> Version:
    adopt(version)
    as_adopted(version)
    return version


def page(address: str, status: int = 200) -> Element:
    return shown(Client().get(address), status)


def headers_of(answer: HttpResponse) -> dict[str, str]:
    """But for the one that is another for every request."""
    return {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}


# -- what it is ------------------------------------------------------------------------------------------


def test_a_proposal_says_that_it_is_one_at_every_turn(proposal):
    read = page(YEAR)
    assert read.one("p", css="verdict").text == "Förslag. Inte beslutat"
    assert "Det kan ändras innan det beslutas." in read.text
    assert read.one("title").text.startswith("Verksamhetsplan 2021, förslag, version 1")
    assert "Förslag till styrelsen, inte beslutat (version 1)" in read.one("article").text
    assert proposal.hash in read.text
    assert "Fastställd" not in read.text
    assert "Plan för 2021 Förslag" in page(f"{BASE}/").text


def test_an_adopted_plan_says_when_it_was_decided_and_where_in_the_protocol(adopted):
    read = page(YEAR)
    assert read.one("p", css="verdict").text == "Fastställd 2020-11-24, § 45"
    assert "Fastställd 2020-11-24 § 45 (version 1)" in read.one("article").text
    assert adopted.hash in read.text
    assert "Förslag" not in read.text
    assert "Plan för 2021 Fastställd 2020-11-24 § 45" in page(f"{BASE}/").text


def test_the_frozen_plan_is_read_with_its_findings_and_why_it_has_them(plan, adopted):
    plan.title = "Något som ingen har fryst"
    plan.save()
    read = page(YEAR)
    assert read.one("h1").text == "Verksamhetsplan 2021"
    findings = read.one("section", css="published-findings")
    assert "Varning." in findings.text
    assert "Styrelsen har valt det." in findings.text
    assert re.search(r"Motivering \d{4}-\d\d-\d\d", findings.text)
    assert "Något som ingen har fryst" not in read.text


def test_the_adopted_plan_is_not_told_of_before_it_is_published(proposal):
    adopt(proposal)
    read = page(YEAR)
    assert read.one("p", css="verdict").text == "Förslag"
    assert "styrelsen, som har fattat beslut" in read.text
    assert "2020-11-24" not in read.text


def test_what_was_superseded_says_so_and_leads_to_what_took_its_place(plan, adopted):
    note(adopted, "superseded", date(2021, 3, 2), where="")
    assert page(YEAR).one("p", css="verdict").text == "Fastställd 2020-11-24, § 45. Ersatt"
    assert "Planen gällde till 2021-03-02." in page(YEAR).text
    Budget.every.filter(pk=plan.budget_id).update(is_open=False)
    revised = sent(revise(adopted.plan, people.user(), "Mer pengar"))
    adopt(revised, on="2021-03-02", paragraph="9")
    as_adopted(revised)
    assert page(YEAR).one("p", css="verdict").text == "Fastställd 2021-03-02, § 9"
    assert page(VERSION).one("p", css="verdict").text == "Fastställd 2020-11-24, § 45. Ersatt"
    assert f"{YEAR}version/2/" in [link.href for link in page(VERSION).all("a")]
    assert VERSION in [link.href for link in page(YEAR).all("a")]


def test_the_budget_alone_is_read_with_what_the_plan_may_leave_out(adopted):
    read = page(f"{YEAR}budget/")
    assert read.one("h1").text == "Budget 2021"
    assert read.all("title")[0].text.startswith("Budget 2021, fastställd, version 1")
    assert read.one("p", css="verdict").text == "Fastställd 2020-11-24, § 45"
    told = read.one("article").text
    for words in ("1 700 000", "Summa kostnader", "Medlemmarnas bidrag", "Underskott 2021"):
        assert words in told, words
    assert re.search(r"Motivering: Styrelsen har valt det\. \(\d{4}-\d\d-\d\d\)", told)
    assert VERSION in [link.href for link in read.all("a")]
    assert f"{VERSION}budget/" in [link.href for link in page(YEAR).all("a")]


def test_a_version_without_a_budget_document_leads_to_none(plan):
    as_proposal(sent(plan))
    assert f"{VERSION}budget/" not in [link.href for link in page(YEAR).all("a")]
    page(f"{YEAR}budget/", 404)


def test_an_earlier_proposal_stays_at_its_address_and_is_said_to_be_replaced(plan, proposal):
    as_proposal(sent(plan))
    assert page(YEAR).one("p", css="verdict").text == "Förslag. Inte beslutat"
    assert page(VERSION).one("p", css="verdict").text == "Förslag. Ersatt"


def test_the_list_leads_to_the_federation_and_on_to_the_year(adopted):
    (federation,) = [link for link in page("/publicerat/").all("a") if link.href == f"{BASE}/"]
    assert federation.text == "Samordningsförbundet Gotland"
    years = page(federation.href)
    assert years.one("h2").text == "Tidigare år"
    assert YEAR in [link.href for link in years.all("a")]
    assert f"{BASE}/" in [link.href for link in page(YEAR).all("a")]


def test_a_plan_of_this_year_is_among_the_current_ones(adopted, monkeypatch):
    monkeypatch.setattr(timezone, "now", made.Clock(date(2021, 2, 1)))
    assert page(f"{BASE}/").one("h2").text == "Aktuella planer"


# -- what is not on it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("is_adopted", [False, True])
def test_nobody_is_named_but_in_the_plan_and_no_paper_of_the_board_is_shown(version, is_adopted):
    as_proposal(version)
    if is_adopted:
        adopt(version)
        as_adopted(version)
    pages = (YEAR, f"{YEAR}budget/", f"{BASE}/", "/publicerat/")
    for address in (*pages, f"{YEAR}budget.csv", f"{YEAR}version.json"):
        answer = Client().get(address)
        assert answer.status_code == 200, address
        told = answer.content.decode()
        for secret in (*NAMES, LETTER, "board_pdf", "styrelseunderlag"):
            assert secret not in told, (address, secret)


def test_the_rule_report_of_a_plan_tells_when_it_was_explained_and_not_by_whom(plan):
    Section.objects.filter(plan=plan, key="goals").update(block="rule_report")
    as_proposal(sent(plan))
    report = page(YEAR).one("article").text
    assert re.search(r"Motivering: Styrelsen har valt det\. \(\d{4}-\d\d-\d\d\)", report)
    assert "Karin Ek" not in Client().get(YEAR).content.decode()


def test_what_was_frozen_while_the_report_told_by_whom_does_not_tell_it_here(plan, monkeypatch):
    def as_it_was(explanation: Explanation) -> BulletList:
        words = (
            Span("Motivering:", bold=True),
            Span(f" {explanation.text} ({explanation.by}, {explanation.on})"),
        )
        return BulletList((Item(words),))

    monkeypatch.setattr("plans.compose.remarks._explained", as_it_was)
    Section.objects.filter(plan=plan, key="goals").update(block="rule_report")
    version = sent(plan)
    as_proposal(version)
    assert "(Karin Ek, " in version.content
    told = Client().get(YEAR).content.decode()
    assert re.search(r"Styrelsen har valt det\. \(\d{4}-\d\d-\d\d\)", told)
    assert "Karin Ek" not in told


@pytest.mark.parametrize("kind", ["board_pdf", "styrelseunderlag.pdf", "protokollsutdrag.pdf", "board.pdf"])
def test_no_file_but_those_that_are_promised_has_an_address(adopted, kind):
    for address in (f"{YEAR}{kind}", f"{VERSION}{kind}", f"{VERSION}{kind}/"):
        assert Client().get(address, follow=True).status_code == 404


# -- what is not public ----------------------------------------------------------------------------------

ADDRESSES = (
    "",
    "2021/",
    "2021/budget/",
    "2021/plan.pdf",
    "2021/version.json",
    "2021/version/1/",
    "2021/version/1/budget/",
    "2021/version/1/budget.csv",
)


@pytest.mark.parametrize("state", ["sent", "withdrawn", "sent back"])
def test_what_is_not_public_is_answered_as_what_does_not_exist(plan, version, state):
    nowhere = Client().get("/publicerat/finns-inte/")
    if state != "sent":
        as_proposal(version)
    if state == "withdrawn":
        note(version, "withdrawn")
    elif state == "sent back":
        put(plan, "draft", None)
    for rest in ADDRESSES:
        answer = Client().get(f"{BASE}/{rest}")
        assert answer.status_code == 404, rest
        assert answer.content == nowhere.content
        assert headers_of(answer) == headers_of(nowhere)
    assert "Gotland" not in page("/publicerat/").text


def test_a_stranger_who_comes_wrong_is_shown_the_way(adopted):
    wrong = (f"{BASE}/2019/", f"{BASE}/hej/", f"{VERSION}bild/nej/", f"{YEAR}version/9/")
    for address in (*wrong, "/publicerat/%C3%A5%C3%A4/"):
        read = page(address, 404)
        assert read.one("h1").text == "Sidan finns inte"
        assert "/publicerat/" in [link.href for link in read.one("main").all("a")]
        assert not read.all("a", href="/logga-in/")
    assert Client().get(f"{BASE}/2021")["Location"] == YEAR


def test_a_year_that_no_database_can_hold_is_not_there(adopted):
    assert Client().get(f"{BASE}/99999999999999999999/").status_code == 404
    assert Client().get(f"{YEAR}version/99999999999999999999/").status_code == 404


# -- how it is answered ----------------------------------------------------------------------------------

EVERY_ADDRESS = (
    "/publicerat/",
    f"{BASE}/",
    YEAR,
    f"{YEAR}budget/",
    VERSION,
    f"{VERSION}budget/",
    f"{YEAR}budget.csv",
    "/tillganglighet/",
)


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_the_same_bytes_to_everybody_whatever_they_send_along(plan, adopted, address, settings):
    director = client_of(people.with_role(plan.federation, RoleKind.DIRECTOR))
    strange = Client()
    strange.cookies[settings.SESSION_COOKIE_NAME] = "x"
    strange.cookies[settings.CSRF_COOKIE_NAME] = "y"
    answers = [client.get(address) for client in (Client(), director, strange)]
    answers.append(
        Client().get(address, {"utm": "1"}, headers={"Accept-Language": "en", "Host": "testserver"})
    )
    for answer in answers:
        assert answer.status_code == 200
        assert answer.content == answers[0].content
        assert not answer.cookies
        assert "Vary" not in answer.headers
        assert answer["Cache-Control"] == "public, max-age=60, must-revalidate"
        assert answer["ETag"] == answers[0]["ETag"]
    assert director.get("/gotland/").status_code == 200, "still signed in"


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_who_has_it_already_is_told_so(adopted, address):
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"])
    assert Client().get(address, headers={"If-None-Match": '"another"'}).status_code == 200
    head = Client().head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Content-Length"]) == (first["ETag"], str(len(first.content)))


OF_A_FEDERATION = (f"{BASE}/", YEAR, f"{YEAR}budget/", VERSION, f"{YEAR}budget.csv", f"{YEAR}version.json")


@pytest.mark.parametrize("address", OF_A_FEDERATION)
def test_the_log_decides_with_one_query_and_nobody_asks_who_is_signed_in(plan, adopted, address):
    entity_tag = Client().get(address)["ETag"]
    director = client_of(people.with_role(plan.federation, RoleKind.DIRECTOR))
    for client in (Client(), director):
        for headers in ({}, {"If-None-Match": entity_tag}):
            with CaptureQueriesContext(connection) as queries:
                client.get(address, headers=headers)
            assert len(queries) == 1, [each["sql"] for each in queries]


def test_what_happens_to_the_version_is_seen_at_once(adopted):
    before = Client().get(YEAR)
    note(adopted, "superseded", date(2021, 3, 2), where="")
    after = Client().get(YEAR, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    note(adopted, "withdrawn")
    assert Client().get(YEAR, headers={"If-None-Match": after["ETag"]}).status_code == 404
    assert "Gotland" not in page("/publicerat/").text


def test_search_engines_keep_what_is_adopted_and_no_proposal(version):
    as_proposal(version)
    for address in (YEAR, f"{YEAR}budget.csv"):
        assert Client().get(address)["X-Robots-Tag"] == "noindex"
    adopt(version)
    as_adopted(version)
    assert "X-Robots-Tag" not in Client().get(YEAR).headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_are_only_read(adopted, method):
    for address in EVERY_ADDRESS:
        assert getattr(Client(), method)(address).status_code == 405


# -- the accessibility statement -------------------------------------------------------------------------


def test_the_statement_says_how_to_report_faults_and_who_supervises(settings):
    settings.ACCESSIBILITY_CONTACT = "tillganglighet@example.se"
    read = page("/tillganglighet/")
    assert "lagen (2018:1937)" in read.text
    assert "inte prövat med riktiga skärmläsare" in read.text
    links = [link.href for link in read.one("main").all("a")]
    assert links == ["mailto:tillganglighet@example.se", "https://www.digg.se/tdosanmalan"]


def test_without_an_address_it_says_so(settings):
    settings.ACCESSIBILITY_CONTACT = ""
    assert "har inte angett någon adress" in page("/tillganglighet/").text


REAL = ("/logga-in/", "/publicerat/")


@pytest.mark.parametrize("address", [*REAL, "/finns/inte/", "/publicerat/nej/"])
def test_every_page_leads_to_the_statement(address):
    read = shown(Client().get(address), 200 if address in REAL else 404)
    assert "/tillganglighet/" in [link.href for link in read.one("footer").all("a")]
