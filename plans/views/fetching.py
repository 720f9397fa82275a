"""How a view finds the plan or the version that its address names."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from members.access import Access, Action, access
from plans.models import Plan, Version
from plans.versions.access import refused


def plan_here(request: HttpRequest, slug: str, plan_year: int, action: Action) -> tuple[Access, Plan]:
    """The plan of an address, with its budget and federation. Raises Http404 and PermissionDenied."""
    here = access(request, slug, action)
    plans = Plan.objects.select_related("budget")
    plan = get_object_or_404(plans, federation=here.federation, plan_year=plan_year)
    plan.federation = here.federation
    return here, plan


def version_here(request: HttpRequest, slug: str, plan_year: int, number: int) -> tuple[Access, Version]:
    """The version of an address, for who may read it, with its plan and decision but not its content (which
    is large: `version.content` reads it). Raises Http404 and PermissionDenied."""
    here = access(request, slug, Action.READ_FEDERATION)
    versions = Version.objects.select_related("plan__budget", "decision").defer(
        "content", "decision__content"
    )
    version = get_object_or_404(versions, federation=here.federation, plan_year=plan_year, number=number)
    version.plan.federation = version.federation = here.federation
    if reason := refused(here, version):
        raise PermissionDenied(reason)
    return here, version
