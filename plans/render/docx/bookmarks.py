"""Names that Word accepts for the anchors of a document, and the marks that carry them."""

import re
from collections.abc import Iterator

from plans.document import Block, Document, Figure, Heading, Paragraph, Table
from plans.render.docx.elements import Element, w

LONGEST = 40
"""Word takes no longer name."""


class Bookmarks:
    """The bookmarks of one document: each anchor has a name of its own, and is set once."""

    def __init__(self, document: Document) -> None:
        self._names: dict[str, str] = {}
        self._set: set[str] = set()
        self._count = 0
        taken: set[str] = set()
        for anchor in dict.fromkeys(filter(None, _anchors(document.blocks))):
            self._names[anchor] = name = _free(anchor, taken)
            taken.add(name.casefold())

    def name(self, anchor: str) -> str:
        """The bookmark of an anchor; empty when the document has no such anchor."""
        return self._names.get(anchor, "")

    def around(self, anchor: str, content: list[Element]) -> list[Element]:
        """The content, marked as what links to the anchor lead to. The first to carry an anchor keeps it."""
        name = self.name(anchor)
        if not name or name in self._set:
            return content
        self._set.add(name)
        return self.named(name, content)

    def named(self, name: str, content: list[Element]) -> list[Element]:
        """The content in a bookmark of this very name."""
        self._count += 1
        return [
            w("bookmarkStart", id=self._count, name=name),
            *content,
            w("bookmarkEnd", id=self._count),
        ]


def _anchors(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading | Paragraph | Table | Figure):
            yield block.anchor
        if isinstance(block, Figure):
            yield block.table.anchor


def _free(anchor: str, taken: set[str]) -> str:
    """A name of letters, digits and low lines; Word sees no difference between large and small letters."""
    plain = "a_" + re.sub(r"\W", "_", anchor, flags=re.ASCII)
    name, number = plain[:LONGEST], 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: LONGEST - 8]}_{number}"
    return name
