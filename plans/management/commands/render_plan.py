from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from plans.compose import Kind
from plans.management.ready_database import ReadyDatabaseCommand
from plans.models import Plan
from plans.rendering import Format, written


class Command(ReadyDatabaseCommand):
    help = "Skriver ett förbunds verksamhetsplan som webbsida, PDF eller Word."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="FÖRBUND")
        parser.add_argument("year", metavar="ÅR", type=int)
        parser.add_argument("--format", choices=list(Format), default=Format.PDF)
        parser.add_argument("--kind", choices=list(Kind), default=Kind.PLAN)
        parser.add_argument("--out", metavar="FIL", required=True, type=Path)
        parser.add_argument(
            "--time",
            metavar="ÅÅÅÅ-MM-DDTTT:MM",
            type=datetime.fromisoformat,
            help="tiden som står på utkastet, i stället för nu: samma tid ger samma fil",
        )

    def handle(
        self,
        *args: Any,
        slug: str,
        year: int,
        format: str,
        kind: str,
        out: Path,
        time: datetime | None,
        **options: Any,
    ) -> None:
        plans = Plan.objects.select_related("federation", "budget")
        plan = plans.filter(federation__slug=slug, plan_year=year).first()
        if plan is None:
            raise CommandError(f"Det finns ingen plan för {slug} {year}.")
        made_at = timezone.localtime() if time is None else time
        if timezone.is_naive(made_at):
            made_at = timezone.make_aware(made_at)
        try:
            out.write_bytes(written(plan, Kind(kind), Format(format), made_at))
        except ValueError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{out}: det går inte att skriva där ({error.strerror}).") from error
        self.stdout.write(str(out))
