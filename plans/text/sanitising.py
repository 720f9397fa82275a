"""The small vocabulary of HTML that texts of a plan are kept in, and how anything else is taken away."""

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

_CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style", "title", "template"},
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    url_schemes=SCHEMES,
    link_rel=None,
    strip_comments=True,
)


def sanitised(text: str) -> str:
    """The text with only what the vocabulary knows; all words are kept, other tags and attributes not."""
    return _CLEANER.clean(text.replace("\r\n", "\n")).strip()
