"""What is frozen, as it is stored: versions with their files and decisions. Pure."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class StoredFile:
    """`kind` is that of VersionFile or DecisionFile, `name` the same in words; `size` is in bytes."""

    kind: str
    name: str
    content: bytes
    size: int
    hash: str

    @property
    def form(self) -> str:
        """pdf, docx or xlsx."""
        return self.kind.rpartition("_")[2]


@dataclass(frozen=True)
class StoredDecision:
    """A decision and the columns beside its content. `at` has a time zone."""

    decided_on: date
    paragraph: str
    at: datetime
    by_name: str
    content: str
    content_hash: str
    hash: str
    files: tuple[StoredFile, ...]


@dataclass(frozen=True)
class StoredVersion:
    """A version and the columns beside its content. `place` is in the chain; `made_at` has a time zone."""

    plan_year: int
    number: int
    purpose: str
    note: str
    made_at: datetime
    made_by: str
    place: int
    content: str
    content_hash: str
    previous_hash: str
    hash: str
    files: tuple[StoredFile, ...]
    decision: StoredDecision | None = None


@dataclass(frozen=True)
class Link:
    """What the next version of a chain joins on to: the place and the hash of the one before."""

    place: int
    hash: str


BEGINNING = Link(0, "")
"""Before the first version."""
