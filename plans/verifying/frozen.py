"""What holds for versions and decisions alike: a text in canonical JSON, columns beside it, a hash over all.
Pure."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from plans.verifying.faults import Fault, Kind
from plans.versions.contents import canonical

Read = TypeVar("Read")


def opened(text: str, read: Callable[[str], Read]) -> tuple[Read | None, str]:
    """What is read of the text; or nothing, and why not."""
    try:
        return read(text), ""
    except Exception as error:  # whatever has become of it
        return None, f"Det går inte att läsa ({type(error).__name__}: {error})."


def remade(
    make: Callable[..., Mapping[str, bytes]], *of: object | None
) -> tuple[Mapping[str, bytes], list[Fault]]:
    """The files as `make` makes them today of what is given; none where some of that is missing; or none, and
    why not."""
    if None in of:
        return {}, []
    try:
        return make(*of), []
    except Exception as error:  # of contents that this Finsam no longer understands
        detail = f"Filerna går inte att göra om med det här Finsam ({type(error).__name__}: {error})."
        return {}, [Fault(Kind.UNREADABLE, detail)]


def canonical_faults(text: str) -> list[Fault]:
    """Of a text that can be read: written in another way than Finsam writes, it hides something."""
    if canonical(json.loads(text)) == text:
        return []
    return [Fault(Kind.CONTENT, "Det är inte skrivet som kanonisk JSON.")]


def column_faults(columns: Mapping[str, tuple[Any, Any]]) -> list[Fault]:
    """`columns` are, by what they are in words, what stands beside the frozen text and what stands in it."""
    return [
        Fault(Kind.ROW, f"{name}: {_shown(beside)} i databasen, {_shown(within)} i det frysta.")
        for name, (beside, within) in columns.items()
        if beside != within
    ]


def _shown(value: object) -> str:
    return f"”{value}”"
