"""The outline as a page, or as the part of it that a script replaces."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from members.access import Access, Action
from members.models import User
from plans.editing.outline import vanished_keys
from plans.editing.undoing import latest_undoable
from plans.models import Plan, Section, SectionChange
from plans.outline_tree import all_rows, lacks, tree
from plans.outlines import outlines
from plans.reading import read_plan
from plans.rules import check_document
from plans.views.fetching import plan_here

ASKED_BY_SCRIPT = "outline"
"""What the script calls itself in X-Requested-With."""
TOLD = timedelta(days=1)
"""How long a user's latest change stands at the top of the page, to be undone."""
SHOWN_CHANGES = 50
FAULTS = ("LIVE_FIGURE", "ALTERNATIVE_TEXT")
"""Rules on what a section has, beside those on what the document lacks."""

DONE = {
    SectionChange.Action.TEXT: "Du skrev i avsnittet {}.",
    SectionChange.Action.HEADING: "Du ändrade rubrik, nummer eller roll på avsnittet {}.",
    SectionChange.Action.BLOCK: "Du ändrade innehållet i avsnittet {}.",
    SectionChange.Action.ADD: "Avsnittet {} är tillagt.",
    SectionChange.Action.MOVE: "Avsnittet {} är flyttat.",
    SectionChange.Action.REMOVE: "Avsnittet {} är borttaget.",
}
DID = {
    SectionChange.Action.TEXT: "skrev i {}",
    SectionChange.Action.HEADING: "ändrade rubrik, nummer eller roll på {}",
    SectionChange.Action.BLOCK: "ändrade innehållet i {}",
    SectionChange.Action.ADD: "lade till {}",
    SectionChange.Action.MOVE: "flyttade {}",
    SectionChange.Action.REMOVE: "tog bort {}",
    SectionChange.Action.UNDO: "ångrade en ändring av {}",
}


def section_plan(request: HttpRequest, slug: str, plan_year: int, key: str) -> tuple[Access, Plan]:
    """The plan of an address where a section is changed, which it has or has had. Raises Http404."""
    here, plan = plan_here(request, slug, plan_year, Action.EDIT_WORKING_COPY)
    if not Section.objects.filter(plan=plan, key=key).exists() and key not in vanished_keys(plan):
        raise Http404
    return here, plan


def outline_page(
    request: HttpRequest, here: Access, plan: Plan, *, said: str = "", noted: str = "", status: int = 200
) -> HttpResponse:
    """The outline; `said` is why what was asked for is not done, `noted` what else was done with it."""
    template = "plans/outline/part.html" if by_script(request) else "plans/outline/page.html"
    context = {**_context(request, here, plan, said), "noted": noted}
    return render(request, template, context, status=status)


def back_to_outline(
    request: HttpRequest, here: Access, plan: Plan, key: str = "", noted: str = ""
) -> HttpResponse:
    """What was asked for is done: the outline, at the section, with what is to be `noted`."""
    if by_script(request):
        answer = outline_page(request, here, plan, noted=noted)
        answer["X-Outline-Section"] = key
        return answer
    if noted:
        messages.info(request, noted)
    place = f"#avsnitt-{key}" if key else ""
    return redirect(reverse("outline", args=[here.federation.slug, plan.plan_year]) + place)


def by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == ASKED_BY_SCRIPT


def _context(request: HttpRequest, here: Access, plan: Plan, said: str) -> dict[str, Any]:
    assert isinstance(request.user, User)
    # The number before the sections: what is changed in between is then found to be changed, not overwritten.
    changes = list(SectionChange.objects.filter(plan=plan).order_by("-number")[:SHOWN_CHANGES])
    picture = read_plan(plan)
    findings = check_document(picture)
    rows = tree(picture, findings, dict(Section.Role.choices))
    may = here.may(Action.EDIT_WORKING_COPY)
    editable = may and plan.budget.is_open
    return {
        "here": here,
        "plan": plan,
        "title": picture.title,
        "said": said,
        "rows": rows,
        "count": len(all_rows(rows)),
        "seen": changes[0].number if changes else 0,
        "lacks": lacks(rows, findings),
        "faults": [each for each in findings if each.code in FAULTS],
        "editable": editable,
        "mine": _mine(plan, request.user) if editable else None,
        "latest": latest_undoable(plan) if editable else None,
        "changes": [(change, _phrase(DID, change)) for change in changes],
        "outlines": outlines() if not rows and editable else (),
    }


def _mine(plan: Plan, user: User) -> tuple[SectionChange, str] | None:
    """The user's latest change that can be undone, if it is recent, and what it did in a sentence."""
    change = latest_undoable(plan, user)
    if change is None or change.made_at < timezone.now() - TOLD:
        return None
    return change, _phrase(DONE, change)


def _phrase(phrases: dict[SectionChange.Action, str], change: SectionChange) -> str:
    return phrases[SectionChange.Action(change.action)].format(f"”{change.heading or change.section_key}”")
