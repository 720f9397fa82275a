"""Which part of the composing writes each live block."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from plans.blocks import BlockKind
from plans.compose import budget, charts, consultation, decision, goals, lists, people, projects, remarks
from plans.compose.writing import Writing
from plans.document import Block

Settings = Mapping[str, Any]
Writer = Callable[[Writing, Settings, int], Iterable[Block]]
"""Writes a block with its settings, below a heading of a level."""

WRITERS: Mapping[BlockKind, Writer] = {
    BlockKind.BUDGET_TABLE: budget.budget_table,
    BlockKind.EQUITY_BRIDGE: budget.equity_bridge,
    BlockKind.PRINTED_FAULTS: budget.printed_faults,
    BlockKind.MEMBERS_AND_SHARES: budget.members_and_shares,
    BlockKind.RULE_REPORT: remarks.rule_report,
    BlockKind.BOARD: people.board,
    BlockKind.SIGNATURES: people.signatures,
    BlockKind.FEDERATION_FACTS: people.federation_facts,
    BlockKind.PROJECT_CARDS: projects.project_cards,
    BlockKind.PROJECT_TABLE: projects.project_table,
    BlockKind.TIMELINE: projects.timeline,
    BlockKind.SCORECARD: goals.scorecard,
    BlockKind.AREAS: goals.areas,
    BlockKind.TARGET_GROUPS: goals.target_groups,
    BlockKind.GOALS: goals.goals,
    BlockKind.CHARTS: charts.charts,
    BlockKind.DECISION_SENTENCES: decision.decision_sentences,
    BlockKind.GLOSSARY: lists.glossary,
    BlockKind.RISK_TABLE: lists.risk_table,
    BlockKind.CONSULTATION: consultation.consultation,
}


def live_block(writing: Writing, kind: str, settings: Settings, level: int) -> Iterable[Block]:
    """The blocks that Finsam writes for a section of that level."""
    return WRITERS[BlockKind(kind)](writing, settings, level)
