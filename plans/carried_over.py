"""What a document says, as it is carried over to a later plan: the years of its title moved on, without the
sections that only the old plan has and without what refers to them. Pure."""

import re
from collections.abc import Collection, Mapping
from html import escape, unescape
from typing import Any

from plans.blocks import BlockKind

_REFERENCE = re.compile(r'<a data-section="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def later(title: str, years: int) -> str:
    """The title with every year in it as many years later."""
    return re.sub(r"\b20\d\d\b", lambda found: str(int(found.group()) + years), title)


def without_printed_faults(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sections without those that explain a printed original: the new plan has none."""
    return [
        {**section, "parts": without_printed_faults(section.get("parts", []))}
        for section in sections
        if section.get("block") != BlockKind.PRINTED_FAULTS
    ]


def keys_in(sections: list[dict[str, Any]]) -> set[str]:
    """The keys of the sections and of all within them."""
    return {key for each in sections for key in (each["key"], *keys_in(each.get("parts", [])))}


def without_references(data: Any, kept: Collection[str], words: Mapping[str, str]) -> Any:
    """The data of a file without references to sections other than the `kept`: what they said in a text, by
    the `words` of each key, stays as plain words. One that is in neither is as wrong as it was, and stays."""
    if isinstance(data, str):
        return _REFERENCE.sub(lambda found: _plain(found, kept, words), data)
    if isinstance(data, list):
        return [without_references(each, kept, words) for each in data]
    if isinstance(data, dict):
        return {
            name: [key for key in value if key in kept]
            if name == "sections" and all(isinstance(each, str) for each in value)
            else without_references(value, kept, words)
            for name, value in data.items()
        }
    return data


def _plain(found: re.Match[str], kept: Collection[str], words: Mapping[str, str]) -> str:
    key = unescape(found.group(1))
    if key in kept or key not in words:
        return found.group()
    return escape(words[key], quote=False)
