from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from members.models import Federation
from plans.backup.archive import BackupError
from plans.backup.federation.leaving import export
from plans.management.ready_database import ReadyDatabaseCommand


class Command(ReadyDatabaseCommand):
    help = (
        "Skriver ett förbund med allt som hör till det, som import_federation tar in i en annan installation."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="FÖRBUND")
        parser.add_argument("--to", metavar="FIL", required=True, type=Path)

    def handle(self, *args: Any, slug: str, to: Path, **options: Any) -> None:
        federation = Federation.objects.filter(slug=slug).first()
        if federation is None:
            raise CommandError(f"Det finns inget förbund {slug}.")
        try:
            manifest = export(federation, to)
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = manifest["rows"]
        self.stdout.write(
            f"{to}: {federation.name}. Rader: {sum(rows.values())}, versioner: {rows['plans.Version']}."
        )
        if manifest["last_hash"]:
            self.stdout.write(f"Den sista versionens kontrollsumma: {manifest['last_hash']}")
