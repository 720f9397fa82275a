"""The small vocabulary of HTML that texts of a plan are kept in, and how anything else is taken away."""

import re
from collections.abc import Mapping

from finsam.json_input import can_be_shown
from plans.text.cleaning import Cleaner
from plans.text.placing import illustrations_apart

PLAIN_TAGS = {"p", "br", "strong", "b", "em", "i", "sub", "sup", "ul", "ol", "li", "blockquote"}
TABLE_TAGS = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
TAGS = {*PLAIN_TAGS, *TABLE_TAGS, "a", "span", "img"}
ATTRIBUTES: Mapping[str, set[str]] = {
    "a": {"href", "data-section"},
    "span": {"data-figure", "data-footnote"},
    "img": {"data-picture", "alt", "data-caption"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}

LONGEST = 200_000
"""Signs that a section's text may have."""
MOST_CLEANINGS = 5
"""What is taken away may leave tags in an order that is read otherwise; one cleaning more mends that."""

DEEPEST = 24
"""How many tags may lie within each other: a list in a list in a cell, and more."""

EMPTY = ("<br", "<img")
"""How the tags begin that have no end."""

_TAG = re.compile(r'(<(?:[^<>"]|"[^"]*")+>)')
_PARAGRAPHS = (
    *("div", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "main", "aside"),
    *("nav", "figure", "figcaption", "address", "pre", "dl", "dt", "dd", "option"),
)
"""Other tags that stand around a paragraph of their own, in what is pasted from elsewhere."""
_CLEANER = Cleaner(
    TAGS,
    ATTRIBUTES,
    with_words={"template"},
    renamed={**dict.fromkeys(_PARAGRAPHS, "p"), "tfoot": "tbody"},
)


def sanitised(text: str) -> str:
    """The text with only what the vocabulary knows; all words are kept, other tags and attributes not. What
    stood in a block of another kind is a paragraph, so that its words do not run into the next."""
    for _ in range(MOST_CLEANINGS):
        before, text = text, illustrations_apart(_not_too_deep(_shown(_CLEANER.clean(text)))).strip()
        if text == before:
            break
    return text


def _not_too_deep(text: str) -> str:
    """The tags that lie within more than DEEPEST others go; nobody writes like that, and whoever reads the
    text tag by tag must come back."""
    kept, depth = [], 0
    for piece in _TAG.split(text):
        if not _TAG.fullmatch(piece) or piece.startswith(EMPTY):
            kept.append(piece)
            continue
        closes = piece.startswith("</")
        kept.append(piece if depth < DEEPEST + closes else " ")
        depth += -1 if closes else 1
    return "".join(kept)


def _shown(text: str) -> str:
    """Without characters that cannot be shown."""
    text = text.replace("\t", " ")
    return "".join(sign for sign in text if sign == "\n" or can_be_shown(sign))
