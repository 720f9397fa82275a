"""A federation at a glance."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budgets.models import Budget
from members.models import Appointment, EarlierName, Federation, Member, Policy, RoleKind
from plans.explaining import asking
from plans.reading import read_plan
from plans.review.commenting import add
from plans.review.places import WHOLE
from projects.models import Project
from tests.budgets.made_sheets import large_sheet, stored
from tests.loading import load
from tests.members import people
from tests.members.people import client_of, reader, with_role
from tests.members.shown_page import Element, ids, shown
from tests.plans.access_world import budget_of
from tests.plans.made_versions import adopt, sent

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
MOST_QUERIES = 20


def overview(federation: Federation) -> Element:
    return shown(reader(federation).get(f"/{federation.slug}/"))


def facts(page: Element) -> dict[str, str]:
    return {row.one("dt").text: row.one("dd").text for row in page.one("dl", css="facts").all("div")}


def section(page: Element, heading: str) -> Element:
    """The part of the page under a heading of the second level."""
    found = [part for part in page.all("section") if part.all("h2") and part.one("h2").text == heading]
    assert len(found) == 1, heading
    return found[0]


def test_the_facts_of_landskrona_svalov():
    page = overview(load(FIXTURES / "landskrona-svalov")[0])
    assert page.one("h1").text == "Samordningsförbundet Landskrona-Svalöv"
    assert page.one("title").text == "Samordningsförbundet Landskrona-Svalöv – Finsam"
    assert facts(page) == {
        "Organisationsnummer": "222000-2733",
        "Bildat": "1 september 2009",
        "Din behörighet": "förbundschef",
    }
    limits = section(page, "Förbundets egna gränser").text
    assert "Längsta tid för en insats (månader): 36 från 2009" in limits


def test_the_members_and_the_board_of_gotland():
    page = overview(load(FIXTURES / "gotland")[0])
    members = [item.text for item in section(page, "Medlemmar").all("li")]
    assert members == [
        "Försäkringskassan staten",
        "Arbetsförmedlingen staten",
        "Region Gotland kommun utanför region",
    ]
    board = section(page, "Styrelse").all("tr")
    assert len(board) - 1 == 8
    assert [cell.text for cell in board[1] if cell.tag in ("th", "td")] == ["Ledamot", "–", "Region Gotland"]
    auditors = [row.all("td")[-1].text for row in section(page, "Revision").all("tr")[1:]]
    assert "Försäkringskassan, Arbetsförmedlingen" in auditors


def test_every_insats_with_its_time_and_state():
    federation, _ = load(FIXTURES / "gotland")
    rows = section(overview(federation), "Insatser").all("tr")[1:]
    assert len(rows) == federation.projects.count() == 14
    (jobbsam,) = [row for row in rows if row.one("th").own_text == "JobbSam 3.0"]
    assert [cell.text for cell in jobbsam.all("td")] == [
        "pågår",
        "1 september 2020–31 augusti 2023",
        "",
        "individinriktad",
    ]


def test_how_the_latest_budget_stands_with_the_worst_first():
    federation, _ = load(FIXTURES / "introduktion")
    part = section(overview(federation), "Budget 2017")
    assert part.one("a", css="button").href == "/introduktion/budget/2017/"
    assert part.one("p", css="summary").text.startswith("1 fel")
    remarks = part.all("li", css="remark")
    assert len(remarks) == 3
    assert "Utgående eget kapital 2019 är −683 tkr" in remarks[0].text


def test_its_links_into_the_budget_lead_somewhere():
    federation, _ = load(FIXTURES / "gotland")
    client = reader(federation)
    links = [link.href for link in shown(client.get("/gotland/")).one("main").all("a") if "#" in link.href]
    targets = {address: ids(shown(client.get(address))) for address in {link.split("#")[0] for link in links}}
    assert len(links) >= 6
    for link in links:
        address, fragment = link.split("#")
        assert fragment in targets[address], link


def test_the_latest_of_several_budgets_is_the_one_shown():
    federation = people.federation()
    for year in (2022, 2023, 2021, None):
        Budget.objects.create(federation=federation, plan_year=year, unit="SEK")
    assert section(overview(federation), "Budget 2023")
    answer = reader(federation).get("/norrby/budget/")
    assert answer["Location"] == "/norrby/budget/2023/"


def test_earlier_names_and_details_of_members_and_appointments():
    federation = people.federation(seat="Norrby")
    EarlierName.objects.create(federation=federation, name="Norrbyförbundet")
    member = Member.objects.create(
        federation=federation,
        name="Norrby kommun",
        kind="municipality",
        agreed_share="33.3333",
        condition="att fullmäktige godkänner",
    )
    deputy = Appointment.objects.create(
        federation=federation,
        body="board",
        post="deputy",
        deputy_order=2,
        person="Karin Ek",
        party="s",
        employer="Norrby kommun",
    )
    deputy.members.add(member)
    page = overview(federation)
    assert facts(page)["Tidigare namn"] == "Norrbyförbundet"
    assert facts(page)["Säte"] == "Norrby"
    assert section(page, "Medlemmar").one("li").text == (
        "Norrby kommun kommun, 33,3333 % av kvarten, under förutsättning av att fullmäktige godkänner"
    )
    row = section(page, "Styrelse").all("tr")[1]
    assert row.one("th").text == "Ersättare 2"
    assert row.all("td")[0].own_text == "Karin Ek (s)"


def test_a_share_of_nothing_is_an_agreement_too():
    federation = people.federation()
    Member.objects.create(federation=federation, name="Vik", kind="municipality", agreed_share=0)
    assert section(overview(federation), "Medlemmar").one("li").text == "Vik kommun, 0 % av kvarten"


# -- what is empty -----------------------------------------------------------------------------------


def test_a_new_federation_says_what_belongs_where():
    page = overview(people.federation())
    assert section(page, "Budget").one("p").text == "Förbundet har ingen budget än."
    assert section(page, "Medlemmar").one("p").text == "Inga medlemmar är inlagda än."
    assert section(page, "Insatser").one("p").text == "Inga insatser är inlagda än."
    assert not page.all("table")


def test_an_empty_budget_is_opened_like_any_other():
    federation = people.federation()
    Budget.objects.create(federation=federation, plan_year=2021, unit="SEK")
    page = overview(federation)
    assert section(page, "Budget 2021").one("a", css="button").href == "/norrby/budget/2021/"


def test_a_budget_of_outcomes_only_is_no_plan():
    federation = people.federation()
    Budget.objects.create(federation=federation, plan_year=None, unit="SEK")
    assert section(overview(federation), "Budget").one("p").text == "Förbundet har ingen budget än."


# -- odd input ---------------------------------------------------------------------------------------


def test_long_and_odd_names_survive():
    long = "Ö" * 150
    federation = people.federation(name="Å" * 200, short_name="<b>" + "Ä" * 57)
    Member.objects.create(federation=federation, name=long, kind="municipality")
    Policy.objects.create(
        federation=federation, kind="equity_goal", value=0, first_year=2021, source="<i>" + "s" * 197
    )
    Project.objects.create(
        federation=federation, name="<script>" + "P" * 192, level="individual", status="idea"
    )
    page = overview(federation)
    assert page.one("h1").text == "Å" * 200
    assert page.one("p", css="where").text == "<b>" + "Ä" * 57
    assert long in section(page, "Medlemmar").text
    assert "<script>" + "P" * 192 in section(page, "Insatser").text
    assert "kr): 0 från 2021, <i>sss" in section(page, "Förbundets egna gränser").text


# -- the number of queries ---------------------------------------------------------------------------


def grown(slug: str, size: int) -> Federation:
    """A federation with so many of everything."""
    federation = people.federation(slug)
    for number in range(size):
        member = Member.objects.create(federation=federation, name=f"M{number}", kind="municipality")
        appointment = Appointment.objects.create(federation=federation, body="board", post="ordinary")
        appointment.members.add(member)
        project = Project.objects.create(
            federation=federation, name=f"P{number}", level="individual", status="idea", owner=member
        )
        project.partners.add(member)
        EarlierName.objects.create(federation=federation, name=f"N{number}")
        Policy.objects.create(
            federation=federation, kind="equity_goal", value=1, first_year=2004 + number, source="§ 7"
        )
    stored(large_sheet(5 * size, 3), federation)
    return federation


def test_the_number_of_queries_does_not_grow_with_the_federation():
    counts = []
    for federation in (grown("liten", 2), grown("stor", 40)):
        client = client_of(with_role(federation, RoleKind.OBSERVER))
        with CaptureQueriesContext(connection) as queries:
            shown(client.get(f"/{federation.slug}/"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_the_number_of_queries_does_not_grow_with_the_federations_of_the_user():
    federation = grown("liten", 2)
    karin = with_role(federation)
    client = client_of(karin)
    with CaptureQueriesContext(connection) as with_one:
        client.get("/liten/")
    for number in range(20):
        with_role(people.federation(f"vik{number}"), who=karin)
    with CaptureQueriesContext(connection) as with_many:
        client.get("/liten/")
    assert len(with_one) == len(with_many)


# -- the state of the plan, and the next thing to do -------------------------------------------------


def gotland_with(*kinds: RoleKind) -> tuple[Federation, Client]:
    federation, _ = load(FIXTURES / "gotland")
    who = people.user()
    for kind in kinds:
        with_role(federation, kind, who)
    return federation, client_of(who)


def test_an_open_draft_is_gone_on_with():
    page = shown(gotland_with(RoleKind.DIRECTOR)[1].get("/gotland/"))
    part = section(page, "Budget 2021")
    assert part.one("div", css="plan-state").one("p").text == "● Utkast, öppen för ändringar"
    (button,) = part.all("a", css="primary")
    assert (button.text, button.href) == ("Till budgeten", "/gotland/budget/2021/")
    assert "Ny plan för 2022" in part.text


def test_after_a_closed_plan_comes_the_next():
    federation, client = gotland_with(RoleKind.ADMINISTRATOR)
    federation.budgets.update(is_open=False)
    part = section(shown(client.get("/gotland/")), "Budget 2021")
    assert part.one("div", css="plan-state").one("p").text == "■ Utkast, stängd"
    (button,) = part.all("a", css="primary")
    assert (button.text, button.href) == ("Ny plan för 2022", "/gotland/ny-plan/")
    assert part.one("a", css="alone").href == "/gotland/budget/2021/"


def test_when_every_warning_is_explained_nobody_is_asked_to_explain():
    federation, client = gotland_with(RoleKind.DIRECTOR)
    plan = federation.plans.get()
    assert "Motivera varningarna" in section(shown(client.get("/gotland/")), "Budget 2021").text
    for each in asking(plan, read_plan(plan)).asked:
        plan.explanations.create(
            code=each.code, sentence=each.sentence, text="Beslutat.", made_by=people.user(), made_by_name="Bo"
        )
    told = section(shown(client.get("/gotland/")), "Budget 2021").text
    assert "Varningarna är motiverade" in told
    assert "Motivera varningarna" not in told


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (RoleKind.DIRECTOR, "/norrby/"),
        (RoleKind.DIRECTOR, "/norrby/plan/2021/vagen/"),
        (RoleKind.CHAIR, "/norrby/"),
        (RoleKind.OBSERVER, "/norrby/"),
    ],
)
def test_open_comments_are_told_to_those_who_see_them(kind, address):
    plan = budget_of(people.federation(), 2021, "Norr")
    client = client_of(with_role(plan.federation, kind))
    version = sent(plan)
    sees = kind != RoleKind.OBSERVER
    for number, words in enumerate(("", "1 öppen synpunkt", "2 öppna synpunkter")):
        if number:
            add(version, people.user(), WHOLE, f"Synpunkt {number}")
        main = shown(client.get(address)).one("main")
        links = [each for each in main.all("a") if each.href == "/norrby/plan/2021/synpunkter/?lage=open"]
        told = [each.text for each in links]
        assert told == ([f"{words} på planen för 2021"] if sees and words else [])
    adopt(version)
    assert "öppna synpunkter" not in shown(client.get(address)).one("main").text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (RoleKind.MEMBER_REPRESENTATIVE, "Läs version 1 och svara på samrådet"),
        (RoleKind.CHAIR, "Läs version 1, som är på samråd"),
        (RoleKind.AUDITOR, "Läs version 1, som är på samråd"),
    ],
)
def test_only_those_who_may_answer_are_asked_to(kind, words):
    plan = budget_of(people.federation(), 2021, "Norr")
    sent(plan, "consultation")
    page = shown(client_of(with_role(plan.federation, kind)).get("/norrby/"))
    assert page.one("ul", css="versions-to-read").one("a").text == words


@pytest.mark.parametrize("kind", [RoleKind.CHAIR, RoleKind.AUDITOR, RoleKind.OBSERVER])
def test_others_learn_that_a_draft_is_prepared_and_nothing_of_its_figures(kind):
    page = shown(gotland_with(kind)[1].get("/gotland/"))
    part = section(page, "Plan 2021")
    assert "budget för 2021 förbereds" in part.text
    assert not part.all("a") and not part.all("form")
    for secret in ("4 324 000", "650 000", "Underskott", "varning"):
        assert secret not in page.one("main").text


def test_earlier_plans_are_listed_with_their_state():
    federation, client = gotland_with(RoleKind.DIRECTOR)
    client.post("/gotland/ny-plan/", {"plan_year": "2022", "source": "2021"})
    federation.budgets.filter(plan_year=2021).update(is_open=False)
    page = shown(client.get("/gotland/"))
    (item,) = section(page, "Budget 2022").one("ul", css="earlier").all("li")
    assert [link.href for link in item.all("a")] == ["/gotland/budget/2021/", "/gotland/plan/2021/vagen/"]
    assert "Utkast, stängd" in item.text
    assert "gjord från en tidigare plan" in section(page, "Budget 2022").text


def test_the_last_plan_year_has_no_next():
    federation = people.federation()
    Budget.objects.create(federation=federation, plan_year=2098, unit="SEK", is_open=False)
    part = section(overview(federation), "Budget 2098")
    assert part.one("a", css="primary").href == "/norrby/budget/2098/"
    assert "Ny plan" not in part.text
