"""Runs of text as HTML, with the ids that links and footnotes go by."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from plans.document import Document, Figure, Footnotes, Heading, Paragraph, Span, Spans, Table
from plans.render.addresses import address
from plans.render.unbreakable import unbreakable


class Ids:
    """Ids that differ from each other and from the document's own anchors."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = set(taken)
        self._times: Counter[str] = Counter()

    def fresh(self, wanted: str) -> str:
        """`wanted`, or when it is taken `wanted-2`, `wanted-3` …"""
        made = ""
        while not made or made in self._taken:
            self._times[wanted] += 1
            number = self._times[wanted]
            made = wanted if number == 1 else f"{wanted}-{number}"
        self._taken.add(made)
        return made


class Words:
    """The text of one document, and where its footnotes' marks came to stand."""

    def __init__(self, document: Document) -> None:
        self._anchors = set(_anchors(document))
        self.ids = Ids(self._anchors)
        self._notes = {
            number: self.ids.fresh(f"fotnot-{number}")
            for block in document.blocks
            if isinstance(block, Footnotes)
            for number, _ in block.notes
        }
        self._marks: dict[int, list[str]] = defaultdict(list)

    def html(self, spans: Spans) -> SafeString:
        """Safe HTML: escaped text in <strong>, <em> and <a>, and the marks of footnotes. Spans beside each
        other with one target are one link."""
        parts = ((self._part(target, tuple(run)),) for target, run in groupby(spans, key=_target))
        return format_html_join("", "{}", parts)

    def note_id(self, number: int) -> str:
        return self._notes[number]

    def mark_ids(self, number: int) -> list[str]:
        """The ids of a footnote's marks so far."""
        return self._marks[number]

    def _part(self, target: str, spans: Spans) -> SafeString:
        words = format_html_join("", "{}", ((self._span(span),) for span in spans))
        if not any(span.text.strip() for span in spans):
            return words
        if outside := address(target):
            return format_html('<a href="{}" rel="external noopener noreferrer">{}</a>', outside, words)
        if target.startswith("#") and target[1:] in self._anchors:
            return format_html('<a href="{}">{}</a>', target, words)
        return words

    def _span(self, span: Span) -> SafeString:
        if span.note is not None:
            return self._mark(span.note)
        words = format_html("{}", unbreakable(span.text))
        if span.italic:
            words = format_html("<em>{}</em>", words)
        if span.bold:
            words = format_html("<strong>{}</strong>", words)
        return words

    def _mark(self, number: int) -> SafeString:
        if number not in self._notes:
            return format_html("<sup>{}</sup>", number)
        mark = self.ids.fresh(f"fotnotstecken-{number}")
        self._marks[number].append(mark)
        return format_html(
            '<sup><a id="{}" href="#{}" role="doc-noteref" aria-label="Fotnot {}">{}</a></sup>',
            mark,
            self._notes[number],
            number,
            number,
        )


def _target(span: Span) -> str:
    """A mark is a link already, so it is never within another."""
    return span.target if span.note is None else ""


def _anchors(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph | Table | Figure) and block.anchor:
            yield block.anchor
        if isinstance(block, Figure) and block.table.anchor:
            yield block.table.anchor
