"""The sections of a plan as blocks, in the order they are read."""

from collections.abc import Iterator

from plans.compose.live_blocks import live_block
from plans.compose.writing import Writing
from plans.document import Block, Heading
from plans.picture import Section


def sections(writing: Writing) -> Iterator[Block]:
    """Every section with its parts; footnotes stand after the section of the first level that has them."""
    for section in writing.plan.sections:
        yield from _section(writing, section)
        yield from writing.footnotes()


def _section(writing: Writing, section: Section) -> Iterator[Block]:
    place = writing.places[section.key]
    if section.heading:
        anchor = writing.anchor(place.anchor)
        yield Heading(place.level, section.heading, anchor, place.number, new_page=section.new_page)
    yield from writing.text(section.text)
    if section.block:
        yield from live_block(writing, section.block, section.settings, place.level)
    for part in section.parts:
        yield from _section(writing, part)
