"""How a view finds the plan that its address names."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from members.access import Access, Action, access
from plans.models import Plan


def plan_here(request: HttpRequest, slug: str, plan_year: int, action: Action) -> tuple[Access, Plan]:
    """The plan of an address, with its budget and federation. Raises Http404 and PermissionDenied."""
    here = access(request, slug, action)
    plans = Plan.objects.select_related("budget")
    plan = get_object_or_404(plans, federation=here.federation, plan_year=plan_year)
    plan.federation = here.federation
    return here, plan
