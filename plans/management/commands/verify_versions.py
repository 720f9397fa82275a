from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from members.models import Federation
from plans.management.ready_database import ReadyDatabaseCommand
from plans.verifying.reading import versions_of
from plans.verifying.recognising import hash_in, recognised
from plans.verifying.report import Tally, expected_words, version_words
from plans.verifying.stored import BEGINNING, Link
from plans.verifying.versions import judged
from plans.versions.triggers import missing_triggers


class Command(ReadyDatabaseCommand):
    help = (
        "Räknar om allt som är fryst: kontrollsummorna, kedjan, och filerna, som görs om till samma byte. "
        "Säger vad som skiljer. Slutar med 1 om något inte stämmer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--federation", metavar="FÖRBUND", default="", help="granska bara det förbundet")
        parser.add_argument(
            "--expect",
            metavar="KONTROLLSUMMA",
            help="ska vara en fastställd versions, en av dess filers eller beslutets; säger vilken",
        )

    def handle(self, *args: Any, federation: str, expect: str | None, **options: Any) -> None:
        expected = _hash(expect) if expect is not None else ""
        tally = Tally()
        for name in missing_triggers():
            self.stdout.write(f"Skyddet {name} saknas i databasen. Kör manage.py migrate, som gör om det.")
            tally.lacks.append(f"skyddet {name} saknas")
        for each in _federations(federation):
            self._verify(each, tally)
        if expected:
            found = recognised(expected, federation)
            self.stdout.write(expected_words(found))
            if found is None or found.adoption is None:
                tally.lacks.append("kontrollsumman är inte en fastställd versions")
        self.stdout.write(tally.summary)
        if not tally.is_right:
            raise SystemExit(1)

    def _verify(self, federation: Federation, tally: Tally) -> None:
        self.stdout.write(f"{federation.name} ({federation.slug})")
        tally.federations += 1
        before = BEGINNING
        for version in versions_of(federation):
            found = judged(version, before)
            right = "stämmer" if all(fault.is_remark for fault in found.faults) else "STÄMMER INTE"
            self.stdout.write(f"  {version_words(version)}: {right}")
            for fault in found.faults:
                self.stdout.write(f"    {fault.sentence}")
            tally.add(version, found)
            before = Link(version.place, version.hash)


def _hash(text: str) -> str:
    try:
        return hash_in(text)
    except ValueError as error:
        raise CommandError(str(error)) from error


def _federations(slug: str) -> list[Federation]:
    """Those that have versions; or the one that is asked for. Raises CommandError."""
    if not slug:
        return list(Federation.objects.filter(versions__isnull=False).distinct().order_by("slug"))
    found = list(Federation.objects.filter(slug=slug))
    if not found:
        raise CommandError(f"Det finns inget förbund {slug}.")
    return found
