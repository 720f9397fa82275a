"""What is recorded of a decision and frozen with it, as canonical JSON. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cattrs.preconf.json import make_converter

from plans.versions.contents import canonical, hash_of

FORM = "finsam-decision-1"
_CONVERTER = make_converter(detailed_validation=False)


@dataclass(frozen=True)
class Attendant:
    """Somebody of the board, as the protocol names them. `serves_for` is a name; `vote` is yes, no, abstains
    or nothing; `post_name` and `members` are in words."""

    name: str
    post_name: str
    members: str = ""
    is_deputy: bool = False
    present: bool = False
    at_distance: bool = False
    presides: bool = False
    serves: bool = False
    serves_for: str = ""
    conflict: str = ""
    vote: str = ""
    reservation: str = ""


@dataclass(frozen=True)
class Votes:
    yes: int
    no: int
    abstained: int
    by_casting_vote: bool = False


@dataclass(frozen=True)
class Explained:
    """A finding with its explanation; `by` wrote it."""

    code: str
    sentence: str
    reference: str
    text: str
    by: str


@dataclass(frozen=True)
class Record:
    """A decision with the meeting it was made at. `decided_by` is `board` or `members`; `proposals` are the
    sentences that the version proposed, `sentences` those that were decided; `explained` the warnings of the
    version and of the decision. `recorded_at` has a time zone."""

    federation: str
    organisation_number: str
    diary_number: str
    plan_year: int
    title: str
    version_number: int
    version_hash: str
    decided_by: str
    on: date
    place: str
    paragraph: str
    is_public: bool
    announced_on: date | None
    secretary: str
    approver: str
    attendants: tuple[Attendant, ...]
    seats: int
    needed: int
    votes: Votes | None
    proposals: tuple[str, ...]
    sentences: tuple[str, ...]
    explained: tuple[Explained, ...]
    recorded_at: datetime
    recorded_by: str

    @property
    def by_members(self) -> bool:
        return self.decided_by == "members"

    @property
    def serving(self) -> list[Attendant]:
        return [each for each in self.attendants if each.serves]

    @property
    def state(self) -> str:
        """What stands on every page of what is adopted: Fastställd 2020-11-24 § 45 (version 3)."""
        return f"Fastställd {self.on} § {self.paragraph} (version {self.version_number})"


def written(record: Record) -> str:
    return canonical({"form": FORM, **_CONVERTER.unstructure(record)})


def read(text: str) -> Record:
    """The record again, exactly as written. Raises ValueError for a form that this Finsam does not know."""
    data: dict[str, Any] = json.loads(text)
    if data.pop("form", None) != FORM:
        raise ValueError("Beslutet har en form som det här Finsam inte känner.")
    return _CONVERTER.structure(data, Record)


def decision_hash(version_hash: str, content_hash: str, file_hashes: Mapping[str, str]) -> str:
    """The hash of a decision, which stands for what was recorded, its files, and the version adopted."""
    chained = {"form": FORM, "version": version_hash, "content": content_hash, "files": dict(file_hashes)}
    return hash_of(canonical(chained).encode())
