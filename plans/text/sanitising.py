"""The small vocabulary of HTML that texts of a plan are kept in, and how anything else is taken away."""

import re
from collections.abc import Mapping

import nh3

PLAIN_TAGS = {"p", "br", "strong", "b", "em", "i", "sub", "sup", "ul", "ol", "li", "blockquote"}
TABLE_TAGS = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
TAGS = {*PLAIN_TAGS, *TABLE_TAGS, "a", "span"}
ATTRIBUTES: Mapping[str, set[str]] = {
    "a": {"href", "data-section"},
    "span": {"data-figure", "data-footnote"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
SCHEMES = {"http", "https", "mailto", "tel"}

MOST_CLEANINGS = 5
"""What is taken away may leave tags in an order that is read otherwise; one cleaning more mends that."""

_CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style", "title", "template"},
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    url_schemes=SCHEMES,
    url_relative="deny",  # a document in a file has no address to count from
    link_rel=None,
    strip_comments=True,
)
_FEET = re.compile(r"<(/?)tfoot(?=[\s/>])[^>]*>", re.IGNORECASE)
_PARAGRAPHS = re.compile(
    r"<(/?)(?:div|h[1-6]|section|article|header|footer|main|aside|nav|figure|figcaption|address|pre|dl|dt|dd|"
    r"option)(?=[\s/>])[^>]*>",
    re.IGNORECASE,
)
"""Other tags that stand around a paragraph of their own, in what is pasted from elsewhere."""


def sanitised(text: str) -> str:
    """The text with only what the vocabulary knows; all words are kept, other tags and attributes not. What
    stood in a block of another kind is a paragraph, so that its words do not run into the next."""
    text = _FEET.sub(r"<\1tbody>", _PARAGRAPHS.sub(r"<\1p>", text))
    for _ in range(MOST_CLEANINGS):
        before, text = text, _CLEANER.clean(text).strip()
        if text == before:
            break
    return text
