"""The paragraphs of a document gathered under their headings. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape

from plans.exchange.word.styles import NUMBERED, SUBTITLE, TITLE
from plans.text.tree import EMPTY, Element

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LONGEST_HEADING = 300
LONGEST_GUESSED = 80
"""Signs of a bold line that is taken for a heading where the document has no others."""
CONTENTS = {"innehåll", "innehållsförteckning", "innehållsförteckning:", "contents"}

_TYPED_NUMBER = re.compile(r"((?:\d{1,2}\.)*\d{1,2})[.)]?\s+(?=\S)")
_PAGE = re.compile(r"[\s.…]\d{1,3}$")


@dataclass
class Part:
    """A heading with what stands under it, as HTML of mammoth. `number` was typed before it;
    `is_numbered` when Word counts it."""

    heading: str
    level: int
    number: str = ""
    is_numbered: bool = False
    html: list[str] = field(default_factory=list)


@dataclass
class Outline:
    """`front` is what stands before the first heading: lines of a title page, or a text."""

    title: str
    front: Part
    parts: list[Part]
    is_guessed: bool


def outline_of(tree: Element) -> Outline:
    """The parts of a document, in order."""
    elements = [child for child in tree.children if isinstance(child, Element)]
    is_guessed = not any(element.tag in HEADINGS for element in elements)
    if is_guessed:
        elements = [_guessed(element) for element in elements]
    titles: list[str] = []
    parts = [Part("", 0)]
    for element in elements:
        names = element.attributes.get("class", "").split()
        words = " ".join(element.words().split())
        if TITLE in names or SUBTITLE in names:
            titles += [words] if TITLE in names and words else []
            parts[-1].html += _pictures(element)
        elif element.tag in HEADINGS and words and len(words) <= LONGEST_HEADING:
            parts.append(_part(words, HEADINGS[element.tag], NUMBERED in names))
            parts[-1].html += _pictures(element)
        else:
            parts[-1].html.append(html_of(element))
    found = [part for part in parts[1:] if not _is_contents(part)]
    return Outline(" ".join(dict.fromkeys(titles)), parts[0], found, is_guessed and bool(found))


def _part(words: str, level: int, is_numbered: bool) -> Part:
    found = _TYPED_NUMBER.match(words)
    number = found[1] if found else ""
    return Part(words, level, number, is_numbered)


def without_number(part: Part) -> str:
    """The heading without the number typed before it."""
    return _TYPED_NUMBER.sub("", part.heading, count=1) if part.number else part.heading


def _guessed(element: Element) -> Element:
    """A short line all in bold is a heading, as deep as the number typed before it says."""
    words = " ".join(element.words().split())
    is_bold = element.tag == "p" and all(
        child.tag == "strong" if isinstance(child, Element) else not child.strip()
        for child in element.children
    )
    if not is_bold or not words or len(words) > LONGEST_GUESSED or words.endswith((".", ":", ",", ";")):
        return element
    found = _TYPED_NUMBER.match(words)
    return replace(element, tag=f"h{min(found[1].count('.') + 1, 6) if found else 1}", attributes={})


def _is_contents(part: Part) -> bool:
    """Whether a part is the table of contents: the heading alone, or lines that end with a page."""
    if part.heading.casefold().strip(" .") not in CONTENTS:
        return False
    lines = [re.sub(r"<[^<>]*>", "", line).strip() for line in "\n".join(part.html).splitlines()]
    lines = [line for line in lines if line]
    return sum(bool(_PAGE.search(line)) for line in lines) * 2 >= len(lines)


def _pictures(element: Element) -> list[str]:
    """The pictures in an element of which only the words are taken."""
    return [html_of(each) for each in _all(element) if each.tag == "img"]


def _all(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        if isinstance(child, Element):
            yield from _all(child)


def html_of(element: Element) -> str:
    """The element as HTML again."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes.items())
    if element.tag in EMPTY:
        return f"<{element.tag}{attributes}>"
    inner = "".join(
        escape(child, quote=False) if isinstance(child, str) else html_of(child) for child in element.children
    )
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"
