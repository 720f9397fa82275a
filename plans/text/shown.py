"""A stored text as the editor shows it: each live figure and reference with the words it has now, each
picture with its address. Pure."""

import re
from collections.abc import Callable
from html import escape, unescape

from plans.document import Illustration
from plans.text.illustrations import illustrations_in
from plans.text.reading import Resolver

_FIGURE = re.compile(r'(<span data-figure="([^"]*)">)(.*?)(</span>)', re.DOTALL)
_REFERENCE = re.compile(r'(<a data-section="([^"]*)"[^>]*>)(.*?)(</a>)', re.DOTALL)
_ILLUSTRATION = re.compile(r'<img(?:[^<>"]|"[^"]*")*>')


def shown(text: str, resolver: Resolver) -> str:
    """The text of the small vocabulary, with fresh words within figures and references. A picture that is
    gone has no address."""

    def with_address(found: re.Match[str]) -> str:
        return "".join(
            named.tag(block.address if isinstance(block, Illustration) else "")
            for named in illustrations_in(found.group())
            for block in [resolver.illustration(named)]
        )

    fresh = _replaced(_FIGURE, text, resolver.figure)
    fresh = _replaced(_REFERENCE, fresh, lambda key, before: resolver.reference(key, before)[0])
    return _ILLUSTRATION.sub(with_address, fresh)


def _replaced(pattern: re.Pattern[str], text: str, words: Callable[[str, str], str]) -> str:
    def fresh(found: re.Match[str]) -> str:
        opening, name, before, closing = found.groups()
        return f"{opening}{escape(words(unescape(name), unescape(before)), quote=False)}{closing}"

    return pattern.sub(fresh, text)
