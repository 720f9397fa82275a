"""A command that needs the tables says so when they are not there."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError


class ReadyDatabaseCommand(BaseCommand):
    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(
                "Databasen går inte att använda. Kör först manage.py migrate, och se efter "
                f"DATABASE_URL. ({error})"
            ) from error
