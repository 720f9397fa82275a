"""What the rules say of the budget and why the plan has it, as a quiet numbered list."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from budgets.rules import RULES
from budgets.rules.finding import SEVERITY_NAMES
from finsam.swedish import NO_BREAK_SPACE
from plans.compose.writing import Writing, label, paragraph
from plans.document import Block, BulletList, Item, Span
from plans.picture import Explanation
from plans.rules.said import SaidFinding, said_findings

WITHIN_A_NUMBER = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def rule_report(writing: Writing, settings: Mapping[str, Any], level: int) -> Iterator[Block]:
    """The findings, worst first, each with its paragraph and explanation; then what was judged and found
    well."""
    plan = writing.plan
    findings = said_findings(plan, writing.findings)
    if findings:
        yield label("Anmärkningar på budgeten")
        yield BulletList(tuple(map(_item, findings)), ordered=True)
    else:
        yield paragraph("Reglerna har ingenting att anmärka på budgeten.")
    found = {finding.code for finding in writing.findings}
    passed = [rule.title for rule in RULES if rule.code not in found and rule.judges(plan.sheet)]
    if passed:
        yield label("Utan anmärkning")
        yield BulletList(tuple(Item((Span(title),)) for title in passed))


def _item(said: SaidFinding) -> Item:
    finding = said.finding
    name = SEVERITY_NAMES[finding.severity].capitalize()
    source = f" {finding.reference}." if finding.reference else ""
    words = (Span(f"{name}.", bold=True), Span(f" {said.sentence}{source}"))
    return Item(words, (_explained(said.explanation),) if said.explanation else ())


def _explained(explanation: Explanation) -> BulletList:
    """Beneath its finding: the explanation in one paragraph, and when it was written. By whom is told where
    the plan is reviewed; what is adopted becomes public, with no more of persons than the plan has."""
    text = WITHIN_A_NUMBER.sub(NO_BREAK_SPACE, " ".join(explanation.text.split()))
    words = (Span("Motivering:", bold=True), Span(f" {text} ({explanation.on})"))
    return BulletList((Item(words),))
