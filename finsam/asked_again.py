"""Keeping what was made of the database's answers, for as long as it answers the same.

What is made of those answers and of nothing else would be made the same again as long as each question is
answered as it was. To ask them again costs little beside making. So nothing has to know which tables the made
depends on, or to be told when they change, and nothing can be out of date because somebody forgot.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection

from finsam.latest import Latest

Made = TypeVar("Made")


@dataclass(frozen=True)
class Asked:
    """A question to the database, and the rows that it answered."""

    sql: str
    parameters: Any
    rows: list[tuple[Any, ...]]


class Asking:
    """Notes what is asked while something is made. What changes anything in the making is not kept."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.only_reads = True

    def __call__(
        self,
        execute: Callable[[str, Any, bool, dict[str, Any]], object],
        sql: str,
        parameters: Any,
        many: bool,
        context: dict[str, Any],
    ) -> object:
        """One of Django's wrappers of a query. It is asked first here and then for whoever asks: should
        another write between the two, what is noted is the older, and the next time the answers differ."""
        if not _NOTED.get():
            return execute(sql, parameters, many, context)
        if many or not sql.startswith("SELECT"):
            self.only_reads = False
            return execute(sql, parameters, many, context)
        execute(sql, parameters, many, context)
        self.asked.append(Asked(sql, parameters, context["cursor"].fetchall()))
        return execute(sql, parameters, many, context)


_NOTED: ContextVar[bool] = ContextVar("noted", default=True)


@contextmanager
def never_changing() -> Iterator[None]:
    """What is asked within is of what never changes, and need not be asked again."""
    token = _NOTED.set(False)
    try:
        yield
    finally:
        _NOTED.reset(token)


class Kept(Generic[Made]):
    """The latest `most` things made, by their keys. Safe between threads."""

    def __init__(self, most: int) -> None:
        self._kept: Latest[Hashable, tuple[list[Asked], Made]] = Latest(most)

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` made for the key, or makes now.

        It must depend on nothing but the key, the answers of the database and what never changes: neither
        the time nor the request. What it raises is raised, and nothing is kept. Nobody may change what comes
        out.
        """
        found = self._kept.get(key)
        if found and _is_answered_the_same(found[0]):
            return found[1]
        asking = Asking()
        with connection.execute_wrapper(asking):
            anew = make()
        if asking.only_reads:
            self._kept.keep(key, (asking.asked, anew))
        return anew

    def forget(self) -> None:
        """For tests, which compare what is kept with what is made anew."""
        self._kept.forget()


def _is_answered_the_same(asked: list[Asked]) -> bool:
    with connection.cursor() as cursor:
        for each in asked:
            cursor.execute(each.sql, each.parameters)
            if cursor.fetchall() != each.rows:
                return False
    return True
