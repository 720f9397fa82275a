"""Footnotes as Word, LibreOffice and mammoth write them: marks that point to texts at the end. Pure."""

import re
from collections.abc import Iterator

from plans.text.tree import Element

_MARK = re.compile(
    r"#(?:_(?P<word>(?:ftn|edn)\d+)|(?P<writer>sd(?:foot|end)note\d+)sym|(?P<other>(?:foot|end)note-\d+))"
)
"""The address of a note: #_ftn1 in Word, #sdfootnote1sym in LibreOffice, #footnote-1 from mammoth."""
_BACK = re.compile(r"#(?:_(?:ftn|edn)ref\d+|sd(?:foot|end)note\d+anc|(?:foot|end)note-ref-\d+)")
"""The way back from a note to its mark."""
_SPACE = re.compile(r"\s+")


def take_up_notes(tree: Element) -> None:
    """Puts the text of each note at its mark, as the small vocabulary has it, and takes it from the end. A
    note without a mark stays where it is."""
    marks = [(element, key) for element in _elements(tree) if (key := _key(element))]
    wanted = {key for _, key in marks}
    notes: dict[str, str] = {}
    for above in list(_elements(tree)):
        taken = [
            child
            for child in above.children
            if isinstance(child, Element) and child.attributes.get("id", "") in wanted and not _key(child)
        ]
        for child in taken:
            notes.setdefault(child.attributes["id"], _text(child))
        if taken:
            above.without(taken)
    for element, key in marks:
        if key in notes:
            element.tag = "span"
            element.attributes = {"data-footnote": notes[key]}
            element.children = []


def _elements(tree: Element) -> Iterator[Element]:
    """The tree and every element within it, those above first."""
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [child for child in reversed(element.children) if isinstance(child, Element)]


def _key(element: Element) -> str:
    """The id of the note that an element is the mark of, or empty."""
    found = _MARK.fullmatch(element.attributes.get("href", "")) if element.tag == "a" else None
    return found[found.lastgroup or 0] if found else ""


def _text(note: Element) -> str:
    parts: list[str] = []
    waiting: list[Element | str] = [note]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            parts.append(each)
        elif not _BACK.fullmatch(each.attributes.get("href", "")):
            parts += [" "] if each.tag in ("p", "br", "li", "div") else []
            waiting += reversed(each.children)
    return _SPACE.sub(" ", "".join(parts)).strip()
