"""Who gets what at every address, as one table."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from budgets.models import Budget
from members import access
from members.access import ALLOWED, REASONS, Action
from members.models import Federation, RoleKind
from tests.members import people
from tests.members.people import client_of, user, with_role
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

NOBODY = "nobody"  # not signed in
STRANGER = "stranger"  # signed in, without a role anywhere
NEIGHBOUR = "neighbour"  # förbundschef of another federation
OUTSIDERS = (NOBODY, STRANGER, NEIGHBOUR)
ROLES = tuple(RoleKind)

SIGN_IN = "/logga-in/?next={address}"


def everyone_with_a_role(answer: int | str) -> dict[str, int | str]:
    return dict.fromkeys(ROLES, answer)


# The name of the address, and what each gets there: a status, or where they are sent.
TABLE: dict[str, tuple[str, dict[str, int | str]]] = {
    "my_federations": (
        "/",
        {NOBODY: SIGN_IN, STRANGER: 200, NEIGHBOUR: "/soderby/", **everyone_with_a_role("/norrby/")},
    ),
    "sign_in": ("/logga-in/", {NOBODY: 200, STRANGER: "/", NEIGHBOUR: "/", **everyone_with_a_role("/")}),
    "rules": ("/regler/", {NOBODY: SIGN_IN, STRANGER: 200, NEIGHBOUR: 200, **everyone_with_a_role(200)}),
    "overview": ("/norrby/", {NOBODY: SIGN_IN, STRANGER: 404, NEIGHBOUR: 404, **everyone_with_a_role(200)}),
    "logotype": (
        "/norrby/logotyp/",
        {NOBODY: SIGN_IN, STRANGER: 404, NEIGHBOUR: 404, **everyone_with_a_role(200)},
    ),
    "latest_budget": (
        "/norrby/budget/",
        {NOBODY: SIGN_IN, STRANGER: 404, NEIGHBOUR: 404, **everyone_with_a_role("/norrby/budget/2021/")},
    ),
    "budget": (
        "/norrby/budget/2021/",
        {NOBODY: SIGN_IN, STRANGER: 404, NEIGHBOUR: 404, **everyone_with_a_role(200)},
    ),
}

# Signing out only takes POST: tests/members/test_sign_in.py.
NOT_READ = {"sign_out"}


@pytest.fixture
def norrby(settings, tmp_path) -> Federation:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "logo.png").write_bytes(b"png")
    federation = people.federation(name="Hemliga förbundet", logotype="logo.png")
    Budget.objects.create(federation=federation, plan_year=2021, unit="SEK")
    return federation


def get(client: Client, address: str):
    """The answer, read to its end: a file is closed then."""
    answer = client.get(address)
    if answer.streaming:
        answer.getvalue()
    return answer


def client_for(who: str, norrby: Federation) -> Client:
    if who == NOBODY:
        return Client()
    if who == STRANGER:
        return client_of(user())
    if who == NEIGHBOUR:
        return client_of(with_role(people.federation("soderby"), RoleKind.DIRECTOR))
    return client_of(with_role(norrby, RoleKind(who)))


def names_of(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found = set()
    for each in patterns:
        if isinstance(each, URLPattern):
            assert each.name, f"{each.pattern} has no name"
            found.add(each.name)
        elif each.namespace != "admin":
            found |= names_of(each.url_patterns)
    return found


def test_every_address_stands_in_the_table():
    assert names_of(get_resolver().url_patterns) == TABLE.keys() | NOT_READ


@pytest.mark.parametrize("name", TABLE)
def test_everybody_stands_in_the_table(name):
    assert TABLE[name][1].keys() == {*OUTSIDERS, *ROLES}


@pytest.mark.parametrize("who", [*OUTSIDERS, *ROLES])
@pytest.mark.parametrize("name", TABLE)
def test_everybody_gets_what_the_table_says(norrby, name, who):
    address, expected = TABLE[name]
    answer = get(client_for(who, norrby), address)
    if isinstance(expected[who], int):
        assert answer.status_code == expected[who]
    else:
        assert (answer.status_code, answer["Location"]) == (302, str(expected[who]).format(address=address))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", TABLE.keys() - {"sign_in"})
def test_a_reading_page_takes_nothing_in(norrby, name, method):
    client = client_for(RoleKind.DIRECTOR, norrby)
    assert getattr(client, method)(TABLE[name][0]).status_code == 405
    assert getattr(Client(), method)(TABLE[name][0])["Location"].startswith("/logga-in/")


def without_token(answer) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


@pytest.mark.parametrize("address", ["/{}/", "/{}/budget/", "/{}/budget/2021/", "/{}/logotyp/"])
@pytest.mark.parametrize("who", [STRANGER, NEIGHBOUR])
def test_a_federation_of_others_looks_like_one_that_does_not_exist(norrby, address, who):
    client = client_for(who, norrby)
    theirs, nothing = client.get(address.format("norrby")), client.get(address.format("finns-inte"))
    assert without_token(theirs) == without_token(nothing)
    assert "Hemliga" not in theirs.content.decode()
    assert shown(theirs, 404).one("h1").text == "Sidan finns inte"


def test_the_address_of_another_federation_does_not_open_its_budget(norrby):
    """The plan year of one's own federation does not help, nor the other way round."""
    client = client_for(NEIGHBOUR, norrby)
    assert client.get("/soderby/budget/2021/").status_code == 404


@pytest.mark.parametrize("year", ["2020", "0", "99999999999999999999"])
def test_a_plan_year_without_budget_is_not_found(norrby, year):
    client = client_for(RoleKind.DIRECTOR, norrby)
    assert client.get(f"/norrby/budget/{year}/").status_code == 404


# -- the table of actions ----------------------------------------------------------------------------


def test_every_action_has_its_roles_and_its_reason():
    assert ALLOWED.keys() == REASONS.keys() == set(Action)
    for action in Action:
        assert ALLOWED[action] <= set(RoleKind)
        assert REASONS[action].startswith("Din behörighet ger inte")


@pytest.mark.parametrize(
    ("address", "action"),
    [
        ("/norrby/", Action.READ_FEDERATION),
        ("/norrby/logotyp/", Action.READ_FEDERATION),
        ("/norrby/budget/", Action.READ_WORKING_COPY),
        ("/norrby/budget/2021/", Action.READ_WORKING_COPY),
    ],
)
def test_a_role_without_the_right_is_told_why(norrby, monkeypatch, address, action):
    monkeypatch.setitem(access.ALLOWED, action, frozenset({RoleKind.DIRECTOR}))
    assert get(client_for(RoleKind.DIRECTOR, norrby), address).status_code in (200, 302)
    page = shown(client_for(RoleKind.OBSERVER, norrby).get(address), 403)
    assert page.one("h1").text == "Det här får du inte se"
    assert REASONS[action] in page.one("main").text
    assert "Hemliga" not in page.text


def test_an_overview_without_the_right_to_the_budget_shows_none_of_it(norrby, monkeypatch):
    monkeypatch.setitem(access.ALLOWED, Action.READ_WORKING_COPY, frozenset())
    page = shown(client_for(RoleKind.OBSERVER, norrby).get("/norrby/"))
    assert not [link for link in page.one("main").all("a") if "budget" in link.href]


def test_several_roles_together_give_what_any_of_them_gives(norrby, monkeypatch):
    monkeypatch.setitem(access.ALLOWED, Action.READ_WORKING_COPY, frozenset({RoleKind.AUDITOR}))
    karin = with_role(norrby, RoleKind.OBSERVER)
    client = client_of(karin)
    assert client.get("/norrby/budget/2021/").status_code == 403
    with_role(norrby, RoleKind.AUDITOR, karin)
    assert client.get("/norrby/budget/2021/").status_code == 200
    page = shown(client.get("/norrby/"))
    assert "revisor, observatör" in page.one("dl", css="facts").text
