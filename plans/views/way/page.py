"""The way to the decision: where the plan is, what may be done with it, what has happened, its versions."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from members.access import Access, Action
from members.models import RoleKind, User
from plans.models import Plan, PlanMove, Version, VersionEvent, VersionFile
from plans.picture import PlanPicture
from plans.reading import read_plan
from plans.review.rights import Rights
from plans.review.threads import open_comments
from plans.revising import may_be_dropped
from plans.states.changed import has_changed
from plans.states.lacking import lacking
from plans.states.table import MOVES, refusal
from plans.versions.access import is_adopted, refused
from plans.versions.making import PURPOSE_NAMES
from plans.views.fetching import plan_here
from plans.views.way.lacks import ShownLack, shown_lacks

PAGES = {
    PlanMove.Action.CONSULT: "send_consultation",
    PlanMove.Action.SUBMIT: "send_board",
    PlanMove.Action.SEND_BACK: "send_back",
    PlanMove.Action.ADOPT: "adopt_plan",
}
"""Where each move is made."""
PURPOSES = {
    PlanMove.Action.CONSULT: Version.Purpose.CONSULTATION,
    PlanMove.Action.SUBMIT: Version.Purpose.BOARD,
}
AGAIN = {
    PlanMove.Action.CONSULT: "Skicka en ny version på samråd",
    PlanMove.Action.SUBMIT: "Skicka en ny version till styrelsen",
}
"""What a move is called that leads to where the plan is."""
KINDS = VersionFile.Kind.values
FORWARD = {
    Plan.State.DRAFT: PlanMove.Action.CONSULT,
    Plan.State.CONSULTATION: PlanMove.Action.SUBMIT,
    Plan.State.BOARD: PlanMove.Action.ADOPT,
}
"""The move that most often comes next."""


@dataclass(frozen=True)
class Step:
    """A move: where it is made, or why this user may not make it now; and what the plan lacks before it."""

    name: str
    address: str = ""
    refused: str = ""
    lacks: list[ShownLack] = field(default_factory=list)
    is_next: bool = False


@dataclass(frozen=True)
class ShownVersion:
    """A version that the user may read."""

    version: Version
    purpose: str
    files: list[tuple[str, str]]
    is_read_now: bool
    """Whether it is the one that others read."""
    decision: str = ""
    """Where its decision is, when it is adopted."""


@require_safe
def plan_way(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """Everybody in the federation sees where the plan is; what it lacks is for those who edit it."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_FEDERATION)
    assert isinstance(request.user, User)
    lacks_factor = here.lacks_second_factor(request, Action.READ_WORKING_COPY)
    picture = None
    if here.may(Action.READ_WORKING_COPY) and not lacks_factor and plan.state != Plan.State.ADOPTED:
        picture = read_plan(plan, contents=True)
    versions = list(_versions(here, plan))
    steps = list(_steps(here, plan, picture, _forward(plan, versions)))
    return render(
        request,
        "plans/way/page.html",
        {
            "here": here,
            "plan": plan,
            "stages": [(state, label) for state, label in Plan.State.choices],
            "steps": sorted((each for each in steps if not each.refused), key=lambda each: not each.is_next),
            "others": [each for each in steps if each.refused],
            "changed_since": _changed_since(plan, picture) if picture else None,
            "was_consulted": any(each.version.purpose == Version.Purpose.CONSULTATION for each in versions),
            "sent_back": _sent_back(plan) if here.may(Action.EDIT_WORKING_COPY) else None,
            "moves": _moves(plan) if here.may(Action.READ_LOG) else None,
            "versions": versions,
            "may_edit": here.may(Action.EDIT_WORKING_COPY),
            "open_comments": open_comments(Rights(here, request.user, plan)),
            "may_drop": here.may(Action.CREATE_PLAN) and may_be_dropped(plan),
        },
    )


def _forward(plan: Plan, versions: list[ShownVersion]) -> PlanMove.Action | None:
    """The move that most often comes next; what the board has sent back goes to the board again."""
    has_been_there = any(
        each.version.plan_id == plan.pk and each.version.purpose == Version.Purpose.BOARD for each in versions
    )
    if plan.state == Plan.State.DRAFT and has_been_there:
        return PlanMove.Action.SUBMIT
    return FORWARD.get(Plan.State(plan.state))


def _steps(
    here: Access, plan: Plan, picture: PlanPicture | None, forward: PlanMove.Action | None
) -> Iterator[Step]:
    state = Plan.State(plan.state)
    lacks_meeting = state == Plan.State.BOARD and not plan.meetings.exists()
    for action, move in MOVES.items():
        if reason := refusal(action, state, here.kinds):
            yield Step(move.name, refused=reason)
        else:
            yield Step(
                AGAIN[action] if move.to == state else move.name,
                _page_of(plan, PAGES[action]),
                lacks=_lacks(plan, picture, action),
                is_next=action == forward and not (lacks_meeting and action == PlanMove.Action.ADOPT),
            )
    if state == Plan.State.CONSULTATION and RoleKind.MEMBER_REPRESENTATIVE in here.kinds:
        yield Step("Svara på samrådet", _page_of(plan, "consultation"), is_next=True)
    if state == Plan.State.BOARD and here.may(Action.RECORD_MEETING):
        yield Step("Skriv in sammanträdet", _page_of(plan, "meeting"), is_next=lacks_meeting)
    if state == Plan.State.ADOPTED and here.may(Action.CREATE_PLAN):
        yield Step("Revidera planen", _page_of(plan, "revise_plan"))


def _page_of(plan: Plan, name: str) -> str:
    return reverse(name, kwargs={"slug": plan.federation.slug, "plan_year": plan.plan_year})


def _lacks(plan: Plan, picture: PlanPicture | None, action: PlanMove.Action) -> list[ShownLack]:
    if picture is None or action not in PURPOSES:
        return []
    return shown_lacks(plan, lacking(picture, PURPOSES[action]))


def _changed_since(plan: Plan, picture: PlanPicture) -> Version | None:
    """The last version, when the plan has changed since."""
    last = plan.versions.order_by("number").last()
    return last if last and has_changed(picture, last.content) else None


def _sent_back(plan: Plan) -> PlanMove | None:
    """The move that brought the plan back to be mended, while it is the last."""
    last = plan.moves.order_by("-number").defer("version").first()
    return last if last and last.action == PlanMove.Action.SEND_BACK else None


def _moves(plan: Plan) -> QuerySet[PlanMove]:
    """All moves of the plan year, those of earlier revisions too, the latest first."""
    moves = PlanMove.objects.filter(plan__federation=plan.federation, plan__plan_year=plan.plan_year)
    return moves.select_related("version", "plan").defer("version__content").order_by("-at", "-pk")


def _versions(here: Access, plan: Plan) -> Iterator[ShownVersion]:
    """Those of the plan year that the user may read, the latest first."""
    found = (
        Version.objects.filter(federation=plan.federation, plan_year=plan.plan_year)
        .select_related("plan", "decision")
        .defer("content", "decision__content")
        .prefetch_related(
            Prefetch("files", VersionFile.objects.defer("content")),
            Prefetch("events", VersionEvent.objects.all()),
        )
        .order_by("-number")
    )
    for version in found:
        if refused(here, version):
            continue
        yield ShownVersion(
            version,
            PURPOSE_NAMES[version.purpose],
            [
                (each.get_kind_display(), _address("version_file", here, version, kind=each.kind))
                for each in sorted(version.files.all(), key=lambda file: KINDS.index(file.kind))
            ],
            version.pk == plan.version_id,
            _address("decision_of_version", here, version) if is_adopted(version) else "",
        )


def _address(name: str, here: Access, version: Version, **more: str) -> str:
    of_version = {
        "slug": here.federation.slug,
        "plan_year": version.plan_year,
        "number": version.number,
    }
    return reverse(name, kwargs={**of_version, **more})
