"""What a bundle holds: files in groups, tables, and what its manifest says of versions. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from budgets.exchange.csv_writing import csv_lines

LONGEST_NAME = 60


@dataclass(frozen=True)
class Item:
    """A file: its path in the bundle, what it is, and how it is read when its turn comes. `expected` is the
    hash (SHA-256) that Finsam has stored of it, empty where there is none."""

    path: str
    what: str
    read: Callable[[], bytes]
    expected: str = ""


@dataclass(frozen=True)
class Group:
    """Files that belong together, under a heading, and facts about them in words."""

    title: str
    facts: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table that is both a CSV file and a part of the index."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def item(self) -> Item:
        return Item(f"tabeller/{self.name}.csv", self.title, self._csv)

    def _csv(self) -> bytes:
        return "".join(csv_lines(self.heads, self.rows)).encode()


@dataclass(frozen=True)
class Bundle:
    """`name` is that of its only folder; `left_out` the numbers of versions that the reader may not read now,
    `versions` and `chain` what the manifest says of them."""

    name: str
    federation: Mapping[str, str]
    plan_year: int
    groups: tuple[Group, ...] = ()
    tables: tuple[Table, ...] = ()
    left_out: tuple[int, ...] = ()
    versions: tuple[Mapping[str, Any], ...] = ()
    chain: tuple[Mapping[str, Any], ...] = field(default=())

    @property
    def items(self) -> list[Item]:
        """All files, in the order they are packed."""
        return [item for group in self.groups for item in group.items] + [each.item for each in self.tables]


def plain_name(text: str) -> str:
    """A text as part of a file's name, in small letters, figures and hyphens: Västra Götaland is
    vastra-gotaland."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST_NAME].strip("-")
