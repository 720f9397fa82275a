"""The contents of a document as a tree: under each heading those one step deeper."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from plans.document import Heading


@dataclass
class Entry:
    heading: Heading
    entries: list["Entry"] = field(default_factory=list)


def entries(headings: Iterable[Heading], deepest: int) -> list[Entry]:
    """Those that are in the contents, down to level `deepest`. A heading whose parent is left out stands
    under the nearest one above it."""
    first: list[Entry] = []
    open_entries: list[Entry] = []
    for heading in headings:
        if not heading.in_contents or heading.level > deepest:
            continue
        while open_entries and open_entries[-1].heading.level >= heading.level:
            open_entries.pop()
        entry = Entry(heading)
        (open_entries[-1].entries if open_entries else first).append(entry)
        open_entries.append(entry)
    return first
