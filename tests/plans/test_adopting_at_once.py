"""Adopting, editing and submitting at the same moment, on connections of their own: what is frozen is of one
moment, and after the adoption nobody changes anything.

Twenty rounds here; five hundred in `make soak`.
"""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from budgets.editing.change import Author, ClosedError, ConflictError, make_change
from budgets.editing.steps import Step, Table
from budgets.models import Amount, Budget, BudgetLine, Change
from members.models import RoleKind
from plans.decisions.adopting import adopt
from plans.models import Decision, Plan, PlanMove, Version
from plans.states.moving import LackingError, MeanwhileError, Mover, RefusedError, send
from plans.versions.contents import hash_of, read
from tests.at_once import together
from tests.plans import adoption_world as world

pytestmark = pytest.mark.django_db(transaction=True)

TOLD = (RefusedError, MeanwhileError, LackingError, ClosedError, ConflictError)
"""What the one who came second may be told."""
NAMES = ("administration", "insats")


@pytest.fixture
def clock(monkeypatch) -> world.Clock:
    clock = world.Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


def told(act: Callable[[], object]) -> Callable[[], object]:
    """The answer, or what one is told instead; anything else is a fault."""

    def asked() -> object:
        try:
            return act()
        except TOLD as refusal:
            return refusal

    return asked


def both_lines_to(plan: Plan, amount: int, author: Author) -> Callable[[], object]:
    """Two lines of the year get the same amount in one change: a version has both or neither."""

    def change() -> object:
        budget = Budget.every.get(pk=plan.budget_id)
        budget.federation = plan.federation
        steps = []
        for line in BudgetLine.objects.filter(budget=budget, name__in=NAMES):
            cell = Amount.objects.get(line=line, year__year=2021)
            before = {"amount": f"{cell.amount.amount:.2f}", "formula": cell.formula, "note": cell.note}
            after = {**before, "amount": f"{Decimal(amount):.2f}"}
            steps.append(Step(Table.CELL, line.pk, before, after, cell.year_id))
        return make_change(budget, author, Change.Action.AMOUNT, steps)

    return change


def amounts_of(version: Version) -> set[Decimal | None]:
    """What the version says of the two lines in 2021."""
    sheet = read(version.content).picture.sheet
    return {line.amounts[0] for line in sheet.lines if line.name in NAMES}


def one_round(clock: world.Clock) -> None:
    plan = world.with_board(world.a_plan())
    director, chair = world.director_of(plan), world.chair_of(plan)
    author = Author(director, "sitting")
    both_lines_to(plan, 500_000, author)()
    world.explain_everything(plan)
    world.before_board(plan, director, clock)
    meeting = world.meeting(plan)
    seen = plan.moves.count()
    again = Mover(director, frozenset({RoleKind.DIRECTOR}), seen)
    presiding = Mover(chair, frozenset({RoleKind.CHAIR}), seen)
    here = [Plan.every.select_related("federation", "budget").get(pk=plan.pk) for _ in range(3)]
    together(
        [
            told(lambda: adopt(here[0], presiding, meeting, {})),
            told(both_lines_to(here[1], 600_000, author)),
            told(lambda: send(here[2], PlanMove.Action.SUBMIT, again)),
            told(both_lines_to(here[1], 700_000, author)),
        ]
    )
    check_all(plan)


def check_all(plan: Plan) -> None:
    plan = Plan.every.select_related("budget").get(pk=plan.pk)
    previous = ""
    for version in Version.objects.filter(federation=plan.federation).order_by("place"):
        assert len(amounts_of(version)) == 1, "a version of two moments"
        assert version.previous_hash == previous
        assert hash_of(version.content.encode()) == version.content_hash
        assert all(hash_of(bytes(file.content)) == file.hash for file in version.files.all())
        previous = version.hash
    numbers = list(plan.moves.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    decision = Decision.objects.filter(plan=plan).first()
    assert (plan.state == "adopted") == (decision is not None)
    if decision:
        assert not plan.budget.is_open
        assert decision.version == plan.version
        assert plan.moves.last().action == "adopt"
        assert json.loads(decision.content)


@pytest.mark.parametrize("number", range(20))
def test_every_version_is_of_one_moment(clock, number):
    one_round(clock)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(500))
def test_every_version_is_of_one_moment_at_length(clock, number):
    one_round(clock)
