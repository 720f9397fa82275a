"""The words of a paragraph on their way from a paste: tidied, and written in the small vocabulary. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

BREAK = "\n"
NO_BREAK_SPACE = "\u00a0"
SPACES = {" ", NO_BREAK_SPACE, BREAK}

_SOURCE_SPACE = re.compile("[ \t\r\n\f\v]+")
_DIRT = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b\u2060\ufeff\ufffe\uffff]")
"""Signs that cannot be seen and that no file can hold."""


@dataclass(frozen=True)
class Marks:
    """How words are written. `raised` is sup, sub or empty; `href` an address or empty."""

    bold: bool = False
    italic: bool = False
    raised: str = ""
    href: str = ""

    def shared(self, other: "Marks") -> "Marks":
        """What both have."""
        if self is other:
            return self
        return Marks(
            self.bold and other.bold,
            self.italic and other.italic,
            self.raised if self.raised == other.raised else "",
            self.href if self.href == other.href else "",
        )


PLAIN = Marks()


@dataclass(frozen=True)
class Sign:
    """A sign, or something that stands as one (a live figure, a footnote): then `text` is ready HTML."""

    text: str
    marks: Marks = PLAIN
    is_html: bool = False

    @property
    def is_space(self) -> bool:
        return not self.is_html and self.text in SPACES


Signs = tuple[Sign, ...]


def signs_of(text: str, marks: Marks, *, keep_lines: bool = False) -> list[Sign]:
    """The signs of a source's text, where space is space whatever it is made of."""
    text = _DIRT.sub("", text)
    if keep_lines:
        text = text.replace("\r\n", BREAK).replace("\r", BREAK).replace("\t", " ")
    else:
        text = _SOURCE_SPACE.sub(" ", text)
    made = {sign: Sign(sign, marks) for sign in set(text)}
    return [made[sign] for sign in text]


def paragraphs_of(signs: Iterable[Sign]) -> Iterator[Signs]:
    """The signs with single spaces, in a paragraph more wherever two line breaks follow each other."""
    paragraph: list[Sign] = []
    space: list[Sign] = []
    for sign in signs:
        if sign.is_space:
            space.append(sign)
            continue
        if paragraph and space:
            if sum(each.text == BREAK for each in space) > 1:
                yield tuple(paragraph)
                paragraph = []
            else:
                paragraph.append(_single(space, paragraph[-1].marks.shared(sign.marks)))
        space = []
        paragraph.append(sign)
    if paragraph:
        yield tuple(paragraph)


def _single(space: list[Sign], marks: Marks) -> Sign:
    texts = [sign.text for sign in space]
    text = BREAK if BREAK in texts else NO_BREAK_SPACE if texts == [NO_BREAK_SPACE] else " "
    first = space[0]
    marks = PLAIN if text == BREAK else marks
    return first if first.text == text and first.marks is marks else Sign(text, marks)


def lines_of(signs: Signs) -> list[Signs]:
    """The lines of a paragraph."""
    lines: list[list[Sign]] = [[]]
    for sign in signs:
        if sign.text == BREAK:
            lines.append([])
        else:
            lines[-1].append(sign)
    return [tuple(line) for line in lines]


def plain(signs: Signs) -> str:
    """The text alone."""
    return "".join(sign.text for sign in signs if not sign.is_html)


def bold(sign: Sign) -> Sign:
    return replace(sign, marks=replace(sign.marks, bold=True))


def html_of(signs: Signs) -> str:
    """The signs with the elements of their marks, each around as much as it can be."""
    runs = [(marks, _written(same)) for marks, same in groupby(signs, key=lambda sign: sign.marks)]
    return _within(runs, ("href", "bold", "italic", "raised"))


def _within(runs: Iterable[tuple[Marks, str]], names: tuple[str, ...]) -> str:
    if not names:
        return "".join(html for _, html in runs)
    name, rest = names[0], names[1:]
    parts = []
    for value, group in groupby(runs, key=lambda run: getattr(run[0], name)):
        inner = _within(group, rest)
        parts.append(_element(name, value, inner) if value else inner)
    return "".join(parts)


def _element(name: str, value: str, inner: str) -> str:
    if name == "href":
        return f'<a href="{escape(value)}">{inner}</a>'
    tag = {"bold": "strong", "italic": "em"}.get(name, value)
    return f"<{tag}>{inner}</{tag}>"


def _written(signs: Iterable[Sign]) -> str:
    parts = []
    for is_html, same in groupby(signs, key=lambda sign: sign.is_html):
        text = "".join([sign.text for sign in same])
        parts.append(text if is_html else escape(text, quote=False).replace(BREAK, "<br>"))
    return "".join(parts)
