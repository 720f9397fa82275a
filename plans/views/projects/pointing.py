"""What points at an insats, and so keeps it from being removed."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from budgets.models import BudgetLine
from plans.models import Activity, Area, Goal, Section, TargetGroup
from plans.views.projects.mentions import figures_of, shown_by_name
from projects.models import Project

LINKED = (TargetGroup, Area, Goal, Activity)


@dataclass(frozen=True)
class Pointer:
    """In words, and where to see to it."""

    words: str
    address: str


def pointers(project: Project) -> list[Pointer]:
    slug = project.federation.slug
    found = [
        Pointer(
            f"budgetposten {line.name} i budgeten för {line.budget.plan_year}",
            reverse("budget", args=[slug, line.budget.plan_year]) + f"#line-{line.pk}-0"
            if line.budget.plan_year
            else "",
        )
        for line in BudgetLine.objects.filter(project=project).select_related("budget")
    ]
    for each in project.successors.all():
        found.append(Pointer(f"insatsen {each.name}, som bygger vidare på den", card(slug, each)))
    for decision in project.decisions.all():
        found.append(Pointer(f"styrelsens beslut {decision}", card(slug, project) + "#beslut"))
    for model in LINKED:
        rows: Any = model._default_manager.filter(projects=project).select_related("plan")
        for row in rows:
            words = (
                f"{model._meta.verbose_name} {getattr(row, 'text', row)} i planen för {row.plan.plan_year}"
            )
            found.append(Pointer(words, reverse("document", args=[slug, row.plan.plan_year])))
    sections = Section.objects.filter(plan__federation=project.federation_id).select_related("plan")
    for section in sections:
        if shown_by_name(section.settings, project.pk) or figures_of(section.text, project.pk):
            address = reverse("section", args=[slug, section.plan.plan_year, section.key])
            named = f"avsnittet {section.heading}" if section.heading else "ett avsnitt utan rubrik"
            found.append(Pointer(f"{named} i planen för {section.plan.plan_year}", address))
    return found


def card(slug: str, project: Project) -> str:
    return reverse("project", args=[slug, project.pk])
