"""What of a plan the database only takes additions to, and the check that its guards are there. How they are
made: finsam/frozen_tables.py. The logs say it of themselves, beside their models."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error

from finsam.frozen_tables import (
    REFUSED,
    freeze,
    missing_triggers,
    protect,
    tables,
    unprotect,
    unprotected,
)
from finsam.safety import current_problems

__all__ = [
    "PROTECTED",
    "REFUSED",
    "check_triggers",
    "missing_triggers",
    "protect",
    "tables",
    "unprotect",
    "unprotected",
]

PROTECTED = (
    "Version",
    "VersionFile",
    "PlanMove",
    "VersionEvent",
    "ConsultationAnswer",
    "Decision",
    "DecisionFile",
)
"""Models of this app whose rows are only ever added."""

for name in PROTECTED:
    freeze(f"plans.{name}")


def check_triggers(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The system check: `check --database default`, and before a migration. The database is not touched when
    the settings say that it must not be."""
    if current_problems():
        return []
    return [
        Error(
            f"Skyddet {name} saknas i databasen: det som är antaget går att ändra.",
            hint="Kör manage.py migrate, som gör om det.",
            id="plans.E001",
        )
        for using in databases or []
        for name in missing_triggers(using)
    ]
