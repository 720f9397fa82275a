from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from members.models import Federation, Member, Role, RoleKind, User
from plans.exchange.federation_folder import FolderError, load
from plans.management.ready_database import ReadyDatabaseCommand

FIXTURES = settings.BASE_DIR / "fixtures"
HOME = "gotland"  # every demo user has a role here; the förbundschef in all federations
PASSWORD = "prova-finsam-2021"  # noqa: S105 - a demo password, printed for everyone to use
ADDRESSES = {
    RoleKind.DIRECTOR: "forbundschef",
    RoleKind.ADMINISTRATOR: "administrator",
    RoleKind.CHAIR: "ordforande",
    RoleKind.VICE_CHAIR: "vice-ordforande",
    RoleKind.BOARD_MEMBER: "ledamot",
    RoleKind.DEPUTY: "ersattare",
    RoleKind.MEMBER_REPRESENTATIVE: "medlem",
    RoleKind.PREPARATORY_GROUP: "beredningsgrupp",
    RoleKind.AUDITOR: "revisor",
    RoleKind.OBSERVER: "observator",
}


class Command(ReadyDatabaseCommand):
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
            for kind in RoleKind:
                self._user(kind, federations)
        self.stdout.write("\nFem förbund är inlästa. Logga in med en av demoanvändarna:\n\n")
        for kind, address in ADDRESSES.items():
            self.stdout.write(f"  {address + '@demo.example':32} {kind.label}")
        self.stdout.write(f"\n  lösenord för alla: {PASSWORD}\n\n")

    def _user(self, kind: RoleKind, federations: list[Federation]) -> None:
        """The demo user of a role. A user who is there keeps password and roles as they are."""
        email = f"{ADDRESSES[kind]}@demo.example"
        if User.objects.filter(email=email).exists():
            return
        user = User.objects.create_user(email, PASSWORD, name=f"{kind.label.capitalize()} (demo)")
        everywhere = kind in (RoleKind.DIRECTOR, RoleKind.AUDITOR)
        for federation in federations:
            if federation.slug == HOME or everywhere:
                member = None
                if kind == RoleKind.MEMBER_REPRESENTATIVE:
                    member = Member.objects.filter(federation=federation).last()
                Role.objects.create(user=user, federation=federation, kind=kind, member=member)
