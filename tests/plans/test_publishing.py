"""Publishing and withdrawing: where it is done, by whom, and what is said first."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from members.models import RoleKind
from plans.models import Meeting, Plan, Version, VersionEvent
from plans.publishing.publishing import publish, withdraw
from plans.publishing.standing import HERE, Status
from plans.states.moving import RefusedError
from tests.at_once import together
from tests.members import people
from tests.members.people import client_of
from tests.members.shown_page import Element, shown
from tests.plans import adoption_world as made
from tests.plans.made_public import as_adopted, as_proposal
from tests.plans.made_versions import adopt, put, sent

pytestmark = pytest.mark.django_db

BASE = "/gotland/plan/2021"
PLACE = f"{BASE}/publicering/"
PUBLISH, WITHDRAW = f"{BASE}/version/1/publicera/", f"{BASE}/version/1/avpublicera/"
PUBLIC = "/publicerat/gotland/2021/"


@pytest.fixture
def clock(monkeypatch) -> made.Clock:
    clock = made.Clock(date(2020, 11, 12))
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def plan(clock) -> Plan:
    return made.a_plan()


@pytest.fixture
def version(plan) -> Version:
    return sent(plan)


@pytest.fixture
def client(plan) -> Client:
    return client_of(people.with_role(plan.federation, RoleKind.DIRECTOR, people.user(name="Karin Ek")))


def page(client: Client, address: str) -> Element:
    return shown(client.get(address)).one("main")


def kinds(version: Version) -> list[str]:
    return [each.kind for each in version.events.all()]


def is_public() -> bool:
    return Client().get(PUBLIC).status_code == 200


def sent_form(client: Client, **changes: str) -> dict[str, str]:
    """What the page's form sends."""
    form = page(client, PUBLISH).one("form")
    fields = {each.attributes["name"]: each.attributes.get("value", "") for each in form.all("input")}
    return {**fields, **changes}


# -- a proposal ------------------------------------------------------------------------------------------


def test_a_proposal_is_published_with_the_day_that_the_meeting_was_announced(client, version):
    assert "Inget av planen för 2021 är publicerat." in page(client, PLACE).text
    (button,) = page(client, PLACE).all("a", href=PUBLISH)
    assert button.text == "Publicera som förslag, version 1"
    asked = page(client, PUBLISH)
    assert "Alla kan läsa den, utan att logga in" in asked.text
    assert "styrelsens underlag" in asked.text
    answer = client.post(PUBLISH, sent_form(client, announced="2020-11-10"))
    assert answer["Location"] == PLACE
    assert is_public()
    assert kinds(version) == ["meeting_announced", "proposal_published"]
    published = version.events.last()
    assert (published.on, published.where, published.by_name) == (date(2020, 11, 12), HERE, "Karin Ek")
    assert version.events.first().on == date(2020, 11, 10)
    place = page(client, PLACE)
    assert "Publicerad som förslag sedan 2020-11-12" in place.text
    assert not place.all("a", href=PUBLISH)


def test_the_day_is_proposed_from_the_meeting_and_not_asked_for_twice(client, plan, version):
    Meeting.objects.create(plan=plan, on=date(2020, 11, 24), place="Visby", announced_on=date(2020, 11, 9))
    assert sent_form(client)["announced"] == "2020-11-09"
    client.post(PUBLISH, sent_form(client))
    client.post(WITHDRAW)
    assert "announced" not in sent_form(client)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Fyll i ”Sammanträdet kungjordes”."),
        ("2020-11-13", "Sammanträdet är inte kungjort än."),
        ("i morgon", "datum"),
    ],
)
def test_before_the_announcement_nothing_is_published(client, version, day, said):
    answer = client.post(PUBLISH, sent_form(client, announced=day))
    read = shown(answer, 422).one("main")
    assert said in read.text
    assert read.one("input", name="announced").attributes.get("value", "") == day
    assert kinds(version) == []


def test_a_version_that_is_not_before_the_board_cannot_be_published(client, plan, version):
    put(plan, "draft", None)
    assert "ligger inte hos styrelsen" in page(client, PUBLISH).text
    assert not page(client, PUBLISH).all("button")
    assert client.post(PUBLISH, {"status": "förslag", "announced": "2020-11-10"}).status_code == 409
    assert kinds(version) == []
    assert not page(client, PLACE).all("a", href=PUBLISH)


def test_a_proposal_that_is_sent_back_is_said_not_to_be_seen_and_can_be_withdrawn(client, plan, version):
    as_proposal(version)
    put(plan, "draft", None)
    assert not is_public()
    place = page(client, PLACE)
    assert "syns inte: planen ligger inte hos styrelsen" in place.text
    assert place.all("a", href=WITHDRAW)


# -- the adopted plan ------------------------------------------------------------------------------------


def test_the_adopted_plan_is_published_in_place_of_the_proposal(client, version):
    as_proposal(version)
    adopt(version)
    (button,) = page(client, PLACE).all("a", href=PUBLISH)
    assert button.text == "Publicera som fastställd, version 1"
    client.post(PUBLISH, sent_form(client))
    assert kinds(version)[-1] == "published"
    assert "Fastställd 2020-11-24, § 45" in shown(Client().get(PUBLIC)).text


def test_what_was_adopted_since_the_user_looked_is_not_published_unseen(client, version):
    form = sent_form(client, announced="2020-11-10")
    adopt(version)
    answer = client.post(PUBLISH, form)
    assert "ett annat läge sedan du såg sidan" in shown(answer, 409).text
    assert kinds(version) == []


# -- withdrawing -----------------------------------------------------------------------------------------


def test_it_is_withdrawn_as_easily_as_it_is_published(client, version):
    adopt(version)
    as_adopted(version)
    (button,) = page(client, PLACE).all("a", href=WITHDRAW)
    assert button.text == "Avpublicera version 1"
    assert "utan att logga in" in page(client, WITHDRAW).text
    assert len(page(client, WITHDRAW).all("button")) == 1
    assert client.post(WITHDRAW)["Location"] == PLACE
    assert not is_public()
    assert kinds(version) == ["published", "withdrawn"]
    client.post(PUBLISH, sent_form(client))
    assert is_public()


def test_a_second_click_changes_nothing(client, version):
    form = sent_form(client, announced="2020-11-10")
    assert [client.post(PUBLISH, form).status_code for _ in range(2)] == [302, 302]
    assert kinds(version) == ["meeting_announced", "proposal_published"]
    assert [client.post(WITHDRAW).status_code for _ in range(2)] == [302, 302]
    assert kinds(version) == ["meeting_announced", "proposal_published", "withdrawn"]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_noted_once(version):
    adopt(version)
    user = people.user(name="Karin Ek")

    def click() -> bool:
        return publish(Version.objects.select_related("plan").get(pk=version.pk), Status.ADOPTED, user)

    assert sorted(together([click] * 4)) == [False, False, False, True]
    assert kinds(version) == ["published"]


def test_nothing_frozen_is_touched(client, version):
    before = Version.objects.values().get(pk=version.pk)
    publish(version, Status.PROPOSAL, people.user(), date(2020, 11, 10))
    withdraw(version, people.user())
    assert Version.objects.values().get(pk=version.pk) == before


def test_the_announcement_is_needed_even_when_no_form_asks(version):
    with pytest.raises(RefusedError, match="kungjordes"):
        publish(version, Status.PROPOSAL, people.user())
    assert not VersionEvent.objects.exists()


# -- the way there ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "leads"), [("director", True), ("chair", True), ("auditor", False)])
def test_the_way_and_the_decision_lead_there_for_those_who_record(plan, version, kind, leads):
    who = client_of(people.with_role(plan.federation, RoleKind(kind)))
    for address in ("vagen", "beslut"):
        assert (PLACE in [link.href for link in page(who, f"{BASE}/{address}/").all("a")]) is leads


def test_what_is_noted_as_published_elsewhere_is_not_shown_here(client, version):
    """Noted among what has happened, as before there were public pages."""
    address = f"{BASE}/version/1/handelse/"
    client.post(address, {"kind": "meeting_announced", "on": "2020-11-10"})
    client.post(address, {"kind": "proposal_published", "on": "2020-11-10", "where": "förbundets webbplats"})
    assert kinds(version) == ["meeting_announced", "proposal_published"]
    assert not is_public()
    assert "announced" not in sent_form(client), "it is noted already"
