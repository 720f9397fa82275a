"""The contents: each heading with leader dots and its page, all of it a link."""

from collections.abc import Sequence
from dataclasses import replace

from plans.document import Contents, Heading
from plans.render.pdf.inline import run_of
from plans.render.pdf.paragraph import text_strips
from plans.render.pdf.printable import printable
from plans.render.pdf.strips import Area, Line, Link, PageNumber, Print, Strip, Words, anchored, held, set_off
from plans.render.pdf.structure import Element
from plans.render.pdf.styles import CONTENTS, HEADINGS, MEASURE, RULE, Style
from plans.render.pdf.typefaces import width

ANCHOR = "contents"
NUMBER_ROOM = 30.0
"""To the right, for the page number."""
GAP = 9.0
DOT, DOT_GAP = 0.8, 4.5


def contents(block: Contents, headings: Sequence[Heading], level: int, parent: Element) -> list[Strip]:
    """`headings` are all of the document, `level` that of the last heading before (1 when there is none)."""
    listed = [each for each in headings if each.in_contents and each.level <= block.deepest]
    title: list[Strip] = []
    if block.heading:
        slot = parent.child(f"H{level}").slot()
        title = anchored(held(text_strips([run_of(block.heading, HEADINGS[0], slot)], HEADINGS[0])), ANCHOR)
    if not listed:
        return title
    tag = parent.child("TOC")
    tabs = _tabs(listed, block.deepest)
    strips: list[Strip] = []
    for entry in listed:
        strips += _entry(entry, tabs, tag)
    return [*title, *set_off(strips, 6, 18)]


def _style(level: int) -> Style:
    return CONTENTS[min(level, len(CONTENTS)) - 1]


def _has_tab(entry: Heading) -> bool:
    """Whether its number stands in a column of its own: 5.1, but not "Bilaga 2: "."""
    return bool(entry.number) and not entry.number.startswith("Bilaga")


def _tabs(listed: Sequence[Heading], deepest: int) -> list[float]:
    """Where each level begins, and last where the text of the deepest does: as the numbers need."""
    tabs = [0.0]
    for level in range(1, deepest + 1):
        style = _style(level)
        numbers = (
            width(printable(entry.number), style.font, style.size)
            for entry in listed
            if entry.level == level and _has_tab(entry)
        )
        tabs.append(min(tabs[-1] + max(numbers, default=GAP) + GAP, MEASURE / 2))
    return tabs


def _entry(entry: Heading, tabs: list[float], parent: Element) -> list[Strip]:
    style = _style(entry.level)
    slot = parent.child("TOCI").child("Reference").child("Link").slot()
    left = tabs[entry.level - 1]
    start = tabs[entry.level] if _has_tab(entry) else left
    text = entry.text if _has_tab(entry) else entry.full
    strips = text_strips([run_of(f"{text} ", style, slot)], style, start, MEASURE - NUMBER_ROOM - start)
    strips = strips or set_off([Strip(style.leading)], style.above, style.below)
    if _has_tab(entry):
        number = run_of(f"{entry.number} ", style, slot)
        wide = width(number.text, number.font, number.size)
        words = Words(left, style.baseline, number.text, wide, style.font, style.size, style.colour, slot)
        strips[0] = replace(strips[0], prints=(words, *strips[0].prints))
    link = Link(f"#{entry.anchor}", printable(entry.full))
    page = PageNumber(MEASURE, style.baseline, entry.anchor, style.font, style.size, style.colour, slot)
    last = strips[-1]
    ends = [p.x + p.width for p in last.prints if isinstance(p, Words)]
    dots = _leaders(max(ends, default=start) + DOT_GAP, MEASURE - NUMBER_ROOM + 6, style.baseline)
    strips[-1] = replace(last, prints=(*last.prints, *dots, page))
    area = Area(left, MEASURE, 0, sum(strip.height for strip in strips), link, slot)
    strips[0] = replace(strips[0], prints=(*strips[0].prints, area))
    return [*held(strips[:-1]), strips[-1]]


def _leaders(start: float, end: float, y: float) -> list[Print]:
    """Dots, at the same places in each line."""
    first = (start // DOT_GAP + 1) * DOT_GAP
    if first >= end:
        return []
    return [Line(first, y - DOT / 2, end, y - DOT / 2, DOT, RULE, (DOT, DOT_GAP - DOT))]
