"""What was asked of the server, and what it answered: to hold against what is stored afterwards."""

from collections import Counter
from dataclasses import dataclass
from threading import Condition


@dataclass(frozen=True)
class AmountWritten:
    """A cell made another, by the only one who writes in it, and to an amount it never had before (SEK)."""

    budget: int
    line: int
    year: int
    amount: int


@dataclass(frozen=True)
class TextWritten:
    """A section made another, by the only one who writes in it, and to a text it never had before."""

    plan: int
    key: str
    text: str


@dataclass(frozen=True)
class Moved:
    """A plan sent, sent back or adopted: its move with this number."""

    plan: int
    action: str
    number: int


Deed = AmountWritten | TextWritten | Moved


@dataclass(frozen=True)
class Seen:
    """The numbers of the latest changes of a plan that somebody has had an answer for."""

    budget: int = 0
    sections: int = 0


class Ledger:
    """Safe between threads. A deed without an answer is in neither `done` nor `refused`: it may have been
    done or not."""

    def __init__(self) -> None:
        self.done: set[Deed] = set()
        self.refused: set[Deed] = set()
        self.lost = 0
        self.seen_before: dict[Moved, Seen] = {}
        """What had been answered before a version was asked for, and is therefore in it."""
        self._seen: dict[int, Seen] = {}
        self._changed = Condition()

    def note_done(self, deed: Deed) -> None:
        with self._changed:
            self.done.add(deed)
            self._changed.notify_all()

    def note_refused(self, deed: Deed) -> None:
        """Answered with a no, and never asked for without an answer."""
        with self._changed:
            self.refused.add(deed)

    def note_lost(self) -> None:
        """Asked for, and no answer came."""
        with self._changed:
            self.lost += 1

    def note_seen(self, plan: int, *, budget: int = 0, sections: int = 0) -> None:
        """The number of a change that is stored."""
        with self._changed:
            before = self._seen.get(plan, Seen())
            self._seen[plan] = Seen(max(before.budget, budget), max(before.sections, sections))

    def note_asked(self, move: Moved) -> None:
        """About to be asked for, the first time."""
        with self._changed:
            self.seen_before[move] = self._seen.get(move.plan, Seen())

    def counted(self) -> Counter[str]:
        """How many were done of each kind: amounts, texts, and moves by their action."""
        with self._changed:
            return self._counted()

    def wait_for(self, edits: int, adoptions: int, seconds: float) -> bool:
        """Whether so many are done, at the latest after so many seconds."""

        def enough() -> bool:
            counted = self._counted()
            return counted["amount"] + counted["text"] >= edits and counted["adopt"] >= adoptions

        with self._changed:
            return self._changed.wait_for(enough, seconds)

    def _counted(self) -> Counter[str]:
        names = {AmountWritten: "amount", TextWritten: "text"}
        return Counter(each.action if isinstance(each, Moved) else names[type(each)] for each in self.done)
