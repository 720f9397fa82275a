"""The first page: who, what, for when and in what state; at its foot the members and the facts."""

from dataclasses import replace
from itertools import pairwise

from plans.document import TitlePage
from plans.render.pdf.inline import Inline, run_of
from plans.render.pdf.paragraph import quotation, text_strips
from plans.render.pdf.strips import Line, Strip, beside, set_off
from plans.render.pdf.structure import Element
from plans.render.pdf.styles import (
    ACCENT,
    DEPTH,
    FEDERATION,
    HAIRLINE,
    MEASURE,
    RULE,
    STATE,
    SUBTITLE,
    TITLE,
    TITLE_FACT,
    TITLE_FACT_NAME,
    Style,
)

TITLE_AT = 0.27
"""How far down the page the title begins."""
BAR, BAR_WIDTH = 3.0, 48.0
NAME_COLUMN = 120.0
GAP = 24.0
"""Least space between the parts of the page."""


def title_page(page: TitlePage, inline: Inline, parent: Element) -> list[Strip]:
    """On one page when there is room; a federation of very many members goes on to the next."""
    top = _line(page.federation, FEDERATION, parent, "P")
    title = [
        _bar(),
        *_line(page.title, TITLE, parent, "H1"),
        *_line(page.subtitle, SUBTITLE, parent, "P"),
        *_line(page.state, STATE, parent, "P"),
    ]
    if page.quotation:
        title += set_off(quotation(page.quotation, inline, parent), GAP, 0)
    foot = _facts(page, parent)
    down = max(GAP, TITLE_AT * DEPTH - _height(top))
    left = DEPTH - _height(top) - down - _height(title) - _height(foot)
    return [*top, *set_off(title, down, 0), *set_off(foot, max(GAP, left - 1), 0)]


def _line(text: str, style: Style, parent: Element, tag: str) -> list[Strip]:
    return text_strips([run_of(text, style, parent.child(tag).slot())], style) if text else []


def _bar() -> Strip:
    y = BAR / 2
    return Strip(BAR, (Line(0, y, BAR_WIDTH, y, BAR, ACCENT),), below=14)


def _facts(page: TitlePage, parent: Element) -> list[Strip]:
    """Names and facts in two columns beneath a hairline."""
    named = (
        ("Medlemmar", page.members),
        ("Organisationsnummer", (page.organisation_number,)),
        ("Diarienummer", (page.diary_number,)),
    )
    there = [(name, [text for text in texts if text]) for name, texts in named]
    there = [(name, texts) for name, texts in there if texts]
    if not there:
        return []
    tag = parent.child("L", "<</O/List/ListNumbering/None>>")
    strips: list[Strip] = []
    for name, texts in there:
        item = tag.child("LI")
        term = text_strips([run_of(name, TITLE_FACT_NAME, item.child("Lbl").slot())], TITLE_FACT_NAME)
        style = replace(TITLE_FACT, below=0.0)
        body = item.child("LBody")
        said: list[Strip] = []
        for text in texts:
            said += text_strips([run_of(text, style, body.child("P").slot())], style, NAME_COLUMN)
        strips += set_off(beside([replace(strip, below=0.0) for strip in term], said), 0, TITLE_FACT.below)
    if strips:
        rule = Line(0, -10, MEASURE, -10, HAIRLINE, RULE)
        strips[0] = replace(strips[0], prints=(rule, *strips[0].prints))
    return strips


def _height(strips: list[Strip]) -> float:
    """With the spaces between them."""
    between = (max(one.below, other.above) for one, other in pairwise(strips))
    return sum(strip.height for strip in strips) + sum(between)
