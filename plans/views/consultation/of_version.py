"""The samråd that came before a version, to be read by who reads the version."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.consultation.access import answers_until
from plans.consultation.reading import read_standing
from plans.views.fetching import version_here


@require_safe
def consultation_of_version(request: HttpRequest, slug: str, plan_year: int, number: int) -> HttpResponse:
    """The answers, and nothing to do. They stay here when the plan is revised, which has a samråd of its
    own."""
    here, version = version_here(request, slug, plan_year, number)
    until = answers_until(here, version)
    context = {
        "here": here,
        "plan": version.plan,
        "version": version,
        "until": until,
        "standing": read_standing(version.plan, until),
        "for_others": False,
        "closed": True,
    }
    return render(request, "plans/consultation/of_version.html", context)
