"""Each kind of block through its template, in templates/plans/document/."""

from base64 import b64encode
from collections.abc import Sequence
from string import ascii_lowercase
from typing import assert_never

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from plans.document import (
    Block,
    BulletList,
    Contents,
    Document,
    Facts,
    Figure,
    Footnotes,
    Heading,
    Illustration,
    PageBreak,
    Paragraph,
    Quotation,
    Signatures,
    Table,
)
from plans.render.html.tables import shown
from plans.render.html.words import Words

LOWEST_RANK = 6
"""HTML has no heading below h6."""


class Blocks:
    """The blocks of one document; `alone` when they hold their pictures themselves."""

    def __init__(self, document: Document, *, alone: bool = False) -> None:
        self._words, self._alone = Words(document), alone

    def all_html(self, blocks: Sequence[Block]) -> list[SafeString]:
        """Each block. Footnotes are made last, since they lead back to their marks, wherever those are."""
        places = sorted(range(len(blocks)), key=lambda place: isinstance(blocks[place], Footnotes))
        made = {place: self.html(blocks[place]) for place in places}
        return [made[place] for place in range(len(blocks))]

    def html(self, block: Block) -> SafeString:
        words = self._words.html
        match block:
            case Heading():
                return _template("heading", heading=block, rank=min(block.level + 1, LOWEST_RANK))
            case Paragraph():
                return _template("paragraph", paragraph=block, words=words(block.spans))
            case Quotation():
                return _template(
                    "quotation", quotation=block, paragraphs=[words(each) for each in block.paragraphs]
                )
            case BulletList():
                return self._list(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Illustration():
                source = _held(block) if self._alone else block.address
                return _template("illustration", illustration=block, source=source)
            case Facts():
                facts = [(fact.term, words(fact.description)) for fact in block.facts]
                return _template("facts", compact=block.compact, facts=facts)
            case Signatures():
                return _template("signatures", signatures=block)
            case Footnotes():
                return self._footnotes(block)
            case Contents():
                return SafeString()  # beside the text, not in it: see document.html
            case PageBreak():
                return _template("page_break")
        assert_never(block)

    def _list(self, block: BulletList) -> SafeString:
        items = [
            (self._words.html(item.spans), [self._list(below) for below in item.lists])
            for item in block.items
        ]
        return _template("list", tag="ol" if block.ordered else "ul", items=items)

    def _table(self, block: Table) -> SafeString:
        return _template("table", shown=shown(block, self._words))

    def _figure(self, block: Figure) -> SafeString:
        identity = block.anchor or self._words.ids.fresh("diagram")
        chart = {"key": identity, "title": block.title, "description": block.description}
        return _template("figure", figure=block, id=identity, chart=chart, table=self._table(block.table))

    def _footnotes(self, block: Footnotes) -> SafeString:
        notes = [
            (
                number,
                self._words.note_id(number),
                self._words.html(spans),
                _lettered(self._words.mark_ids(number)),
            )
            for number, spans in block.notes
        ]
        return _template("footnotes", notes=notes)


def _held(block: Illustration) -> str:
    """The picture itself, written as an address."""
    return f"data:{block.media_type};base64,{b64encode(block.content).decode()}"


def _lettered(marks: Sequence[str]) -> list[tuple[str, str]]:
    """The ids of a note's marks, each with what tells it from the others: a, b, … z, 27, 28 … A single mark
    needs nothing."""
    if len(marks) == 1:
        return [(marks[0], "")]
    return [
        (mark, ascii_lowercase[at] if at < len(ascii_lowercase) else str(at + 1))
        for at, mark in enumerate(marks)
    ]


def _template(name: str, **context: object) -> SafeString:
    return render_to_string(f"plans/document/{name}.html", context)
