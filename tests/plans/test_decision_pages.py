"""The adoption and the decision in the browser: what is adopted, by whom, and what came after."""

from datetime import date

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from members.models import Member, RoleKind
from plans.models import Decision, Meeting, Plan, PlanMove, VersionEvent
from plans.revising import revise
from plans.states.moving import send
from tests.members import people
from tests.members.people import PASSWORD, client_of
from tests.members.shown_page import Element, shown
from tests.plans import adoption_world as made
from tests.plans.made_versions import adopt as adopted
from tests.plans.ready_plans import in_state

pytestmark = pytest.mark.django_db
ADOPT, DECISION = "/gotland/plan/2021/faststall/", "/gotland/plan/2021/beslut/"
MEETING = "/gotland/plan/2021/sammantrade/"


@pytest.fixture
def clock(monkeypatch) -> made.Clock:
    clock = made.Clock(made.MEETING_DAY)
    monkeypatch.setattr(timezone, "now", clock)
    monkeypatch.setattr("plans.versions.making.files_of", lambda contents: {"plan_pdf": b"%PDF"})
    cache.clear()  # what was counted before, of those who showed who they are
    return clock


@pytest.fixture
def quick(monkeypatch) -> None:
    """Without files that nobody looks at."""
    files = {"plan_pdf": b"%PDF plan", "protocol_pdf": b"%PDF protokoll"}
    monkeypatch.setattr("plans.decisions.adopting.adopted_files", lambda contents, record: files)


@pytest.fixture
def plan(clock) -> Plan:
    return made.a_plan()


@pytest.fixture
def director(plan):
    return made.director_of(plan)


@pytest.fixture
def chair(plan):
    return made.chair_of(plan)


@pytest.fixture
def meeting(plan, director, clock) -> Meeting:
    made.before_board(plan, director, clock)
    return made.meeting(plan)


@pytest.fixture
def client(chair) -> Client:
    """Of the chair, who signed in long ago."""
    return client_of(chair)


def confirm(client: Client, way: str = "/konto/bekrafta/losenord/") -> str:
    """Show who one is, with the password; where it leads."""
    answer = client.post(f"{way}?next={ADOPT}", {"password": PASSWORD, "next": ADOPT})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def form_of(page: Element, **texts: str) -> dict[str, str]:
    """What the page's form sends, with an explanation of each that is asked for."""
    form = page.one("main").one("form")
    values = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
    return values | {each.attributes["name"]: texts.get("text", each.text) for each in form.all("textarea")}


def adopt(client: Client) -> None:
    values = form_of(shown(client.get(ADOPT)))
    confirm(client)
    assert client.post(ADOPT, values)["Location"] == DECISION


# -- exactly what is adopted -----------------------------------------------------------------------------


def test_the_page_says_exactly_what_is_adopted(plan, client, meeting):
    page = shown(client.get(ADOPT)).one("main")
    assert plan.version.hash in page.text
    assert "Arbetskopian är likadan som version 2." in page.text
    assert "Sammanträdet 2020-11-24, § 45" in page.text
    assert "4 av 4 tjänstgör, minst 3 behövs: Anna Alm (leder), Bo Al, Eva Fors, Dan Ek." in page.text
    assert "Motivering: Styrelsen har valt det." in page.text
    assert [each.text for each in page.one("ol", css="decided-sentences").all("li")] == list(made.SENTENCES)
    assert not page.all("textarea"), "nothing is to be explained"


def test_it_says_that_the_working_copy_differs(plan, client, meeting):
    plan.title = "En annan titel"
    plan.save()
    assert "Arbetskopian skiljer sig från version 2." in shown(client.get(ADOPT)).text


def test_a_plan_that_is_not_before_the_board_cannot_be_adopted(client, plan):
    page = shown(client.get(ADOPT))
    assert "Planen är ett utkast." in page.text
    assert not page.one("main").all("button")


def test_what_is_missing_is_listed_with_a_link(plan, client, director, clock, quick):
    made.before_board(plan, director, clock)
    page = shown(client.get(ADOPT))
    assert "Sammanträdet är inte inskrivet." in page.text
    made.meeting(plan, paragraph="")
    page = shown(client.get(ADOPT))
    assert "Skriv beslutets paragraf. Till sammanträdet" in page.text
    assert not page.one("main").all("button")
    confirm(client)
    answer = client.post(ADOPT, form_of(page))
    assert answer.status_code == 422
    assert not Decision.objects.exists()


# -- a fresh second factor -------------------------------------------------------------------------------


def test_the_chair_first_shows_who_they_are_and_then_adopts(plan, client, meeting, quick):
    page = shown(client.get(ADOPT))
    assert page.one("main").one("button").text == "Bekräfta att det är du"
    asked = client.post(ADOPT, form_of(page))
    assert asked["Location"] == f"/konto/bekrafta/losenord/?next={ADOPT.replace('/', '%2F')}"
    assert not Decision.objects.exists()
    assert confirm(client) == ADOPT
    page = shown(client.get(ADOPT))
    assert page.one("main").one("button").text == "Fastställ version 2"
    assert client.post(ADOPT, form_of(page))["Location"] == DECISION
    assert Decision.objects.get().by_name == "Anna Alm"


def test_five_minutes_later_it_is_asked_for_again(client, meeting, quick):
    confirm(client)
    session = client.session
    for each in session["account_authentication_methods"]:
        each["at"] -= 301
    session.save()
    assert "/konto/bekrafta/" in client.post(ADOPT, form_of(shown(client.get(ADOPT))))["Location"]
    assert not Decision.objects.exists()


def test_where_a_second_factor_is_demanded_the_password_is_not_enough(plan, client, meeting, quick):
    plan.federation.second_factor_demanded = True
    plan.federation.save()
    confirm(client)
    assert client.get(ADOPT)["Location"] == "/konto/", "to add one"
    assert client.post(ADOPT, {})["Location"] == "/konto/"
    assert not Decision.objects.exists()


def test_an_old_second_factor_is_not_enough_either(plan, client, chair, meeting, quick):
    plan.federation.second_factor_demanded = True
    plan.federation.save()
    request = HttpRequest()
    request.session, request.user = client.session, chair
    record_authentication(request, chair, "mfa", type="totp")
    request.session["account_authentication_methods"][-1]["at"] -= 301
    request.session.save()
    page = shown(client.get(ADOPT))
    assert "/konto/bekrafta/" in client.post(ADOPT, form_of(page))["Location"]
    assert not Decision.objects.exists()


def test_what_was_explained_is_not_lost_on_the_way(plan, client, director, clock, quick):
    made.before_board(plan, director, clock)
    made.meeting(plan, is_public=False)
    page = shown(client.get(ADOPT))
    assert "Sammanträdet var inte offentligt" in page.one("main").one("label").text
    client.post(ADOPT, form_of(page, text="På grund av smitta."))
    confirm(client)
    page = shown(client.get(ADOPT))
    assert page.one("textarea").text == "På grund av smitta."
    client.post(ADOPT, form_of(page))
    assert "På grund av smitta." in Decision.objects.get().content


def test_an_explanation_that_is_missing_is_asked_for_at_its_field(plan, client, director, clock, quick):
    made.before_board(plan, director, clock)
    made.meeting(plan, is_public=False)
    confirm(client)
    page = shown(client.post(ADOPT, form_of(shown(client.get(ADOPT)))), 422)
    field = page.one("textarea")
    assert "Skriv varför det är så." in page.one("ul", id=field.attributes["aria-describedby"]).text
    first = page.one(role="alert")
    assert first.text.startswith("Planen är inte fastställd. En motivering ska skrivas")
    assert first.one("a").href == f"#{field.id}"
    page = shown(client.post(ADOPT, form_of(page, text="Smitta \U0001f637")), 422)
    assert "går inte att skriva ut" in page.one("ul", id=field.attributes["aria-describedby"]).text
    assert not Decision.objects.exists()


def test_a_second_click_leads_to_the_same_decision(client, meeting, quick):
    confirm(client)
    values = form_of(shown(client.get(ADOPT)))
    answers = [client.post(ADOPT, values)["Location"] for _ in range(2)]
    assert answers == [DECISION, DECISION]
    assert Decision.objects.count() == 1
    assert client.get(ADOPT)["Location"] == DECISION


def test_what_has_happened_meanwhile_is_said(plan, client, director, meeting, quick):
    confirm(client)
    values = form_of(shown(client.get(ADOPT)))
    send(plan, PlanMove.Action.SUBMIT, made.mover(director, plan))
    page = shown(client.post(ADOPT, values), 409)
    assert "Planen är inte fastställd. Karin Ek har redan" in page.one(role="alert").text
    assert "Version 3 blir den fastställda planen." in page.text
    meeting.revision += 1
    meeting.save()
    page = shown(client.post(ADOPT, {**form_of(page), "meeting": "0"}), 409)
    assert "Sammanträdet har ändrats" in page.one(role="alert").text
    assert not Decision.objects.exists()


# -- the decision ----------------------------------------------------------------------------------------


def test_everybody_in_the_federation_reads_the_decision_and_its_files(plan, client, meeting, quick):
    adopt(client)
    observer = client_of(people.with_role(plan.federation))
    page = shown(observer.get(DECISION)).one("main")
    assert page.one("h1").text == "Beslut 2020-11-24, § 45"
    assert page.one("a", css="back").href == "/gotland/plan/2021/vagen/"
    assert "Styrelsen beslutade" in page.text
    assert Decision.objects.get().hash in page.text
    assert not page.all("form"), "only those who record say what has happened since"
    files = {each.text: observer.get(each.href) for each in page.one("ul", css="files").all("a")}
    assert {name: answer.content for name, answer in files.items()} == {
        "Den fastställda planen som PDF": b"%PDF plan",
        "Protokollsutdrag": b"%PDF protokoll",
    }
    protocol = files["Protokollsutdrag"]
    assert protocol["Content-Disposition"] == 'attachment; filename="gotland-protokollsutdrag-2021.pdf"'
    assert observer.get("/gotland/plan/2021/version/2/beslut/plan_docx/").status_code == 404
    assert observer.get("/gotland/plan/2021/version/1/beslut/").status_code == 404


def test_before_the_decision_there_is_none(plan, client):
    page = shown(client.get(DECISION))
    assert "Planen för 2021 är inte fastställd än." in page.text


def note(client: Client, number: int = 2, **values: object):
    return client.post(f"/gotland/plan/2021/version/{number}/handelse/", {"on": "2020-11-24", **values})


def test_that_the_proposal_was_public_is_noted_before_the_decision(plan, client, director, clock, quick):
    made.before_board(plan, director, clock)
    answer = note(client, kind="meeting_announced", on="2020-11-09", where="Webbplatsen")
    assert answer["Location"] == DECISION
    page = shown(client.get(DECISION))
    assert "Sammanträdet kungjort Webbplatsen." in page.text
    assert note(client, kind="minutes_approved").status_code == 422, "there are no minutes yet"


def test_from_what_is_to_be_explained_one_comes_to_where_it_is_noted(plan, client, director, clock, quick):
    made.before_board(plan, director, clock)
    made.meeting(plan, announced_on=date(2020, 11, 9), is_public=False)
    page = shown(client.get(ADOPT)).one("main")
    ways = {
        field.one("label").text.split(".")[0]: [link.href for link in field.all("a")]
        for field in page.all("div", css="asked")
    }
    assert ways["Sammanträdet var inte offentligt, som det ska vara när budgeten fastställs"] == [MEETING]
    (way,) = ways["Förslaget till budget blev offentligt 2020-11-10, men sammanträdet kungjordes 2020-11-09"]
    page = shown(client.get(way))
    details = page.one("details", id=way.partition("#")[2])
    assert "open" in details.attributes
    (chosen,) = [each for each in details.all("option") if "selected" in each.attributes]
    assert chosen.attributes["value"] == "proposal_published"


def test_that_the_proposal_of_a_revision_was_public_is_noted_of_the_revision(plan, client):
    plan.set_open(False)
    in_state(plan, "board")
    adopted(plan.version)
    revised = in_state(revise(plan, people.user(), "Nya besked."), "board")
    page = shown(client.get(f"{DECISION}?anteckna=proposal_published")).one("main")
    assert "Den reviderade planen för 2021 är inte fastställd än." in page.text
    address = f"/gotland/plan/2021/version/{revised.version.number}/handelse/"
    assert [each.attributes["action"] for each in page.all("form")] == [address]
    answer = note(client, revised.version.number, kind="proposal_published", where="Webbplatsen")
    page = shown(client.get(answer["Location"])).one("main")
    assert "Förslaget publicerat Webbplatsen." in page.text
    assert "open" not in page.one("details", id="anteckna").attributes


def test_the_page_of_the_decision_says_who_keeps_and_who_approves_the_minutes(plan, client, meeting, quick):
    adopt(client)
    page = shown(client.get(DECISION)).one("main")
    facts = {each.one("dt").text: each.one("dd").text for each in page.all("dl", css="facts")[0].all("div")}
    assert (facts["Sekreterare"], facts["Justerare"]) == ("Karin Ek", "Bo Al")
    assert "/gotland/plan/2021/version/2/samrad/" in [link.href for link in page.all("a")]


def test_what_came_after_is_added_and_changes_nothing(plan, client, chair, meeting, clock, quick):
    for name, details in {
        "Region Nya": {"kind": "region"},
        "Nya kommunen": {"kind": "municipality"},
        "Kommunen som lämnade": {"kind": "municipality", "left": "2019"},
    }.items():
        Member.objects.create(federation=plan.federation, name=name, **details)
    values = form_of(shown(client.get(ADOPT)), text="De är nya.")
    confirm(client)
    assert client.post(ADOPT, values)["Location"] == DECISION
    before = Decision.objects.values_list("content", "hash").get()
    clock.set(date(2020, 12, 10))
    client = client_of(chair)
    boards = ["Region Gotland", "Region Nya", "Nya kommunen"]
    page = shown(client.get("/gotland/plan/2021/version/2/beslut/"))
    assert "Protokollet justeras senast 2020-12-08." in page.text
    assert "Kommunen som lämnade" not in page.text
    assert note(client, kind="minutes_approved", on="2020-12-01").status_code == 302
    for _ in range(2):
        answer = note(client, kind="minutes_announced", on="2020-12-02", boards=boards)
        assert answer["Location"] == "/gotland/plan/2021/version/2/beslut/"
    announced = VersionEvent.objects.filter(kind="minutes_announced")
    assert sorted(each.where for each in announced) == sorted(boards), "twice is harmless"
    page = shown(client.get(DECISION))
    assert "Protokollet justeras: gjort 2020-12-01." in page.text
    assert "anslagstavlan hos Region Gotland: gjort 2020-12-02." in page.text
    assert "till och med 2020-12-23" in page.text
    assert Decision.objects.values_list("content", "hash").get() == before


EVENT_FAULTS = {
    "not yet": ({"kind": "published", "on": "2020-11-25"}, "Det har inte hänt än"),
    "before the decision": ({"kind": "published", "on": "2020-11-23"}, "Beslutet fattades 2020-11-24"),
    "announced nowhere": ({"kind": "minutes_announced"}, "Säg hos vem"),
    "no such thing": ({"kind": "superseded"}, "Välj ett giltigt alternativ"),
    "on boards where it is not": (
        {"kind": "published", "boards": ["Region Gotland"]},
        "Bara justeringen tillkännages där. Ta bort kryssen för ”publicerad”.",
    ),
}


@pytest.mark.parametrize(("values", "says"), EVENT_FAULTS.values(), ids=EVENT_FAULTS.keys())
def test_what_cannot_be_is_not_noted(client, meeting, quick, values, says):
    adopt(client)
    count = VersionEvent.objects.count()
    page = shown(note(client, note="Min anteckning", **values), 422)
    assert says in page.one("main").text
    assert [each for each in page.all("input", name="note") if each.attributes["value"] == "Min anteckning"]
    assert VersionEvent.objects.count() == count


def test_others_note_nothing(plan, client, meeting, quick):
    adopt(client)
    for kind in set(RoleKind) - {
        RoleKind.DIRECTOR,
        RoleKind.ADMINISTRATOR,
        RoleKind.CHAIR,
        RoleKind.VICE_CHAIR,
    }:
        other = client_of(people.with_role(plan.federation, kind))
        assert note(other, kind="published").status_code == 403
        assert other.get(ADOPT).status_code == 403
