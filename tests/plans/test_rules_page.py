"""The page of rules names every rule that a finding can link to."""

import re
from pathlib import Path

import pytest

from budgets.rules import RULES
from plans.rules.catalogue import DECISION_RULES, DOCUMENT_RULES
from tests.members import people
from tests.members.shown_page import shown

PLAN_RULES = Path(__file__).parents[2] / "plans" / "rules"


@pytest.mark.django_db
def test_every_rule_is_listed_with_what_it_rests_on() -> None:
    page = shown(people.client_of(people.user()).get("/regler/"))
    rules = (*RULES, *DOCUMENT_RULES, *DECISION_RULES)
    rows = {row.id: row for body in page.all("tbody") for row in body.all("tr")}
    assert list(rows) == [rule.code for rule in rules]
    for rule in rules:
        text = rows[rule.code].text
        assert rows[rule.code].one("th").own_text == rule.title
        assert " ".join(rule.explanation.split()) in text
        assert rule.citations or rule.source, f"{rule.code} rests on nothing"
        for citation in rule.citations:
            assert f"{citation.text}Från planår {citation.valid_from}." in text
            assert citation.last_checked.isoformat() in text


def test_every_code_a_finding_of_the_plan_can_have_is_listed() -> None:
    said = set()
    for file in PLAN_RULES.glob("*.py"):
        if file.name != "catalogue.py":
            said |= set(re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', file.read_text(encoding="utf-8")))
    assert said >= {"CONTENT", "LIVE_FIGURE"}
    assert said == {rule.code for rule in (*DOCUMENT_RULES, *DECISION_RULES)}
