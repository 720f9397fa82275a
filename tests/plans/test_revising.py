"""Revising an adopted plan: a new one of the same year, while the adopted one stands."""

from datetime import timedelta

import pytest
from django.utils import timezone

from budgets.models import Amount, Budget
from members.models import RoleKind
from plans.models import Explanation, Plan, PlanMove
from plans.reading import read_plan
from plans.revising import NotRevisedError, drop, revise
from plans.rules import check_document
from plans.states.moving import Mover, send
from tests.loading import FIXTURES, load
from tests.members import people

pytestmark = pytest.mark.django_db
REASON = "Statens medel blev 200 000 kr mindre än i förhandsbeskedet."


@pytest.fixture
def director():
    federation, _ = load(FIXTURES / "gotland")
    return people.with_role(federation, RoleKind.DIRECTOR, people.user(name="Karin Ek"))


@pytest.fixture
def adopted(director):
    """Gotland's plan as if it had been adopted: its version sent, and the working copy closed."""
    plan = Plan.objects.select_related("federation", "budget").get(federation__slug="gotland")
    send(plan, PlanMove.Action.CONSULT, Mover(director, frozenset({RoleKind.DIRECTOR}), 0))
    plan.state, plan.state_since = Plan.State.ADOPTED, timezone.now()
    plan.save()
    plan.budget.is_open = False
    plan.budget.save()
    return plan


def test_the_revision_has_everything_and_the_adopted_stands(adopted, director):
    before = read_plan(adopted)
    revision = revise(adopted, director, REASON)
    assert (revision.revision, revision.revision_reason, revision.state) == (1, REASON, "draft")
    assert revision.budget.is_open
    assert not adopted.budget.is_open
    now = read_plan(revision)
    assert [line.amounts for line in now.sheet.lines] == [line.amounts for line in before.sheet.lines]
    assert [each.heading for each in now.all_sections()] == [each.heading for each in before.all_sections()]
    assert [goal.text for goal in now.all_goals()] == [goal.text for goal in before.all_goals()]
    assert Plan.objects.get(plan_year=2021) == revision
    assert Budget.objects.get(plan_year=2021) == revision.budget


def test_what_is_changed_in_the_revision_is_changed_nowhere_else(adopted, director):
    revision = revise(adopted, director, REASON)
    Amount.objects.filter(line__budget=revision.budget).update(amount=1)
    assert read_plan(Plan.every.get(pk=adopted.pk)).sheet != read_plan(revision).sheet
    assert not Amount.objects.filter(line__budget=adopted.budget_id, amount=1).exists()


def test_the_rules_say_nothing_new_of_it(adopted, director):
    said = [each.sentence for each in check_document(read_plan(adopted))]
    assert [each.sentence for each in check_document(read_plan(revise(adopted, director, REASON)))] == said


def test_the_motiveringar_come_along_as_they_were_made(adopted, director):
    made = Explanation.objects.create(
        plan=adopted, code="BALANCE", sentence="Underskott", text="Till JobbSam.", made_by_name="Bo Ask"
    )
    Explanation.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=30))
    made.refresh_from_db()
    copy = revise(adopted, director, REASON).explanations.get()
    facts = ("code", "sentence", "text", "made_by", "made_by_name", "made_at")
    assert [getattr(copy, fact) for fact in facts] == [getattr(made, fact) for fact in facts]
    copy.refresh_from_db()
    assert copy.made_at == made.made_at
    assert adopted.explanations.get() == made


def test_it_needs_a_reason_and_an_adopted_plan(adopted, director):
    with pytest.raises(NotRevisedError, match="varför"):
        revise(adopted, director, "  ")
    revision = revise(adopted, director, REASON)
    with pytest.raises(NotRevisedError, match="Bara en fastställd"):
        revise(revision, director, REASON)


def test_twice_gives_one(adopted, director):
    assert revise(adopted, director, REASON) == revise(Plan.every.get(pk=adopted.pk), director, REASON)
    assert Plan.every.filter(plan_year=2021).count() == 2


def test_one_that_nobody_has_been_sent_is_dropped(adopted, director):
    revision = revise(adopted, director, REASON)
    assert drop(revision) == adopted
    assert Plan.objects.get(plan_year=2021) == adopted
    assert Budget.every.filter(plan_year=2021).count() == 1


def test_one_that_has_been_sent_is_not(adopted, director):
    revision = revise(adopted, director, REASON)
    version = send(revision, PlanMove.Action.CONSULT, Mover(director, frozenset({RoleKind.DIRECTOR}), 0))
    assert version.number == 2  # within the year, so that nobody takes it for the first
    with pytest.raises(NotRevisedError, match="skickats"):
        drop(revision)


def test_the_pages(adopted, director):
    client = people.client_of(director)
    assert client.get("/gotland/plan/2021/revidera/").status_code == 200
    answer = client.post("/gotland/plan/2021/revidera/", {"reason": ""})
    assert answer.status_code == 422
    assert "Skriv varför" in answer.content.decode()
    assert client.post("/gotland/plan/2021/revidera/", {"reason": REASON}).status_code == 302
    assert Plan.objects.get(plan_year=2021).revision_reason == REASON
    way = client.get("/gotland/plan/2021/vagen/").content.decode()
    assert 'action="/gotland/plan/2021/revidera/avbryt/"' in way
    assert client.post("/gotland/plan/2021/revidera/avbryt/").status_code == 302
    assert Plan.objects.get(plan_year=2021) == adopted
    assert "revidera/avbryt/" not in client.get("/gotland/plan/2021/vagen/").content.decode()
