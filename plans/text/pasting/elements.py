"""What an element of a paste says of the words in it, by its name, class and style. Pure."""

import re
from dataclasses import replace
from html import escape

from finsam.whole_numbers import whole_number
from plans.text.pasting.clipboard import BLOCKS
from plans.text.pasting.words import Marks, Sign, Signs, paragraphs_of, plain
from plans.text.tree import Element

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
TITLES = {"MsoTitle", "MsoSubtitle", "title", "subtitle"}
BULLETS = "•·▪▫◦‣●○■□◆➢✓\uf0b7\uf0a7\uf0d8"

_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
_WEIGHT = re.compile(r"(?<![\w-])font-weight:\s*(\w+)")
_SLANT = re.compile(r"(?<![\w-])font-style:\s*(\w+)")
_RAISED = re.compile(r"(?<![\w-])vertical-align:\s*(super|sub)\b")


def marks_of(element: Element, marks: Marks) -> Marks:
    """How the words in an element are written, by its name and its style."""
    tag, style = element.tag, element.attributes.get("style", "").casefold()
    if tag in ("b", "strong"):
        marks = replace(marks, bold=True)
    if tag in ("i", "em"):
        marks = replace(marks, italic=True)
    if tag in ("sup", "sub"):
        marks = replace(marks, raised=tag)
    if found := _WEIGHT.search(style):
        weight = whole_number(found[1], digits=4)
        marks = replace(marks, bold=found[1].startswith("bold") if weight is None else weight >= 600)
    if found := _SLANT.search(style):
        marks = replace(marks, italic=found[1] in ("italic", "oblique"))
    if found := _RAISED.search(style):
        marks = replace(marks, raised="sup" if found[1] == "super" else "sub")
    href = element.attributes.get("href", "").strip()
    if tag == "a" and _ADDRESS.fullmatch(href):
        marks = replace(marks, href=href)
    return marks


def reference(element: Element, marks: Marks) -> Sign:
    """A live figure or a reference of ours, as it was copied."""
    name = "data-figure" if "data-figure" in element.attributes else "data-section"
    tag = "span" if name == "data-figure" else "a"
    value, shown = (
        escape(element.attributes[name]),
        escape(" ".join(all_words(element).split()), quote=False),
    )
    marks = replace(marks, href="") if tag == "a" else marks
    return Sign(f'<{tag} {name}="{value}">{shown}</{tag}>', marks, is_html=True)


def is_heading(element: Element) -> bool:
    names = element.attributes.get("class", "").split()
    return (
        element.tag in HEADINGS
        or element.attributes.get("role") == "heading"
        or (element.tag == "p" and not TITLES.isdisjoint(names))
    )


def is_dot(picture: Element) -> bool:
    """Whether a picture is a sign to count readers by, and not for the eye."""
    return {picture.attributes.get("width"), picture.attributes.get("height")} <= {"0", "1"}


def is_bulleted(line: Signs) -> bool:
    text = plain(line[:3])
    return len(text) > 2 and text[0] in BULLETS and text[1] in " \u00a0"


def without_bullet(line: Signs) -> Signs:
    return next(paragraphs_of(line[2:]))


def all_words(element: Element) -> str:
    """The words of an element, however deep."""
    words: list[str] = []
    waiting: list[Element | str] = [element]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            words.append(each)
        else:
            waiting += reversed(each.children)
            words += [" "] if each.tag in BLOCKS or each.tag == "br" else []
    return "".join(words)
