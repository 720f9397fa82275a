"""Closing a plan for changes and opening it again; and what the tables refuse."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import RestrictedError
from django.test import Client

from budgets.models import Budget
from members import access
from members.access import Action
from members.models import Federation, RoleKind
from plans.models import Plan, plan_of
from tests.members import people
from tests.members.constraints import (
    Refusal,
    assert_database_refuses,
    assert_person_is_told,
)
from tests.members.people import client_of, reader, with_role
from tests.members.shown_page import shown
from tests.plans.ready_plans import in_state

pytestmark = pytest.mark.django_db

CLOSE, REOPEN = "/norrby/plan/2021/stang/", "/norrby/plan/2021/oppna/"


def a_budget(year: int = 2021, slug: str = "norrby") -> Budget:
    federation = Federation.objects.filter(slug=slug).first() or people.federation(slug)
    return Budget.objects.create(federation=federation, plan_year=year, unit="SEK")


@pytest.fixture
def plan() -> Plan:
    return plan_of(a_budget())


def is_open() -> bool:
    return Budget.objects.get(plan_year=2021).is_open


def test_a_plan_is_closed_and_opened_again(plan):
    client = reader(plan.federation)
    page = shown(client.get("/norrby/"))
    form = page.one("form", action=CLOSE)
    assert "Då kan ingen ändra i budgeten förrän den öppnas igen." in form.text
    page = shown(client.post(CLOSE, follow=True))
    assert not is_open()
    assert "Planen för 2021 är stängd" in page.one(role="status").text
    assert "Utkast, stängd" in page.text
    page = shown(client.post(page.one("form", action=REOPEN).attributes["action"], follow=True))
    assert is_open()
    assert "Utkast, öppen för ändringar" in page.text


def test_closing_twice_is_harmless(plan):
    client = reader(plan.federation)
    for address, expected in ((CLOSE, False), (CLOSE, False), (REOPEN, True), (REOPEN, True)):
        assert client.post(address)["Location"] == "/norrby/"
        assert is_open() is expected


@pytest.mark.parametrize("state", ["consultation", "board", "adopted"])
@pytest.mark.parametrize("address", [CLOSE, REOPEN])
def test_only_a_draft_is_closed_and_opened_so(plan, state, address):
    in_state(plan, state)
    client = reader(plan.federation)
    assert "inte längre ett utkast" in shown(client.post(address), 403).text
    assert is_open()
    assert not [
        form
        for form in shown(client.get("/norrby/")).all("form")
        if "/plan/" in form.attributes.get("action", "")
    ]


@pytest.mark.parametrize("address", [CLOSE, REOPEN])
def test_looking_at_the_address_closes_nothing(plan, address):
    assert reader(plan.federation).get(address).status_code == 405
    assert is_open()


@pytest.mark.parametrize("kind", sorted(set(RoleKind) - access.ALLOWED[Action.CREATE_PLAN]))
def test_a_role_without_the_right_closes_nothing(plan, kind):
    client = client_of(with_role(plan.federation, kind))
    assert client.post(CLOSE).status_code == 403
    assert is_open()
    assert CLOSE not in client.get("/norrby/").content.decode()


def test_strangers_and_forged_pages_close_nothing(plan):
    assert reader(people.federation("soderby")).post(CLOSE).status_code == 404
    assert Client().post(CLOSE)["Location"].startswith("/logga-in/")
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(with_role(plan.federation, RoleKind.DIRECTOR))
    assert forged.post(CLOSE).status_code == 403
    assert is_open()


@pytest.mark.parametrize("year", ["2020", "0", "99999999999999999999"])
def test_a_year_without_a_plan_is_not_found(plan, year):
    assert reader(plan.federation).post(f"/norrby/plan/{year}/stang/").status_code == 404


# -- the tables --------------------------------------------------------------------------------------


def an_unsaved(**fields) -> Plan:
    budget = Budget.objects.first() or a_budget()
    return Plan(
        **{"federation": budget.federation, "plan_year": budget.plan_year, "budget": budget, **fields}
    )


def a_second_for_the_year() -> Plan:
    first = plan_of(a_budget())
    other = Budget.objects.create(federation=first.federation, plan_year=2022, unit="SEK")
    return Plan(
        federation=first.federation,
        plan_year=2021,
        budget=other,
        revision=1,  # of the same number would be refused by another constraint
        revision_reason="En andra",
    )


REFUSALS = [
    Refusal("plan_unique", a_second_for_the_year, "redan en plan för det året"),
    Refusal("plan_year", lambda: an_unsaved(plan_year=2003), "från 2004"),
    Refusal("plan_state", lambda: an_unsaved(state="klar")),
    Refusal("plan_copied_from", lambda: an_unsaved(pk=7, copied_from_id=7), "från sig själv"),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_the_database_refuses(refusal):
    assert_database_refuses(refusal)


@pytest.mark.parametrize(
    "refusal", [each for each in REFUSALS if each.constraint != "plan_copied_from"], ids=str
)
def test_a_person_is_told(refusal):
    assert_person_is_told(refusal)


def test_a_plan_and_its_budget_are_of_the_same_federation_and_year():
    theirs = a_budget(slug="soderby")
    norrby = people.federation()
    with pytest.raises(ValidationError, match="ett annat förbund"):
        Plan(federation=norrby, plan_year=2021, budget=theirs).full_clean()
    with pytest.raises(ValidationError, match="ett annat planår"):
        Plan(federation=theirs.federation, plan_year=2022, budget=theirs).full_clean()
    with pytest.raises(ValidationError, match="Planen hör till ett annat förbund"):
        own = Budget.objects.create(federation=norrby, plan_year=2021, unit="SEK")
        Plan(federation=norrby, plan_year=2021, budget=own, copied_from=plan_of(theirs)).full_clean()


def test_a_budget_of_outcomes_has_no_plan():
    budget = Budget.objects.create(federation=people.federation(), plan_year=None, unit="SEK")
    with pytest.raises(ValueError, match="utan planår"):
        plan_of(budget)


def test_a_budget_is_not_deleted_under_its_plan_but_goes_with_the_federation(plan):
    with pytest.raises(RestrictedError):
        plan.budget.delete()
    plan.federation.delete()
    assert not Plan.objects.exists()
    assert not Budget.objects.exists()
