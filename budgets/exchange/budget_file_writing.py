"""Writing a budget file (docs/budget-file.md). Pure."""

from decimal import Decimal
from typing import Any

from budgets.sheet import Amounts, BudgetSheet, Line
from finsam import readable_json
from finsam.swedish import UNIT_SIZE, Unit
from finsam.typed_amount import NotAnAmount, typed_amount


def default_targets(amounts: Amounts) -> Amounts:
    """Without `targets`, a balancing line leaves nothing in each column where it has an amount."""
    return tuple(None if amount is None else Decimal(0) for amount in amounts)


def write(sheet: BudgetSheet) -> str:
    """The sheet as the text of a budget file; `read` of it gives an equal sheet."""
    size = UNIT_SIZE[sheet.unit]
    places = {row.key: place for place, row in enumerate(sheet.lines)}

    def amounts(values: Amounts) -> list[Decimal | None]:
        return [None if value is None else value / size for value in values]

    def line(row: Line) -> dict[str, Any]:
        implied = {"income": "other", "cost": "insats"}.get(row.section, "")
        own_class = "" if row.member_kind or row.line_class == implied else row.line_class
        balancing = row.section == "balancing"
        targets = (row.targets or (None,) * len(row.amounts)) if balancing else ()
        implied_targets = default_targets(row.amounts) if balancing else ()
        return _filled(
            section=row.section,
            name=row.name,
            amounts=amounts(row.amounts),
            part_of=None if row.part_of is None else places[row.part_of],
            group=row.group,
            subgroup=row.subgroup,
            **{"class": own_class},
            member_kind=row.member_kind,
            member=row.member,
            project=row.project,
            note=row.note,
            targets=None if targets == implied_targets else amounts(targets),
            formulas=_texts(_true_formulas(row, sheet.unit)),
            printed=_texts(row.printed_texts),
            notes=_texts(row.cell_notes),
            statuses=[
                [
                    _filled(
                        status=each.status,
                        amount=each.amount / size,
                        date=each.date,
                        note=each.note,
                    )
                    for each in cell
                ]
                or None
                for cell in row.statuses
            ],
        )

    data = _filled(
        source=sheet.source,
        federation=sheet.federation,
        org_number=sheet.organisation_number,
        plan_year=sheet.plan_year,
        unit=sheet.unit,
        years=[
            _filled(
                **{
                    "year": column.year,
                    "kind": column.kind,
                    "label": column.label,
                    "from": column.starts and column.starts.isoformat(),
                    "to": column.ends and column.ends.isoformat(),
                }
            )
            for column in sheet.columns
        ],
        lines=[line(row) for row in sheet.lines],
        totals=[
            _filled(
                name=total.name,
                names=list(total.names),
                groups=list(total.groups),
                sections=list(total.sections),
                minus=list(total.minus),
                printed=amounts(total.printed),
            )
            for total in sheet.totals
        ],
        equity_limits=sheet.stated_limits
        and _filled(
            base=sheet.stated_limits.base,
            highest=sheet.stated_limits.highest,
            lowest=sheet.stated_limits.lowest,
            stated_by=sheet.stated_limits.stated_by,
        ),
    )
    data.setdefault("lines", [])
    return readable_json.dumps(data)


def _true_formulas(row: Line, unit: Unit) -> tuple[str, ...]:
    """The formulas that their amounts come from; any other would make the file unreadable."""

    def is_true(formula: str, amount: Decimal | None) -> bool:
        try:
            return formula.startswith("=") and typed_amount(formula, unit).amount == amount is not None
        except NotAnAmount:
            return False

    return tuple(
        formula if is_true(formula, row.amounts[column]) else ""
        for column, formula in enumerate(row.formulas)
    )


def _filled(**values: Any) -> dict[str, Any]:
    """The values that say something: no None, empty text or empty list."""
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def _texts(texts: tuple[str, ...]) -> list[str | None]:
    return [text or None for text in texts] if any(texts) else []
