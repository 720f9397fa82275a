"""Who may do what in a federation: seen, given and taken away in the browser."""

import threading

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Federation, Member, Role, RoleKind, User
from members.views import roles
from tests.members import people
from tests.members.page_forms import faults, filled
from tests.members.people import client_of, user, with_role
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

EDITORS = (RoleKind.DIRECTOR, RoleKind.ADMINISTRATOR)
HERE = "/norrby/behorigheter/"
LAST = "är den sista som kan ändra behörigheter här"


@pytest.fixture
def norrby() -> Federation:
    return people.federation()


@pytest.fixture
def chief(norrby) -> User:
    return with_role(norrby, RoleKind.DIRECTOR, user("chef@example.se", name="Karin Ek"))


@pytest.fixture
def editor(chief) -> Client:
    return client_of(chief)


def remove(client: Client, role: Role):
    return client.post(f"{HERE}{role.pk}/ta-bort/")


def roles_of(who: User) -> set[str]:
    return set(who.roles.values_list("kind", flat=True))


# -- it works ----------------------------------------------------------------------------------------


def test_everybody_with_a_role_here_is_listed_with_address_roles_and_last_day(editor, norrby):
    bo = with_role(norrby, RoleKind.MEMBER_REPRESENTATIVE, user("bo@example.se", name="Bo Ask"))
    with_role(norrby, RoleKind.AUDITOR, bo)
    with_role(people.federation("soderby"), who=user("hemlig@example.se", name="Hemlig"))
    page = shown(editor.get(HERE))
    listed = page.one("section", aria_labelledby="personer").one("ul", css="entries")
    bo_shown, karin_shown = (item.text for item in listed.children if not isinstance(item, str))
    assert "Bo Ask bo@example.se. Har inte loggat in än." in bo_shown
    assert "Medlemsrepresentant för Norrby kommun" in bo_shown
    assert "Revisor" in bo_shown
    assert "Karin Ek (du) chef@example.se. Senast inloggad 20" in karin_shown
    assert "hemlig" not in page.text.lower()


def test_a_role_is_given_and_counts_at_once(editor, norrby):
    bo = with_role(norrby, RoleKind.OBSERVER)
    theirs = client_of(bo)
    assert theirs.get(HERE).status_code == 403
    assert filled(editor, f"{HERE}person/{bo.pk}/", kind="administrator")["Location"] == HERE
    assert roles_of(bo) == {"observer", "administrator"}
    assert theirs.get(HERE).status_code == 200


def test_a_representative_speaks_for_a_member(editor, norrby):
    kommun = Member.objects.create(federation=norrby, name="Norrby kommun", kind="municipality")
    bo = with_role(norrby, RoleKind.OBSERVER)
    filled(editor, f"{HERE}person/{bo.pk}/", kind="member_representative", member=str(kommun.pk))
    assert bo.roles.get(kind="member_representative").member == kommun


def test_taking_away_a_role_ends_an_open_session_at_once(editor, norrby):
    bo = with_role(norrby, RoleKind.AUDITOR)
    theirs = client_of(bo)
    assert theirs.get("/norrby/").status_code == 200
    assert shown(editor.get(f"{HERE}{bo.roles.get().pk}/ta-bort/")).one("h1").text == "Ta bort behörigheten?"
    assert roles_of(bo) == {"auditor"}
    assert remove(editor, bo.roles.get())["Location"] == HERE
    assert theirs.get("/norrby/").status_code == 404


def test_one_can_leave_when_another_remains(editor, norrby, chief):
    with_role(norrby, RoleKind.ADMINISTRATOR)
    assert remove(editor, chief.roles.get())["Location"] == "/"
    assert editor.get(HERE).status_code == 404


# -- the last one ------------------------------------------------------------------------------------


def test_the_last_who_can_edit_access_stays(editor, norrby, chief):
    with_role(norrby, RoleKind.CHAIR)
    with_role(norrby, RoleKind.ADMINISTRATOR, user(is_active=False))  # cannot sign in
    with_role(people.federation("soderby"), RoleKind.DIRECTOR)
    address = f"{HERE}{chief.roles.get().pk}/ta-bort/"
    page = shown(editor.get(address))
    assert LAST in page.one(role="alert").text
    assert not page.one("main").all("form")
    assert LAST in shown(editor.post(address), 409).one(role="alert").text
    assert roles_of(chief) == {"director"}


def test_of_two_roles_that_give_it_one_can_go(editor, norrby, chief):
    with_role(norrby, RoleKind.ADMINISTRATOR, chief)
    assert remove(editor, chief.roles.get(kind="director")).status_code == 302
    assert shown(remove(editor, chief.roles.get()), 409)


def test_the_last_ones_other_roles_can_go(editor, norrby, chief):
    with_role(norrby, RoleKind.CHAIR, chief)
    remove(editor, chief.roles.get(kind="chair"))
    assert roles_of(chief) == {"director"}


@pytest.mark.django_db(transaction=True)
def test_two_who_remove_each_other_at_the_same_moment_do_not_both_succeed(norrby, chief):
    bo = with_role(norrby, RoleKind.ADMINISTRATOR)
    removals = [(client_of(chief), bo.roles.get()), (client_of(bo), chief.roles.get())]
    together = threading.Barrier(2)
    statuses: list[int] = []

    def act(client: Client, role: Role) -> None:
        try:
            client.get(HERE)
            together.wait(timeout=20)
            statuses.append(remove(client, role).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=each) for each in removals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) in ([302, 404], [302, 409])
    assert Role.objects.filter(federation=norrby, kind__in=EDITORS).count() == 1


def test_who_lost_the_right_after_the_page_was_asked_for_does_nothing(norrby, chief, monkeypatch):
    """The right is asked for again under the lock, not only when the request begins."""
    bo, li = with_role(norrby, RoleKind.ADMINISTRATOR), with_role(norrby, RoleKind.AUDITOR)
    locked = roles.locked

    def late(federation: Federation):
        Role.objects.filter(user=bo).delete()  # by another, before the lock is had
        return locked(federation)

    monkeypatch.setattr(roles, "locked", late)
    assert remove(client_of(bo), li.roles.get()).status_code == 404
    assert roles_of(li) == {"auditor"}


# -- who may not -------------------------------------------------------------------------------------

PAGES = ["", "person/{user}/", "{role}/ta-bort/", "bjud-in/"]


@pytest.mark.parametrize("kind", [kind for kind in RoleKind if kind not in EDITORS])
def test_other_roles_are_told_why_not(norrby, chief, kind):
    bo = with_role(norrby, kind)
    client = client_of(bo)
    for page in PAGES:
        address = HERE + page.format(user=bo.pk, role=bo.roles.get().pk)
        assert "ger inte rätt att ändra vem som får vad" in shown(client.get(address), 403).text
        assert client.post(address, {"kind": "director"}).status_code in (403, 405)
    assert roles_of(bo) == {kind}
    assert remove(client, chief.roles.get()).status_code == 403


def test_strangers_and_neighbours_find_nothing(norrby, chief):
    neighbour = with_role(people.federation("soderby"), RoleKind.DIRECTOR)
    for client in (client_of(neighbour), client_of(user())):
        for page in PAGES:
            address = HERE + page.format(user=chief.pk, role=chief.roles.get().pk)
            assert client.get(address).status_code == 404
    assert remove(client_of(neighbour), chief.roles.get()).status_code == 404
    assert Client().get(HERE)["Location"].startswith("/logga-in/")


def test_people_and_roles_of_other_federations_look_like_none_at_all(editor, norrby):
    theirs = with_role(people.federation("soderby"), RoleKind.DIRECTOR)
    nobody = User.objects.order_by("-pk")[0].pk + 1
    known, unknown = (editor.get(f"{HERE}person/{pk}/") for pk in (theirs.pk, nobody))
    assert known.status_code == unknown.status_code == 404
    assert editor.post(f"{HERE}person/{theirs.pk}/", {"kind": "observer"}).status_code == 404
    assert remove(editor, theirs.roles.get()).status_code == 404
    assert roles_of(theirs) == {"director"}


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "Välj något för ”Behörighet”."),
        ({"kind": "king"}, "kind", "king"),
        ({"kind": "observer"}, "kind", "Användaren har redan den behörigheten."),
        ({"kind": "member_representative"}, "member", "och bara den, företräder en medlem"),
        ({"kind": "auditor", "member": "own"}, "member", "och bara den, företräder en medlem"),
        ({"kind": "member_representative", "member": "other"}, "member", "giltigt"),
    ],
)
def test_a_role_that_cannot_be_is_refused_beside_its_field(editor, norrby, fields, field, sentence):
    members = {
        "own": Member.objects.create(federation=norrby, name="Norrby kommun", kind="municipality"),
        "other": Member.objects.create(
            federation=people.federation("soderby"), name="Söderby kommun", kind="municipality"
        ),
    }
    bo = with_role(norrby, RoleKind.OBSERVER)
    if "member" in fields:
        fields = {**fields, "member": str(members[fields["member"]].pk)}
    page = shown(filled(editor, f"{HERE}person/{bo.pk}/", **fields))
    assert sentence in faults(page)[field]
    assert roles_of(bo) == {"observer"}


def test_getting_a_page_writes_nothing(editor, norrby, chief):
    with_role(norrby, RoleKind.OBSERVER)
    editor.get(HERE)
    for page in PAGES:
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(HERE + page.format(user=chief.pk, role=chief.roles.get().pk)).status_code == 200
        written = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
        assert written == []
