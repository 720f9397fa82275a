"""The HTML that a program puts on the clipboard, as a tree without what is never text. Pure."""

import re

from plans.text.cleaning import Cleaner
from plans.text.pasting.left_out import LeftOut
from plans.text.tree import Element, tree_of

MARKER = "list-marker"
"""The class of a bullet or number that Word wrote out, between comments of its own."""

BLOCKS = {
    *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("section", "article", "header", "footer", "main", "aside", "nav", "figure", "figcaption", "address"),
    *("dl", "dt", "dd", "option", "center", "form", "fieldset", "details", "summary"),
}
WORDS = {"br", "strong", "b", "em", "i", "sub", "sup", "a", "span", "ins", "del", "s", "strike", "font"}
THINGS = {"img", "hr", "iframe", "video", "audio", "object", "embed"}
"""Things without words of their own."""

_MISREAD = {
    *("noscript", "noembed", "noframes", "xmp", "plaintext", "math", "mi", "mn", "mo", "ms", "mtext", "mrow"),
    *("mfrac", "msup", "msub", "msubsup", "msqrt", "mroot", "mstyle", "mtable", "mtr", "mtd", "mover"),
    *("munder", "munderover", "mspace"),
}
"""Around words that the parser would take for no words, or for no HTML: formulas, texts for old browsers."""
_CLEANER = Cleaner(
    BLOCKS | WORDS | THINGS,
    {
        "*": {"style", "class", "id", "role"},
        "a": {"href", "data-section"},
        "span": {"data-figure", "data-footnote"},
        "img": {"alt", "width", "height", "src", "data-picture", "data-caption"},
        "ol": {"start"},
        "li": {"data-aria-level", "data-listid"},
        "th": {"colspan", "rowspan"},
        "td": {"colspan", "rowspan"},
    },
    with_words={"template", "xml", "svg"},
    dropped=_MISREAD,
    relative_addresses=True,  # footnotes are found by them; no address of the kind is kept
)
MOST_SIGNS = 1_000_000
"""Of a paste without its pictures; some three hundred pages from Word."""

_HEAD = re.compile(r"\AVersion:[\d.]+\s[^<]*")
_MARKER = re.compile(
    r"<!(?:--)?\[if !supportLists\](?:--)?>(.{0,1000}?)<!(?:--)?\[endif\](?:--)?>", re.IGNORECASE | re.DOTALL
)
_SVG = re.compile(r"<svg[\s>]", re.IGNORECASE)
_NEVER_ENDED = re.compile(r'<(hr|embed)\b((?:[^<>"]|"[^"]*")*+)>')


class PasteTooLongError(ValueError):
    """More than is read at once; the message is a Swedish sentence for the user."""


def pasted_tree(html: str, left_out: LeftOut) -> Element:
    """Well-formed, without scripts, style sheets and comments, with the attributes that tell what is what.
    Raises PasteTooLongError."""
    html = _HEAD.sub("", html)
    if len(html) > MOST_SIGNS:
        raise PasteTooLongError("Texten är för lång att klistra in på en gång. Dela den på flera avsnitt.")
    html = _MARKER.sub(rf'<span class="{MARKER}">\1</span>', html)
    left_out.pictures += [""] * len(_SVG.findall(html))
    return tree_of(_NEVER_ENDED.sub(r"<\1\2></\1>", _CLEANER.clean(html)))
