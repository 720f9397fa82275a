"""What is to be done after a decision, and by when (KL 5 kap. 69 § via 6:35, 8 kap. 12 §, 13 kap. 5 §;
FinsamL 19 §). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

APPROVAL_DAYS = 14
ANNOUNCEMENT_DAYS = 2
APPEAL = timedelta(weeks=3)


@dataclass(frozen=True)
class Task:
    """`by` is the last day, None while it is not known; `done` the day it was done."""

    what: str
    by: date | None
    done: date | None = None


def tasks(
    decided_on: date, approved_on: date | None, announced: Mapping[str, date], boards: tuple[str, ...]
) -> list[Task]:
    """The minutes approved, and that announced on the notice board of each member kommun and region.
    `announced` is the day it was done, by the name of the member."""
    last = approved_on + timedelta(days=ANNOUNCEMENT_DAYS) if approved_on else None
    return [
        Task("Protokollet justeras", decided_on + timedelta(days=APPROVAL_DAYS), approved_on),
        *(
            Task(f"Justeringen tillkännages på anslagstavlan hos {name}", last, announced.get(name))
            for name in boards
        ),
    ]


def appeal_ends(announced: Mapping[str, date], boards: tuple[str, ...]) -> date | None:
    """The last day to ask for laglighetsprövning: three weeks from when it was announced on the last of the
    boards; None while that is not done."""
    if not boards or any(name not in announced for name in boards):
        return None
    return max(announced[name] for name in boards) + APPEAL
