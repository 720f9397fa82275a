"""A paragraph of a style, with what it needs beside it."""

from plans.render.docx.elements import Element, qualified, w
from plans.render.docx.look import twips
from plans.render.docx.styles import PARAGRAPHS

SPACE_BEFORE = {style.key: style.before or 0.0 for style in PARAGRAPHS}
"""What each style has above it, in points."""


def paragraph(
    style: str,
    *content: Element,
    keep_next: bool = False,
    number: tuple[int, int] | None = None,
    before: float | None = None,
    left: float = 0,
) -> Element:
    """`keep_next` keeps it on the page of the next; `number` is its list and level (from 0); `before` and
    `left` are space in points."""
    properties = [w("pStyle", val=style)]
    if keep_next:
        properties.append(w("keepNext"))
    if number:
        properties.append(w("numPr", w("ilvl", val=number[1]), w("numId", val=number[0])))
    if before is not None:
        properties.append(w("spacing", before=twips(before)))
    if left:
        properties.append(w("ind", left=twips(left)))
    return w("p", w("pPr", *properties), *content)


def on_new_page(block: Element) -> None:
    """Lets a paragraph, or what begins with one, begin a page, at its very top."""
    properties = next(block.iter(qualified("w:p"))).get_or_add_pPr()
    properties.get_or_add_pageBreakBefore()
    properties.get_or_add_spacing().set(qualified("w:before"), "0")


def with_space_before(block: Element, least: float) -> None:
    """Gives what begins with a paragraph at least so many points above it, unless it begins a page."""
    properties = next(block.iter(qualified("w:p"))).get_or_add_pPr()
    style = properties.find(qualified("w:pStyle")).get(qualified("w:val"))
    if SPACE_BEFORE.get(style, 0.0) < least and properties.find(qualified("w:pageBreakBefore")) is None:
        properties.get_or_add_spacing().set(qualified("w:before"), str(twips(least)))
