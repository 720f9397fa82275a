"""Two people with the same form open: nothing of either is lost without a word."""

import pytest
from django.test import Client

from members.models import Federation, Member, RoleKind
from tests.members import people
from tests.members.page_forms import main_form, opened, values_of
from tests.members.people import client_of, with_role
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def norrby() -> Federation:
    return people.federation()


@pytest.fixture
def editor(norrby) -> Client:
    return client_of(with_role(norrby, RoleKind.DIRECTOR))


@pytest.fixture
def kommun(norrby) -> Member:
    return Member.objects.create(federation=norrby, name="Norrby kommun", kind="municipality", joined="2009")


def address_of(row: Member) -> str:
    return f"/norrby/medlemmar/medlem/{row.pk}/"


def test_a_field_that_both_changed_shows_both_values_and_saves_neither(editor, kommun):
    mine = opened(editor, address_of(kommun))
    Member.objects.update(joined="2010")
    page = shown(editor.post(address_of(kommun), {**mine, "joined": "2011"}), 409)
    assert "Någon annan har ändrat" in page.one(role="alert").text
    assert "Någon annan har sparat: 2010. Ovan står ditt." in page.one("div", css="clash").text
    assert values_of(main_form(page))["joined"] == "2011"
    kommun.refresh_from_db()
    assert kommun.joined == "2010"


@pytest.mark.parametrize(("choice", "kept"), [({}, "2011"), ({"ta_sparat_joined": "1"}, "2010")])
def test_the_user_chooses_which_of_them_stands(editor, kommun, choice, kept):
    mine = opened(editor, address_of(kommun))
    Member.objects.update(joined="2010")
    page = shown(editor.post(address_of(kommun), {**mine, "joined": "2011", "condition": "beslut"}), 409)
    again = values_of(main_form(page))
    assert editor.post(address_of(kommun), {**again, **choice}).status_code == 302
    kommun.refresh_from_db()
    assert (kommun.joined, kommun.condition) == (kept, "beslut")


def test_a_field_that_only_the_other_changed_is_told_and_taken_over(editor, kommun):
    mine = opened(editor, address_of(kommun))
    Member.objects.update(joined="2010")
    page = shown(editor.post(address_of(kommun), {**mine, "condition": "beslut"}), 409)
    assert "Någon annan har ändrat till 2010." in page.one("div", css="clash").text
    assert editor.post(address_of(kommun), values_of(main_form(page))).status_code == 302
    kommun.refresh_from_db()
    assert (kommun.joined, kommun.condition) == ("2010", "beslut")


def test_a_third_change_in_between_is_told_too(editor, kommun):
    mine = opened(editor, address_of(kommun))
    Member.objects.update(joined="2010")
    page = shown(editor.post(address_of(kommun), {**mine, "joined": "2011"}), 409)
    Member.objects.update(joined="2012")
    again = shown(editor.post(address_of(kommun), values_of(main_form(page))), 409)
    assert "Någon annan har sparat: 2012" in again.one("div", css="clash").text


def test_the_same_change_by_both_is_no_quarrel(editor, kommun):
    mine = opened(editor, address_of(kommun))
    Member.objects.update(joined="2010")
    assert editor.post(address_of(kommun), {**mine, "joined": "2010"}).status_code == 302


@pytest.mark.parametrize("forged", ["", "nonsense", "WyJ4Il0:1abc:def"])
def test_a_form_that_does_not_say_what_it_was_made_from_overwrites_nothing_unseen(editor, kommun, forged):
    mine = opened(editor, address_of(kommun))
    page = shown(editor.post(address_of(kommun), {**mine, "gjord_av": forged, "joined": "2011"}), 409)
    assert "Någon annan har sparat: 2009." in page.one("div", css="clash").text


def test_a_row_removed_meanwhile_is_told_and_what_was_typed_can_be_added_anew(editor, norrby, kommun):
    address = address_of(kommun)
    mine = opened(editor, address)
    kommun.delete()
    page = shown(editor.post(address, {**mine, "condition": "beslut"}), 410)
    assert "Någon annan har tagit bort uppgiften" in page.one(role="alert").text
    form = main_form(page)
    assert editor.post(form.attributes["action"], values_of(form)).status_code == 302
    anew = norrby.members.get()
    assert (anew.name, anew.joined, anew.condition) == ("Norrby kommun", "2009", "beslut")


def test_a_row_that_never_was_is_not_told_to_be_removed(editor, norrby, kommun):
    mine = opened(editor, address_of(kommun))
    for data in (mine, {**mine, "gjord_av": ""}):
        assert editor.post(f"/norrby/medlemmar/medlem/{kommun.pk + 1}/", data).status_code == 404


def test_a_row_changed_after_the_question_is_not_removed(editor, kommun):
    address = f"{address_of(kommun)}ta-bort/"
    sent = values_of(shown(editor.get(address)).one("main").one("form"))
    Member.objects.update(joined="2010")
    page = shown(editor.post(address, sent), 409)
    assert "har ändrats sedan du fick frågan" in page.one(role="alert").text
    assert "2010" in page.one("dl", css="facts").text
    assert Member.objects.exists()


def test_the_federations_own_facts_meet_in_the_same_way(editor, norrby):
    address = "/norrby/medlemmar/forbundet/"
    mine = opened(editor, address)
    Federation.objects.update(seat="Vik", unit="kSEK")
    page = shown(editor.post(address, {**mine, "seat": "Norrby"}), 409)
    told = [each.text for each in page.all("div", css="clash")]
    assert "Någon annan har sparat: Vik" in told[0]
    assert "Någon annan har ändrat till tusental kronor (tkr)." in told[1]
    editor.post(address, values_of(main_form(page)))
    norrby.refresh_from_db()
    assert (norrby.seat, norrby.unit) == ("Norrby", "kSEK")
