"""The totals that a table prints, compared with what its lines give. Pure; the sheet does the sums."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.exchange.proposal import PrintedCheck
from budgets.exchange.words import plain_name
from budgets.sheet import Amounts, BudgetSheet, add

Candidate = tuple[str, Amounts]
"""Words for what is added up, and what it comes to in each column."""


@dataclass(frozen=True)
class PrintedRow:
    """A total of the table. `lines` lines stand above it, those from `block` on since the last heading or
    total; `group` and `subgroup` are the headings it stands under. Amounts in SEK by column."""

    place: str
    name: str
    amounts: Mapping[int, Decimal]
    lines: int
    block: int
    group: str = ""
    subgroup: str = ""


def printed_checks(sheet: BudgetSheet, rows: Sequence[PrintedRow]) -> tuple[PrintedCheck, ...]:
    """Every printed figure beside ours. Which lines a total adds up is told by its name and its place;
    of several ways to take it, the one nearest to what is printed."""
    checks: list[PrintedCheck] = []
    groups = {
        group: plain_name(group) for group in dict.fromkeys(line.group for line in sheet.lines) if group
    }
    for row in rows:
        candidates = list(_candidates(sheet, row, groups))
        if not candidates or not row.amounts:
            continue
        what, ours = min(candidates, key=lambda each: _distance(row, each[1]))  # of equals the first
        checks += [
            PrintedCheck(
                row.place, row.name or "Rad utan namn", column, printed, ours[column] or Decimal(0), what
            )
            for column, printed in sorted(row.amounts.items())
        ]
    return tuple(checks)


def _distance(row: PrintedRow, ours: Amounts) -> Decimal:
    return sum((abs((ours[c] or Decimal(0)) - printed) for c, printed in row.amounts.items()), Decimal(0))


def _candidates(sheet: BudgetSheet, row: PrintedRow, names: Mapping[str, str]) -> Iterator[Candidate]:
    """What the total may add up, the likeliest first. `names` are the groups, as they are compared."""
    name = plain_name(row.name)
    every = range(len(sheet.columns))
    figures = sheet.figures

    def of(**where: str) -> Amounts:
        if "section" in where and len(where) == 1:
            return tuple(sheet.section_total(where["section"], column) for column in every)
        return tuple(
            sheet.group_total(where["group"], column, subgroup=where.get("subgroup")) for column in every
        )

    if row.subgroup and plain_name(row.subgroup) in name:
        yield f"undergruppen {row.subgroup}", of(group=row.group, subgroup=row.subgroup)
    groups = [group for group, plain in names.items() if len(plain) > 2 and plain in name]
    if len(groups) > 1:
        parts = [of(group=group) for group in groups]
        yield (
            "grupperna " + " och ".join(groups),
            tuple(add(part[column] for part in parts) for column in every),
        )
    elif groups:
        yield f"gruppen {groups[0]}", of(group=groups[0])
    if "utgående" in name or name.startswith(("eget kapital", "ub")):
        yield "utgående eget kapital", tuple(figures[column].closing for column in every)
        return
    if "ingående" in name:
        yield "ingående eget kapital", tuple(figures[column].opening for column in every)
    if "resultat" in name or "skott" in name:
        yield "resultatet", tuple(figures[column].result for column in every)
        yield "utgående eget kapital", tuple(figures[column].closing for column in every)
    funds = tuple(figures[column].funds_available for column in every)
    income, income_all = of(section="income"), tuple(figures[column].income for column in every)
    if "tillgängliga" in name or "disponib" in name:
        yield "intäkter och ingående eget kapital", funds
    if "förfogande" in name or "saldo" in name:
        yield "utgående eget kapital", tuple(figures[column].closing for column in every)
    if "finansiell" in name:
        financial, cost = of(section="financial_income"), of(section="financial_cost")
        if "kostnad" in name:
            yield "finansiella kostnader", cost
        elif "intäkt" in name:
            yield "finansiella intäkter", financial
        else:
            yield "finansiella poster", tuple(_less(financial[c], cost[c]) for c in every)
    elif "kostnad" in name or "utgift" in name:
        if not groups or name.startswith("total"):
            yield "alla kostnader", tuple(figures[column].costs for column in every)
            yield "verksamhetens kostnader", of(section="cost")
    elif "intäkt" in name or "kapital" in name or "tillgång" in name or "bidrag" in name:
        with_equity: Candidate = ("intäkter och ingående eget kapital", funds)
        if "kapital" in name:
            yield with_equity
        yield "alla intäkter", income_all
        yield "intäkter", income
        yield with_equity
    counted = [line for line in sheet.lines[row.block : row.lines] if line.part_of is None]
    if counted:
        yield (
            f"de {len(counted)} posterna ovanför",
            tuple(add(sheet.amount(line, column) for line in counted) for column in every),
        )
    if row.group and not groups:
        yield f"gruppen {row.group}", of(group=row.group)
    if not name or name in ("summa", "totalt", "total", "sum"):
        yield "alla intäkter", income_all
        yield "intäkter och ingående eget kapital", funds
        yield "alla kostnader", tuple(figures[column].costs for column in every)
        financial, cost = of(section="financial_income"), of(section="financial_cost")
        yield "finansiella poster", tuple(_less(financial[c], cost[c]) for c in every)


def _less(amount: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if amount is None and other is None else (amount or Decimal(0)) - (other or Decimal(0))
