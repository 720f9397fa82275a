"""The page that the link of an invitation leads to."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.invitations import NoLongerValidError, accept, hashed
from members.models import Federation, Invitation, Member, Role, RoleKind, User
from tests.members import people
from tests.members.page_forms import faults, main_form, values_of
from tests.members.people import PASSWORD, client_of, user, with_role
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

TOKEN = "hemlig" * 7
ADDRESS = f"/inbjudan/{TOKEN}/"
NEW = {"name": "Bo Ask", "password": "fyra gröna lådor till", "repeated": "fyra gröna lådor till"}


@pytest.fixture
def norrby() -> Federation:
    return people.federation()


@pytest.fixture
def invitation(norrby) -> Invitation:
    return Invitation.objects.create(
        federation=norrby,
        email="bo@example.se",
        name="Bo Ask",
        kind="auditor",
        token_hash=hashed(TOKEN),
        invited_by=with_role(norrby, RoleKind.DIRECTOR, user("chef@example.se", name="Karin Ek")),
    )


def signed_in(client: Client) -> str:
    return User.objects.get(pk=client.session["_auth_user_id"]).email


# -- a new person ------------------------------------------------------------------------------------


def test_a_new_person_chooses_a_password_and_is_in(client, norrby, invitation):
    page = shown(client.get(ADDRESS))
    assert "Karin Ek bjuder in dig som revisor." in page.one("main").text
    assert page.one("h1").text == "Inbjudan till Samordningsförbundet Norrby"
    assert values_of(main_form(page))["name"] == "Bo Ask"
    answer = client.post(ADDRESS, NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/norrby/")
    bo = User.objects.get(email="bo@example.se")
    assert (bo.name, bo.check_password(NEW["password"]), signed_in(client)) == ("Bo Ask", True, bo.email)
    assert Role.objects.get(user=bo).kind == "auditor"
    assert client.get("/norrby/medlemmar/").status_code == 200
    address = EmailAddress.objects.get(user=bo)
    assert (address.email, address.verified, address.primary) == ("bo@example.se", True, True)
    invitation.refresh_from_db()
    assert invitation.accepted_by == bo


def test_the_new_person_can_sign_in_again(client, invitation):
    client.post(ADDRESS, NEW)
    again = Client()
    again.post("/logga-in/", {"login": "bo@example.se", "password": NEW["password"]})
    assert signed_in(again) == "bo@example.se"


def test_a_representative_is_told_for_which_member_and_speaks_for_it(client, norrby, invitation):
    kommun = Member.objects.create(federation=norrby, name="Norrby kommun", kind="municipality")
    Invitation.objects.update(kind="member_representative", member=kommun)
    assert "medlemsrepresentant för Norrby kommun" in shown(client.get(ADDRESS)).one("main").text
    client.post(ADDRESS, NEW)
    assert Role.objects.get(user__email="bo@example.se").member == kommun


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"name": ""}, "name", "Fyll i ”Namn”."),
        ({"name": "x" * 10_000}, "name", "10000"),
        ({"name": "Bo\u202e"}, "name", "U+202E"),
        ({"password": "", "repeated": ""}, "password", "Fyll i ”Lösenord”."),
        ({"password": "kort", "repeated": "kort"}, "password", "12 tecken"),
        ({"password": "password1234", "repeated": "password1234"}, "password", "vanligt"),
        ({"password": "bo@example.se", "repeated": "bo@example.se"}, "password", "e-postadress"),
        ({"repeated": "fyra gröna lådor"}, "repeated", "De två lösenorden är inte lika."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client, invitation, fields, field, sentence):
    page = shown(client.post(ADDRESS, {**NEW, **fields}))
    assert sentence in faults(page)[field]
    assert values_of(main_form(page))["password"] == ""
    assert not User.objects.filter(email="bo@example.se").exists()
    assert "_auth_user_id" not in client.session


# -- a person with an account ------------------------------------------------------------------------


def test_who_has_an_account_signs_in_and_accepts_with_one_button(client, norrby, invitation):
    bo = user("bo@example.se", name="Robert")
    page = shown(client.get(ADDRESS))
    assert not page.all("input", name="password")
    way = page.one("a", css="primary").href
    assert way == f"/logga-in/?next={ADDRESS.replace('/', '%2F')}"
    answer = client.post(way, {"login": bo.email, "password": PASSWORD})
    assert answer["Location"] == ADDRESS
    assert shown(client.get(ADDRESS)).one("main").one("button").text == "Tacka ja"
    assert client.post(ADDRESS)["Location"] == "/norrby/"
    assert list(bo.roles.values_list("kind", "federation__slug")) == [("auditor", "norrby")]
    bo.refresh_from_db()
    assert bo.name == "Robert"


def test_an_account_cannot_be_taken_over_with_the_link_alone(client, invitation):
    bo = user("bo@example.se", name="Robert")
    assert shown(client.post(ADDRESS, NEW), 403)
    bo.refresh_from_db()
    assert bo.check_password(PASSWORD) and bo.name == "Robert"
    assert "_auth_user_id" not in client.session and not bo.roles.exists()


def test_signed_in_as_another_one_is_told_and_can_sign_out(invitation):
    li = user("li@example.se")
    client = client_of(li)
    page = shown(client.get(ADDRESS))
    assert (
        "Du är inloggad som li@example.se, men inbjudan är till en annan adress."
        in page.one(role="alert").text
    )
    form = page.one("main").one("form")
    assert shown(client.post(ADDRESS, NEW), 403)
    assert not li.roles.exists() and not User.objects.filter(email="bo@example.se").exists()
    answer = client.post(form.attributes["action"], values_of(form))
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    assert shown(client.get(ADDRESS)).one("input", name="repeated")


def test_who_was_given_the_role_meanwhile_accepts_without_harm(norrby, invitation):
    bo = with_role(norrby, RoleKind.AUDITOR, user("bo@example.se"))
    assert client_of(bo).post(ADDRESS).status_code == 302
    assert bo.roles.count() == 1


# -- links that do not work --------------------------------------------------------------------------


def past() -> dict:
    then = timezone.now() - timedelta(days=15)
    return {"made_at": then, "expires_at": then + timedelta(days=14)}


@pytest.mark.parametrize(
    ("ended", "sentence"),
    [
        (past, "Inbjudan gick ut"),
        (lambda: {"revoked_at": timezone.now()}, "Inbjudan är återkallad"),
        (lambda: {"accepted_at": timezone.now()}, "Inbjudan är redan använd"),
    ],
)
def test_an_ended_invitation_says_so_and_gives_nothing(client, invitation, ended, sentence):
    Invitation.objects.update(**ended())
    bo = client_of(user("bo@example.se"))
    for who, method in ((client, "get"), (client, "post"), (bo, "get"), (bo, "post")):
        page = shown(getattr(who, method)(ADDRESS, NEW), 410)
        assert sentence in page.one("main").text
        assert not page.one("main").all("form")
    assert not Role.objects.filter(kind="auditor").exists()


@pytest.mark.parametrize("token", ["fel", "x" * 5_000, "%00", "%F0%9F%98%80", "hemlig" * 8])
def test_an_unknown_link_is_not_found(client, invitation, token):
    for answer in (client.get(f"/inbjudan/{token}/"), client.post(f"/inbjudan/{token}/", NEW)):
        assert shown(answer, 404).one("h1").text == "Inbjudan gäller inte"


def test_the_kept_hash_is_no_link(client, invitation):
    assert client.get(f"/inbjudan/{invitation.token_hash}/").status_code == 404


def test_a_link_works_once(client, invitation):
    client.post(ADDRESS, NEW)
    second = Client()
    assert second.post(ADDRESS, {**NEW, "name": "Någon annan"}).status_code == 410
    assert "_auth_user_id" not in second.session
    assert (
        User.objects.filter(email="bo@example.se").count() == Role.objects.filter(kind="auditor").count() == 1
    )


def test_of_two_who_read_the_invitation_at_once_only_the_first_gets_it(invitation):
    """What was read before the lock is not believed under it."""
    same = Invitation.objects.get()
    accept(invitation, user("bo@example.se"))
    with pytest.raises(NoLongerValidError):
        accept(same, user("li@example.se"))
    assert Role.objects.filter(kind="auditor").count() == 1


def test_a_link_replaced_while_the_page_was_open_gives_nothing(invitation):
    stale = Invitation.objects.get()
    Invitation.objects.update(token_hash=hashed("another"))
    with pytest.raises(NoLongerValidError):
        accept(stale, user("bo@example.se"))


def test_an_account_made_meanwhile_leaves_the_invitation_as_it_was(invitation):
    user("bo@example.se")
    with pytest.raises(IntegrityError):
        accept(invitation, User(email="bo@example.se", name="Bo"))
    assert Invitation.objects.get().is_valid


# -- what the page keeps to itself -------------------------------------------------------------------


def test_the_address_is_sent_on_to_nobody_and_kept_nowhere(client, invitation):
    Invitation.objects.create(
        federation=invitation.federation,
        email="x@example.se",
        kind="observer",
        token_hash=hashed("ended"),
        revoked_at=timezone.now(),
    )
    for address in (ADDRESS, "/inbjudan/ended/", "/inbjudan/unknown/"):
        answer = client.get(address)
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "no-store" in answer["Cache-Control"]


def test_looking_at_the_link_writes_nothing(client, invitation):
    """A mail filter that opens every link uses nothing up."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(ADDRESS).status_code == client.head(ADDRESS).status_code == 200
    assert [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")] == []
    assert Invitation.objects.get().is_valid


def test_accepting_needs_the_forms_own_token(invitation):
    client = Client(enforce_csrf_checks=True)
    assert client.post(ADDRESS, NEW).status_code == 403
    assert Invitation.objects.get().is_valid


def test_no_federation_can_take_the_place_of_the_invitations():
    with pytest.raises(IntegrityError, match="federation_slug_free"):
        people.federation("inbjudan")


def test_an_address_with_capitals_is_refused_by_the_database(norrby):
    with pytest.raises(IntegrityError, match="invitation_email_lower"):
        Invitation.objects.create(federation=norrby, email="Bo@x.se", kind="observer", token_hash=hashed("b"))
