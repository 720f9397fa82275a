from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from plans.backup.archive import BackupError
from plans.backup.restoring import restore


class Command(BaseCommand):
    help = "Återställer en säkerhetskopia. Stoppa Finsam först. Misslyckas det är databasen som den var."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FIL", type=Path)
        parser.add_argument(
            "--replace",
            "--yes",
            action="store_true",
            help="ersätt de förbund som finns; de säkerhetskopieras först",
        )

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            restored = restore(file, replace=replace, tell=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"Databasen går inte att använda: {error}") from error
        found = restored.manifest.facts
        self.stdout.write(f"Återställt. Förbund: {found.federations}, versioner: {found.versions}.")
        call_command("verify_versions", stdout=self.stdout, stderr=self.stderr)
