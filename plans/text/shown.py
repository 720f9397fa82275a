"""A stored text as the editor shows it: each live figure and reference with the words it has now. Pure."""

import re
from collections.abc import Callable
from html import escape, unescape

from plans.text.reading import Resolver

_FIGURE = re.compile(r'(<span data-figure="([^"]*)">)(.*?)(</span>)', re.DOTALL)
_REFERENCE = re.compile(r'(<a data-section="([^"]*)"[^>]*>)(.*?)(</a>)', re.DOTALL)


def shown(text: str, resolver: Resolver) -> str:
    """The text of the small vocabulary, with fresh words within figures and references."""
    with_figures = _replaced(_FIGURE, text, resolver.figure)
    return _replaced(_REFERENCE, with_figures, lambda key, before: resolver.reference(key, before)[0])


def _replaced(pattern: re.Pattern[str], text: str, words: Callable[[str, str], str]) -> str:
    def fresh(found: re.Match[str]) -> str:
        opening, name, before, closing = found.groups()
        return f"{opening}{escape(words(unescape(name), unescape(before)), quote=False)}{closing}"

    return pattern.sub(fresh, text)
