"""Those who work while the server is killed under them: each knows what it has an answer for."""

import random
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread

from tests.endurance.browser import Answer, Browser, Lost
from tests.endurance.ledger import Ledger

TAG = re.compile(r"<[^>]*>")
PATIENCE = 120
"""Seconds to wait for a server that has been killed."""


class WrongAnswerError(Exception):
    """An answer that nobody should get."""


@dataclass
class Floor:
    """What those at work have in common: `open` is set while the server is there, `ended` at the end."""

    port: int
    ledger: Ledger
    open: Event = field(default_factory=Event)
    ended: Event = field(default_factory=Event)
    faults: list[str] = field(default_factory=list)


class Worker(ABC):
    """One at work, in a thread of its own. Each chooses by chance, from a seed of its own."""

    def __init__(self, floor: Floor, seed: str) -> None:
        self.floor, self.ledger = floor, floor.ledger
        self.random = random.Random(seed)
        self._thread = Thread(target=self._work, name=seed, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join(PATIENCE)

    @abstractmethod
    def turn(self) -> bool:
        """One thing done; False when there is nothing more to do. May raise Lost and WrongAnswerError."""

    def browser(self, session: str) -> Browser:
        return Browser(self.floor.port, session)

    def think(self, seconds: float) -> None:
        """Up to so long between one thing and the next."""
        self.floor.ended.wait(self.random.uniform(0, seconds))

    def until_answered(self, ask: Callable[[], Answer]) -> Answer | None:
        """The answer of asking the same again until there is one; None when all ended first."""
        while not self.floor.ended.is_set():
            try:
                return ask()
            except Lost:
                self.ledger.note_lost()
                self.wait_for_server()
        return None

    def wait_for_server(self) -> None:
        """Until there is one again, or all has ended."""
        self.floor.ended.wait(0.05)  # the one just killed may not have been missed yet
        while not self.floor.ended.is_set() and not self.floor.open.wait(0.1):
            pass

    def _work(self) -> None:
        try:
            while not self.floor.ended.is_set():
                self.wait_for_server()
                try:
                    if not self.turn():
                        return
                except Lost:
                    self.ledger.note_lost()
        except Exception as error:
            self.floor.faults.append(f"{self._thread.name}: {error!r}")
            self.floor.ended.set()


def expect(answer: Answer, *statuses: int) -> Answer:
    """The answer, which has one of these statuses. Raises WrongAnswerError."""
    if answer.status not in statuses:
        words = " ".join(TAG.sub(" ", answer.body.decode(errors="replace")).split())
        raise WrongAnswerError(f"{answer.status} {answer.location} {words[:2000]}")
    return answer
