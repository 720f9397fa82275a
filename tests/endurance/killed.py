"""Finsam killed over and over while it is used, and what it then remembers.

    python -m tests.endurance --edits 1000 --adoptions 100 --seed 1

Starts the server in two processes on the database of DATABASE_URL, which must be new and empty; lets editors,
movers and readers work; kills all its processes (SIGKILL) at moments chosen by chance, and starts it again,
until so much has been answered as done. Last of all it is killed in the midst of things, and everything
that was answered is looked for in the database. Ends with 1 when something is lost, half or wrong.
"""

import argparse
import random
import signal
import sys
import time
from collections.abc import Sequence

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from tests.endurance.at_work import Floor, Worker
from tests.endurance.checking import all_faults
from tests.endurance.editors import Editor
from tests.endurance.ledger import Ledger
from tests.endurance.movers import Mover, Reader
from tests.endurance.server import Server
from tests.endurance.world import World, made_world

EDITORS, MOVERS, READERS = 4, 2, 2
FEWEST_KILLS = 3
PLANS = 10
"""To adopt in a federation; so many federations as are then needed."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, required=True)
    parser.add_argument("--adoptions", type=int, required=True)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument(
        "--lives", type=float, default=4.0, help="at most so many times as long as it took to start it"
    )
    asked = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # and the server with it
    print(f"{connection.vendor}, seed {asked.seed}", flush=True)
    call_command("migrate", verbosity=0)
    plans = min(PLANS, max(2, asked.adoptions // 2))
    world = made_world(-(-asked.adoptions // plans), plans, EDITORS, MOVERS, READERS)
    connections.close_all()
    floor, kills = worked(world, asked)
    counted = floor.ledger.counted()
    print(
        f"{kills} kills, {floor.ledger.lost} requests without an answer, answered: {dict(counted)}",
        flush=True,
    )
    faults = [*floor.faults, *all_faults(floor.ledger)]
    print("\n".join(faults[:50]) or "everything answered is there, and nothing half", flush=True)
    call_command("verify_versions")
    return 1 if faults else 0


def worked(world: World, asked: argparse.Namespace) -> tuple[Floor, int]:
    """All at work until enough is answered; and how many times the server was killed."""
    chance = random.Random(asked.seed)
    server = Server(settings.DATA_DIR / "server.log", "--preload")  # sooner there again
    floor = Floor(server.port, Ledger())
    workers = those_at_work(floor, world, str(asked.seed))
    for each in workers:
        each.start()
    kills, enough = 0, False
    try:
        while not floor.faults and not (enough and kills >= FEWEST_KILLS):
            started = time.monotonic()
            server.start()
            life = chance.uniform(0, asked.lives) * (time.monotonic() - started)
            floor.open.set()
            if enough:
                floor.ended.wait(life)
            else:
                enough = floor.ledger.wait_for(asked.edits, asked.adoptions, life)
            floor.open.clear()
            server.kill()
            kills += 1
    finally:
        floor.ended.set()
        server.kill()
        for each in workers:
            each.join()
    if floor.faults:
        print(server.log.read_text(errors="replace")[-5000:], flush=True)
    return floor, kills


def those_at_work(floor: Floor, world: World, seed: str) -> list[Worker]:
    drafts = [*world.to_adopt, *world.kept]
    return [
        *(Editor(floor, seed, number, key, drafts) for number, key in enumerate(world.editors)),
        *(Mover(floor, seed, number, world, world.to_adopt[number::MOVERS]) for number in range(MOVERS)),
        *(Reader(floor, seed, number, world) for number in range(READERS)),
    ]
