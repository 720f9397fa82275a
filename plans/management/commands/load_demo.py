from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from members.models import Federation, Member, Role, User
from plans.exchange.federation_folder import FolderError, load

FIXTURES = settings.BASE_DIR / "fixtures"
HOME = "gotland"  # every demo user has a role here; the förbundschef in all federations
PASSWORD = "prova-finsam-2021"  # noqa: S105 - a demo password, printed for everyone to use
ADDRESSES = {
    Role.Kind.DIRECTOR: "forbundschef",
    Role.Kind.ADMINISTRATOR: "administrator",
    Role.Kind.CHAIR: "ordforande",
    Role.Kind.VICE_CHAIR: "vice-ordforande",
    Role.Kind.BOARD_MEMBER: "ledamot",
    Role.Kind.DEPUTY: "ersattare",
    Role.Kind.MEMBER_REPRESENTATIVE: "medlem",
    Role.Kind.PREPARATORY_GROUP: "beredningsgrupp",
    Role.Kind.AUDITOR: "revisor",
    Role.Kind.OBSERVER: "observator",
}


class Command(BaseCommand):
    help = "Läser in de fem riktiga förbunden och en demoanvändare per behörighet. Ändrar inget som finns."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL:
            raise CommandError(
                "Demoanvändarnas lösenord är känt av alla. load_demo körs bara med ENVIRONMENT=local."
            )
        try:
            federations = [load(file.parent)[0] for file in sorted(FIXTURES.glob("*/federation.json"))]
        except FolderError as error:
            raise CommandError(str(error)) from error
        with transaction.atomic():
            for kind in Role.Kind:
                self._user(kind, federations)
        self.stdout.write("\nFem förbund är inlästa. Logga in med en av demoanvändarna:\n\n")
        for kind, address in ADDRESSES.items():
            self.stdout.write(f"  {address + '@demo.example':32} {kind.label}")
        self.stdout.write(f"\n  lösenord för alla: {PASSWORD}\n\n")

    def _user(self, kind: Role.Kind, federations: list[Federation]) -> None:
        """The demo user of a role. A user who is there keeps password and roles as they are."""
        email = f"{ADDRESSES[kind]}@demo.example"
        if User.objects.filter(email=email).exists():
            return
        user = User.objects.create_user(email, PASSWORD, name=f"{kind.label.capitalize()} (demo)")
        everywhere = kind in (Role.Kind.DIRECTOR, Role.Kind.AUDITOR)
        for federation in federations:
            if federation.slug == HOME or everywhere:
                member = None
                if kind == Role.Kind.MEMBER_REPRESENTATIVE:
                    member = Member.objects.filter(federation=federation).last()
                Role.objects.create(user=user, federation=federation, kind=kind, member=member)
