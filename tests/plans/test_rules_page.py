"""The page of rules names every rule that a finding can link to."""

import re
from pathlib import Path

import pytest
from django.test import Client

from budgets.rules import RULES
from plans.rules.catalogue import DECISION_RULES, DOCUMENT_RULES
from tests.members import people

PLAN_RULES = Path(__file__).parents[2] / "plans" / "rules"


@pytest.mark.django_db
def test_every_rule_is_on_the_page_with_what_it_rests_on(client: Client) -> None:
    client.force_login(people.user())
    page = client.get("/regler/").content.decode()
    for rule in (*RULES, *DOCUMENT_RULES, *DECISION_RULES):
        assert f'id="{rule.code}"' in page, rule.code
        assert rule.title in page
        assert rule.source or rule.citations, f"{rule.code} rests on nothing"


def test_every_code_a_finding_of_the_plan_can_have_is_listed() -> None:
    said = set()
    for file in PLAN_RULES.glob("*.py"):
        if file.name != "catalogue.py":
            said |= set(re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', file.read_text(encoding="utf-8")))
    assert said >= {"CONTENT", "LIVE_FIGURE"}
    assert said == {rule.code for rule in (*DOCUMENT_RULES, *DECISION_RULES)}
