"""The mails: whose turn it is, what is gathered, and who wants none."""

from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.management import call_command

from members.models import RoleKind
from plans.models import Notice, NoticeChoice, Plan, PlanMove
from plans.notices.moves import tell_of
from plans.notices.telling import Message, tell
from plans.states.moving import Mover, send
from tests.loading import FIXTURES, load
from tests.members import people

pytestmark = pytest.mark.django_db
ADDRESS = "https://finsam.example.se/gotland/plan/2021/version/1/"


@pytest.fixture
def plan():
    federation, _ = load(FIXTURES / "gotland")
    return Plan.objects.select_related("federation", "budget").get(federation=federation)


@pytest.fixture
def reader(plan):
    return people.with_role(
        plan.federation, RoleKind.PREPARATORY_GROUP, people.user("b@example.se", name="Bo Ask")
    )


@pytest.fixture
def sent(plan):
    director = people.with_role(
        plan.federation, RoleKind.DIRECTOR, people.user("k@example.se", name="Karin Ek")
    )
    send(plan, PlanMove.Action.CONSULT, Mover(director, frozenset({RoleKind.DIRECTOR}), 0))
    return plan.moves.get()


def told(kind: str, key: str = "nytt", address: str = ADDRESS) -> Message:
    return Message(Notice.Kind(kind), key, "Något har hänt.", address)


def test_those_whose_turn_it_is_get_a_mail_with_the_hash_of_the_version(
    sent, reader, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        tell_of(sent, lambda path: f"https://finsam.example.se{path}", "/gotland/plan/2021/version/1/")
    [message] = mail.outbox
    assert message.to == ["b@example.se"]  # not the one who sent it
    assert (
        message.subject == "FinsamGotland: Planen för 2021 är på samråd. Läs version 1 och lämna ditt svar."
    )
    [(html, _)] = message.alternatives
    for body in (message.body, html):
        assert ADDRESS in body
        assert sent.version.hash in body
        assert "https://finsam.example.se/konto/meddelanden/" in body
    assert Notice.objects.get().mailed_at


def test_nobody_is_told_the_same_twice(plan, reader, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell([reader], plan.federation, told("turn"))
        tell([reader], plan.federation, told("turn"))
    assert len(mail.outbox) == 1


def test_news_are_gathered_into_one_mail_a_day(plan, reader, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell([reader], plan.federation, told("news", "ett"))
        tell([reader], plan.federation, told("news", "två"))
    assert not mail.outbox
    call_command("send_notices")
    [message] = mail.outbox
    assert message.subject == "Finsam: 2 meddelanden"
    assert message.body.count("Något har hänt.") == 2
    call_command("send_notices")
    assert len(mail.outbox) == 1


def test_who_wants_none_gets_none(plan, reader, django_capture_on_commit_callbacks):
    NoticeChoice.objects.create(user=reader, turn="never", news="never")
    with django_capture_on_commit_callbacks(execute=True):
        tell([reader], plan.federation, told("turn"))
    call_command("send_notices")
    assert not mail.outbox


def test_who_has_left_gets_none(plan, reader):
    tell([reader], plan.federation, told("news"))
    reader.roles.all().delete()
    call_command("send_notices")
    assert not mail.outbox


def test_a_mail_that_could_not_be_sent_goes_with_the_next(
    plan, reader, monkeypatch, django_capture_on_commit_callbacks
):
    def fail(self):
        raise SMTPException

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
        with django_capture_on_commit_callbacks(execute=True):
            tell([reader], plan.federation, told("turn"))
    assert Notice.objects.get().mailed_at is None
    call_command("send_notices")
    assert len(mail.outbox) == 1


def test_the_choice_is_made_on_a_page(reader):
    client = people.client_of(reader)
    assert "Brev från Finsam" in client.get("/konto/meddelanden/").content.decode()
    client.post("/konto/meddelanden/", {"turn": "daily", "news": "never"})
    choice = NoticeChoice.objects.get(user=reader)
    assert (choice.turn, choice.news) == ("daily", "never")
    assert client.post("/konto/meddelanden/", {"turn": "ibland", "news": "never"}).status_code == 422
