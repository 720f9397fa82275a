"""What a source document prints, against what its own lines give."""

from collections.abc import Iterator

from budgets.rules.circumstances import Circumstances
from budgets.rules.equity_limits import recommended_limits
from budgets.rules.finding import Finding, Severity
from budgets.sheet import BudgetSheet


def printed_total(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """A printed total differs from its lines, in any column."""
    for found in sheet.discrepancies():
        yield Finding(
            "PRINTED_TOTAL",
            Severity.WARNING,
            {
                "total": found.total,
                "printed": found.printed,
                "computed": found.computed,
                "difference": found.difference,
            },
            "",
            found.column,
            lines=() if found.line is None else (found.line,),
            total=found.place,
        )


def printed_limits(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """The equity limits a document prints differ from the recommendation on the base it gives."""
    stated = sheet.stated_limits
    if stated is None or sheet.plan_year is None:
        return
    computed = recommended_limits(stated.base, sheet.plan_year)
    if computed is None or computed.highest is None or computed.lowest is None:
        return
    for name, printed, limit in (
        ("highest", stated.highest, computed.highest),
        ("lowest", stated.lowest, computed.lowest),
    ):
        if printed != limit.amount:
            yield Finding(
                "PRINTED_LIMIT",
                Severity.NOTICE,
                {
                    "printed": printed,
                    "computed": limit.amount,
                    "base": stated.base,
                    "stated_by": stated.stated_by or "dokumentet",
                },
                limit.source,
                variant=name,
            )
