"""All budgets of a federation with their contributions only, in five queries however many they are."""

from collections import defaultdict

from budgets.models import Amount, Budget, BudgetLine, BudgetYear, ContributionStatus, LineClass
from budgets.sheet import BudgetSheet, Column, Line, Status
from finsam.swedish import unit_named
from members.models import Federation


def read_contributions(federation: Federation) -> list[tuple[Budget, BudgetSheet]]:
    """Each budget with a sheet of nothing but its contributions, the latest plan year first."""
    budgets = list(Budget.objects.filter(federation=federation).order_by("-plan_year", "pk"))
    columns: dict[int, list[Column]] = defaultdict(list)
    for year in BudgetYear.objects.filter(budget__in=budgets).order_by("position", "pk"):
        columns[year.budget_id].append(
            Column(year.year, year.kind, year.label, year.starts, year.ends, year.pk)
        )
    contribution = {"line_class": LineClass.CONTRIBUTION, "budget__in": budgets}
    of_line = {f"line__{name}": value for name, value in contribution.items()}
    amounts = {
        (amount.line_id, amount.year_id): amount.amount.amount
        for amount in Amount.objects.filter(**of_line)
        if amount.amount is not None
    }
    statuses: dict[tuple[int, int], list[Status]] = defaultdict(list)
    for each in ContributionStatus.objects.filter(**of_line).order_by("position", "pk"):
        status = Status(each.status, each.amount.amount, each.date, each.note)
        statuses[each.line_id, each.year_id].append(status)
    lines: dict[int, list[Line]] = defaultdict(list)
    rows = BudgetLine.objects.filter(**contribution).select_related("member").order_by("position", "pk")
    for row in rows:
        keys = [(row.pk, column.key) for column in columns[row.budget_id]]
        lines[row.budget_id].append(
            Line(
                key=row.pk,
                section=row.section,
                name=row.name,
                amounts=tuple(amounts.get(key) for key in keys),
                line_class=row.line_class,
                member_kind=row.member_kind,
                member=row.member.name if row.member else "",
                agreed_share=row.member.agreed_share if row.member else None,
                statuses=tuple(tuple(statuses.get(key, ())) for key in keys),
                part_of=row.part_of_id,
            )
        )
    return [
        (
            budget,
            BudgetSheet(
                columns=tuple(columns[budget.pk]),
                lines=tuple(lines[budget.pk]),
                plan_year=budget.plan_year,
                unit=unit_named(budget.unit),
            ),
        )
        for budget in budgets
    ]
