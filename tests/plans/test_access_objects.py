"""What belongs to another federation, or to another budget, is not there: neither in an address nor in what
is posted; and nobody learns from an answer that it exists."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import transaction

from budgets.editing.remembered import STATES
from members.models import RoleKind
from tests.members.page_forms import Values
from tests.members.shown_page import shown
from tests.plans.access_table import AMOUNT, TABLE
from tests.plans.access_world import (
    NEIGHBOUR,
    STRANGER,
    SUPPORT,
    World,
    budget_of,
    everything_stored,
    person,
)
from tests.plans.test_access import read, to_post

pytestmark = pytest.mark.django_db

GONE = "/norrby/budget/2021/las-in/"


WORDS = ("slug", "plan_year", "part", "where", "level", "kind", "form", "word:goal_word", "kind:file_kind")
"""Parts of an address that name no thing of a federation but itself, the year, or something to do."""

# Every address with each thing of a federation that it names.
NAMED = [
    (name, part)
    for name, row in TABLE.items()
    for part in row.parts
    if row.of_federation and part not in WORDS
]
NAMED_IN_BUDGETS = [(name, part) for name, part in NAMED if "plan_year" in TABLE[name].parts]


def assert_not_there(name: str, part: str, here: World, theirs: World) -> None:
    """To the förbundschef of `here`, with everything right but that one thing."""
    row = TABLE[name]
    values = to_post(name, here)
    client, _ = person(RoleKind.DIRECTOR, here, theirs)
    word, _, kind = part.partition(":")
    address = row.at(name, here, **{word: theirs.part(kind or word)})
    before = everything_stored()
    for answer in (read(client, address), client.post(address, values)):
        if part == "kept" and answer.status_code == 302:  # somebody else's import is as one that is gone
            assert urlsplit(answer["Location"]).path == GONE
        else:
            assert answer.status_code in (404, 405)
        assert theirs.name == here.name or theirs.name not in answer.content.decode()
    assert everything_stored() == before


@pytest.mark.parametrize(("name", "part"), NAMED)
def test_what_belongs_to_another_federation_is_not_there(norrby, soderby, name, part):
    assert_not_there(name, part, norrby, soderby)


@pytest.mark.parametrize(("name", "part"), NAMED_IN_BUDGETS)
def test_what_belongs_to_another_budget_is_not_there(norrby, other_year, name, part):
    assert_not_there(name, part, norrby, other_year)


@pytest.mark.parametrize("year", [2020, 0, 99999999999999999999])
def test_a_plan_year_without_a_plan_is_not_found(norrby, soderby, year):
    clients = {who: person(who, norrby, soderby)[0] for who in (RoleKind.DIRECTOR, RoleKind.CHAIR)}
    before = everything_stored()
    for name, row in TABLE.items():
        if "plan_year" in row.parts:
            client = clients[RoleKind.CHAIR if row.get[RoleKind.DIRECTOR] == 403 else RoleKind.DIRECTOR]
            address = row.at(name, norrby, plan_year=year)
            answers = (read(client, address), client.post(address, row.data(norrby)))
            assert {answer.status_code for answer in answers} in ({404}, {404, 405}), name
    assert everything_stored() == before


def test_the_year_of_ones_own_plan_does_not_open_that_of_another_federation(norrby, soderby):
    client, _ = person(NEIGHBOUR, norrby, soderby)
    assert client.get("/soderby/budget/2021/").status_code == 200
    assert client.get("/norrby/budget/2021/").status_code == 404
    assert client.get("/soderby/budget/2022/").status_code == 404


def test_a_part_of_the_form_that_does_not_exist_is_not_found(norrby, soderby):
    client, _ = person(RoleKind.DIRECTOR, norrby, soderby)
    before = everything_stored()
    for part in (0, 99):
        address = TABLE["budget_part"].at("budget_part", norrby, part=part)
        assert client.get(address).status_code == 404
        # A part that is gone meanwhile still answers what was typed in it; here nothing was.
        assert client.post(address, {"csrfmiddlewaretoken": "x"}).status_code in (302, 404)
    assert everything_stored() == before


# -- in what is posted, and asked for ----------------------------------------------------------------


def foreign_cells(theirs: World, here: World) -> dict[str, Values]:
    """What is posted to each address, with one thing of another federation or budget in it."""
    line, year = str(theirs.lines[0].pk), str(theirs.years[0].pk)
    own_line, own_year = str(here.lines[0].pk), str(here.years[0].pk)
    a_line = {"name": "Ny post", "kind": "cost.insats."}
    return {
        "save_amount": {"line": line, "year": year, "was": AMOUNT, "text": "5 000"},
        "save_amount, its line": {"line": line, "year": own_year, "was": AMOUNT, "text": "5 000"},
        "save_amount, its column": {"line": own_line, "year": year, "was": AMOUNT, "text": "5 000"},
        "paste_amounts, its line": {"line": line, "year": own_year, "text": "5", "confirmed": "0"},
        "paste_amounts, its column": {"line": own_line, "year": year, "text": "5", "confirmed": "0"},
        "fill_amounts": {"lines": line, "years": f"{year},{theirs.years[1].pk}", "per_cent": "2"},
        "fill_amounts, its column": {"lines": own_line, "years": f"{own_year},{year}", "per_cent": "2"},
        "clear_amounts": {"lines": line, "years": year},
        "clear_amounts, its line": {"lines": line, "years": own_year},
        "budget_part": {f"b-{line}-{year}": "5", f"w-{line}-{year}": AMOUNT, f"t-{line}-{year}": "1000"},
        "new_line, part of": {**a_line, "part_of_id": line},
        "line, part of": {**a_line, "part_of_id": line},
    }


def foreign_things(theirs: World, here: World) -> dict[str, Values]:
    member, project = str(theirs.members[0].pk), str(theirs.project.pk)
    return {
        "new_line, member": {"name": "Ny", "kind": "income.contribution.municipality", "member_id": member},
        "new_line, insats": {"name": "Ny", "kind": "cost.insats.", "project_id": project},
        "line, insats": {"name": "Ny", "kind": "cost.insats.", "project_id": project},
        "add_appointment": {"body": "board", "post": "chair", "members": member},
        "change_appointment": {"body": "board", "post": "chair", "members": member},
        "add_role": {"kind": "member_representative", "member": member},
        "invite": {"name": "B", "email": "b@example.se", "kind": "member_representative", "member": member},
        "new_plan": {"plan_year": "2024", "source": "2023", "missing_years": "tomt"},
    }


def assert_refused(case: str, values: Values, here: World, theirs: World) -> None:
    name = case.partition(",")[0]
    client, _ = person(RoleKind.DIRECTOR, here, theirs)
    values = {**(to_post(name, here) if TABLE[name].opened else {}), **values}
    before = everything_stored()
    answer = client.post(TABLE[name].at(name, here), values)
    assert answer.status_code < 500, case
    assert everything_stored() == before, case
    assert theirs.name == here.name or theirs.name not in answer.content.decode(), case


def test_a_cell_of_another_budget_is_not_changed_from_here(norrby, other_year, soderby):
    for theirs in (soderby, other_year):
        for case, values in foreign_cells(theirs, norrby).items():
            assert_refused(case, values, norrby, theirs)


def test_what_another_federation_has_is_not_taken_into_ones_own(norrby, soderby):
    budget_of(soderby.federation, 2023, soderby.name)
    for case, values in foreign_things(soderby, norrby).items():
        assert_refused(case, values, norrby, soderby)


def test_what_is_refused_would_be_taken_with_ones_own(norrby, soderby):
    """So that the tests above do not pass because of some other fault in what they send."""
    budget_of(norrby.federation, 2023, norrby.name)
    own = {**foreign_cells(norrby, norrby), **foreign_things(norrby, norrby)}
    own["fill_amounts, its column"]["years"] = ",".join(str(year.pk) for year in norrby.years)
    for case, values in own.items():
        name = case.partition(",")[0]
        if "part of" in case:
            values["part_of_id"] = str(norrby.lines[1].pk)
        client, _ = person(RoleKind.DIRECTOR, norrby, soderby)
        values = {**(to_post(name, norrby) if TABLE[name].opened else {}), **values}
        before = everything_stored()
        with transaction.atomic():
            client.post(TABLE[name].at(name, norrby), values)
            assert everything_stored() != before, case
            transaction.set_rollback(True)
        STATES.forget()  # what was rolled back


def test_what_is_asked_for_in_the_query_is_of_this_budget(norrby, other_year, soderby):
    client, _ = person(RoleKind.DIRECTOR, norrby, soderby)
    here = "/norrby/budget/2021/"
    for theirs in (soderby, other_year):
        line, (year, next_year) = theirs.lines[0].pk, (each.pk for each in theirs.years)
        assert client.get(f"{here}varifran/?rad=line-{line}&kolumn=0").status_code == 404
        compared = f"{year}-{next_year}"
        for asked in (
            f"historik/?post={line}",
            f"historik/?post={line}&kolumn={year}",
            f"?jamfor={compared}",
            f"excel/?jamfor={compared}",
            f"diagram/?jamfor={compared}",
            f"post/ny/?efter={line}",
        ):
            answer = client.get(here + asked)
            assert answer.status_code in (200, 404), asked
            assert soderby.name not in answer.content.decode(errors="ignore"), asked


# -- what others have looks like what does not exist -------------------------------------------------


def without_token(answer) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


@pytest.mark.parametrize("who", [STRANGER, SUPPORT, NEIGHBOUR])
def test_a_federation_of_others_looks_like_one_that_does_not_exist(norrby, soderby, who):
    client, _ = person(who, norrby, soderby)
    for name, row in TABLE.items():
        if row.of_federation and row.get[who] == 404:
            address = row.at(name, norrby)
            theirs, nothing = read(client, address), read(client, address.replace("/norrby/", "/finns-inte/"))
            assert without_token(theirs) == without_token(nothing), name
            assert shown(theirs, 404).one("h1").text == "Sidan finns inte"


def test_nobody_sees_anything_of_another_federation(norrby, soderby):
    for who in RoleKind:
        client, _ = person(who, norrby, soderby)
        for name, row in TABLE.items():
            if name != "accept_invitation":
                answer = read(client, row.at(name, norrby))
                content = b"" if answer.streaming else answer.content
                assert soderby.name not in content.decode(errors="ignore"), (who, name)


def test_an_overview_without_the_right_to_the_budget_shows_none_of_it(norrby, soderby):
    client, _ = person(RoleKind.OBSERVER, norrby, soderby)
    page = shown(client.get("/norrby/"))
    assert not [link for link in page.one("main").all("a") if "budget" in link.href]
    assert "1 000" not in page.text
    chief, _ = person(RoleKind.DIRECTOR, norrby, soderby)
    assert [link for link in shown(chief.get("/norrby/")).one("main").all("a") if "budget" in link.href]
