from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from members.models import Federation
from plans.exchange.federation_folder import texts
from plans.exchange.illustration_files import FOLDER, illustration_files
from plans.management.ready_database import ReadyDatabaseCommand


class Command(ReadyDatabaseCommand):
    help = "Skriver ett förbund som en mapp med läsbara filer, som load_federation kan läsa."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="FÖRBUND")
        parser.add_argument("--out", metavar="MAPP", required=True, type=Path)

    def handle(self, *args: Any, slug: str, out: Path, **options: Any) -> None:
        try:
            federation = Federation.objects.get(slug=slug)
        except Federation.DoesNotExist:
            raise CommandError(f"Det finns inget förbund {slug}.") from None
        try:
            out.mkdir(parents=True, exist_ok=True)
            for name, text in texts(federation).items():
                (out / name).write_text(text, encoding="utf-8")
                self.stdout.write(str(out / name))
            for name, content in illustration_files(federation):
                (out / FOLDER).mkdir(exist_ok=True)
                (out / name).write_bytes(content)
                self.stdout.write(str(out / name))
        except OSError as error:
            raise CommandError(f"{out}: det går inte att skriva där ({error.strerror}).") from error
