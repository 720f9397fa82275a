"""The same pages among 1 000 federations (FEDERATIONS) of 20 years each, and where there is only one.

Two databases, in the server of DATABASE_URL or as SQLite files, with the same federation in both; two
servers; and each page asked for in turn from both, so that what else the machine does hits both. The goal:
at most 1.2 times as long.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "finsam.settings"

from tests.endurance.browser import Browser
from tests.endurance.database import environment, own_database
from tests.endurance.server import Server

FEDERATIONS = int(os.environ.get("FEDERATIONS", "1000"))
TIMES, WARMED = 60, 5
GOAL = 1.2
PAGES = (
    ("mina förbund", "/", 302),
    ("översikt", "/{slug}/", 200),
    ("budget", "/{slug}/budget/{draft}/", 200),
    ("historik", "/{slug}/budget/{draft}/historik/", 200),
    ("dokument", "/{slug}/plan/{draft}/", 200),
    ("avsnitt", "/{slug}/plan/{draft}/skriv/goals/", 200),
    ("vägen", "/{slug}/plan/{draft}/vagen/", 200),
    ("version", "/{slug}/plan/{adopted}/version/1/", 200),
    ("versionens budget", "/{slug}/plan/{adopted}/version/1/budget/", 200),
    ("PDF", "/{slug}/plan/{adopted}/version/1/plan_pdf/", 200),
    ("beslut", "/{slug}/plan/{adopted}/version/1/beslut/", 200),
    ("logg", "/{slug}/logg/", 200),
)
"""Name, address and status."""


@dataclass(frozen=True)
class Installation:
    """A server with its database, to ask as the one who is signed in."""

    where: dict[str, Any]
    browser: Browser

    def seconds(self, address: str, status: int) -> float:
        started = time.perf_counter()
        answer = self.browser.get(address.format(**self.where))
        lasted = time.perf_counter() - started
        assert answer.status == status, (address, answer.status, answer.body[:300])
        return lasted


@contextmanager
def installation(federations: int) -> Iterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="finsam-many-") as name, own_database(Path(name)) as address:
        own = {**environment(address, Path(name)), "PYTHONPATH": "."}
        started = time.monotonic()
        command = [sys.executable, "-m", "benchmarks.many_world", str(federations)]
        where = json.loads(subprocess.check_output(command, env=own, text=True).splitlines()[-1])
        lasted = time.monotonic() - started
        print(f"{federations} federations, {where['rows']} rows, filled in {lasted:.0f} s", flush=True)
        server = Server(Path(name) / "server.log", processes=1, environment=own)
        server.start()
        try:
            yield Installation(where, Browser(server.port, where["session"]))
        finally:
            server.kill()


def compared(one: Installation, many: Installation, address: str, status: int) -> tuple[float, float]:
    """Median seconds in each, asked in turn; the better of two times, as the machine may be disturbed."""
    medians = []
    for _ in range(2):
        times: tuple[list[float], list[float]] = ([], [])
        for turn in range(TIMES + WARMED):
            for where, of_where in zip((one, many), times, strict=True):
                lasted = where.seconds(address, status)
                if turn >= WARMED:
                    of_where.append(lasted)
        medians.append(tuple(map(median, times)))
    alone, among = map(min, zip(*medians, strict=True))
    return alone, among


def main() -> int:
    slow = []
    with ExitStack() as stack:
        one, many = (stack.enter_context(installation(number)) for number in (1, FEDERATIONS))
        for name, address, status in PAGES:
            alone, among = compared(one, many, address, status)
            figures = f"{alone * 1000:6.1f} ms with one, {among * 1000:6.1f} ms with {FEDERATIONS}"
            print(f"{name:18} {figures}, ratio {among / alone:.2f}", flush=True)
            if among / alone > GOAL:
                slow.append(name)
    print(f"goal at most {GOAL}:", f"not {', '.join(slow)}" if slow else "all")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
