"""The styles of a Word file, as rules for mammoth: which are headings, title, contents, lists. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from finsam.whole_numbers import whole_number

DEEPEST = 6
TITLE, SUBTITLE, NUMBERED = "title", "subtitle", "numbered"
"""Classes of what mammoth writes."""

_HEADING = re.compile(r"(?:heading|rubrik)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:toc|innehåll|contents)\s*\d|toc heading|innehållsförteckning.*|contents heading|table of figures",
    re.IGNORECASE,
)
_TITLE = re.compile(r"title|rubrik", re.IGNORECASE)
_SUBTITLE = re.compile(r"subtitle|underrubrik", re.IGNORECASE)
_QUOTE = re.compile(r"(?:intense )?quote|(?:starkt )?citat|quotations", re.IGNORECASE)
_LIST = re.compile(r"(list bullet|punktlista|list number|numrerad lista) ?([2-5])?", re.IGNORECASE)


@dataclass(frozen=True)
class _Style:
    name: str
    based_on: str
    outline: int | None


def style_map(styles: bytes) -> str:
    """The rules for the paragraph styles of a styles part, by name; every name in its language."""
    known = dict(_styles(styles)) if styles else {}
    lines: list[str] = []
    for style in known.values():
        if style.name:
            lines += _rules(style, known)
    return "\n".join(lines)


def _styles(part: bytes) -> Iterator[tuple[str, _Style]]:
    for style in parse_xml(part).findall(qn("w:style")):
        if style.get(qn("w:type")) == "paragraph":
            name, above = style.find(qn("w:name")), style.find(qn("w:basedOn"))
            outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            level = "" if outline is None else outline.get(qn("w:val"), "")
            yield (
                style.get(qn("w:styleId"), ""),
                _Style(
                    "" if name is None else name.get(qn("w:val"), ""),
                    "" if above is None else above.get(qn("w:val"), ""),
                    whole_number(level, digits=3),
                ),
            )


def _rules(style: _Style, known: dict[str, _Style]) -> Iterator[str]:
    named = "p[style-name='" + style.name.replace("\\", "\\\\").replace("'", "\\'") + "']"
    if _CONTENTS.fullmatch(style.name):
        yield f"{named} => !"
    elif _TITLE.fullmatch(style.name):
        yield f"{named} => p.{TITLE}:fresh"
    elif _SUBTITLE.fullmatch(style.name):
        yield f"{named} => p.{SUBTITLE}:fresh"
    elif level := _level(style, known):
        for depth in range(1, DEEPEST + 1):
            yield f"{named}:ordered-list({depth}) => h{level}.{NUMBERED}:fresh"
        yield f"{named} => h{level}:fresh"
    elif _QUOTE.fullmatch(style.name):
        yield f"{named} => blockquote > p:fresh"
    elif found := _LIST.fullmatch(style.name):
        tag = "ul" if found[1].casefold() in ("list bullet", "punktlista") else "ol"
        above = "ul|ol > li > " * (int(found[2] or 1) - 1)
        if above:
            yield f"{named} => {above}{tag} > li:fresh"


def _level(style: _Style, known: dict[str, _Style]) -> int:
    """1 to 6 where the style is one of headings, by its name or by the level it has or inherits; else 0."""
    if found := _HEADING.fullmatch(style.name):
        return min(int(found[1]), DEEPEST)
    seen: set[str] = set()
    while style.outline is None and style.based_on in known and style.based_on not in seen:
        seen.add(style.based_on)
        style = known[style.based_on]
    if style.outline is not None and style.outline < 9:
        return min(style.outline + 1, DEEPEST)
    found = _HEADING.fullmatch(style.name)
    return min(int(found[1]), DEEPEST) if found and seen else 0
