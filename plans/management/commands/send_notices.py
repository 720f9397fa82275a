"""manage.py send_notices: the gathered mails, once a day from cron or a timer."""

from typing import Any

from django.core.management.base import BaseCommand

from plans.notices.mailing import mail_gathered


class Command(BaseCommand):
    help = "Skickar de samlade meddelandena. Kör den en gång om dagen."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = mail_gathered()
        self.stdout.write("Inget att skicka." if not sent else f"Skickade brev: {sent}.")
