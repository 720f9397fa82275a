"""A text of the small vocabulary as a tree of elements. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Union

EMPTY = ("br", "img")
"""Elements that hold nothing and have no end."""


@dataclass
class Element:
    """An element with its attributes, and what is in it in order: words and other elements."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Union["Element", str]] = field(default_factory=list)

    def words(self) -> str:
        """All words in it, however deep."""
        words: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            each = waiting.pop()
            if isinstance(each, str):
                words.append(each)
            else:
                waiting += reversed(each.children)
        return "".join(words)

    def without(self, gone: Collection["Element"]) -> None:
        """Takes away those of its children; of those that say the same, no others."""
        identities = set(map(id, gone))
        self.children = [child for child in self.children if id(child) not in identities]


def tree_of(text: str) -> Element:
    """The whole text as one element. What is never ended ends with the text."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.open[0]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attributes})
        self.open[-1].children.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
