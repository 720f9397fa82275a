"""The board as a page, or as the part of it that a script replaces."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from budgets.rules.legal_values import citation
from members.access import Access, Action
from members.models import User
from plans.blocks import BlockKind
from plans.compose.writing import Writing
from plans.editing.goals import latest_number
from plans.editing.goals_copying import plans_with_goals
from plans.editing.goals_rows import KINDS
from plans.editing.goals_undoing import latest_undoable
from plans.models import Goal, GoalChange, Plan
from plans.picture import PlanPicture
from plans.reading import read_plan
from plans.rules import DocumentFinding
from plans.rules.content import DEMANDED, content
from plans.views.fetching import plan_here
from plans.views.goals.board import read_board

ASKED_BY_SCRIPT = "goals"
"""What the script calls itself in X-Requested-With."""
TOLD = timedelta(days=1)
"""How long a user's latest change stands at the top of the page, to be undone."""
SHOWN_CHANGES = 50
SHOWN_EXAMPLES = 3
SHOWING = (BlockKind.SCORECARD, BlockKind.AREAS, BlockKind.GOALS)

HELP = {
    f"Planen saknar {DEMANDED['goals']}:": "Eller lägg till målen här och låt ett avsnitt visa dem.",
    f"Planen saknar {DEMANDED['financial_goals']}:": (
        "Eller märk ett mål här som finansiellt, med en siffra, och låt ett avsnitt visa det."
    ),
    "De finansiella målen": "Skriv den i målet eller i ett av dess mått.",
}
"""What can be done here about each of the sentences that begin so."""

DONE = {
    GoalChange.Action.ADD: "är tillag{t}",
    GoalChange.Action.CHANGE: "är ändra{t}",
    GoalChange.Action.MOVE: "är flytta{t}",
    GoalChange.Action.REMOVE: "är bortta{get}",
}
DID = {
    GoalChange.Action.ADD: "lade till",
    GoalChange.Action.CHANGE: "ändrade",
    GoalChange.Action.MOVE: "flyttade",
    GoalChange.Action.REMOVE: "tog bort",
    GoalChange.Action.COPY: "hämtade",
    GoalChange.Action.UNDO: "ångrade en ändring av",
}


@dataclass(frozen=True)
class Shown:
    """A part of the document that shows goals, by its anchor and its heading."""

    anchor: str
    words: str


@require_safe
def goals(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The areas as columns with their goals, and the target groups."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_WORKING_COPY)
    return goals_page(request, here, plan)


def goals_page(
    request: HttpRequest, here: Access, plan: Plan, *, said: str = "", status: int = 200
) -> HttpResponse:
    """The board; `said` is why what was asked for is not done."""
    template = "plans/goals/part.html" if by_script(request) else "plans/goals/page.html"
    return render(request, template, _context(request, here, plan, said), status=status)


def back_to_goals(request: HttpRequest, here: Access, plan: Plan, key: str = "") -> HttpResponse:
    """What was asked for is done: the board, at the row."""
    if by_script(request):
        return goals_page(request, here, plan)
    place = f"#{key}" if key else ""
    return redirect(reverse("goals", args=[here.federation.slug, plan.plan_year]) + place)


def by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == ASKED_BY_SCRIPT


def _context(request: HttpRequest, here: Access, plan: Plan, said: str) -> dict[str, Any]:
    assert isinstance(request.user, User)
    # The number before the rows: what is changed in between is then found to be changed, not overwritten.
    seen = latest_number(plan)
    picture = read_plan(plan)
    writing = Writing(picture)
    board = read_board(plan, writing)
    may = here.may(Action.EDIT_WORKING_COPY)
    editable = may and plan.budget.is_open
    sources = plans_with_goals(plan) if editable and board.is_empty else []
    changes = GoalChange.objects.filter(plan=plan).order_by("-number")[:SHOWN_CHANGES]
    return {
        "here": here,
        "plan": plan,
        "said": said,
        "board": board,
        "seen": seen,
        "editable": editable,
        "lacks": list(_lacks(picture)),
        "law": citation("CONTENT", plan.plan_year),
        "shown": list(_showing(picture, writing)),
        "mine": _mine(plan, request.user) if editable else None,
        "latest": latest_undoable(plan) if editable else None,
        "changes": [
            (change, f"{DID[GoalChange.Action(change.action)]} {change.words}") for change in changes
        ],
        "sources": [(each, _examples(each)) for each in sources],
    }


def _examples(source: Plan) -> list[Goal]:
    """The first of its goals."""
    return list(Goal.objects.filter(plan=source)[:SHOWN_EXAMPLES])


def _lacks(picture: PlanPicture) -> Iterator[tuple[DocumentFinding, str]]:
    """What CONTENT says of the goals, and what can be done about it here."""
    for finding in content(picture):
        for start, help_text in HELP.items():
            if finding.sentence.startswith(start):
                yield finding, help_text


def _showing(picture: PlanPicture, writing: Writing) -> Iterator[Shown]:
    """Every heading under which the document shows goals, once."""
    told = set()
    for section in picture.all_sections():
        place = writing.places[section.key]
        if section.block in SHOWING and place.anchor not in told:
            told.add(place.anchor)
            yield Shown(place.anchor, f"{place.number} {place.heading}".strip() or "Inledning")


def _mine(plan: Plan, user: User) -> tuple[GoalChange, str] | None:
    """The user's latest change that can be undone, if it is recent, and what it did in a sentence."""
    change = latest_undoable(plan, user)
    if change is None or change.made_at < timezone.now() - TOLD:
        return None
    if change.action == GoalChange.Action.COPY:
        return change, f"Du hämtade {change.words}."
    is_neuter = KINDS[change.row_key.rpartition("-")[0]].is_neuter
    ending = {"t": "t", "get": "get"} if is_neuter else {"t": "d", "get": "gen"}
    done = DONE[GoalChange.Action(change.action)].format(**ending)
    return change, f"{change.words[0].upper()}{change.words[1:]} {done}."
