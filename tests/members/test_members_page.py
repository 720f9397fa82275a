"""The page of members, bodies, own facts and own limits: who sees what."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budgets.models import Budget
from members.models import Appointment, EarlierName, Federation, Member, Policy, RoleKind
from tests.members import people
from tests.members.page_forms import opened
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


def page_for(federation: Federation, kind: RoleKind = RoleKind.OBSERVER, query: str = ""):
    return shown(client_of(with_role(federation, kind)).get(f"/{federation.slug}/medlemmar/{query}"))


def section(page, heading: str):
    return next(s for s in page.all("section") if heading in [h.text for h in s.all("h2")])


def entries(page, heading: str) -> list[str]:
    """The texts of the list in the section with that heading."""
    return [
        item.one("div").text if len(item.all("div")) == 1 else item.all("div")[0].text
        for item in section(page, heading).all("li")
        if item.id
    ]


def board(page) -> list[list[str]]:
    """The rows of the table of the board."""
    rows = page.one("table", css="board").all("tr")[1:]
    return [[cell.text for cell in (*row.all("th"), *row.all("td"))] for row in rows]


def missing(page) -> list[str]:
    return [each.all("p")[0].text for each in page.all("li", css="remark")]


def test_everyone_reads_members_and_appointments_in_order(norrby):
    page = page_for(norrby)
    assert entries(page, "Medlemmar") == [
        "Försäkringskassan Staten",
        "Norrby kommun Kommun, från 2009, 62,5 % av sin kvart, under förutsättning av beslut i fullmäktige",
    ]
    assert board(page) == [
        ["Försäkringskassan", "Saknas", "Saknas"],
        ["Norrby kommun", "Karin Ek Ordförande Från april 2019.", "Bo Ask Från april 2019."],
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
    changing = [a.href for a in page.all("a") if "/medlemmar/" in a.href] + page.all("form", method="post")
    assert bool(changing) is (kind in EDITORS)


@pytest.mark.parametrize("kind", RoleKind)
def test_only_editors_of_access_find_their_way_to_it(norrby, kind):
    menu = [a.text for a in page_for(norrby, kind).one("nav", css="side").all("a")]
    assert "Medlemmar" in menu
    assert ("Behörigheter" in menu) is (kind in EDITORS)


def test_what_is_missing_is_told_with_its_paragraph_the_worst_first(norrby):
    page = page_for(norrby)
    assert missing(page) == [
        "Fel. Försäkringskassan saknar ledamot och ersättare.",
        "Varning. Styrelsen saknar vice ordförande.",
        "Varning. Försäkringskassan saknar revisor, om det inte är en revisor som står utan medlem.",
        "Varning. Norrby kommun saknar revisor, om det inte är en revisor som står utan medlem.",
    ]
    references = [each.one("summary").text for each in page.all("li", css="remark")]
    assert references == [f"FinsamL (2003:1210) {number} §" for number in (10, 17, 25, 25)]


def test_the_form_that_mends_it_has_what_is_missing_filled_in(norrby):
    director = client_of(with_role(norrby, RoleKind.DIRECTOR))
    page = shown(director.get("/norrby/medlemmar/"))
    first = page.all("li", css="remark")[0]
    (link,) = [a for a in first.all("a") if a.text == "Lägg till ersättare"]
    assert director.post(link.href.split("?")[0], opened(director, link.href)).status_code == 302
    made = Appointment.objects.latest("pk")
    assert (made.body, made.post, [str(m) for m in made.members.all()]) == (
        "board",
        "deputy",
        ["Försäkringskassan"],
    )
    assert missing(page_for(norrby))[0] == "Fel. Försäkringskassan saknar ledamot."


def test_a_member_that_has_left_need_not_appoint_anybody(norrby):
    Member.objects.filter(name="Försäkringskassan").update(left="2012")
    page = page_for(norrby)
    assert not [sentence for sentence in missing(page) if "Försäkringskassan" in sentence]
    assert [row[0] for row in board(page)] == ["Norrby kommun"]


def test_the_page_of_another_day(norrby):
    page = page_for(norrby, query="?dag=2012-06-01")
    assert section(page, "Saknas 1 juni 2012")
    assert "Ingen 1 juni 2012." in section(page, "Styrelse").text
    later = section(page, "Styrelse").one("details", css="folded")
    assert later.one("summary").text == "Senare uppdrag (2)"
    assert "Fel. Norrby kommun saknar ledamot och ersättare." in missing(page)


def test_who_served_before_is_folded_away(norrby):
    Appointment.objects.filter(person="Bo Ask").update(ends="2020")
    page = page_for(norrby)
    earlier = section(page, "Styrelse").one("details", css="folded")
    assert earlier.one("summary").text == "Tidigare uppdrag (1)"
    assert "Bo Ask" in earlier.text
    assert "Bo Ask" not in page.one("table", css="board").text


def test_a_federation_whose_plans_are_old_is_shown_as_it_was_then(norrby):
    Budget.objects.create(federation=norrby, plan_year=2019, unit="SEK")
    Budget.objects.create(federation=norrby, plan_year=2009, unit="SEK")
    page = page_for(norrby)
    assert page.one("input", id="dag").attributes["value"] == "2019-01-01"
    assert section(page, "Saknas 1 januari 2019")


def test_what_is_no_day_is_said_at_the_field_and_kept(norrby):
    client = client_of(with_role(norrby, RoleKind.OBSERVER))
    page = shown(client.get("/norrby/medlemmar/?dag=igår"), 422)
    assert page.one("input", id="dag").attributes["value"] == "igår"
    assert "'igår' är inget datum" in page.one("p", id="dag_error").text


def test_only_those_who_read_the_working_copy_find_the_way_to_the_contributions(norrby):
    for kind in RoleKind:
        links = [a.href for a in page_for(norrby, kind).one("main").all("a")]
        assert ("/norrby/medlemmar/bidrag/" in links) is (kind in EDITORS)


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
