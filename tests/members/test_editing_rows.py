"""Adding, changing, moving and removing members, appointments, limits and names in the browser."""

from decimal import Decimal

import pytest
from django.test import Client

from members.models import Appointment, EarlierName, Federation, Member, Policy, Role, RoleKind
from projects.models import Project
from tests.members import people
from tests.members.page_forms import faults, filled, main_form, opened, values_of
from tests.members.people import client_of, with_role
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

EDITORS = (RoleKind.DIRECTOR, RoleKind.ADMINISTRATOR)
HERE = "/norrby/medlemmar/"


@pytest.fixture
def norrby() -> Federation:
    return people.federation()


@pytest.fixture
def editor(norrby) -> Client:
    return client_of(with_role(norrby, RoleKind.ADMINISTRATOR))


def member(federation: Federation, name: str = "Norrby kommun", **fields) -> Member:
    return Member.objects.create(federation=federation, name=name, **{"kind": "municipality", **fields})


def names(federation: Federation) -> list[str]:
    return [each.name for each in federation.members.all()]


# -- it works ----------------------------------------------------------------------------------------


def test_a_member_is_added_last(editor, norrby):
    member(norrby, "Försäkringskassan", kind="state")
    answer = filled(
        editor,
        f"{HERE}medlem/ny/",
        name="  Norrby kommun ",
        kind="municipality",
        joined="2009-09",
        agreed_share="62,5",
        condition="beslut",
    )
    added = Member.objects.get(name="Norrby kommun")
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}#member-{added.pk}")
    assert (added.federation, added.joined, added.agreed_share) == (norrby, "2009-09", Decimal("62.5"))
    assert names(norrby) == ["Försäkringskassan", "Norrby kommun"]
    assert shown(editor.get(HERE)).one(role="status").text == "Norrby kommun är tillagd."


def test_a_member_is_changed_and_what_is_not_touched_stays(editor, norrby):
    row = member(norrby, joined="2009", agreed_share="62.5", condition="beslut", position=7)
    address = f"{HERE}medlem/{row.pk}/"
    assert opened(editor, address)["agreed_share"] == "62,5"
    assert filled(editor, address, left="2020").status_code == 302
    row.refresh_from_db()
    kept = (row.joined, row.left, row.agreed_share, row.condition, row.position)
    assert kept == ("2009", "2020", Decimal("62.5"), "beslut", 7)


def test_an_appointment_is_made_for_several_members(editor, norrby):
    both = [
        member(norrby, "Försäkringskassan", kind="state"),
        member(norrby, "Arbetsförmedlingen", kind="state"),
    ]
    answer = filled(
        editor,
        f"{HERE}uppdrag/ny/?organ=audit",
        post="auditor",
        person="Li Alm",
        members=[str(each.pk) for each in both],
        starts="2019-04-01",
    )
    assert answer.status_code == 302
    row = Appointment.objects.get()
    assert (row.federation, row.body, row.post, row.person) == (norrby, "audit", "auditor", "Li Alm")
    assert set(row.members.all()) == set(both)


def test_an_appointment_is_changed_to_another_person_and_member(editor, norrby):
    old, new = member(norrby, "Vik kommun"), member(norrby)
    row = Appointment.objects.create(federation=norrby, body="board", post="chair", person="Bo Ask")
    row.members.add(old)
    filled(editor, f"{HERE}uppdrag/{row.pk}/", person="Karin Ek", members=[str(new.pk)])
    row.refresh_from_db()
    assert (row.person, list(row.members.all())) == ("Karin Ek", [new])


def test_a_limit_is_added_with_an_amount_as_it_is_written(editor, norrby):
    filled(
        editor,
        f"{HERE}grans/ny/",
        kind="equity_goal",
        value="1 500 000,50",
        first_year="2021",
        source="Styrelsen § 7",
    )
    row = Policy.objects.get()
    assert (row.federation, row.value, row.first_year, row.last_year) == (
        norrby,
        Decimal("1500000.50"),
        2021,
        None,
    )
    assert opened(editor, f"{HERE}grans/{row.pk}/")["value"] == "1\u00a0500\u00a0000,5"


def test_an_earlier_name_is_added_and_removed(editor, norrby):
    filled(editor, f"{HERE}tidigare-namn/ny/", name="Norrbyförbundet", used_until="2012")
    row = EarlierName.objects.get(federation=norrby)
    removed(editor, f"{HERE}tidigare-namn/{row.pk}/ta-bort/")
    assert not EarlierName.objects.exists()


def test_the_federations_own_facts_are_changed_but_not_its_address(editor, norrby):
    answer = filled(
        editor,
        f"{HERE}forbundet/",
        name="Samordningsförbundet Norrby-Vik",
        organisation_number="2220002733",
        seat="Vik",
        unit="kSEK",
        slug="annan",
    )
    norrby.refresh_from_db()
    assert answer.status_code == 302
    assert (norrby.name, norrby.organisation_number) == ("Samordningsförbundet Norrby-Vik", "222000-2733")
    assert (norrby.seat, norrby.unit, norrby.slug) == ("Vik", "kSEK", "norrby")


def test_the_federation_decides_whether_a_second_factor_is_demanded(editor, norrby):
    address = f"{HERE}forbundet/"
    assert "second_factor_demanded" not in opened(editor, address)
    assert filled(editor, address, second_factor_demanded="on").status_code == 302
    norrby.refresh_from_db()
    assert norrby.second_factor_demanded
    assert editor.get(address)["Location"] == "/konto/"  # and of the editor too, from now on


def removed(client: Client, address: str):
    page = shown(client.get(address))
    return client.post(address, values_of(page.one("main").one("form")))


def test_removing_asks_first(editor, norrby):
    row = member(norrby)
    address = f"{HERE}medlem/{row.pk}/ta-bort/"
    assert shown(editor.get(address)).one("h1").text == "Ta bort Norrby kommun?"
    assert names(norrby) == ["Norrby kommun"]
    assert removed(editor, address)["Location"] == HERE
    assert names(norrby) == []


def test_removing_twice_is_harmless(editor, norrby):
    address = f"{HERE}medlem/{member(norrby).pk}/ta-bort/"
    sent = values_of(shown(editor.get(address)).one("main").one("form"))
    editor.post(address, sent)
    editor.get(HERE)
    assert editor.post(address, sent)["Location"] == HERE
    assert shown(editor.get(HERE)).one(role="status").text == "Uppgiften var redan borttagen."


@pytest.mark.parametrize(
    ("moved", "way", "order"),
    [("B", "upp", "BAC"), ("B", "ned", "ACB"), ("A", "upp", "ABC"), ("C", "ned", "ABC")],
)
def test_a_member_moves_one_step(editor, norrby, moved, way, order):
    for name in "ABC":
        member(norrby, name)  # all in position 0, as from support pages
    row = Member.objects.get(name=moved)
    answer = editor.post(f"{HERE}medlem/{row.pk}/flytta/", {"at": way})
    assert answer["Location"] == f"{HERE}#member-{row.pk}"
    assert "".join(names(norrby)) == order


def test_an_appointment_moves_within_its_own_body(editor, norrby):
    seats = ("board Bo", "audit Li", "board Karin")
    for position, (body, person) in enumerate(seat.split() for seat in seats):
        Appointment.objects.create(
            federation=norrby, body=body, post="ordinary", person=person, position=position
        )
    karin = Appointment.objects.get(person="Karin")
    editor.post(f"{HERE}uppdrag/{karin.pk}/flytta/", {"at": "upp"})
    found = Appointment.objects.order_by("position").values_list("person", flat=True)
    assert list(found) == ["Karin", "Li", "Bo"]


# -- a member that something refers to ---------------------------------------------------------------


def refused(client: Client, row: Member) -> str:
    address = f"{HERE}medlem/{row.pk}/ta-bort/"
    page = shown(client.get(address))
    assert not page.one("main").all("form")
    assert shown(client.post(address), 409)
    assert Member.objects.filter(pk=row.pk).exists()
    return page.one(role="alert").text


def test_a_member_with_money_insatser_or_appointments_stays(editor, norrby):
    row = member(norrby)
    for person in ("Bo", "Li"):
        Appointment.objects.create(
            federation=norrby, body="board", post="ordinary", person=person
        ).members.add(row)
    project = Project.objects.create(
        federation=norrby, name="JobbSam", level="individual", status="running", owner=row
    )
    project.partners.add(row)
    with_role(norrby, RoleKind.MEMBER_REPRESENTATIVE)
    sentence = refused(editor, row)
    for part in ("2 uppdrag", "1 behörighet", "1 insats ", "medlem"):
        assert part in sentence
    assert Appointment.objects.filter(members=row).count() == 2
    assert Role.objects.filter(member=row).exists()


def test_a_reference_made_after_the_question_stops_the_removal(editor, norrby):
    row = member(norrby)
    address = f"{HERE}medlem/{row.pk}/ta-bort/"
    sent = values_of(shown(editor.get(address)).one("main").one("form"))
    with_role(norrby, RoleKind.MEMBER_REPRESENTATIVE)
    assert "1 behörighet" in shown(editor.post(address, sent), 409).one(role="alert").text
    assert Member.objects.filter(pk=row.pk).exists()


# -- who may not -------------------------------------------------------------------------------------

ADDRESSES = ["medlem/ny/", "uppdrag/ny/", "grans/ny/", "tidigare-namn/ny/", "forbundet/"]
OF_A_ROW = ["medlem/{}/", "medlem/{}/ta-bort/"]


@pytest.mark.parametrize("kind", [kind for kind in RoleKind if kind not in EDITORS])
def test_other_roles_are_told_why_not_and_change_nothing(norrby, kind):
    client = client_of(with_role(norrby, kind))
    row = norrby.members.first() or member(norrby)
    for address in [*ADDRESSES, *(each.format(row.pk) for each in OF_A_ROW)]:
        page = shown(client.get(HERE + address), 403)
        assert "ger inte rätt att ändra medlemmar" in page.one("main").text
        assert client.post(HERE + address, {"name": "X", "kind": "state"}).status_code == 403
    assert client.post(f"{HERE}medlem/{row.pk}/flytta/", {"at": "upp"}).status_code == 403
    assert names(norrby) == ["Norrby kommun"]


def test_strangers_neighbours_and_those_not_signed_in_get_nothing(norrby):
    neighbour = client_of(with_role(people.federation("soderby"), RoleKind.DIRECTOR))
    row = member(norrby)
    for address in [*ADDRESSES, *(each.format(row.pk) for each in OF_A_ROW)]:
        for client in (neighbour, client_of(people.user())):
            assert client.get(HERE + address).status_code == 404
            assert client.post(HERE + address, {"name": "X", "kind": "state"}).status_code == 404
        assert Client().post(HERE + address)["Location"].startswith("/logga-in/")
    assert names(norrby) == ["Norrby kommun"]


def test_the_rows_of_another_federation_are_not_found_here(editor):
    other = people.federation("soderby")
    theirs = member(other)
    seat = Appointment.objects.create(federation=other, body="board", post="chair")
    policy = Policy.objects.create(federation=other, kind="equity_goal", value=1, first_year=2021, source="§")
    for word, row in (("medlem", theirs), ("uppdrag", seat), ("grans", policy)):
        for end in ("", "ta-bort/"):
            assert editor.get(f"{HERE}{word}/{row.pk}/{end}").status_code == 404
            assert editor.post(f"{HERE}{word}/{row.pk}/{end}", {"name": "X"}).status_code == 404
    assert editor.post(f"{HERE}medlem/{theirs.pk}/flytta/", {"at": "upp"}).status_code == 404
    assert editor.get(f"{HERE}medlem/99999999999999999999/").status_code == 404


def test_the_federation_cannot_be_chosen(editor, norrby):
    other = people.federation("soderby")
    filled(editor, f"{HERE}medlem/ny/", name="Norrby kommun", kind="municipality", federation=str(other.pk))
    assert Member.objects.get().federation == norrby


def test_the_members_of_another_federation_cannot_be_chosen(editor, norrby):
    theirs = member(people.federation("soderby"), "Hemliga kommunen")
    address = f"{HERE}uppdrag/ny/"
    assert "Hemliga" not in shown(editor.get(address)).text
    answer = filled(editor, address, body="board", post="chair", members=[str(theirs.pk)])
    assert "members" in faults(shown(answer))
    assert not Appointment.objects.exists()


def test_nothing_is_written_without_the_forms_own_token(norrby):
    client = Client(enforce_csrf_checks=True)
    client.force_login(with_role(norrby, RoleKind.DIRECTOR))
    row = member(norrby)
    for address in ("medlem/ny/", f"medlem/{row.pk}/ta-bort/", f"medlem/{row.pk}/flytta/", "forbundet/"):
        assert client.post(HERE + address, {"name": "X", "kind": "state"}).status_code == 403
    assert names(norrby) == ["Norrby kommun"]


# -- odd input ---------------------------------------------------------------------------------------

NEW_MEMBER = {"name": "Norrby kommun", "kind": "municipality"}


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"name": ""}, "name", "Fyll i ”Namn”."),
        ({"name": "x" * 10_000}, "name", "10000"),
        ({"name": "Norrby\u202ekommun"}, "name", "styrtecken (U+202E)"),
        ({"name": "Norrby\u0007kommun"}, "name", "styrtecken (U+0007)"),
        ({"name": "Norrby\x00kommun"}, "name", "ull"),
        ({"name": "Norrby\nkommun"}, "name", "styrtecken (U+000A)"),
        ({"name": "Vik kommun"}, "name", "Förbundet har redan en medlem med det namnet."),
        ({"kind": "company"}, "kind", "company"),
        ({"joined": "i våras"}, "joined", "Skriv datumet som 2021-10-12, 2021-10 eller 2021."),
        ({"joined": "2015-02-29"}, "joined", "Datumet '2015-02-29' finns inte."),
        ({"joined": "2010-05", "left": "2010-04"}, "left", "Utträdet är före inträdet."),
        ({"agreed_share": "100,1"}, "agreed_share", "100"),
        ({"agreed_share": "-1"}, "agreed_share", "0"),
        ({"agreed_share": "\u22121"}, "agreed_share", "0"),
        ({"agreed_share": "hälften"}, "agreed_share", "tal"),
        ({"agreed_share": "nan"}, "agreed_share", "tal"),
        ({"agreed_share": "1e400"}, "agreed_share", "siffror"),
        ({"agreed_share": "62.500"}, "agreed_share", "Punkten kan betyda två saker"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    editor, norrby, fields, field, sentence
):
    member(norrby, "Vik kommun")
    page = shown(filled(editor, f"{HERE}medlem/ny/", **{**NEW_MEMBER, **fields}))
    assert sentence in faults(page)[field]
    assert sentence in page.one(role="alert").text
    kept = values_of(main_form(page))
    for name, typed in fields.items():
        if name != "kind" and "\x00" not in typed and "\n" not in typed:
            assert kept[name] == typed
    assert names(norrby) == ["Vik kommun"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("222000-2734", "kontrollsiffran eller längden stämmer inte"),
        ("ett nummer", "inget svenskt organisationsnummer"),
        ("222000-27333333", "Skriv organisationsnumret som NNNNNN-NNNN."),
        ("556016-0680", "Ett annat förbund har det organisationsnumret."),
    ],
)
def test_a_wrong_organisation_number_is_refused(editor, norrby, number, sentence):
    people.federation("soderby", organisation_number="556016-0680")
    page = shown(filled(editor, f"{HERE}forbundet/", organisation_number=number))
    assert sentence in faults(page)["organisation_number"]
    norrby.refresh_from_db()
    assert norrby.organisation_number == ""


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"value": ""}, "value", "Ange ett värde"),
        ({"value": "1.500.000"}, "value", "Punkten kan betyda två saker"),
        ({"first_year": "2003"}, "first_year", "från 2004 till 2100"),
        ({"first_year": "99999999999"}, "first_year", "2"),
        ({"last_year": "2020"}, "last_year", "före det första"),
        ({"kind": "administration_ceiling", "value": "101"}, "value", "högst 100 procent"),
        ({"first_year": "2019"}, "first_year", "Samma gräns finns redan"),
    ],
)
def test_a_limit_that_says_too_little_or_too_much_is_refused(editor, norrby, fields, field, sentence):
    Policy.objects.create(federation=norrby, kind="equity_goal", value=1, first_year=2019, source="§")
    right = {"kind": "equity_goal", "value": "1", "first_year": "2021", "source": "§ 7"}
    page = shown(filled(editor, f"{HERE}grans/ny/", **{**right, **fields}))
    assert sentence in faults(page)[field]
    assert Policy.objects.count() == 1


def test_only_a_deputy_has_an_order(editor, norrby):
    page = shown(filled(editor, f"{HERE}uppdrag/ny/", body="board", post="chair", deputy_order="1"))
    assert faults(page) == {"deputy_order": "Bara en ersättare har en ordning."}


def test_a_form_is_not_cut_short_by_the_browser(editor):
    """A pasted text that is too long is to be told of, not cut at maxlength without a word."""
    page = main_form(shown(editor.get(f"{HERE}medlem/ny/")))
    assert not [each for each in page if "maxlength" in each.attributes]
