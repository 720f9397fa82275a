"""The page of members, bodies, own facts and own limits: who sees what."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Appointment, EarlierName, Federation, Member, Policy, RoleKind
from tests.members import people
from tests.members.people import client_of, with_role
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

EDITORS = (RoleKind.DIRECTOR, RoleKind.ADMINISTRATOR)


@pytest.fixture
def norrby() -> Federation:
    federation = people.federation(organisation_number="222000-2733", seat="Norrby", formed_on="2007")
    kommun = Member.objects.create(
        federation=federation,
        name="Norrby kommun",
        kind="municipality",
        position=1,
        joined="2009",
        agreed_share="62.5",
        condition="beslut i fullmäktige",
    )
    Member.objects.create(federation=federation, name="Försäkringskassan", kind="state", position=0)
    for position, (post, person) in enumerate((("deputy", "Bo Ask"), ("chair", "Karin Ek"))):
        seat = Appointment.objects.create(
            federation=federation, body="board", post=post, person=person, position=position, starts="2019-04"
        )
        seat.members.add(kommun)
    Appointment.objects.create(federation=federation, body="audit", post="auditor", person="Li Alm")
    Policy.objects.create(
        federation=federation, kind="equity_goal", value=1_500_000, first_year=2021, source="§ 7"
    )
    EarlierName.objects.create(federation=federation, name="Norrbyförbundet", used_until="2012")
    return federation


def page_for(federation: Federation, kind: RoleKind = RoleKind.OBSERVER):
    return shown(client_of(with_role(federation, kind)).get(f"/{federation.slug}/medlemmar/"))


def entries(page, heading: str) -> list[str]:
    """The texts of the list in the section with that heading."""
    section = next(s for s in page.all("section") if heading in [h.text for h in s.all("h2")])
    return [
        item.one("div").text if len(item.all("div")) == 1 else item.all("div")[0].text
        for item in section.all("li")
        if item.id
    ]


def test_everyone_reads_members_and_appointments_in_order(norrby):
    page = page_for(norrby)
    assert entries(page, "Medlemmar") == [
        "Försäkringskassan Staten",
        "Norrby kommun Kommun, från 2009, 62,5 % av sin kvart, under förutsättning av beslut i fullmäktige",
    ]
    assert entries(page, "Styrelse") == [
        "Ersättare: Bo Ask För Norrby kommun. Från april 2019.",
        "Ordförande: Karin Ek För Norrby kommun. Från april 2019.",
    ]
    assert entries(page, "Revision") == ["Revisor: Li Alm"]
    assert entries(page, "Egna gränser") == [
        "Mål för eget kapital (kr): 1 500 000 Från 2021. Beslutad i § 7."
    ]
    facts = page.one("dl", css="facts").text
    for known in ("222000-2733", "Norrby", "2007", "kronor (kr)"):
        assert known in facts
    assert "Norrbyförbundet till och med 2012" in page.one("main").text


@pytest.mark.parametrize("kind", RoleKind)
def test_only_editors_see_what_changes_something(norrby, kind):
    page = page_for(norrby, kind).one("main")
    changing = [a.href for a in page.all("a") if "/medlemmar/" in a.href] + page.all("form")
    assert bool(changing) is (kind in EDITORS)


@pytest.mark.parametrize("kind", RoleKind)
def test_only_editors_of_access_find_their_way_to_it(norrby, kind):
    menu = [a.text for a in page_for(norrby, kind).one("nav", css="side").all("a")]
    assert "Medlemmar" in menu
    assert ("Behörigheter" in menu) is (kind in EDITORS)


def test_what_the_board_lacks_is_a_quiet_note(norrby):
    note = page_for(norrby).one("div", css="lacking").text
    assert "10 §" in note
    assert "Försäkringskassan saknar ledamot och ersättare." in note
    assert "Norrby kommun saknar" not in note


def test_a_member_that_has_left_need_not_appoint_anybody(norrby):
    Member.objects.filter(name="Försäkringskassan").update(left="2012")
    assert not page_for(norrby).all("div", css="lacking")


def test_an_empty_federation_says_what_belongs_here():
    text = page_for(people.federation(), RoleKind.DIRECTOR).one("main").text
    for sentence in (
        "Inga medlemmar är inlagda än.",
        "Ingen är inlagd än.",
        "Förbundet har inga egna gränser.",
    ):
        assert sentence in text
    assert "saknar" not in text


def test_another_federation_shows_nothing_here(norrby):
    other = people.federation("soderby")
    Member.objects.create(federation=other, name="Hemliga kommunen", kind="municipality")
    assert "Hemliga" not in page_for(norrby).text
    stranger = client_of(with_role(other, RoleKind.DIRECTOR))
    assert stranger.get("/norrby/medlemmar/").status_code == 404
    assert client_of(people.user()).get("/norrby/medlemmar/").status_code == 404
    assert Client().get("/norrby/medlemmar/").status_code == 302


def test_more_rows_take_no_more_queries(norrby):
    client = client_of(with_role(norrby, RoleKind.DIRECTOR))
    client.get("/norrby/medlemmar/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/norrby/medlemmar/")
    for number in range(10):
        member = Member.objects.create(federation=norrby, name=f"Kommun {number}", kind="municipality")
        Appointment.objects.create(federation=norrby, body="board", post="ordinary").members.add(member)
    with CaptureQueriesContext(connection) as many:
        client.get("/norrby/medlemmar/")
    assert len(many) == len(few)
