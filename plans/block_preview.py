"""A live block as the document would have it, set in a way that need not be stored. Only what the block tells
is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString

from plans import reading
from plans.block_notes import Note, notes
from plans.blocks import BlockKind
from plans.compose.live_blocks import live_block
from plans.models import Plan, Section
from plans.picture import PlanPicture
from plans.preview import TextWriting, html_of, read_figures

Read = Callable[[Plan], dict[str, Any]]


def _people(plan: Plan) -> dict[str, Any]:
    return reading.read_people(plan.federation)


def _projects(plan: Plan) -> dict[str, Any]:
    return reading.read_projects(plan.federation)


def _consultation(plan: Plan) -> dict[str, Any]:
    return {**_people(plan), **reading.read_consultation(plan)}


TOLD: Mapping[BlockKind, Read] = {
    **dict.fromkeys((BlockKind.BOARD, BlockKind.SIGNATURES, BlockKind.FEDERATION_FACTS), _people),
    **dict.fromkeys((BlockKind.PROJECT_CARDS, BlockKind.PROJECT_TABLE, BlockKind.TIMELINE), _projects),
    **dict.fromkeys(
        (BlockKind.SCORECARD, BlockKind.AREAS, BlockKind.TARGET_GROUPS, BlockKind.GOALS), reading.read_goals
    ),
    **dict.fromkeys((BlockKind.GLOSSARY, BlockKind.RISK_TABLE), reading.read_lists),
    BlockKind.CONSULTATION: _consultation,
}
"""What each block tells beside the budget and the names of the federation."""


@dataclass(frozen=True)
class BlockPreview:
    """`html` is empty when the document shows nothing there; `notes` say why, or what is left out."""

    html: SafeString
    notes: tuple[Note, ...]


def picture_for(plan: Plan, block: str) -> PlanPicture:
    """As much of the plan as a live block tells, and as its settings offer; the figures alone without one."""
    figures = replace(read_figures(plan), title=reading.title_of(plan))
    read = TOLD.get(BlockKind(block)) if block else None
    return replace(figures, **read(plan)) if read else figures


def preview_of(
    plan: Plan, section: Section, picture: PlanPicture, block: str, settings: Mapping[str, Any]
) -> BlockPreview:
    """The live block in that section with those settings. `picture` is that for the block."""
    writing = TextWriting(picture, stored=plan)
    level = max(writing.places[section.key].level, 1)
    blocks = tuple(live_block(writing, block, settings, level))
    told = notes(writing, BlockKind(block), settings, blocks)
    return BlockPreview(html_of((*blocks, *writing.footnotes())), tuple(told))
