"""A version that is opened again is the page that would be made anew, whatever has happened since."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Role, RoleKind
from plans.models import CommentEntry, Plan, PlanMove, Section, Version, VersionEvent
from plans.review import commenting
from plans.review.places import Place
from plans.views.review.pages import OPENED
from tests.members import people
from tests.plans.access_world import budget_of
from tests.plans.made_versions import Readers, adopt, put, sent

pytestmark = pytest.mark.django_db

ADDRESS = "/norrby/plan/2021/version/2/"
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}(?=")')
Change = Callable[[Version, Readers], object]


@pytest.fixture
def plan() -> Plan:
    return budget_of(people.federation(), 2021, "Norr")


@pytest.fixture
def version(plan) -> Version:
    """The second of its year, with a comment on it."""
    sent(plan, "consultation")
    version = sent(plan, "board")
    commenting.add(version, people.user(), section(version), "Räcker det?")
    return version


@pytest.fixture
def readers(plan) -> Readers:
    return Readers(plan.federation)


def section(version: Version) -> Place:
    first = Section.objects.filter(plan=version.plan).first()
    assert first
    return Place("section", first.key, first.heading)


def opened(client: Client) -> tuple[int, bytes]:
    answer = client.get(ADDRESS)
    return answer.status_code, TOKEN.sub(b"", answer.content)


def reader(readers: Readers):
    return readers.user("board_member")


def answered(version: Version, readers: Readers) -> None:
    commenting.write(
        version.plan.comments.get(), readers.user("director"), CommentEntry.Action.ANSWER, "Ja.", 0
    )


def closed(version: Version, readers: Readers) -> None:
    commenting.set_closed(version.plan.comments.get(), readers.user("director"), closed=True)


def renamed(version: Version, readers: Readers) -> None:
    person = reader(readers)
    person.name = "Annat Namn"
    person.save()


def new_address(version: Version, readers: Readers) -> None:
    person = reader(readers)
    person.email = "annan@example.se"
    person.save()


def support(version: Version, readers: Readers) -> None:
    person = reader(readers)
    person.is_staff = True
    person.save()


def federation_renamed(version: Version, readers: Readers) -> None:
    version.federation.short_name = "Nytt"
    version.federation.save()


def another_role(version: Version, readers: Readers) -> None:
    people.with_role(version.federation, RoleKind.AUDITOR, reader(readers))


def role_instead(version: Version, readers: Readers) -> None:
    Role.objects.filter(user=reader(readers)).update(kind=RoleKind.DIRECTOR)


def no_role(version: Version, readers: Readers) -> None:
    Role.objects.filter(user=reader(readers)).delete()


def sent_back(version: Version, readers: Readers) -> None:
    put(version.plan, "draft", None)


def earlier_read(version: Version, readers: Readers) -> None:
    earlier = version.plan.versions.get(number=1)
    people.with_role(version.federation, RoleKind.PREPARATORY_GROUP, reader(readers))
    earlier.readings.create(user=reader(readers), first_at=timezone.now(), last_at=timezone.now())


def superseded(version: Version, readers: Readers) -> None:
    adopt(version)
    version.events.create(
        kind=VersionEvent.Kind.SUPERSEDED, on="2021-03-01", at=timezone.now(), by=people.user(), by_name="Bo"
    )


CHANGES: dict[str, Change] = {
    "a comment": lambda version, _: commenting.add(version, people.user(), section(version), "Och sedan?"),
    "an answer": answered,
    "a comment is closed": closed,
    "the reader is renamed": renamed,
    "the reader's address": new_address,
    "the reader helps others": support,
    "the federation is renamed": federation_renamed,
    "a role more": another_role,
    "a role instead": role_instead,
    "no role": no_role,
    "sent back": sent_back,
    "sent anew": lambda version, _: sent(version.plan, "board"),
    "adopted": lambda version, _: adopt(version),
    "adopted and superseded": superseded,
    "an earlier version is read": earlier_read,
    "a reason to revise": lambda version, _: Plan.every.filter(pk=version.plan_id).update(
        revision=1, revision_reason="Nya medel"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_shows_when_it_is_opened_again(version, readers, change, monkeypatch):
    monkeypatch.setattr("plans.review.reading.AGAIN", timezone.timedelta(days=1))
    client = readers.client("board_member")
    opened(client)  # the reading is noted
    before = opened(client)
    assert before[0] == 200
    change(version, readers)
    after = opened(client)
    OPENED.forget()
    anew = opened(client)
    assert after == anew
    assert after != before


def test_it_is_kept_at_all(version, readers, monkeypatch):
    client = readers.client("board_member")
    opened(client)
    opened(client)
    monkeypatch.setattr("plans.views.review.pages.rendered", lambda *_: pytest.fail("made anew"))
    assert opened(client)[0] == 200


def test_each_reader_has_their_own_page(version, readers):
    names = {kind: readers.user(kind).name.encode() for kind in ("board_member", "deputy", "chair")}
    for _ in range(3):
        for kind, name in names.items():
            _, page = opened(readers.client(kind))
            assert b"<summary><span>" + name + b"</span>" in page


def test_a_form_of_it_is_sent_with_the_reader_s_own_token(version, readers):
    """In two browsers of the same reader, each with a token of its own: a kept page must serve both."""
    for turn in range(2):
        client = Client(enforce_csrf_checks=True)
        client.force_login(reader(readers))
        tokens = {TOKEN.search(client.get(ADDRESS).content)[0].decode() for _ in range(2)}
        assert len(tokens) == 2  # masked anew each time
        for token in tokens:
            form = {"text": f"Synpunkt {turn} {token}", "plats": "", "csrfmiddlewaretoken": token}
            assert client.post(f"{ADDRESS}synpunkter/ny/", form | {"plats": "helheten"}).status_code == 302


def test_a_message_is_shown_once(version, readers):
    client = readers.client("director")
    opened(client)
    opened(client)
    answer = client.post("/norrby/plan/2021/version/2/synpunkter/ny/", {"text": "Hej", "plats": "helheten"})
    assert answer.status_code == 302
    shown = [b'class="message ' in opened(client)[1] for _ in range(3)]
    assert shown == [True, False, False]


def test_every_opening_is_noted(version, readers, monkeypatch):
    monkeypatch.setattr("plans.review.reading.AGAIN", timezone.timedelta(0))
    client, person = readers.client("board_member"), reader(readers)
    times = []
    for _ in range(4):
        opened(client)
        times.append(version.readings.get(user=person).last_at)
    assert times == sorted(set(times))


def test_what_moved_the_plan_shows(version, readers):
    """Sent back by a move, read by somebody who still may: the words of where it stands come from the log."""
    client = readers.client("auditor")
    opened(client)
    put(version.plan, "draft", None)
    assert "Inte längre aktuell".encode() in opened(client)[1]
    version.moves.create(
        plan=version.plan,
        number=1,
        action=PlanMove.Action.SEND_BACK,
        from_state="board",
        to_state="draft",
        comment="Räkna om.",
        at=timezone.now(),
        by=people.user(),
        by_name="Bo",
    )
    assert "Återförd till utkast".encode() in opened(client)[1]
