"""What comes as terms or marks with words beside them: lists, facts, footnotes, signatures."""

from dataclasses import replace

from plans.document import BulletList, Facts, Footnotes, Signature, Signatures
from plans.render.pdf.inline import Inline, mark_anchor, note_anchor, run_of
from plans.render.pdf.paragraph import text_strips
from plans.render.pdf.printable import printable
from plans.render.pdf.strips import Hold, Line, Link, Strip, anchored, beside, held, joined, set_off
from plans.render.pdf.structure import Element
from plans.render.pdf.styles import (
    ACCENT,
    BODY,
    HAIRLINE,
    ITEM,
    MEASURE,
    NOTE,
    QUIET,
    RULE,
    SMALL,
    TERM,
)
from plans.render.pdf.typefaces import width

INDENT = 16.0
LABEL = replace(ITEM, below=0.0)
LEAST_MEASURE = 120.0
"""However deep a list, its text is at least so wide."""
BULLETS = ("•", "–", "·")
GAP = 14.0
WIDEST_TERM = 0.36
"""Of the measure, for terms beside their descriptions."""
NOTE_RULE = 60.0
SIGNATURE_HEIGHT, SIGNATURE_GAP = 52.0, 30.0


def bullet_list(block: BulletList, inline: Inline, parent: Element, depth: int = 0) -> list[Strip]:
    numbering = "Decimal" if block.ordered else "Disc"
    tag = parent.child("L", f"<</O/List/ListNumbering/{numbering}>>")
    labels = [f"{n}." if block.ordered else BULLETS[depth % 3] for n in range(1, len(block.items) + 1)]
    longest = max((width(label, ITEM.font, ITEM.size) for label in labels), default=0.0)
    left = min(depth * INDENT, MEASURE - LEAST_MEASURE)
    indent = max(INDENT, longest + 5) if block.ordered else INDENT
    items: list[list[Strip]] = []
    for label, item in zip(labels, block.items, strict=True):
        line = tag.child("LI")
        mark = text_strips([run_of(label, LABEL, line.child("Lbl").slot())], LABEL, left, indent)
        body = line.child("LBody")
        text = text_strips(inline.runs(item.spans, ITEM, body), ITEM, left + indent)
        made = beside(mark, text)
        for beneath in item.lists:
            made = [*made[:-1], *held(made[-1:], Hold.GLADLY), *bullet_list(beneath, inline, body, depth + 1)]
        items.append(made)
    strips = joined(items)
    return set_off(strips, 0, BODY.below) if depth == 0 else strips


def facts(block: Facts, inline: Inline, parent: Element) -> list[Strip]:
    tag = parent.child("L", "<</O/List/ListNumbering/None>>")
    terms = [printable(fact.term) for fact in block.facts]
    longest = max((width(term, TERM.font, TERM.size) for term in terms), default=0.0)
    column = min(longest + GAP, WIDEST_TERM * MEASURE)
    strips: list[Strip] = []
    for fact, term in zip(block.facts, terms, strict=True):
        line = tag.child("LI")
        term_run = run_of(term, TERM, line.child("Lbl").slot())
        runs = inline.runs(fact.description, BODY, line.child("LBody"))
        if block.compact:
            term_strips = text_strips([term_run], TERM, 0, column - GAP + 0.1)
            strips += beside(term_strips, text_strips(runs, ITEM, column))
        else:
            strips += held(text_strips([term_run], TERM)) + text_strips(runs, BODY)
    if block.compact:
        strips = [*held(strips[:-1], Hold.LOOSELY), *strips[-1:]]
    return set_off(strips, 4, BODY.below + 3)


def footnotes(block: Footnotes, inline: Inline, parent: Element) -> list[Strip]:
    """The notes, beneath a short rule. Each number leads back to its mark in the text."""
    strips: list[Strip] = []
    for number, spans in block.notes:
        note = parent.child("Note", identifier=f"note-{number}-{len(parent.children)}")
        label = note.child("Lbl")
        link = Link(f"#{mark_anchor(number)}", f"Tillbaka till noten {number} i texten")
        if number in inline.marked:
            run = replace(run_of(str(number), NOTE, label.child("Link").slot(), link), colour=ACCENT)
        else:
            run = run_of(str(number), NOTE, label.slot())
        body = text_strips(inline.runs(spans, NOTE, note.child("P")), NOTE, INDENT)
        strips += anchored(
            beside(text_strips([run], replace(NOTE, below=0.0), 0, INDENT), body), note_anchor(number)
        )
    if strips:
        rule = Line(0, -4, NOTE_RULE, -4, HAIRLINE, RULE)
        strips[0] = replace(strips[0], prints=(rule, *strips[0].prints))
    return set_off(strips, 16, 12)


def signatures(block: Signatures, parent: Element) -> list[Strip]:
    """Lines to sign on, two beside each other and all on one page; first, by itself, place and date."""
    column = (MEASURE - SIGNATURE_GAP) / 2
    strips: list[Strip] = []
    if block.place_and_date:
        strips += _signature(Signature("", "Ort och datum"), parent, 0, column)
    for at in range(0, len(block.lines), 2):
        pair = block.lines[at : at + 2]
        strips += beside(
            *(_signature(line, parent, n * (column + SIGNATURE_GAP), column) for n, line in enumerate(pair))
        )
    return set_off([*held(strips[:-1], Hold.GLADLY), *strips[-1:]], 12, 12)


def _signature(line: Signature, parent: Element, x: float, wide: float) -> list[Strip]:
    """Room to write, the line, and beneath it the name and what the person is. Unbroken."""
    tag = parent.child("P")
    y = SIGNATURE_HEIGHT - 4
    room = Strip(SIGNATURE_HEIGHT, (Line(x, y, x + wide, y, HAIRLINE, QUIET),), hold=Hold.FIRMLY)
    style = replace(BODY, below=0.0, hyphenate=False)
    name = text_strips([run_of(f"{line.name} ", style, tag.slot())] if line.name else [], style, x, wide)
    post = text_strips([run_of(line.post, SMALL, tag.slot())] if line.post else [], SMALL, x, wide)
    strips = [room, *name, *post]
    return [*held(strips[:-1]), replace(strips[-1], hold=Hold.FREE)]
