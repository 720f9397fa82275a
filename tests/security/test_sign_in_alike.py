"""Nobody learns from signing in which addresses have an account: the same answer, and the same work."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from members.models import User
from tests.members import people
from tests.members.people import PASSWORD
from tests.security.test_caches import kept

pytestmark = pytest.mark.django_db

OF_EACH_ANSWER = ("Content-Length", "X-Request-ID")


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """Every password that the hasher works on, whichever hasher is set."""
    worked: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self, password, salt):
        worked.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return worked


def sign_in(address: str, password: str = "fel lösenord här"):
    return Client().post("/logga-in/", {"login": address, "password": password})


@pytest.fixture
def people_of_every_kind() -> dict[str, str]:
    people.user("karin@example.se")
    people.user("inaktiv@example.se", is_active=False)
    organisation = people.user("organisation@example.se")
    organisation.set_unusable_password()
    organisation.save()
    return {
        "known": "karin@example.se",
        "unknown": "ingen@example.se",
        "inactive": "inaktiv@example.se",
        "without a password": "organisation@example.se",
        "in other letters": "KARIN@example.se",
    }


def test_a_wrong_password_is_as_much_work_whoever_it_is_for(people_of_every_kind, hashed):
    work = {}
    for what, address in people_of_every_kind.items():
        hashed.clear()
        sign_in(address)
        work[what] = len(hashed)
    assert work["known"] >= 1
    assert set(work.values()) == {work["known"]}, work


def test_the_answer_is_the_same_but_for_the_address(people_of_every_kind):
    seen = set()
    for address in people_of_every_kind.values():
        answer = sign_in(address)
        page = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.content.decode())
        told = {name: answer[name] for name in answer.headers if name not in OF_EACH_ANSWER}
        seen.add((answer.status_code, page.replace(address, "X"), tuple(told.items())))
        assert {"no-store"} <= kept(answer)
    assert len(seen) == 1


def test_who_is_inactive_is_answered_so_even_with_the_right_password(people_of_every_kind):
    wrong, right = sign_in("inaktiv@example.se"), sign_in("inaktiv@example.se", PASSWORD)
    assert wrong.status_code == right.status_code == 200
    assert "_auth_user_id" not in Client().session
    assert "stämmer inte" in right.content.decode()


def test_asking_for_a_new_password_says_the_same_to_everybody(people_of_every_kind, mailoutbox):
    answers = set()
    for address in people_of_every_kind.values():
        answer = Client().post("/logga-in/glomt-losenord/", {"email": address})
        answers.add((answer.status_code, answer.get("Location")))
    assert len(answers) == 1
    assert {each.to[0] for each in mailoutbox} <= set(User.objects.values_list("email", flat=True))


def test_inviting_says_the_same_of_who_has_an_account_elsewhere_and_who_has_none():
    federation = people.federation()
    client = people.reader(federation)
    people.user("har@example.se")
    seen = set()
    for address in ("har@example.se", "inte@example.se"):
        fields = {"name": "Bo", "email": address, "kind": "auditor"}
        answer = client.post("/norrby/behorigheter/bjud-in/", fields, follow=True)
        text = answer.content.decode().replace(address, "X")
        seen.add((answer.status_code, "X" in text, "har redan ett konto" in text))
    assert len(seen) == 1
