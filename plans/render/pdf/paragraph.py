"""Text as strips: paragraphs, headings, quotations."""

from collections.abc import Sequence
from dataclasses import replace

from plans.document import Heading, Paragraph, Quotation, plain
from plans.render.pdf.inline import Inline, run_of
from plans.render.pdf.lines import Run, TextLine, lines_of
from plans.render.pdf.strips import Hold, Line, Print, Strip, Words, anchored, held, set_off
from plans.render.pdf.structure import Element
from plans.render.pdf.styles import (
    BODY,
    HAIRLINE,
    HEADINGS,
    LABEL,
    LEAD,
    MEASURE,
    QUOTE,
    SMALL,
    SOURCE,
    WARNING,
    WARNING_TEXT,
    Style,
)

STYLES = {"body": BODY, "lead": LEAD, "small": SMALL, "label": LABEL, "warning": WARNING_TEXT}
WARNING_INDENT, WARNING_BAR = 12.0, 2.0
QUOTE_INDENT = 24.0
UNDERLINE = 0.16
"""How far beneath the baseline, against the size."""


def line_prints(line: TextLine, x: float, baseline: float) -> list[Print]:
    """What a line prints when it begins at `x`. A line that ends in a space has it, for who copies it."""
    prints: list[Print] = []
    last = len(line.parts) - 1
    for at, part in enumerate(line.parts):
        run, wide = part.run, part.width
        text = part.text + " " if at == last and line.ends_in_space else part.text
        y = baseline - run.rise
        prints.append(Words(x, y, text, wide, run.font, run.size, run.colour, run.slot, run.link, run.anchor))
        if run.link and not run.rise:
            under = y + run.size * UNDERLINE
            prints.append(Line(x, under, x + wide, under, HAIRLINE, run.colour))
        x += wide
    return prints


def text_strips(
    runs: Sequence[Run], style: Style, x: float = 0.0, measure: float | None = None
) -> list[Strip]:
    """A text `measure` wide (to the right margin when None) from `x` on. The first two and the last two lines
    hold together. No strips when there is no text."""
    lines = lines_of(runs, MEASURE - x if measure is None else measure, style.hyphenate)
    last = len(lines) - 1
    strips = [
        Strip(
            style.leading,
            tuple(line_prints(line, x, style.baseline)),
            hold=Hold.FIRMLY if at < last and at in (0, last - 1) else Hold.FREE,
        )
        for at, line in enumerate(lines)
    ]
    return set_off(strips, style.above, style.below)


def paragraph(block: Paragraph, inline: Inline, parent: Element) -> list[Strip]:
    style = STYLES[block.style]
    indent = WARNING_INDENT if block.style == "warning" else 0.0
    strips = text_strips(inline.runs(block.spans, style, parent.child("P")), style, indent)
    if block.style == "warning":
        strips = [_with_bar(strip) for strip in strips]
    if block.style == "label":
        strips = held(strips)
    elif plain(block.spans).rstrip().endswith(":"):
        strips = [*strips[:-1], *held(strips[-1:], Hold.GLADLY)]
    return anchored(strips, block.anchor)


def _with_bar(strip: Strip) -> Strip:
    middle = WARNING_BAR / 2
    bar = Line(middle, 0, middle, strip.height, WARNING_BAR, WARNING)
    return replace(strip, prints=(bar, *strip.prints))


def heading(block: Heading, parent: Element, after_heading: bool, before_heading: bool) -> list[Strip]:
    """A heading, which never ends a page, unless there are more of them after each other than a page holds.
    Right after another it stands closer."""
    style = HEADINGS[block.level - 1]
    if after_heading:
        style = replace(style, above=style.above / 2)
    slot = parent.child(f"H{block.level}").slot()
    strips = held(text_strips([run_of(block.full, style, slot)], style))
    if not strips:
        return [Strip(0.0, anchors=(block.anchor,), new_page=block.new_page, hold=Hold.GLADLY)]
    if before_heading:
        strips[-1] = replace(strips[-1], hold=Hold.GLADLY)
    strips[0] = replace(strips[0], new_page=block.new_page)
    return anchored(strips, block.anchor)


def quotation(block: Quotation, inline: Inline, parent: Element) -> list[Strip]:
    quote = parent.child("BlockQuote")
    wide = MEASURE - 2 * QUOTE_INDENT
    strips: list[Strip] = []
    for spans in block.paragraphs:
        strips += text_strips(inline.runs(spans, QUOTE, quote.child("P")), QUOTE, QUOTE_INDENT, wide)
    if block.source:
        if strips:
            strips[-1] = replace(strips[-1], hold=Hold.FIRMLY)
        source = run_of(f"– {block.source}", SOURCE, quote.child("P").slot())
        strips += text_strips([source], SOURCE, QUOTE_INDENT, wide)
    return set_off(strips, 10, 12)
