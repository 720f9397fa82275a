"""The decision as it was frozen, its files, and what has happened since."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from members.access import Access, Action
from members.board import in_force
from members.models import Member
from plans.decisions.afterwards import appeal_ends, tasks
from plans.decisions.event_form import EventForm
from plans.decisions.protocol import VOTE_NAMES
from plans.decisions.record import Record, read
from plans.log.recording import note_read
from plans.models import Decision, DecisionFile, LoggedRead, Plan, Version, VersionEvent
from plans.versions.access import is_adopted
from plans.views.fetching import plan_here
from plans.views.way.version_file import CONTENT_TYPES

NAMES = {
    "plan": "plan-{year}-faststalld",
    "budget": "budget-{year}-faststalld",
    "protocol": "protokollsutdrag-{year}",
}
BOARDS = (Member.Kind.REGION, Member.Kind.MUNICIPALITY, Member.Kind.REGION_MUNICIPALITY)
"""The members that have a notice board (FinsamL 19 §)."""


@require_safe
def decision(request: HttpRequest, slug: str, plan_year: int) -> HttpResponse:
    """The latest decision of the plan year; before there is one, that there is none. With `anteckna`, which
    may name a kind of event, of the version that is on its way, though it revises one that is decided."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_ADOPTED_VERSION)
    latest = None if "anteckna" in request.GET and not plan.is_draft else _decisions(plan).first()
    return decided_page(request, here, plan, latest.version if latest else plan.version)


@require_safe
def decision_of_version(request: HttpRequest, slug: str, plan_year: int, number: int) -> HttpResponse:
    here, plan = plan_here(request, slug, plan_year, Action.READ_ADOPTED_VERSION)
    found = get_object_or_404(_decisions(plan), version__number=number)
    return decided_page(request, here, plan, found.version)


@require_safe
def decision_file(
    request: HttpRequest, slug: str, plan_year: int, number: int, kind: str
) -> HttpResponseBase:
    """A file of the decision, named by its hash to a browser that has it already."""
    here, plan = plan_here(request, slug, plan_year, Action.READ_ADOPTED_VERSION)
    found = get_object_or_404(_decisions(plan), version__number=number)
    file = get_object_or_404(found.files.defer("content"), kind=kind)
    entity_tag = f'"{file.hash}"'
    answer = get_conditional_response(request, etag=entity_tag) or _whole(here, plan, found, file)
    answer["ETag"] = entity_tag
    answer["Cache-Control"] = "private, no-cache"
    note_read(request, here.federation, LoggedRead.What.DECISION_FILE, file.kind, version=found.version)
    return answer


def _whole(here: Access, plan: Plan, found: Decision, file: DecisionFile) -> HttpResponse:
    what, _, form = file.kind.rpartition("_")
    name = f"{here.federation.slug}-{NAMES[what].format(year=plan.plan_year)}"
    if found.plan.revision:
        name += f"-version-{found.version.number}"
    answer = HttpResponse(bytes(file.content), content_type=CONTENT_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _decisions(plan: Plan) -> Any:
    """All of the plan year, the latest first."""
    found = Decision.objects.filter(plan__federation=plan.federation, plan__plan_year=plan.plan_year)
    return found.select_related("version", "plan").defer("version__content").order_by("-plan__revision")


def event_form(version: Version, data: QueryDict | None = None, kind: str = "") -> EventForm:
    """The form, with `kind` chosen."""
    decided_on = version.decision.decided_on if is_adopted(version) else None
    return EventForm(data, boards=notice_boards(version), decided_on=decided_on, initial={"kind": kind})


def notice_boards(version: Version) -> tuple[str, ...]:
    """The members that the announcement of the minutes goes up with: those of the day of the decision."""
    if not is_adopted(version):
        return ()
    members = version.plan.federation.members.filter(kind__in=BOARDS)
    return tuple(
        each.name for each in members if in_force(each.joined, each.left, version.decision.decided_on)
    )


def decided_page(
    request: HttpRequest,
    here: Access,
    plan: Plan,
    version: Version | None,
    *,
    form: EventForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a version's decision; or, before the decision, of what has happened on the way to it."""
    may_record = here.may(Action.RECORD_MEETING) and not here.lacks_second_factor(
        request, Action.RECORD_MEETING
    )
    adopted = version is not None and is_adopted(version)
    events = list(version.events.all()) if version and (adopted or may_record) else []
    if version and may_record and form is None:
        form = event_form(version, kind=request.GET.get("anteckna", ""))
    context: dict[str, Any] = {
        "here": here,
        "plan": plan,
        "version": version,
        "decision": version.decision if version and adopted else None,
        "events": events,
        "form": form if may_record else None,
        "may_record": may_record,
        "may_decide": here.may(Action.DECIDE) and plan.state == Plan.State.BOARD,
    }
    if version and adopted:
        context |= _of_decision(version, events)
        context["others"] = [each for each in _decisions(plan) if each.pk != version.decision.pk]
        note_read(request, here.federation, LoggedRead.What.DECISION_PAGE, version=version)
    return render(request, "plans/decision/decided.html", context, status=status)


def _of_decision(version: Version, events: list[VersionEvent]) -> dict[str, Any]:
    record, boards = read(version.decision.content), notice_boards(version)
    approved = _first(events, VersionEvent.Kind.MINUTES_APPROVED)
    announced: dict[str, date] = {}
    for each in events:
        if each.kind == VersionEvent.Kind.MINUTES_ANNOUNCED:
            announced.setdefault(each.where, each.on)
    return {
        "record": record,
        "files": sorted(version.decision.files.defer("content"), key=_place),
        "tasks": tasks(record.on, approved, announced, boards),
        "appeal_ends": appeal_ends(announced, boards),
        "superseded": any(each.kind == VersionEvent.Kind.SUPERSEDED for each in events),
        "votes": _votes(record),
    }


def _place(file: DecisionFile) -> int:
    return list(DecisionFile.Kind).index(DecisionFile.Kind(file.kind))


def _first(events: list[VersionEvent], kind: str) -> date | None:
    return min((each.on for each in events if each.kind == kind), default=None)


def _votes(record: Record) -> list[tuple[str, str]]:
    """Who voted how, in words."""
    return [(each.name, VOTE_NAMES[each.vote]) for each in record.serving] if record.votes else []
