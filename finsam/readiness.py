"""Whether this process can do its work: the database answers, has the tables this code wants, and protects
what is frozen."""

import logging
from threading import Lock
from time import monotonic

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from finsam.frozen_tables import missing_triggers

logger = logging.getLogger(__name__)

NO_DATABASE = "databasen svarar inte"
NOT_MIGRATED = "databasen är inte förd till den här versionen: kör manage.py migrate"
NOT_PROTECTED = "databasens skydd av det som är fastställt saknas: kör manage.py migrate"

GOOD_FOR = 60.0
"""Seconds that the tables and triggers of a database are taken to be as they last were found, when they were
whole. That the database answers is asked every time."""


class Readiness:
    """Of one process. Safe between threads."""

    def __init__(self) -> None:
        self._whole_until = 0.0
        self._lock = Lock()

    def lacking(self) -> str:
        """In words what this process lacks to serve; empty when nothing."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return self._lacking_in_database()
        except Error:
            logger.warning("The database did not answer", exc_info=True)
            return NO_DATABASE

    def _lacking_in_database(self) -> str:
        with self._lock:  # one looks, and the others take its word
            if monotonic() < self._whole_until:
                return ""
            lacking = _found_lacking()
            if not lacking:
                self._whole_until = monotonic() + GOOD_FOR
            return lacking


def _found_lacking() -> str:
    executor = MigrationExecutor(connection)
    # What is applied and unknown to this code was made by a newer version: it is being brought in, and this
    # process serves until it is replaced.
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return NOT_MIGRATED
    return NOT_PROTECTED if missing_triggers() else ""
