"""Lists as Word writes them: paragraphs that say which list and level they are of, with the bullet or number
written out as words. Pure."""

import re
from dataclasses import dataclass

from plans.text.pasting.clipboard import MARKER
from plans.text.tree import Element

_PLACE = re.compile(r"mso-list:\s*(l\d+)\s+level(\d+)\s+(lfo\d+)", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_NUMBER = re.compile(
    r"\(?(?:\d+(?:\.\d+)*\.?|[a-zåäö]\.|[ivxlcdm]+\.|[a-zåäö](?=\))|[ivxlcdm]+(?=\)))\)?", re.IGNORECASE
)
FIRST = {"1", "a", "i", ""}
MOST_DEEP = 40
"""Elements within each other that a bullet is looked for in."""


@dataclass(frozen=True)
class WordItem:
    """`start` is the number that stands at it, unless it is a first one."""

    list: str
    level: int
    ordered: bool
    start: str = ""


def item_of(element: Element) -> WordItem | None:
    """What an element says of itself as an item of a list, None when it is not one."""
    if element.tag not in ("p", "div"):
        return None
    found = _PLACE.search(element.attributes.get("style", ""))
    if not found:
        return None
    marker = "".join(mark.words() for _, mark in _markers(element)).strip("\u00a0 \t\r\n")
    ordered = bool(_NUMBER.fullmatch(marker))
    name = f"word {found[1]} {found[3]}" if ordered else "word"
    number = marker.strip("().").casefold()
    return WordItem(
        name, max(int(found[2][:3]), 1), ordered, number if ordered and number not in FIRST else ""
    )


def take_marker(element: Element) -> None:
    """Takes the bullet or number that is written out from an item or a heading."""
    markers = _markers(element)
    gone = [mark for _, mark in markers]
    for above in {id(above): above for above, _ in markers}.values():
        above.without(gone)


def goes_on(element: Element) -> bool:
    """Whether a paragraph is indented as an item, without being one."""
    names = element.attributes.get("class", "").split()
    return element.tag == "p" and any(name.startswith("MsoListParagraph") for name in names)


def _markers(element: Element, depth: int = 0) -> list[tuple[Element, Element]]:
    """The elements that hold a bullet or number, each with the one around it."""
    found = []
    for child in element.children:
        if not isinstance(child, Element):
            continue
        names = child.attributes.get("class", "").split()
        if MARKER in names or _IGNORED.search(child.attributes.get("style", "")):
            found.append((element, child))
        elif depth < MOST_DEEP:
            found += _markers(child, depth + 1)
    return found
