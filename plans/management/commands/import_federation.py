from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError

from plans.backup.archive import BackupError
from plans.backup.federation.taking_in import take_in
from plans.management.ready_database import ReadyDatabaseCommand


class Command(ReadyDatabaseCommand):
    help = "Tar in ett förbund som export_federation har skrivit. Allt eller inget."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FIL", type=Path)
        parser.add_argument(
            "--slug", metavar="ADRESSNAMN", default="", help="ett annat adressnamn än förbundets"
        )

    def handle(self, *args: Any, file: Path, slug: str, **options: Any) -> None:
        try:
            taken_in = take_in(file, slug)
        except BackupError as error:
            raise CommandError(str(error)) from error
        federation, people = taken_in.federation, taken_in.people
        self.stdout.write(
            f"{federation.name} är intaget som {federation.slug}. Versioner: {taken_in.versions}. "
            f"Personer som fanns redan: {len(people.known)}, nya: {len(people.made)}."
        )
        for user in people.made:
            self.stdout.write(f"  ny: {user.name} <{user.email}>")
        if people.made:
            self.stdout.write("De väljer själva lösenord med ”Glömt lösenordet?” på inloggningssidan.")
        call_command("verify_versions", federation=federation.slug, stdout=self.stdout, stderr=self.stderr)
