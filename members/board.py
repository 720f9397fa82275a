"""What the law asks of a board, held against the appointments. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from finsam.partial_date import PartialDate
from finsam.swedish import listed

ORDINARY = frozenset({"chair", "vice_chair", "ordinary"})
"""Ordförande and vice ordförande are chosen among the ledamöter (FinsamL 17 §)."""
DEPUTY = frozenset({"deputy"})


@dataclass(frozen=True)
class Seat:
    """A post on the board, the members that appointed to it, and its period as ISO texts, "" unknown."""

    post: str
    members: frozenset[str]
    starts: str = ""
    ends: str = ""

    def held_on(self, day: date) -> bool:
        """Whether it may be held that day, as far as the period is known."""
        return in_force(self.starts, self.ends, day)


def in_force(starts: str, ends: str, day: date) -> bool:
    begun = not starts or PartialDate(starts).first_day <= day
    ended = bool(ends) and PartialDate(ends).last_day < day
    return begun and not ended


def lacking(members: Iterable[str], seats: Iterable[Seat], day: date) -> list[str]:
    """The members without a ledamot or an ersättare that day (FinsamL 10 §), each as a sentence."""
    held = [seat for seat in seats if seat.held_on(day)]
    with_ordinary = {member for seat in held if seat.post in ORDINARY for member in seat.members}
    with_deputy = {member for seat in held if seat.post in DEPUTY for member in seat.members}
    found = []
    for member in members:
        words = [
            word
            for word, having in (("ledamot", with_ordinary), ("ersättare", with_deputy))
            if member not in having
        ]
        if words:
            found.append(f"{member} saknar {listed(words)}.")
    return found
