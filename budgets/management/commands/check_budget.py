import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from decimal import Decimal, InvalidOperation
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from budgets.exchange.budget_file import read
from budgets.exchange.check_report import CheckReport
from finsam import readable_json
from finsam.json_input import UnreadableError, printable

CLEAN, REMARKS, UNREADABLE = 0, 1, 2


def tolerance(text: str) -> Decimal:
    """Kronor, zero or more."""
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0 or value.adjusted() > 12:
        raise ArgumentTypeError(f"{text!r} är inget belopp i kronor, noll eller mer")
    return value


class Command(BaseCommand):
    help = (
        "Granskar budgetfiler: räknar om summorna och prövar reglerna. Behöver ingen databas. "
        "Avslutas med 0 utan varningar, 1 med varningar, fel eller felaktiga summor, 2 om en fil är oläsbar."
    )
    requires_system_checks: list[str] = []  # works anywhere, without database or secrets

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FIL", nargs="+", type=Path)
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--tolerance",
            type=tolerance,
            default=Decimal(0),
            metavar="KRONOR",
            help="så mycket får en tryckt summa avvika utan att räknas som fel (standard 0)",
        )

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        for stream in (sys.stdout, sys.stderr):  # a terminal without Swedish letters still gets the rest
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        code, entries = CLEAN, []
        for file in files:
            name = _shown_name(file)
            try:
                report = CheckReport(name, read(_content(file)), options["tolerance"])
            except UnreadableError as error:
                code = UNREADABLE
                entries.append({"file": name, "error": error.what, "where": error.where})
                self.stderr.write(f"{name}: {error}")
                continue
            if not report.clean:
                code = max(code, REMARKS)
            entries.append(report.data())
            if options["format"] == "text":
                self.stdout.write(report.text())
        if options["format"] == "json":
            self.stdout.write(readable_json.dumps({"files": entries}), ending="")
        sys.exit(code)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise UnreadableError("", "Filen finns inte.") from None
    except IsADirectoryError:
        raise UnreadableError("", "Det är en mapp, inte en fil.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "ogiltigt filnamn"
        raise UnreadableError("", f"Filen går inte att läsa ({reason}).") from None


def _shown_name(file: Path) -> str:
    """The name as it can be printed, also when it is not valid UTF-8."""
    return printable(os.fsencode(file).decode("utf-8", "replace"))
