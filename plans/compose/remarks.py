"""What the rules say of the budget, as a quiet numbered list."""

from collections.abc import Iterator, Mapping
from typing import Any

from budgets.rules import RULES, Finding
from budgets.rules.finding import SEVERITY_NAMES
from budgets.rules.sentences import sentence
from plans.compose.writing import Writing, label, paragraph
from plans.document import Block, BulletList, Item, Span


def rule_report(writing: Writing, settings: Mapping[str, Any], level: int) -> Iterator[Block]:
    """The findings, worst first, each with its paragraph; then what was judged and found well."""
    plan = writing.plan
    findings = writing.findings
    if findings:
        yield label("Anmärkningar på budgeten")
        yield BulletList(tuple(Item(_words(writing, finding)) for finding in findings), ordered=True)
    else:
        yield paragraph("Reglerna har ingenting att anmärka på budgeten.")
    found = {finding.code for finding in findings}
    passed = [rule.title for rule in RULES if rule.code not in found and rule.judges(plan.sheet)]
    if passed:
        yield label("Utan anmärkning")
        yield BulletList(tuple(Item((Span(title),)) for title in passed))


def _words(writing: Writing, finding: Finding) -> tuple[Span, ...]:
    name = SEVERITY_NAMES[finding.severity].capitalize()
    said = sentence(finding, writing.plan.sheet)
    return Span(f"{name}.", bold=True), Span(f" {said}")
