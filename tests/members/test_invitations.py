"""Inviting by e-mail: the mail, its link, what happens when it cannot be sent; again, and revoking."""

import re
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from members.invitations import hashed
from members.models import Federation, Invitation, Member, RoleKind
from tests.members import people
from tests.members.page_forms import faults, filled
from tests.members.people import client_of, user, with_role
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

HERE = "/norrby/behorigheter/"
LINK = re.compile(r"^http://testserver/inbjudan/([\w-]{43})/$", re.MULTILINE)
BO = {"name": "Bo Ask", "email": "Bo@Example.se", "kind": "auditor"}


@pytest.fixture
def norrby() -> Federation:
    return people.federation(name="Förbundet Norrby & Vik")


@pytest.fixture
def editor(norrby) -> Client:
    return client_of(with_role(norrby, RoleKind.DIRECTOR, user("chef@example.se", name="Karin Ek")))


def invite(client: Client, **fields: str):
    return filled(client, f"{HERE}bjud-in/", **{**BO, **fields})


def token_in(message) -> str:
    found = LINK.findall(message.body)
    assert len(found) == 1
    return found[0]


def said(client: Client) -> str:
    return shown(client.get(HERE)).all("div", css="message")[-1].text


@pytest.fixture
def broken_mail(monkeypatch):
    def refuse(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)


# -- the mail ----------------------------------------------------------------------------------------


def test_the_mail_says_who_invites_where_to_as_what_and_until_when(editor, norrby):
    assert invite(editor)["Location"] == HERE
    (message,) = mail.outbox
    invitation = Invitation.objects.get()
    assert message.to == ["bo@example.se"]
    assert message.subject == "Inbjudan till Förbundet Norrby & Vik"
    for part in ("Hej Bo Ask!", "Karin Ek bjuder in dig till Förbundet Norrby & Vik", "revisor", "en gång"):
        assert part in message.body
    assert 13 <= (invitation.expires_at - timezone.now()).days <= 14
    assert f"{timezone.localtime(invitation.expires_at):%Y, %H:%M}" in message.body
    assert "En inbjudan är skickad till bo@example.se." in said(editor)


def test_the_mail_to_a_representative_names_the_member(editor, norrby):
    kommun = Member.objects.create(federation=norrby, name="Norrby kommun", kind="municipality")
    invite(editor, kind="member_representative", member=str(kommun.pk))
    assert "medlemsrepresentant för Norrby kommun" in mail.outbox[0].body


def test_the_secret_is_kept_nowhere(editor):
    invite(editor)
    token = token_in(mail.outbox[0])
    row = Invitation.objects.values().get()
    assert row["token_hash"] == hashed(token)
    assert token not in str(row)
    assert token not in editor.get(HERE).content.decode()


def test_a_waiting_invitation_is_listed(editor):
    invite(editor)
    listed = shown(editor.get(HERE)).one("li", id=f"invitation-{Invitation.objects.get().pk}").text
    for part in ("Bo Ask", "bo@example.se", "Revisor", "av Karin Ek", "Gäller till 20"):
        assert part in listed


# -- nobody learns who has an account ----------------------------------------------------------------


def test_the_answer_is_the_same_whether_the_address_has_an_account_elsewhere(editor):
    with_role(people.federation("soderby"), who=user("bo@example.se", name="Robert"))

    def answer(email: str) -> tuple[int, str, str, str]:
        response = invite(editor, email=email)
        shown_after = editor.get(HERE).content.decode()
        return (
            response.status_code,
            response["Location"],
            mail.outbox[-1].subject,
            re.sub(r'(value="\w{64}"|invitation-\d+|inbjudan/\d+)', "", shown_after).replace(email, "X"),
        )

    known = answer("bo@example.se")
    Invitation.objects.all().delete()
    assert answer("ny@example.se") == known
    assert "Robert" not in known[3]


# -- when it cannot be sent --------------------------------------------------------------------------


def test_an_unsent_invitation_is_kept_and_the_page_says_how_to_try_again(editor, broken_mail):
    invite(editor)
    invitation = Invitation.objects.get()
    assert invitation.sent_at is None
    page = shown(editor.get(HERE))
    assert "gick inte att skicka" in page.one(role="alert").text
    assert "Skicka igen" in page.one(role="alert").text
    assert "Brevet är inte skickat." in page.one("li", id=f"invitation-{invitation.pk}").text


def test_sending_again_makes_a_new_link_and_the_old_one_ends(editor):
    invite(editor)
    Invitation.objects.update(expires_at=timezone.now() + timedelta(minutes=5))
    editor.post(f"{HERE}inbjudan/{Invitation.objects.get().pk}/skicka/")
    old, new = (token_in(message) for message in mail.outbox)
    assert Client().get(f"/inbjudan/{old}/").status_code == 404
    assert Client().get(f"/inbjudan/{new}/").status_code == 200
    assert (Invitation.objects.get().expires_at - timezone.now()).days >= 13


def test_an_invitation_out_of_date_is_sent_again(editor):
    invite(editor)
    then = timezone.now() - timedelta(days=20)
    Invitation.objects.update(made_at=then, expires_at=then + timedelta(days=14))
    assert "Gick ut" in shown(editor.get(HERE)).one("strong", css="unsent").text
    editor.post(f"{HERE}inbjudan/{Invitation.objects.get().pk}/skicka/")
    assert Client().get(f"/inbjudan/{token_in(mail.outbox[1])}/").status_code == 200


def test_when_sending_again_fails_the_first_link_goes_on(editor, request):
    invite(editor)
    request.getfixturevalue("broken_mail")
    editor.post(f"{HERE}inbjudan/{Invitation.objects.get().pk}/skicka/")
    assert "gick inte att skicka" in said(editor)
    assert Client().get(f"/inbjudan/{token_in(mail.outbox[0])}/").status_code == 200


def test_a_revoked_invitation_is_gone_from_the_list_and_its_link_ends(editor):
    invite(editor)
    pk = Invitation.objects.get().pk
    editor.post(f"{HERE}inbjudan/{pk}/aterkalla/")
    assert "är återkallad" in said(editor)
    assert not [item for item in shown(editor.get(HERE)).all("li") if "bo@example.se" in item.text]
    assert Client().get(f"/inbjudan/{token_in(mail.outbox[0])}/").status_code == 410
    for word in ("skicka", "aterkalla"):  # from a second window
        editor.post(f"{HERE}inbjudan/{pk}/{word}/")
        assert said(editor) == "Inbjudan är redan antagen eller återkallad."
    assert len(mail.outbox) == 1


# -- who may not, and odd input ----------------------------------------------------------------------


def test_an_invitation_of_another_federation_is_not_found_here(editor):
    theirs = Invitation.objects.create(
        federation=people.federation("soderby"), email="a@example.se", kind="observer", token_hash=hashed("a")
    )
    for word in ("skicka", "aterkalla"):
        assert editor.post(f"{HERE}inbjudan/{theirs.pk}/{word}/").status_code == 404
        assert editor.get(f"{HERE}inbjudan/{theirs.pk}/{word}/").status_code == 405
    theirs.refresh_from_db()
    assert theirs.is_valid and not mail.outbox


@pytest.mark.parametrize("kind", [RoleKind.CHAIR, RoleKind.OBSERVER, RoleKind.AUDITOR])
def test_only_editors_of_access_invite(norrby, kind):
    client = client_of(with_role(norrby, kind))
    row = Invitation.objects.create(
        federation=norrby, email="a@example.se", kind="observer", token_hash=hashed("a")
    )
    assert client.post(f"{HERE}bjud-in/", {**BO, "kind": "director"}).status_code == 403
    for word in ("skicka", "aterkalla"):
        assert client.post(f"{HERE}inbjudan/{row.pk}/{word}/").status_code == 403
    assert Invitation.objects.get().is_valid and not mail.outbox


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"email": "ingen adress"}, "email", "giltig e-postadress"),
        ({"email": "a@example.se\nBcc: b@example.se"}, "email", ""),
        ({"email": f"{'a' * 10_000}@example.se"}, "email", ""),
        ({"name": ""}, "name", "Fyll i ”Namn”."),
        ({"name": "Bo\nBcc: b@example.se"}, "name", "styrtecken (U+000A)"),
        ({"name": "Bo\u202eksA"}, "name", "styrtecken (U+202E)"),
        ({"kind": "king"}, "kind", "king"),
        ({"kind": "member_representative"}, "member", "och bara den, företräder en medlem"),
        ({"email": "li@example.se", "kind": "observer"}, "email", "Personen har redan den behörigheten."),
        ({"email": "ny@example.se"}, "email", "Personen är redan inbjuden till den behörigheten."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_sent(editor, norrby, fields, field, sentence):
    with_role(norrby, RoleKind.OBSERVER, user("li@example.se"))
    invite(editor, email="Ny@example.se")
    page = shown(invite(editor, **fields))
    assert sentence in faults(page)[field]
    assert Invitation.objects.count() == len(mail.outbox) == 1
