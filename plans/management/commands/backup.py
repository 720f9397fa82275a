from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from plans.backup.archive import BackupError
from plans.backup.making import back_up, rotated
from plans.management.ready_database import ReadyDatabaseCommand


class Command(ReadyDatabaseCommand):
    help = "Säkerhetskopierar databasen i en fil. Finsam kan vara igång."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to",
            metavar="MAPP|FIL",
            type=Path,
            help="en mapp som finns, eller en ny fil (annars mappen backup i FINSAM_DATA_DIR)",
        )
        parser.add_argument(
            "--keep",
            metavar="ANTAL",
            type=int,
            help="behåll så många av mappens säkerhetskopior, de senaste, och ta bort de äldre",
        )

    def handle(self, *args: Any, to: Path | None, keep: int | None, **options: Any) -> None:
        if keep is not None and keep < 1:
            raise CommandError("--keep: minst en säkerhetskopia behålls.")
        if keep is not None and to is not None and not to.is_dir():
            raise CommandError("--keep hör ihop med en mapp: ange en mapp som finns, eller ingen.")
        try:
            path, manifest = back_up(to)
            old = rotated(path.parent, keep) if keep else []
        except BackupError as error:
            raise CommandError(str(error)) from error
        megabytes = f"{path.stat().st_size / 1024 / 1024:.1f}".replace(".", ",")
        found = manifest.facts
        self.stdout.write(
            f"{path} ({megabytes} MB). Förbund: {found.federations}, versioner: {found.versions}."
        )
        for each in old:
            self.stdout.write(f"Borttagen: {each}")
