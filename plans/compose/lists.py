"""The glossary and the risks of a plan."""

from collections.abc import Iterator, Mapping
from typing import Any

from plans.compose.writing import Writing, text_cell
from plans.document import Block, Cell, Fact, Facts, Span, Table, TableColumn, TableRow


def glossary(writing: Writing, settings: Mapping[str, Any], level: int) -> Iterator[Block]:
    """The terms in the plan's order, each with what it means here."""
    facts = tuple(Fact(term.term, writing.words(term.explanation)) for term in writing.plan.terms)
    if facts:
        yield Facts(facts, compact=False)


def risk_table(writing: Writing, settings: Mapping[str, Any], level: int) -> Iterator[Block]:
    """The risks, the gravest (likelihood times consequence) first, with what is done about them."""
    risks = sorted(writing.plan.risks, key=lambda risk: -risk.likelihood * risk.consequence)
    if not risks:
        return
    head = ("Risk", "Sannolikhet (1–4)", "Konsekvens (1–4)", "Värde", "Åtgärd", "Ansvarig")
    rows = [
        TableRow(
            (
                text_cell(risk.risk),
                *(Cell((Span(str(value)),)) for value in _values(risk.likelihood, risk.consequence)),
                text_cell(risk.measure),
                text_cell(risk.responsible),
            )
        )
        for risk in risks
    ]
    columns = (
        TableColumn(30),
        TableColumn(9, "figure"),
        TableColumn(9, "figure"),
        TableColumn(6, "figure"),
        TableColumn(30),
        TableColumn(14),
    )
    yield Table("Risker", columns, (TableRow(tuple(map(text_cell, head))),), tuple(rows))


def _values(likelihood: int, consequence: int) -> tuple[int, int, int]:
    return likelihood, consequence, likelihood * consequence
