from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from plans.exchange.federation_folder import FolderError, load
from plans.management.ready_database import ReadyDatabaseCommand


class Command(ReadyDatabaseCommand):
    help = "Läser in förbund från mappar. Ett förbund som redan finns lämnas orört."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", metavar="MAPP", nargs="+", type=Path)

    def handle(self, *args: Any, folders: list[Path], **options: Any) -> None:
        for folder in folders:
            try:
                federation, loaded = load(folder)
            except FolderError as error:
                raise CommandError(str(error)) from error
            done = "inläst" if loaded else "finns redan, lämnas orört"
            self.stdout.write(f"{federation.name}: {done}")
