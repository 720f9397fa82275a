"""The pictures that a text names: `<img data-picture="KEY" alt="…" data-caption="…">`. Pure.

The key says which picture of the federation, `alt` what it shows to who does not see it, the caption what
stands beneath. The address of the picture is no part of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from plans.text.tree import Element, tree_of

_KEY = re.compile("[0-9a-f]{20}")
_SPACE = re.compile("[ \t\r\n\f]+")


@dataclass(frozen=True)
class NamedIllustration:
    """A picture as a text names it."""

    key: str
    alternative_text: str
    caption: str

    def tag(self, address: str = "") -> str:
        """How it is written; the address only for a page that shows it."""
        attributes = {"data-picture": self.key, "alt": self.alternative_text}
        if self.caption:
            attributes["data-caption"] = self.caption
        if address:
            attributes["src"] = address
        return f"<img {' '.join(f'{name}={_quoted(value)}' for name, value in attributes.items())}>"


def named_illustration(element: Element) -> NamedIllustration | None:
    """The picture of an `img`; None when it names none."""
    key, alternative_text, caption = (
        _SPACE.sub(" ", element.attributes.get(name, "")).strip()
        for name in ("data-picture", "alt", "data-caption")
    )
    return NamedIllustration(key, alternative_text, caption) if _KEY.fullmatch(key) else None


def illustrations_in(text: str) -> Iterator[NamedIllustration]:
    """The pictures of a text in the order they stand."""
    if "<img" in text:
        yield from _illustrations(tree_of(text))


def _illustrations(element: Element) -> Iterator[NamedIllustration]:
    for child in element.children:
        if isinstance(child, Element):
            named = named_illustration(child) if child.tag == "img" else None
            if named:
                yield named
            yield from _illustrations(child)


def _quoted(value: str) -> str:
    return f'"{escape(value, quote=False).replace(chr(34), "&quot;")}"'
