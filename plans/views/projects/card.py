"""One insats with everything about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from budgets.working_copy import own_unit
from members.access import Access, Action, access
from plans.models import Activity, Area, Goal, Plan, TargetGroup
from plans.reading import read_plan
from plans.views.projects.decided import decided_without_money
from plans.views.projects.finding import latest_plan, project_of
from plans.views.projects.mentions import mentions
from plans.views.projects.money import money_of
from projects.models import Project, Status

STEPS = {
    Status.APPLIED: "Ansökan har kommit in",
    Status.GRANTED: "Styrelsen har beviljat den",
    Status.RUNNING: "Insatsen har startat",
    Status.ENDED: "Avsluta insatsen",
}
"""The words on the button that takes an insats to a status."""


@require_safe
def project(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    here = access(request, slug, Action.READ_WORKING_COPY)
    return card_page(request, here, project_of(here, pk))


def to_card(here: Access, project: Project, place: str = "") -> HttpResponse:
    """On to the card, at one of its parts."""
    address = reverse("project", args=[here.federation.slug, project.pk])
    return redirect(f"{address}#{place}" if place else address)


def card_page(
    request: HttpRequest, here: Access, project: Project, *, error: str = "", status: int = 200
) -> HttpResponse:
    """The card; `error` says what was not done."""
    plan = latest_plan(here)
    may_edit = here.may(Action.EDIT_WORKING_COPY)
    context = {
        "here": here,
        "project": project,
        "error": error,
        "plan": plan,
        "unit": own_unit(here.federation),
        "may_edit": may_edit,
        "may_change": may_edit and not project.is_ended,
        "may_plan": may_edit and plan is not None and plan.budget.is_open,
        "facts": _facts(project),
        "successors": project.successors.all(),
        "participants": project.planned_participants.all(),
        "financers": project.financers.select_related("member"),
        "decisions": project.decisions.all(),
        **_way(here, project),
        **(_of_plan(plan, project) if plan else {}),
    }
    return render(request, "plans/projects/card.html", context, status=status)


def _facts(project: Project) -> list[tuple[str, str]]:
    """What is known of it, in words."""
    partners = [partner.name for partner in project.partners.all()]
    owner = project.owner.name if project.owner else ""
    said = [
        ("Slag", project.get_kind_display()),
        ("Nivå", project.get_level_display()),
        ("Inriktning", project.get_sus_class_display() if project.sus_class else ""),
        ("Tid", project.period()),
        ("Förlängning", project.extension),
        ("Ägare", ", ".join(filter(None, (owner, project.owner_name)))),
        ("Medverkande", ", ".join(filter(None, (*partners, project.other_partners)))),
        ("Projektledarens arbetsgivare", project.leader_employer),
        ("Beslut, som tryckt", project.decision_reference),
    ]
    return [(word, value[:1].upper() + value[1:]) for word, value in said if value]


def _way(here: Access, project: Project) -> dict[str, Any]:
    """The steps from idea to end, where it stands, and what keeps it from the next."""
    following, slug = project.next_status, here.federation.slug
    mending = {
        Status.GRANTED: reverse("add_decision", args=[slug, project.pk]),
        Status.RUNNING: reverse("change_project", args=[slug, project.pk]),
        Status.ENDED: reverse("change_project", args=[slug, project.pk]),
    }
    return {
        "steps": list(Status),
        "following": following,
        "step_words": STEPS[following] if following else "",
        "why_not": project.why_not_forward() if following else "",
        "mending": mending.get(following, "") if following else "",
        "before": project.status_before,
    }


def _of_plan(plan: Plan, project: Project) -> dict[str, Any]:
    """Its money and links in the plan, and where the document names it."""
    picture = read_plan(plan)
    money = money_of(picture.sheet, project.name)
    lines = {row.line for _, rows in money.parts for row in rows}
    linked: dict[str, Any] = {
        "areas": Area.objects.filter(plan=plan, projects=project),
        "goals": Goal.objects.filter(plan=plan, projects=project).prefetch_related("indicators"),
        "target_groups": TargetGroup.objects.filter(plan=plan, projects=project),
        "activities": Activity.objects.filter(plan=plan, projects=project),
    }
    return {
        "money": money,
        "without_money": decided_without_money(picture.sheet, project.name, project.decisions.all()),
        "mentions": mentions(picture, project.pk, lines),
        **linked,
        "any_links": any(linked.values()),
    }
