"""manage.py prune_access_log: what is older than the log keeps, once a day from cron or a timer."""

from typing import Any

from django.core.management.base import BaseCommand

from plans.log.retention import months_kept, prune


class Command(BaseCommand):
    help = "Tar bort läsningar ur loggen som är äldre än ACCESS_LOG_MONTHS. Kör den en gång om dagen."

    def handle(self, *args: Any, **options: Any) -> None:
        removed = prune()
        said = f"Borttagna läsningar: {removed}." if removed else "Inget att ta bort."
        self.stdout.write(f"{said} Läsningar sparas i {months_kept()} månader.")
