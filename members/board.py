"""The board on one day: who sits in it, for which member, with the deputies in their order. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from finsam.partial_date import PartialDate, period
from finsam.swedish import listed

ORDINARY = ("chair", "vice_chair", "ordinary")
"""Ordförande and vice ordförande are chosen among the ledamöter (FinsamL 17 §)."""
DEPUTY = "deputy"
AUDITOR = "auditor"

POST_NAMES = {
    "chair": "ordförande",
    "vice_chair": "vice ordförande",
    "ordinary": "ledamot",
    "deputy": "ersättare",
    "auditor": "revisor",
    "deputy_auditor": "revisorsersättare",
    "director": "förbundschef",
    "staff": "tjänsteperson",
}


@dataclass(frozen=True)
class Seat:
    """A post in a body, the members that appointed to it, and its period as ISO texts, "" unknown.

    `key` names the appointment; `person` is empty where a source says only that the seat is there. `order`
    is a deputy's, from 1.
    """

    post: str
    members: frozenset[str]
    starts: str = ""
    ends: str = ""
    key: int = 0
    person: str = ""
    party: str = ""
    title: str = ""
    note: str = ""
    order: int | None = None

    @property
    def is_ordinary(self) -> bool:
        return self.post in ORDINARY

    @property
    def presides(self) -> bool:
        return self.post in ("chair", "vice_chair")

    @property
    def post_name(self) -> str:
        return POST_NAMES[self.post]

    @property
    def name(self) -> str:
        """The person, or else what can be said of the seat: ledamot för Norrby kommun."""
        if self.person:
            return self.person
        whose = f"för {listed(sorted(self.members))}" if self.members else "utan angiven medlem"
        return f"{self.title or self.post_name} {whose}"

    @property
    def spoken(self) -> str:
        """So that it can be told from the other seats when only heard."""
        return f"{self.post_name} {self.person}" if self.person else self.name

    @property
    def period(self) -> str:
        """The period as Swedish text."""
        return period(self.starts, self.ends)

    def held_on(self, day: date) -> bool:
        """Whether it may be held that day, as far as the period is known."""
        return in_force(self.starts, self.ends, day)

    def ended_before(self, day: date) -> bool:
        return bool(self.ends) and PartialDate(self.ends).last_day < day


def in_force(starts: str, ends: str, day: date) -> bool:
    """Whether a period, as far as it is known, holds the day."""
    begun = not starts or PartialDate(starts).first_day <= day
    ended = bool(ends) and PartialDate(ends).last_day < day
    return begun and not ended


@dataclass(frozen=True)
class Group:
    """The seats of those who are appointed by the same member, or the same members together; by nobody
    that is known when `members` is empty."""

    members: tuple[str, ...]
    ordinary: tuple[Seat, ...] = ()
    deputies: tuple[Seat, ...] = ()

    @property
    def rows(self) -> list[tuple[Seat | None, Seat | None]]:
        """Ledamöter beside ersättare, one row at least."""
        return list(zip_longest(self.ordinary, self.deputies)) or [(None, None)]

    @property
    def name(self) -> str:
        return listed(list(self.members))

    @property
    def has_order(self) -> bool:
        """Whether there are ersättare enough to come one after the other."""
        return len(self.deputies) > 1

    @property
    def lacks_ordinary(self) -> bool:
        return bool(self.members) and not self.ordinary

    @property
    def lacks_deputy(self) -> bool:
        return bool(self.members) and not self.deputies


@dataclass(frozen=True)
class Board:
    """The board on a day. `others` have a post in it that is neither ledamot nor ersättare."""

    groups: tuple[Group, ...]
    others: tuple[Seat, ...] = ()
    earlier: tuple[Seat, ...] = ()
    later: tuple[Seat, ...] = ()

    @property
    def ordinary(self) -> list[Seat]:
        return [seat for group in self.groups for seat in group.ordinary]

    @property
    def deputies(self) -> list[Seat]:
        return [seat for group in self.groups for seat in group.deputies]

    @property
    def nameless(self) -> bool:
        """Whether there are seats, and no names for any of them: a source that says only the number."""
        serving = [*self.ordinary, *self.deputies]
        return bool(serving) and not any(seat.person for seat in serving)

    @property
    def size(self) -> str:
        """How many they are: 5 ledamöter och 5 ersättare."""
        return listed([counted(len(self.ordinary), "ledamot"), counted(len(self.deputies), "ersättare")])


def counted(number: int, word: str) -> str:
    """1 ledamot, 2 ledamöter, 2 ersättare, 2 revisorer."""
    plurals = {"ledamot": "ledamöter", "revisor": "revisorer"}
    return f"{number} {word if number == 1 else plurals.get(word, word)}"


def board_on(members: Sequence[str], seats: Iterable[Seat], day: date) -> Board:
    """The board that day; `members` are those the federation has then, in their order.

    Each of them has a group, also one with nobody in it, unless it appoints together with others only.
    """
    seats = list(seats)
    held = [seat for seat in seats if seat.held_on(day)]
    serving = [seat for seat in held if seat.is_ordinary or seat.post == DEPUTY]
    appointing = {seat.members for seat in serving}
    represented = {member for several in appointing for member in several}
    appointing |= {frozenset({member}) for member in members if member not in represented}
    place = {member: number for number, member in enumerate(members)}
    last = len(place)

    def at(member: str) -> tuple[int, str]:
        return place.get(member, last), member

    def order(appointers: frozenset[str]) -> tuple[bool, list[tuple[int, str]]]:
        return not appointers, sorted(map(at, appointers))

    return Board(
        groups=tuple(
            Group(
                tuple(sorted(appointers, key=at)),
                _ordered([seat for seat in serving if seat.members == appointers and seat.is_ordinary]),
                _ordered([seat for seat in serving if seat.members == appointers and seat.post == DEPUTY]),
            )
            for appointers in sorted(appointing, key=order)
        ),
        others=tuple(seat for seat in held if seat not in serving),
        earlier=tuple(
            sorted((seat for seat in seats if seat.ended_before(day)), key=lambda s: s.ends, reverse=True)
        ),
        later=tuple(
            sorted(
                (seat for seat in seats if not seat.held_on(day) and not seat.ended_before(day)),
                key=lambda seat: seat.starts,
            )
        ),
    )


def _ordered(seats: list[Seat]) -> tuple[Seat, ...]:
    """Who presides first, deputies in their own order, then as they were entered."""

    def place(seat: Seat) -> tuple[int, bool, int]:
        rank = ORDINARY.index(seat.post) if seat.is_ordinary else 0
        return rank, seat.order is None, seat.order or 0

    return tuple(sorted(seats, key=place))
