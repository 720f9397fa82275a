"""The log of who may do what: every road to a change leaves a row, and no row is changed afterwards."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.invitations import hashed
from members.models import AccessChange, Federation, Invitation, Member, Role, RoleKind, User
from tests.members import people
from tests.members.constraints import Refusal, assert_database_refuses, assert_person_is_told
from tests.members.page_forms import filled
from tests.members.people import client_of, user, with_role

pytestmark = pytest.mark.django_db

HERE = "/norrby/behorigheter/"


@pytest.fixture
def norrby() -> Federation:
    return people.federation()


@pytest.fixture
def karin(norrby) -> User:
    return with_role(norrby, RoleKind.DIRECTOR, user("chef@example.se", name="Karin Ek"))


@pytest.fixture
def bo(norrby) -> User:
    return with_role(norrby, RoleKind.OBSERVER, user("bo@example.se", name="Bo Ask"))


@pytest.fixture
def editor(karin) -> Client:
    return client_of(karin)


@pytest.fixture
def staff() -> Client:
    return client_of(user("stod@example.se", name="Stina Stöd", is_staff=True, is_superuser=True))


def logged() -> list[tuple[str, str, str, str, str]]:
    """What was done, the role, for which member, to whom and by whom, in the order it was done."""
    fields = ("kind", "role", "member_name", "person_name", "by_name")
    return list(AccessChange.objects.order_by("pk").values_list(*fields))


# -- by the federation itself ------------------------------------------------------------------------


def test_a_role_given_and_withdrawn(editor, norrby, bo):
    member = Member.objects.create(federation=norrby, name="Norrby kommun", kind="municipality")
    editor.post(f"{HERE}person/{bo.pk}/", {"kind": "member_representative", "member": member.pk})
    editor.post(f"{HERE}{bo.roles.get(kind='observer').pk}/ta-bort/")
    member.delete()  # what was given is told by its name, whatever becomes of it
    assert logged() == [
        ("role_given", "member_representative", "Norrby kommun", "Bo Ask", "Karin Ek"),
        ("role_withdrawn", "observer", "", "Bo Ask", "Karin Ek"),
    ]
    assert set(AccessChange.objects.values_list("federation", "person")) == {(norrby.pk, bo.pk)}


def test_what_was_not_done_is_not_logged(editor, karin, bo):
    editor.get(f"{HERE}person/{bo.pk}/")
    editor.post(f"{HERE}person/{bo.pk}/", {"kind": "observer"})  # which he has
    editor.post(f"{HERE}person/{bo.pk}/", {"kind": "kung"})
    editor.post(f"{HERE}{karin.roles.get().pk}/ta-bort/")  # the last who can
    client_of(bo).post(f"{HERE}{karin.roles.get().pk}/ta-bort/")
    editor.post("/norrby/medlemmar/forbundet/", {})
    assert logged() == []


def test_the_life_of_an_invitation(editor, norrby):
    editor.post(f"{HERE}bjud-in/", {"name": "Eva Al", "email": "eva@example.se", "kind": "auditor"})
    invitation = Invitation.objects.get()
    editor.post(f"{HERE}inbjudan/{invitation.pk}/skicka/")
    for _ in range(2):  # a second click
        editor.post(f"{HERE}inbjudan/{invitation.pk}/aterkalla/")
    eva = "Eva Al (eva@example.se)"
    assert logged() == [
        ("invited", "auditor", "", eva, "Karin Ek"),
        ("invited_again", "auditor", "", eva, "Karin Ek"),
        ("invitation_revoked", "auditor", "", eva, "Karin Ek"),
    ]
    for secret in Invitation.objects.values_list("token_hash", flat=True):
        assert secret not in str(list(AccessChange.objects.values()))


def test_who_accepts_an_invitation_did_it(norrby):
    Invitation.objects.create(
        federation=norrby, email="eva@example.se", name="Eva Al", kind="auditor", token_hash=hashed("nyckel")
    )
    password = "en ganska lång mening"
    new = {"name": "Eva Ahl", "password": password, "repeated": password}
    assert Client().post("/inbjudan/nyckel/", new).status_code == 302
    eva = User.objects.get(email="eva@example.se")
    assert logged() == [("invitation_accepted", "auditor", "", "Eva Al (eva@example.se)", "Eva Ahl")]
    assert AccessChange.objects.get().person_id == eva.pk


def test_the_second_factor_of_a_federation(editor, norrby):
    address = "/norrby/medlemmar/forbundet/"
    filled(editor, address, seat="Visby")
    filled(editor, address, second_factor_demanded="on")
    norrby.refresh_from_db()
    assert norrby.second_factor_demanded
    assert logged() == [("factor_demanded", "", "", "", "Karin Ek")]


# -- by support staff --------------------------------------------------------------------------------


def admin(model: str, what: str, *args: object) -> str:
    return reverse(f"admin:members_{model}_{what}", args=args)


def test_support_staff_giving_changing_and_removing_a_role(staff, norrby, bo):
    role = {"user": bo.pk, "federation": norrby.pk, "member": ""}
    assert staff.post(admin("role", "add"), {**role, "kind": "auditor"}).status_code == 302
    auditor = bo.roles.get(kind="auditor")
    change = admin("role", "change", auditor.pk)
    assert staff.post(change, {**role, "kind": "auditor"}).status_code == 302  # as it was
    assert staff.post(change, {**role, "kind": "chair"}).status_code == 302
    assert staff.post(admin("role", "delete", auditor.pk), {"post": "yes"}).status_code == 302
    observer = bo.roles.get()
    chosen = {"action": "delete_selected", "_selected_action": [observer.pk], "post": "yes"}
    assert staff.post(admin("role", "changelist"), chosen).status_code == 302
    assert [(kind, role) for kind, role, *_ in logged()] == [
        ("role_given", "auditor"),
        ("role_withdrawn", "auditor"),
        ("role_given", "chair"),
        ("role_withdrawn", "chair"),
        ("role_withdrawn", "observer"),
    ]
    assert {(person, by) for *_, person, by in logged()} == {("Bo Ask", "Stina Stöd")}


def page_of_user(who: User, **changes: Any) -> dict[str, Any]:
    """What the page of a user sends, with its roles."""
    roles = list(who.roles.order_by("pk"))
    sent = {"email": who.email, "name": who.name, "is_active": "on", "date_joined_0": "2020-01-01"}
    sent |= {"date_joined_1": "12:00", "last_login_0": "", "last_login_1": ""}
    sent |= {"roles-TOTAL_FORMS": str(len(roles) + 1), "roles-INITIAL_FORMS": str(len(roles))}
    for n, role in enumerate([*roles, Role(user=who)]):
        fields = {"id": role.pk, "user": who.pk, "federation": role.federation_id, "kind": role.kind}
        sent |= {f"roles-{n}-{name}": str(value or "") for name, value in fields.items()}
    return {name: value for name, value in {**sent, **changes}.items() if value is not None}


def test_support_staff_changing_the_roles_on_the_page_of_a_user(staff, norrby, bo):
    with_role(norrby, RoleKind.DEPUTY, bo)
    change = admin("user", "change", bo.pk)
    changes = {
        "roles-0-kind": "auditor",
        "roles-1-DELETE": "on",
        "roles-2-federation": str(norrby.pk),
        "roles-2-kind": "chair",
    }
    assert staff.post(change, page_of_user(bo, **changes)).status_code == 302
    assert {kind for (kind,) in bo.roles.values_list("kind")} == {"auditor", "chair"}
    assert sorted((kind, role) for kind, role, *_ in logged()) == [
        ("role_given", "auditor"),
        ("role_given", "chair"),
        ("role_withdrawn", "deputy"),
        ("role_withdrawn", "observer"),
    ]


def test_support_staff_closing_and_removing_an_account(staff, norrby, bo):
    with_role(people.federation("soderby"), RoleKind.AUDITOR, bo)
    change = admin("user", "change", bo.pk)
    assert staff.post(change, page_of_user(bo, is_active=None)).status_code == 302
    assert staff.post(change, page_of_user(bo)).status_code == 302
    assert staff.post(admin("user", "delete", bo.pk), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=bo.pk).exists()
    changes = AccessChange.objects.order_by("pk").values_list("kind", "federation__slug", "person")
    of_both = [
        (kind, slug, bo.pk)
        for kind in ("account_closed", "account_opened", "role_withdrawn")
        for slug in ("norrby", "soderby")
    ]
    assert sorted(changes) == sorted(of_both)


def test_support_staff_and_the_second_factor_of_a_federation(staff, norrby):
    norrby.second_factor_demanded = True
    norrby.save()
    values = {"name": norrby.name, "short_name": "Norrby", "slug": "norrby", "unit": "SEK"}
    for rows in ("logotype", "earlier_names", "members", "policies"):
        values |= {f"{rows}-TOTAL_FORMS": "0", f"{rows}-INITIAL_FORMS": "0"}
    assert staff.post(admin("federation", "change", norrby.pk), values).status_code == 302
    assert logged() == [("factor_waived", "", "", "", "Stina Stöd")]


# -- the table ---------------------------------------------------------------------------------------


def a_change(**fields: Any) -> AccessChange:
    by = User.objects.filter(email="chef@example.se").first() or user("chef@example.se")
    where = Federation.objects.filter(slug="norrby").first() or people.federation()
    ordinary = {"federation": where, "kind": "role_given", "role": "auditor", "person_name": "Bo Ask"}
    return AccessChange(**{**ordinary, "at": timezone.now(), "by": by, "by_name": "Karin Ek", **fields})


SAY_WHOM = "Säg vem ändringen gäller, utom när den gäller hela förbundet."
REFUSED = [
    Refusal("access_change_kind", lambda: a_change(kind="annat")),
    Refusal("access_change_person", lambda: a_change(person_name=""), SAY_WHOM),
    Refusal("access_change_person", lambda: a_change(kind="factor_waived"), SAY_WHOM),
    Refusal("access_change_by", lambda: a_change(by_name="")),
]


@pytest.mark.parametrize("refusal", REFUSED, ids=str)
def test_the_database_itself_refuses(refusal):
    assert_database_refuses(refusal)


@pytest.mark.parametrize("refusal", [each for each in REFUSED if each.sentence], ids=str)
def test_a_person_is_told_why_in_swedish(refusal):
    assert_person_is_told(refusal)


CHANGES = {
    "changed": "UPDATE members_accesschange SET person_name = 'Annan'",
    "removed": "DELETE FROM members_accesschange",
}


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES.keys())
def test_what_is_logged_is_never(statement):
    a_change().save()
    with pytest.raises(DatabaseError, match="ändras aldrig"), transaction.atomic():
        connection.cursor().execute(statement)
