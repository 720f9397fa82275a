"""The insatser that the budget pays for."""

from collections.abc import Iterator

from budgets.rules.circumstances import Circumstances, ProjectFacts
from budgets.rules.finding import Finding, Severity
from budgets.rules.legal_values import citation
from budgets.sheet import BudgetSheet, Column, Line


def _outside(project: ProjectFacts, column: Column) -> bool:
    starts_later = project.first_day is not None and project.first_day > column.last_day
    ended = project.last_day is not None and project.last_day < column.first_day
    return starts_later or ended


def _financed(sheet: BudgetSheet, circumstances: Circumstances) -> dict[str, list[Line]]:
    """The lines of each known project that costs money in a judged column."""
    known = {project.name for project in circumstances.projects}
    lines: dict[str, list[Line]] = {}
    for line in sheet.lines:
        if line.project not in known or not sheet.costs_its_project(line):
            continue
        if any(line.amounts[column] for column in sheet.judged):
            lines.setdefault(line.project, []).append(line)
    return lines


def project_period(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """Money in a year that the project does not reach."""
    financed = _financed(sheet, circumstances)
    for project in circumstances.projects:
        for line in financed.get(project.name, []):
            for column in sheet.judged:
                amount = line.amounts[column]
                if amount and _outside(project, sheet.columns[column]):
                    yield Finding(
                        "PROJECT_PERIOD",
                        Severity.WARNING,
                        {"project": project.name, "amount": amount, "period": project.period},
                        "",
                        column,
                        (line.key,),
                    )


def project_parties(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """An insats is for people who need several parties (FinsamL 2 §)."""
    if sheet.plan_year is None:
        return
    financed = _financed(sheet, circumstances)
    for project in circumstances.projects:
        if project.name in financed and project.parties is not None and project.parties < 2:
            yield Finding(
                "PROJECT_PARTIES",
                Severity.NOTICE,
                {"project": project.name, "parties": project.parties},
                citation("PROJECT_PARTIES", sheet.plan_year),
                lines=tuple(line.key for line in financed[project.name]),
            )


def policy_project_period(sheet: BudgetSheet, circumstances: Circumstances) -> Iterator[Finding]:
    """A financed insats runs longer than the federation's own limit (months)."""
    if sheet.plan_year is None:
        return
    policy = circumstances.policy("project_period", sheet.plan_year)
    if policy is None or policy.value is None:
        return
    financed = _financed(sheet, circumstances)
    for project in circumstances.projects:
        if project.name not in financed:
            continue
        lines = tuple(line.key for line in financed[project.name])
        if project.open_ended:
            yield Finding(
                "POLICY_PROJECT_PERIOD",
                Severity.WARNING,
                {"project": project.name, "longest": policy.value},
                policy.source,
                lines=lines,
                variant="open_ended",
            )
        elif project.first_day and project.last_day:
            first, last = project.first_day, project.last_day
            months = (last.year - first.year) * 12 + last.month - first.month
            months += 1 if last.day >= first.day else 0
            if months > policy.value:
                yield Finding(
                    "POLICY_PROJECT_PERIOD",
                    Severity.WARNING,
                    {"project": project.name, "months": months, "longest": policy.value},
                    policy.source,
                    lines=lines,
                )
