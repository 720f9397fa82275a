"""How a samråd stands: the versions that were sent, and of each member what it has answered. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from finsam.partial_date import PartialDate


@dataclass(frozen=True)
class SentVersion:
    """A version that was sent for samråd. `until` is when the plan then went to the board, None before."""

    number: int
    sent_at: datetime
    sent_on: date
    until: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """What a member has answered. `member` and `key` are primary keys, `version` is a number; `at` is when it
    was entered, by `by_name`, and `on` the day it was given, by `who`."""

    key: int
    member: int
    member_name: str
    version: SentVersion
    on: date
    who: str
    text: str
    file_name: str
    at: datetime
    by_name: str

    @property
    def is_late(self) -> bool:
        """Whether it came when the samråd was over, and the plan was with the board."""
        return self.version.until is not None and self.at > self.version.until


@dataclass(frozen=True)
class MemberStanding:
    """A member with its answers, the latest first: that is the one that counts. `representatives` are the
    names of those who may answer for it, `reminded` when they were reminded, the latest first."""

    member: int
    name: str
    answers: tuple[Answer, ...] = ()
    representatives: tuple[str, ...] = ()
    reminded: tuple[datetime, ...] = ()

    @property
    def answer(self) -> Answer | None:
        return self.answers[0] if self.answers else None

    @property
    def earlier(self) -> tuple[Answer, ...]:
        return self.answers[1:]


@dataclass(frozen=True)
class Standing:
    """`versions` are those sent, the first first; none when there has been no samråd."""

    versions: tuple[SentVersion, ...] = ()
    members: tuple[MemberStanding, ...] = ()
    last_answer: int = 0
    """The key of the last answer of any member, 0 before the first: it says what somebody has seen."""

    @property
    def silent(self) -> tuple[MemberStanding, ...]:
        """The members that have not answered."""
        return tuple(each for each in self.members if not each.answers)

    @property
    def latest(self) -> SentVersion | None:
        return self.versions[-1] if self.versions else None

    @property
    def answered(self) -> int:
        """How many members have answered."""
        return len(self.members) - len(self.silent)


def takes_part(joined: str, left: str, first: date, last: date) -> bool:
    """Whether a member with this period (ISO texts, "" unknown) is one on any day of these."""
    begun = not joined or PartialDate(joined).first_day <= last
    return begun and not (left and PartialDate(left).last_day < first)


def sent_versions(
    versions: Iterable[tuple[int, datetime, date]], to_board: Iterable[datetime]
) -> tuple[SentVersion, ...]:
    """The versions with when the samråd of each ended: when the plan next went to the board."""
    ends = sorted(to_board)
    return tuple(
        SentVersion(number, at, on, next((end for end in ends if end > at), None))
        for number, at, on in versions
    )
