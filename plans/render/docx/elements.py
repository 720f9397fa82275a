"""The XML that a Word file is made of: elements with their prefixes, and text that XML can hold."""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser

Element: TypeAlias = Any
"""An lxml element; lxml says nothing of its types."""

NAMESPACES = {
    **{prefix: nsmap[prefix] for prefix in ("w", "r", "wp", "a", "pic")},
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
UNHOLDABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def holdable(text: str) -> str:
    """The text without the signs that no XML file can hold (most control characters)."""
    return UNHOLDABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def element(tag: str, attributes: Mapping[str, str | int] | None = None, *children: Element) -> Element:
    """An element by its prefixed name ("a:blip"); its attributes have prefixed names, or none."""
    values = {qualified(name): holdable(str(value)) for name, value in (attributes or {}).items()}
    made: Element = oxml_parser.makeelement(qualified(tag), attrib=values, nsmap=NAMESPACES)
    made.extend(children)
    return made


def w(name: str, /, *children: Element, **attributes: str | int) -> Element:
    """An element of Word's own namespace, as are its attributes: w("tab", val="right", pos=9071)."""
    return element(f"w:{name}", {f"w:{key}": value for key, value in attributes.items()}, *children)


def qualified(prefixed: str) -> str:
    """{namespace}name, as lxml wants it."""
    prefix, colon, name = prefixed.partition(":")
    return f"{{{nsmap.get(prefix) or NAMESPACES[prefix]}}}{name}" if colon else prefixed
