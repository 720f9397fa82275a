"""Twenty who edit and two hundred who read, for ten minutes (MINUTES), against Finsam in two processes.

The server is the one of docs/operation.md, and the database the one in DATABASE_URL (`make load` starts a
PostgreSQL). Each reader has a session and a connection of their own and opens a page or a file of an adopted
version about every eight seconds; each editor saves a cell or a section, or opens a page, about every two.
Printed: how many of each kind of request, their median and 95th percentile, how many a second, and the
memory (RSS) of the processes in the first fifth of the time against the last. Fails when an answer is not
what it should be, or the memory grows by more than a tenth.
"""

import json
import os
import random
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median, quantiles
from threading import Event, Lock, Thread

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from benchmarks import bench_cell  # noqa: F401 - sets the database up
from members.models import RoleKind
from tests.endurance.browser import Answer, Browser, Lost
from tests.endurance.server import Server
from tests.endurance.world import OF_EDITOR, Draft, World, adopted, made_world

MINUTES = float(os.environ.get("MINUTES", "10"))
EDITORS, READERS, PROCESSES = 20, 200, 2
FEDERATIONS = 10
EDITOR_WAITS, READER_WAITS = 2.0, 8.0
"""Seconds between an answer and the next question, on average."""
MOST_GROWTH = 1.1
SAMPLE = 2.0  # seconds between looking at the memory


@dataclass
class Measured:
    """What all visitors have seen. Safe between threads."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def note(self, kind: str, seconds: float) -> None:
        with self._lock:
            self.seconds[kind].append(seconds)

    def note_fault(self, fault: str) -> None:
        with self._lock:
            self.faults.append(fault)


@dataclass(frozen=True)
class Visit:
    """What every visitor has; `waits` in seconds, on average."""

    browser: Browser
    measured: Measured
    over: Event
    waits: float
    seed: int


class Visitor(Thread, ABC):
    """One who is signed in and asks, waits and asks again until it is over."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(daemon=True)
        self.browser, self.measured, self.over = visit.browser, visit.measured, visit.over
        self.waits = visit.waits
        self.random = random.Random(visit.seed)

    def run(self) -> None:
        while not self.over.wait(self.random.uniform(0, 2 * self.waits)):
            try:
                self.visit()
            except Lost as error:
                self.measured.note_fault(f"inget svar: {error}")

    @abstractmethod
    def visit(self) -> None:
        """One request."""

    def timed(self, kind: str, ask: Callable[[], Answer]) -> Answer | None:
        """The answer, None when it is not 200."""
        started = time.perf_counter()
        answer = ask()
        self.measured.note(kind, time.perf_counter() - started)
        if answer.status == 200:
            return answer
        self.measured.note_fault(f"{kind}: {answer.status} {answer.body[:300]!r}")
        return None


class Reader(Visitor):
    """Reads adopted versions: mostly pages, now and then a file."""

    PAGES = (
        ("förbund", 2, "/{0.slug}/"),
        ("version", 5, "{0.address}/version/1/"),
        ("versionens budget", 3, "{0.address}/version/1/budget/"),
        ("anmärkningar", 1, "{0.address}/version/1/anmarkningar/"),
        ("beslut", 1, "{0.address}/version/1/beslut/"),
        ("PDF", 2, "{0.address}/version/1/plan_pdf/"),
        ("Excel", 1, "{0.address}/version/1/budget_xlsx/"),
    )

    def __init__(self, drafts: Sequence[Draft], visit: Visit) -> None:
        super().__init__(visit)
        self.drafts = drafts

    def visit(self) -> None:
        draft = self.random.choice(self.drafts)
        ((kind, _, address),) = self.random.choices(self.PAGES, [weight for _, weight, _ in self.PAGES])
        self.timed(kind, lambda: self.browser.get(address.format(draft)))


class Editor(Visitor):
    """Writes in cells and a section of its own, and looks at the budget and the document."""

    def __init__(self, draft: Draft, number: int, visit: Visit) -> None:
        super().__init__(visit)
        self.draft = draft
        self.cells, self.section = draft.cells[number], draft.sections[number]
        self.amounts = [OF_EDITOR] * len(self.cells)
        self.revision = self.turn = 0

    def visit(self) -> None:
        self.turn += 1
        does = (self.write_amount, self.write_text, self.look_at_budget, self.look_at_document)
        (do,) = self.random.choices(does, (6, 3, 1, 1))
        do()

    def write_amount(self) -> None:
        place = self.random.randrange(len(self.cells))
        cell, was = self.cells[place], self.amounts[place]
        wanted = OF_EDITOR + self.turn % 1_000
        fields = {"line": cell.line, "year": cell.year, "was": f"{was}.00", "text": wanted, "seen": 0}
        address = f"{self.draft.budget_address}/belopp/"
        if self.timed("spara belopp", lambda: self.browser.post(address, fields, X_Requested_With="grid")):
            self.amounts[place] = wanted

    def write_text(self) -> None:
        fields = {"text": f"<p>Skrivet för {self.turn}:e gången.</p>", "revision": self.revision}
        address = f"{self.draft.address}/skriv/{self.section}/spara/"
        json_wanted = {"Accept": "application/json"}
        if answer := self.timed("spara avsnitt", lambda: self.browser.post(address, fields, **json_wanted)):
            self.revision = json.loads(answer.text)["revision"]

    def look_at_budget(self) -> None:
        self.timed("budgeten", lambda: self.browser.get(f"{self.draft.budget_address}/"))

    def look_at_document(self) -> None:
        self.timed("dokumentet", lambda: self.browser.get(f"{self.draft.address}/"))


def visitors(world: World, port: int, measured: Measured, over: Event) -> list[Visitor]:
    editors = [
        Editor(
            world.kept[number % len(world.kept)],
            number,
            Visit(Browser(port, key), measured, over, EDITOR_WAITS, number),
        )
        for number, key in enumerate(world.editors)
    ]
    readers = [
        Reader(world.to_adopt, Visit(Browser(port, key), measured, over, READER_WAITS, EDITORS + number))
        for number, key in enumerate(world.readers)
    ]
    return [*editors, *readers]


def memory(process: int) -> float:
    """MB of a process (RSS)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def run(world: World, server: Server) -> tuple[Measured, list[float], float]:
    """What was measured; the memory of all processes (MB), at even intervals; and for how many seconds."""
    measured, over, samples = Measured(), Event(), list[float]()
    everybody = visitors(world, server.port, measured, over)
    processes = server.workers()
    started = time.monotonic()
    for each in everybody:
        each.start()
    while time.monotonic() - started < MINUTES * 60:
        time.sleep(SAMPLE)
        samples.append(sum(map(memory, processes)))
    lasted = time.monotonic() - started
    over.set()
    for each in everybody:
        each.join(60)
    if server.workers() != processes:
        measured.note_fault(f"processerna {processes} blev {server.workers()}")
    return measured, samples, lasted


def report(measured: Measured, samples: list[float], lasted: float) -> bool:
    """Printed; whether all was as it should be."""
    print(f"{'':20} {'number':>7} {'median':>9} {'95 %':>9} {'slowest':>9}")
    for kind, times in sorted(measured.seconds.items(), key=lambda each: -len(each[1])):
        late = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        figures = " ".join(f"{each * 1000:>6.0f} ms" for each in (median(times), late, max(times)))
        print(f"{kind:20} {len(times):>7} {figures}")
    number = sum(map(len, measured.seconds.values()))
    fifth = max(1, len(samples) // 5)
    first, last = mean(samples[:fifth]), mean(samples[-fifth:])
    print(f"{number} requests in {lasted / 60:.1f} minutes: {number / lasted:.1f} a second")
    print(f"memory of {PROCESSES} processes: {first:.0f} MB in the first fifth, {last:.0f} MB in the last")
    print(f"{len(measured.faults)} faults", *measured.faults[:10], sep="\n")
    return not measured.faults and last <= first * MOST_GROWTH


def main() -> int:
    call_command("migrate", verbosity=0)
    reading_as = (RoleKind.BOARD_MEMBER, RoleKind.OBSERVER)
    world = made_world(FEDERATIONS, 1, EDITORS, 0, READERS, reading_as)
    for draft in world.to_adopt:
        adopted(draft)
    print(f"{connection.vendor}, {os.cpu_count()} cores, {timezone.localtime():%Y-%m-%d %H.%M}", flush=True)
    connections.close_all()
    with tempfile.TemporaryDirectory(prefix="finsam-load-") as folder:
        # Without --max-requests a process would be replaced before it could grow.
        server = Server(Path(folder) / "server.log", "--max-requests", "0", processes=PROCESSES)
        server.start()
        try:
            measured, samples, lasted = run(world, server)
        finally:
            server.kill()
    return 0 if report(measured, samples, lasted) else 1


if __name__ == "__main__":
    sys.exit(main())
