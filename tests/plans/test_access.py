"""Every address of the project with everybody who may ask for it: who reads, who writes, who is told what."""

from dataclasses import replace

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.core.files import File
from django.http import HttpRequest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from budgets.models import Import
from members.access import ALLOWED, NEEDS_SECOND_FACTOR, REASONS, Action
from members.models import RoleKind, User
from plans.models import LoggedRead, Reading
from tests.members.page_forms import Values, values_of
from tests.members.people import client_of
from tests.members.shown_page import shown
from tests.plans.access_table import ALLAUTH, DONE, EDITORS, TABLE, Address, place
from tests.plans.access_world import (
    EVERYBODY,
    NOBODY,
    OUTSIDERS,
    ROLES,
    World,
    everything_stored,
    person,
)

pytestmark = pytest.mark.django_db

WRITING = [name for name in TABLE if TABLE[name].writes]
OF_EDITORS = [name for name in TABLE if TABLE[name].of_editors]


def read(client: Client, address: str, method: str = "get", **headers: str):
    """The answer, read to its end: a file is closed then."""
    answer = getattr(client, method)(address, headers=headers)
    if answer.streaming:
        answer.getvalue()
    return answer


def assert_answered(answer, expected: int | str, address: str, who: str) -> None:
    if isinstance(expected, str):
        assert (who, answer.status_code, answer["Location"]) == (who, 302, place(expected, address))
    else:
        assert (who, answer.status_code) == (who, expected)


def to_post(name: str, world: World) -> Values:
    """What somebody who may do it would send, whoever then sends it."""
    row = TABLE[name]
    values: Values = {}
    if row.opened:
        kept = world.budget.imports.filter(user=world.chief).latest("pk")
        page = shown(client_of(world.chief).get(row.at(name, replace(world, kept=kept))))
        (form,) = [each for each in page.one("main").all("form", method="post") if values_of(each)]
        values = {key: value for key, value in values_of(form).items() if key != "csrfmiddlewaretoken"}
    return {**values, **row.data(world)}


def post_first(client: Client, row: Address, world: World) -> None:
    for earlier in row.first:
        client.post(TABLE[earlier].at(earlier, world), TABLE[earlier].data(world))


def post(client: Client, name: str, world: World):
    """Post what is to be posted first, and then this; what was stored in between."""
    row = TABLE[name]
    post_first(client, row, world)
    values = to_post(name, world)
    before = everything_stored()
    return client.post(row.at(name, world), values), before


# -- the table is whole ------------------------------------------------------------------------------


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
    names = names_of(get_resolver().url_patterns)
    assert {name for name in names if not name.startswith(ALLAUTH)} == TABLE.keys()


@pytest.mark.parametrize("name", TABLE)
def test_everybody_stands_in_the_table(name):
    assert TABLE[name].get.keys() == TABLE[name].post.keys() == set(EVERYBODY)


def test_every_action_has_its_roles_and_its_reason():
    assert ALLOWED.keys() == REASONS.keys() == set(Action)
    for action in Action:
        assert ALLOWED[action] <= set(RoleKind)
        assert REASONS[action].startswith("Din behörighet ger inte")


OF_VERSIONS = {action for action in Action if action.value.endswith("_version")}
"""Asked of a version and its state, not of an address: test_sending.py and test_version_pages.py try each
role in each state."""


def test_every_action_is_tried_at_some_address():
    assert {row.why for row in TABLE.values() if row.why} | OF_VERSIONS == set(Action)


# -- what each gets ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLE)
def test_everybody_reads_what_the_table_says(norrby, soderby, name):
    for who in EVERYBODY:
        client, _ = person(who, norrby, soderby)
        address = TABLE[name].at(name, norrby)
        assert_answered(read(client, address), TABLE[name].get[who], address, who)


@pytest.mark.parametrize("name", TABLE)
def test_who_may_not_write_is_answered_as_the_table_says_and_nothing_is_written(norrby, soderby, name):
    row = TABLE[name]
    values = to_post(name, norrby)
    for who in EVERYBODY:
        if (row.writes and row.post[who] in (DONE, 200)) or (name, who) == ("accept_invitation", NOBODY):
            continue
        client, _ = person(who, norrby, soderby)
        address = row.at(name, norrby)
        before = everything_stored()
        assert_answered(client.post(address, values), row.post[who], address, who)
        assert everything_stored() == before, who
        for sent in values.values():
            if isinstance(sent, File):
                sent.seek(0)  # read to its end by the post


@pytest.mark.parametrize("who", EDITORS)
@pytest.mark.parametrize("name", WRITING)
def test_who_may_write_does(norrby, soderby, name, who):
    client, _ = person(who, norrby, soderby)
    answer, before = post(client, name, norrby)
    assert_answered(answer, TABLE[name].post[who], TABLE[name].at(name, norrby), who)
    assert everything_stored() != before


def test_who_follows_the_link_of_an_invitation_gets_the_role(norrby):
    row = TABLE["accept_invitation"]
    answer = Client().post(row.at("accept_invitation", norrby), row.data(norrby))
    assert answer["Location"] == row.post[NOBODY]
    assert User.objects.get(email=norrby.invitation.email).roles.get().kind == "auditor"


@pytest.mark.parametrize("name", OF_EDITORS)
def test_a_role_without_the_right_is_told_why(norrby, soderby, name):
    row = TABLE[name]
    assert row.why
    values = to_post(name, norrby)
    for who in set(ROLES) - ALLOWED[row.why]:
        client, _ = person(who, norrby, soderby)
        address = row.at(name, norrby)
        refused = [client.get(address)] if row.get[who] == 403 else []
        refused += [client.post(address, values)] if row.post[who] == 403 else []
        assert refused
        for answer in refused:
            page = shown(answer, 403)
            assert page.one("h1").text == "Det här får du inte se"
            assert REASONS[row.why] in page.one("main").text
            assert "Norr" not in page.one("main").text


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(norrby, soderby, method):
    client, _ = person(RoleKind.DIRECTOR, norrby, soderby)
    before = everything_stored()
    for name, row in TABLE.items():
        if row.of_federation:
            address = row.at(name, norrby)
            assert getattr(client, method)(address).status_code == 405, name
            assert getattr(Client(), method)(address).status_code == 405, name
    assert everything_stored() == before


def test_who_loses_the_role_loses_every_page_at_once(norrby, soderby):
    client, karin = person(RoleKind.DIRECTOR, norrby, soderby)
    assert karin
    assert client.get("/norrby/budget/2021/").status_code == 200
    karin.roles.all().delete()
    for name, row in TABLE.items():
        if row.of_federation:
            before = everything_stored()
            answers = (
                read(client, row.at(name, norrby)),
                client.post(row.at(name, norrby), row.data(norrby)),
            )
            assert {answer.status_code for answer in answers} <= {404, 405}, name
            assert everything_stored() == before, name


def test_several_roles_together_give_what_any_of_them_gives(norrby, soderby):
    client, karin = person(RoleKind.OBSERVER, norrby, soderby)
    assert karin
    assert client.get("/norrby/budget/2021/").status_code == 403
    karin.roles.create(federation=norrby.federation, kind="administrator")
    assert client.get("/norrby/budget/2021/").status_code == 200
    page = shown(client.get("/norrby/"))
    assert "administratör, observatör" in page.one("dl", css="facts").text


# -- what must write, and what must not --------------------------------------------------------------


NOTED = (Reading, LoggedRead)
"""What is written when something is read: by whom."""


@pytest.mark.parametrize("method", ["get", "head"])
def test_nothing_is_written_by_looking(norrby, soderby, method):
    """Not even what only those who edit come to, nor on the pages of one's own account. Who has read which
    version is noted, and nothing else."""
    client, karin = person(RoleKind.DIRECTOR, norrby, soderby)
    assert karin
    # As after signing in for the first time: allauth keeps the address in a table of its own too.
    EmailAddress.objects.create(user=karin, email=karin.email, primary=True, verified=True)
    looked_at = [row.at(name, norrby) for name, row in TABLE.items()] + account_pages()
    for address in looked_at:
        before = everything_stored(*NOTED)
        answer = read(client, address, method)
        assert answer.status_code < 500, address
        assert everything_stored(*NOTED) == before, address
    for address in looked_at:
        before = everything_stored(*NOTED)
        read(Client(), address, method)
        assert everything_stored(*NOTED) == before, address


def test_nothing_is_written_without_the_token_of_the_form(norrby, soderby):
    for who in (RoleKind.DIRECTOR, NOBODY):
        _, user = person(who, norrby, soderby)
        strict = Client(enforce_csrf_checks=True)
        if user:
            strict.force_login(user)
        addresses = [(row.at(name, norrby), to_post(name, norrby)) for name, row in TABLE.items()]
        addresses += [(address, {}) for address in account_pages()]
        for address, values in addresses:
            before = everything_stored()
            answer = strict.post(address, values)
            assert answer.status_code == 403, address
            assert "Formuläret gick inte att skicka" in answer.content.decode(), address
            assert everything_stored() == before, address


def account_pages() -> list[str]:
    """The addresses of django-allauth's pages, with something made up for what they name."""
    made_up = {"uidb36": "zzzzzz", "key": "abc-def", "provider_id": "oidc", "pk": 1}
    found = []
    for each in get_resolver("members.account_urls").url_patterns:
        assert isinstance(each, URLPattern)
        for (_, named), *_ in get_resolver().reverse_dict.getlist(each.name)[0][:1]:
            found.append(reverse(each.name, kwargs={name: made_up[name] for name in named}))
    return found


@pytest.mark.parametrize("who", EDITORS)
@pytest.mark.parametrize(
    "name",
    [name for name in WRITING if TABLE[name].why == Action.EDIT_WORKING_COPY and TABLE[name].after_close],
)
def test_a_closed_budget_is_changed_by_nobody(norrby, soderby, name, who):
    row = TABLE[name]
    client, _ = person(who, norrby, soderby)
    post_first(client, row, norrby)
    values = to_post(name, norrby)
    norrby.plan.set_open(False)
    before = everything_stored(Import)  # which is on its way, and not the budget
    address = row.at(name, norrby)
    if row.get[who] == 200:
        assert client.get(address).status_code in (200, 409)
    answer = client.post(address, values)
    assert answer.status_code == row.after_close
    if row.after_close != 302:
        assert "Budgeten är stängd" in shown(answer, row.after_close).text
    assert everything_stored(Import) == before


# -- a second factor ---------------------------------------------------------------------------------


def asks_for_factor(row: Address, who: str) -> bool:
    """Whether they may do it, and are asked for a second factor where the federation demands one."""
    return row.why in NEEDS_SECOND_FACTOR and who in ALLOWED[row.why]


def demand_second_factor(world: World) -> None:
    world.federation.second_factor_demanded = True
    world.federation.save()


@pytest.mark.parametrize("who", EDITORS)
def test_where_a_second_factor_is_demanded_who_has_none_sets_one_up_first(norrby, soderby, who):
    posted = {name: to_post(name, norrby) for name in OF_EDITORS}
    client, _ = person(who, norrby, soderby)
    demand_second_factor(norrby)
    before = everything_stored()
    for name in OF_EDITORS:
        row = TABLE[name]
        if not asks_for_factor(row, who):
            continue
        address = row.at(name, norrby)
        if row.get[who] != 405:
            answer = read(client, address)
            assert (answer.status_code, answer["Location"]) == (302, "/konto/"), name
            asked_by_script = read(client, address, HX_Request="true")
            assert asked_by_script.status_code == 403, name
            assert "kräver en andra faktor" in asked_by_script.content.decode()
        if row.writes:
            answer = client.post(address, posted[name])
            assert (answer.status_code, answer["Location"]) == (302, "/konto/"), name
    assert everything_stored() == before
    assert client.get("/norrby/medlemmar/").status_code == 200  # which everybody reads
    said_of_the_plan = "Planen ska omfatta"
    assert said_of_the_plan in shown(client_of(soderby.chief).get("/soderby/")).text
    assert said_of_the_plan not in shown(client.get("/norrby/")).text


def test_with_a_second_factor_the_same_pages_open(norrby, soderby):
    client, karin = person(RoleKind.DIRECTOR, norrby, soderby)
    assert karin
    demand_second_factor(norrby)
    request = HttpRequest()
    request.session, request.user = client.session, karin
    record_authentication(request, karin, "mfa", type="totp")
    request.session.save()
    for name in OF_EDITORS:
        answer = read(client, TABLE[name].at(name, norrby))
        assert_answered(answer, TABLE[name].get[RoleKind.DIRECTOR], "", RoleKind.DIRECTOR)


def test_who_may_not_is_not_told_of_the_second_factor(norrby, soderby):
    """Neither those who only read, who need none, nor outsiders."""
    demand_second_factor(norrby)
    for who in (*ROLES, *OUTSIDERS):
        if who not in EDITORS:
            client, _ = person(who, norrby, soderby)
            for name, row in TABLE.items():
                if row.of_federation and not asks_for_factor(row, who):
                    address = row.at(name, norrby)
                    assert_answered(read(client, address), row.get[who], address, who)
