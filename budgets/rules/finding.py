"""What a rule says about a budget."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal


class Severity(StrEnum):
    """Error stops adoption, warning needs an explanation, notice informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


SEVERITY_NAMES = {
    Severity.ERROR: "fel",
    Severity.WARNING: "varning",
    Severity.NOTICE: "upplysning",
}

Figure = Decimal | int | str | tuple["Figure", ...]
"""Amounts in SEK and shares (0 to 1) are Decimal; years are int; names and sources are text."""

Form = Literal["money", "share", "percent", "plain"]


@dataclass(frozen=True)
class Finding:
    """One remark. `variant` picks the sentence within a code; `column` and `lines` are its place."""

    code: str
    severity: Severity
    figures: Mapping[str, Figure]
    reference: str
    column: int | None = None
    lines: tuple[int, ...] = ()
    variant: str = ""
    total: str = field(default="")


SEVERITY_ORDER = list(Severity)


def worst_first(findings: list[Finding]) -> list[Finding]:
    """Errors, warnings, notices; within each by column, as the rules are registered."""
    return sorted(
        findings,
        key=lambda f: (SEVERITY_ORDER.index(f.severity), -1 if f.column is None else f.column),
    )
