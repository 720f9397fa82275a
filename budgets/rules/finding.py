"""What a rule says about a budget."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


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


@dataclass(frozen=True)
class Finding:
    """One remark. `variant` picks the sentence within a code; its place is a column, lines (by key), or
    a printed total (by its place in the sheet)."""

    code: str
    severity: Severity
    figures: Mapping[str, Figure]
    reference: str
    column: int | None = None
    lines: tuple[int, ...] = ()
    variant: str = ""
    total: int | None = None


SEVERITY_ORDER = list(Severity)


def worst_first(findings: list[Finding]) -> list[Finding]:
    """Errors, warnings, notices; within each as they came: by rule, then by column."""
    return sorted(findings, key=lambda finding: SEVERITY_ORDER.index(finding.severity))
