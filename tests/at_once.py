"""Several people at the same moment, each with a connection of their own."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def together(acts: Iterable[Callable[[], T]]) -> list[T]:
    """All begin at the same moment; the answers in the order given."""
    acts = list(acts)
    begin = Barrier(len(acts))

    def act(one: Callable[[], T]) -> T:
        try:
            begin.wait(timeout=30)
            return one()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result(timeout=120) for each in [pool.submit(act, one) for one in acts]]
