"""HTML that anybody may have written, with only such tags and attributes as are known. Pure.

A parser of HTML mends what is out of order, and that takes time and room that grow with the square of the
text: formatting that is never ended is begun again in each paragraph, and each tag asks all that it lies in.
Therefore the tags are put in order first: each has its end, and none lies too deep. Formatting goes to the
parser under other names, which it does not mend.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import nh3

SCHEMES = {"http", "https", "mailto", "tel"}

DEEPEST = 100
"""Tags within each other that a parser is given; the words of those deeper are kept."""

FORMATTING = {
    *("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"),
}
"""What a parser begins again where it was not ended."""
OTHERWISE = "x-"
"""Begins the names that they go under."""

EMPTY = {
    *("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input"),
    *("keygen", "link", "meta", "param", "source", "track", "wbr"),
}
"""Tags that have no end."""
GONE = {"script", "style", "title"}
"""What stands in them is no HTML, and goes."""
READ_AS_WORDS = {"noembed", "noframes", "noscript", "plaintext", "textarea", "xmp"}
"""What stands in them is no HTML, but words."""

TABLE_PARTS = {"table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "th", "td"}
BLOCKS = TABLE_PARTS | {
    *("address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("header", "hgroup", "hr", "li", "listing", "main", "menu", "nav", "ol", "option", "p", "pre"),
    *("search", "section", "select", "summary", "ul"),
}
APART = {"applet", "button", "caption", "marquee", "object", "table", "td", "template", "th"}
"""What stands around these is not ended by what stands in them."""
_LISTS, _TABLE = APART | {"ul", "ol"}, {"table", "template"}
ENDED_BY: Mapping[str, tuple[set[str], set[str]]] = {
    "li": ({"li"}, _LISTS),
    "dt": ({"dt", "dd"}, APART | {"dl"}),
    "dd": ({"dt", "dd"}, APART | {"dl"}),
    "option": ({"option"}, APART | {"select"}),
    "td": ({"td", "th", "caption"}, _TABLE),
    "th": ({"td", "th", "caption"}, _TABLE),
    "tr": ({"tr", "caption"}, _TABLE),
    **dict.fromkeys(("thead", "tbody", "tfoot"), ({"thead", "tbody", "tfoot", "tr", "caption"}, _TABLE)),
}
"""By the tag that begins: the tags that it ends, and those it does not look beyond."""

_SPACE = " \t\n\r\f"
_ATTRIBUTE = (
    rf"(?:=[^{_SPACE}/>=]*+|[^{_SPACE}/>=]++)"
    rf"""(?:[{_SPACE}]*+=[{_SPACE}]*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^{_SPACE}>]*+)|(?![{_SPACE}]*+=))"""
)
_TAG = re.compile(rf"<(/?)([a-zA-Z][^{_SPACE}/>]*+)((?:[{_SPACE}/]++|{_ATTRIBUTE})*+)>")
_BEGINS_TAG = re.compile("</?[a-zA-Z]")
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*+(?:>|\Z)|</[^>]*+>", re.DOTALL)
_OTHERWISE = re.compile(rf"(</?){OTHERWISE}({'|'.join(sorted(FORMATTING))})(?=[ >])")


@dataclass(frozen=True)
class Cleaner:
    """`attributes` by tag, "*" for any. Words within `with_words` go with them. A tag of `renamed` comes as
    another, one of `dropped` not at all, though the parser would read what is in it otherwise."""

    tags: Collection[str]
    attributes: Mapping[str, set[str]]
    with_words: Collection[str]
    renamed: Mapping[str, str] = field(default_factory=dict)
    dropped: Collection[str] = ()
    relative_addresses: bool = False

    def clean(self, html: str) -> str:
        """The HTML in order, without anything else. Takes time that grows with the length."""
        ordered = _Order(self.renamed, self.dropped).of(html)
        return _OTHERWISE.sub(r"\1\2", self._cleaner.clean(ordered))

    @cached_property
    def _cleaner(self) -> nh3.Cleaner:
        return nh3.Cleaner(
            tags={_otherwise(tag) for tag in self.tags},
            clean_content_tags={*self.with_words, *GONE},
            attributes={_otherwise(tag): set(names) for tag, names in self.attributes.items()},
            url_schemes=SCHEMES if not self.relative_addresses else None,
            url_relative="pass_through" if self.relative_addresses else "deny",
            link_rel=None,
            strip_comments=True,
        )


def _otherwise(tag: str) -> str:
    return f"{OTHERWISE}{tag}" if tag in FORMATTING else tag


class _Order:
    """Writes tags so that each has its end, as a parser would read them."""

    def __init__(self, renamed: Mapping[str, str], dropped: Collection[str]) -> None:
        self.renamed, self.dropped = renamed, dropped
        self.written: list[str] = []
        self.open: list[str] = []

    def of(self, html: str) -> str:
        at = 0
        while (begins := html.find("<", at)) >= 0:
            self.written.append(html[at:begins])
            if tag := _TAG.match(html, begins):
                at = self._tag(html, tag)
            elif _BEGINS_TAG.match(html, begins):
                at = len(html)  # a tag that is never ended
            elif comment := _COMMENT.match(html, begins):
                at = comment.end()
            else:
                self.written.append("&lt;")
                at = begins + 1
        self.written.append(html[at:])
        self._end_from(0)
        return "".join(self.written)

    def _tag(self, html: str, tag: re.Match[str]) -> int:
        """Writes the tag; the place in the HTML to read on from."""
        slash, name, attributes = tag[1], tag[2].lower(), tag[3]
        if name in self.dropped:
            return tag.end()
        if slash:
            self._end(self.renamed.get(name, name))
        elif name in GONE:
            return _end_of(name, html, tag.end())[1]
        elif name in READ_AS_WORDS:
            ends, after = _end_of(name, html, tag.end())
            words = html[tag.end() : ends]
            self.written.append(
                (words if name == "textarea" else words.replace("&", "&amp;")).replace("<", "&lt;")
            )
            return after
        elif name == "iframe":
            self.written.append(f"<iframe{attributes}></iframe>")
            return _end_of(name, html, tag.end())[1]
        else:
            self._begin(self.renamed.get(name, name), attributes)
        return tag.end()

    def _begin(self, name: str, attributes: str) -> None:
        if name in BLOCKS:
            self._end_before(name)
        if name == "a" and "a" in self.open:
            # a link in a link ends the one before, unless there are blocks in that
            if (place := self._place({"a"}, BLOCKS)) is None:
                return
            self._end_from(place)
        if name in EMPTY:
            self.written.append(f"<{name}{attributes}>")
        elif len(self.open) >= DEEPEST:
            self.written.append(" ")
        else:
            self.written.append(f"<{_otherwise(name)}{attributes}>")
            self.open.append(name)
            if attributes.endswith("/") and name not in BLOCKS | FORMATTING:
                self._end_from(len(self.open) - 1)

    def _end_before(self, name: str) -> None:
        """Ends what cannot be around a block of that name."""
        for names, stops in (ENDED_BY.get(name, (set(), set())), ({"p"}, APART)):
            while (place := self._place(names, stops)) is not None:
                self._end_from(place)

    def _end(self, name: str) -> None:
        stops = BLOCKS if name not in BLOCKS else _TABLE if name in TABLE_PARTS else APART
        place = self._place({name}, stops)
        if place is not None:
            self._end_from(place)
        elif name in ("p", "br"):
            self.written.append("<p></p>" if name == "p" else "<br>")
        elif len(self.open) >= DEEPEST:
            self.written.append(" ")

    def _place(self, names: set[str], stops: set[str]) -> int | None:
        """Where the innermost open tag of those names is, unless it is around a stop."""
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place] in names:
                return place
            if self.open[place] in stops:
                return None
        return None

    def _end_from(self, place: int) -> None:
        self.written += [f"</{_otherwise(name)}>" for name in reversed(self.open[place:])]
        del self.open[place:]


def _end_of(name: str, html: str, at: int) -> tuple[int, int]:
    """Where the words of such a tag end, and where its end does."""
    end = (
        None
        if name == "plaintext"
        else re.compile(rf"</{name}(?=[{_SPACE}/>])[^>]*+>?", re.IGNORECASE).search(html, at)
    )
    return end.span() if end else (len(html), len(html))
