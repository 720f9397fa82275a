"""The insats that an address names, and the plan its money and links are in."""

from django.http import Http404

from budgets.models import Budget
from members.access import Access
from plans.models import Plan
from projects.models import Project

ENDED = "Insatsen är avslutad och ändras inte. Tryck på ”Tillbaka till pågår” om något ska rättas."
CLOSED = "Planen är stängd. Inget har ändrats. Öppna planen först om den ska ändras."


def project_of(here: Access, pk: int, *, lock: bool = False) -> Project:
    """Raises Http404 for what is no insats of the federation. `lock`: nobody else changes it meanwhile."""
    rows = Project.objects.filter(federation=here.federation)
    project: Project | None = (rows.select_for_update(no_key=True) if lock else rows).filter(pk=pk).first()
    if project is None:
        raise Http404
    project.federation = here.federation
    return project


def latest_plan(here: Access) -> Plan | None:
    """With its budget; both know their federation."""
    plan = Plan.objects.filter(federation=here.federation).select_related("budget").first()
    if plan is not None:
        plan.federation = plan.budget.federation = here.federation
    return plan


def open_budget(here: Access) -> Budget | None:
    """The budget of the latest plan, while it may be changed."""
    plan = latest_plan(here)
    return plan.budget if plan and plan.budget.is_open else None
