"""What the tables of the document refuse, whoever writes in them."""

from typing import Any

import pytest
from django.db import models

from budgets.models import Budget
from plans.models import (
    Activity,
    Area,
    GoalChange,
    Indicator,
    Plan,
    Risk,
    Section,
    SectionChange,
    TargetGroup,
    Term,
    plan_of,
)
from tests.members import people
from tests.members.constraints import Refusal, assert_database_refuses
from tests.plans import test_plan_state

pytestmark = pytest.mark.django_db


def plan() -> Plan:
    return Plan.objects.first() or plan_of(
        Budget.objects.create(federation=people.federation(), plan_year=2021, unit="SEK")
    )


def second(model: type[models.Model], **fields: Any) -> models.Model:
    """Another row of the plan with the same fields as one that is there."""
    model._base_manager.create(plan=plan(), **fields)
    return model(plan=plan(), **fields)


def section(**fields: Any) -> Section:
    return Section(**{"plan": plan(), "key": "a", "heading": "A", **fields})


def above() -> Section:
    return Section.objects.create(plan=plan(), key="over", heading="Över")


def change(**fields: Any) -> SectionChange:
    return SectionChange(
        **{"plan": plan(), "number": 1, "action": "text", "section_key": "a", "made_by_name": "Bo", **fields}
    )


def goal_change(**fields: Any) -> GoalChange:
    return GoalChange(
        **{"plan": plan(), "number": 1, "action": "add", "words": "målet", "made_by_name": "Bo", **fields}
    )


REFUSALS = [
    Refusal("plan_quotation", lambda: test_plan_state.an_unsaved(quotation_source="SOU")),
    Refusal("section_key_unique", lambda: second(Section, key="a", heading="A")),
    Refusal("section_block", lambda: section(block="annat")),
    Refusal("section_parent", lambda: section(pk=7, parent_id=7)),
    Refusal("section_appendix", lambda: section(is_appendix=True, parent=above())),
    Refusal("section_appendix_heading", lambda: section(is_appendix=True, heading="")),
    Refusal("target_group_key_unique", lambda: second(TargetGroup, key="a", name="A")),
    Refusal("area_key_unique", lambda: second(Area, key="a", name="A", kind="perspective")),
    Refusal("area_kind", lambda: Area(plan=plan(), key="a", name="A", kind="annat")),
    Refusal("indicator_of", lambda: Indicator(plan=plan(), text="Antal")),
    Refusal("activity_of", lambda: Activity(plan=plan(), text="Möten")),
    Refusal("term_unique", lambda: second(Term, term="Insats", explanation="x")),
    Refusal("risk_values", lambda: Risk(plan=plan(), risk="R", likelihood=5, consequence=1)),
    Refusal(
        "section_change_number_unique",
        lambda: second(SectionChange, number=1, action="text", section_key="a", made_by_name="Bo"),
    ),
    Refusal("section_change_number_from_one", lambda: change(number=0)),
    Refusal("section_change_action", lambda: change(action="annat")),
    Refusal("section_change_undoes", lambda: change(action="undo")),
    Refusal(
        "goal_change_number_unique",
        lambda: second(GoalChange, number=1, action="add", words="målet ”A”", made_by_name="Bo"),
    ),
    Refusal("goal_change_number_from_one", lambda: goal_change(number=0)),
    Refusal("goal_change_action", lambda: goal_change(action="annat")),
    Refusal("goal_change_undoes", lambda: goal_change(action="undo")),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_the_database_refuses(refusal):
    assert_database_refuses(refusal)
