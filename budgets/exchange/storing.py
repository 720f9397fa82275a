"""From a sheet to tables: a budget file into the database, all or nothing."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db import transaction

from budgets.models import (
    Amount,
    Budget,
    BudgetGroup,
    BudgetLine,
    BudgetYear,
    ContributionStatus,
    PrintedTotal,
    PrintedTotalAmount,
    PrintedTotalPart,
)
from budgets.sheet import BudgetSheet, Line
from finsam.json_input import UnreadableError, shown
from members.models import Federation, Member
from projects.models import Project

T = TypeVar("T", Member, Project)


@transaction.atomic
def store(sheet: BudgetSheet, federation: Federation) -> Budget:
    """A new budget of the federation with everything in the sheet.

    Raises UnreadableError when a line names a member or an insats that the federation does not have, or
    when it already has a budget for the plan year.
    """
    limits = sheet.stated_limits
    if sheet.plan_year and Budget.objects.filter(federation=federation, plan_year=sheet.plan_year).exists():
        raise UnreadableError("plan_year", f"Förbundet har redan en budget för {sheet.plan_year}.")
    budget = Budget.objects.create(
        federation=federation,
        plan_year=sheet.plan_year,
        unit=sheet.unit,
        source=sheet.source,
        stated_base=limits and limits.base,
        stated_highest=limits and limits.highest,
        stated_lowest=limits and limits.lowest,
        stated_by=limits.stated_by if limits else "",
    )
    years = BudgetYear.objects.bulk_create(
        BudgetYear(
            budget=budget,
            year=column.year,
            kind=column.kind,
            label=column.label,
            starts=column.starts,
            ends=column.ends,
            position=position,
        )
        for position, column in enumerate(sheet.columns)
    )
    groups = _store_groups(sheet, budget)
    lines = _store_lines(sheet, budget, groups)
    _store_parts(sheet, lines)
    Amount.objects.bulk_create(
        amount for line, row in zip(sheet.lines, lines, strict=True) for amount in _amounts(line, row, years)
    )
    ContributionStatus.objects.bulk_create(
        ContributionStatus(
            line=row,
            year=years[column],
            status=status.status,
            amount=status.amount,
            date=status.date,
            note=status.note,
            position=position,
        )
        for line, row in zip(sheet.lines, lines, strict=True)
        for column, cell in enumerate(line.statuses)
        for position, status in enumerate(cell)
    )
    _store_totals(sheet, budget, years, lines, groups)
    return budget


Groups = dict[tuple[str, str], BudgetGroup]


def _store_groups(sheet: BudgetSheet, budget: Budget) -> Groups:
    """The groups in the order the lines first name them, each under its parent."""
    groups: Groups = {}
    for line in sheet.lines:
        for group, subgroup in ((line.group, ""), (line.group, line.subgroup)):
            if group and (group, subgroup) not in groups:
                groups[group, subgroup] = BudgetGroup.objects.create(
                    budget=budget,
                    parent=groups[group, ""] if subgroup else None,
                    name=subgroup or group,
                    position=len(groups),
                )
    return groups


def _store_lines(sheet: BudgetSheet, budget: Budget, groups: Groups) -> list[BudgetLine]:
    members = {m.name: m for m in Member.objects.filter(federation=budget.federation)}
    projects = {p.name: p for p in Project.objects.filter(federation=budget.federation)}

    def known(found: dict[str, T], name: str, line: Line, what: str) -> T | None:
        if name and name not in found:
            raise UnreadableError(
                f"lines (\u201d{line.name}\u201d)", f"Förbundet har ingen {what} {shown(name)}."
            )
        return found.get(name)

    return BudgetLine.objects.bulk_create(
        BudgetLine(
            budget=budget,
            section=line.section,
            line_class=line.line_class,
            member_kind=line.member_kind,
            member=known(members, line.member, line, "medlem"),
            project=known(projects, line.project, line, "insats"),
            group=groups.get((line.group, line.subgroup)),
            name=line.name,
            note=line.note,
            position=position,
        )
        for position, line in enumerate(sheet.lines)
    )


def _store_parts(sheet: BudgetSheet, lines: list[BudgetLine]) -> None:
    """The lines that are part of another ("varav"), tied to it once it has a row."""
    rows = {line.key: row for line, row in zip(sheet.lines, lines, strict=True)}
    parts = [line for line in sheet.lines if line.part_of is not None]
    for line in parts:
        assert line.part_of is not None
        rows[line.key].part_of = rows[line.part_of]
    BudgetLine.objects.bulk_update([rows[line.key] for line in parts], ["part_of"])


def _amounts(line: Line, row: BudgetLine, years: list[BudgetYear]) -> Iterator[Amount]:
    for column, year in enumerate(years):
        amount, target = line.amounts[column], line.target(column)
        printed = line.printed_texts[column] if line.printed_texts else ""
        note = line.cell_notes[column] if line.cell_notes else ""
        formula = line.formulas[column] if line.formulas else ""
        if amount is not None or target is not None or printed or note:
            yield Amount(
                line=row,
                year=year,
                amount=amount,
                formula=formula,
                target=target,
                printed_text=printed,
                note=note,
            )


def _store_totals(
    sheet: BudgetSheet,
    budget: Budget,
    years: list[BudgetYear],
    lines: list[BudgetLine],
    groups: Groups,
) -> None:
    rows = PrintedTotal.objects.bulk_create(
        PrintedTotal(budget=budget, name=total.name, position=position)
        for position, total in enumerate(sheet.totals)
    )
    parts, amounts = [], []
    for total, row in zip(sheet.totals, rows, strict=True):
        named = [line for name in total.names for line in lines if line.name == name]
        what: list[dict[str, Any]] = [
            *[{"line": line} for line in named],
            *[{"group": groups[group, ""]} for group in total.groups],
            *[{"section": section} for section in total.sections],
            *[{"section": section, "subtracted": True} for section in total.minus],
        ]
        parts += [PrintedTotalPart(total=row, position=i, **one) for i, one in enumerate(what)]
        amounts += [
            PrintedTotalAmount(total=row, year=years[column], amount=amount)
            for column, amount in enumerate(total.printed)
            if amount is not None
        ]
    PrintedTotalPart.objects.bulk_create(parts)
    PrintedTotalAmount.objects.bulk_create(amounts)
