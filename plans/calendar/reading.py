"""From the tables to what the calendar of a plan is made of, with a fixed number of queries."""

from datetime import date, datetime

from members.models import Member
from plans.calendar.dates import Known
from plans.consultation.reading import read_standing
from plans.models import Decision, Meeting, Plan, Version, VersionEvent

BOARDS = (Member.Kind.REGION, Member.Kind.MUNICIPALITY, Member.Kind.REGION_MUNICIPALITY)
"""The members that have a notice board (FinsamL 19 §)."""
Kind = VersionEvent.Kind


def read_known(plan: Plan) -> Known:
    """What is known of the plan's way; the plan's federation should be read with it."""
    standing = read_standing(plan)
    decision = Decision.objects.filter(plan=plan).defer("content").first()
    meeting = Meeting.objects.filter(plan=plan).order_by("-on", "-pk").first()
    events = list(VersionEvent.objects.filter(version__plan=plan).order_by("on", "pk"))
    announced: dict[str, date] = {}
    for each in events:
        if each.kind == Kind.MINUTES_ANNOUNCED:
            announced.setdefault(each.where, each.on)
    held = decision.decided_on if decision else None
    said = meeting.announced_on if meeting else None
    return Known(
        plan_year=plan.plan_year,
        consulted_on=standing.versions[0].sent_on if standing.versions else None,
        silent=len(standing.silent),
        announced_on=said or _first(events, Kind.MEETING_ANNOUNCED),
        published_on=_first(events, Kind.PROPOSAL_PUBLISHED),
        meeting_on=held or (meeting.on if meeting else None),
        decided=decision is not None,
        approved_on=_first(events, Kind.MINUTES_APPROVED),
        boards=tuple(each.name for each in plan.federation.members.all() if each.kind in BOARDS),
        announced_with=announced,
        is_revision=plan.revision > 0,
        by_members=meeting is not None and meeting.decided_by == Meeting.DecidedBy.MEMBERS,
    )


def last_changed(plan: Plan) -> datetime:
    """When what the calendar is made of last changed, as far as that is kept."""
    events = VersionEvent.objects.filter(version__plan=plan).order_by("at").values_list("at", flat=True)
    sent = Version.objects.filter(plan=plan).order_by("made_at").values_list("made_at", flat=True)
    return max(filter(None, (plan.made_at, plan.state_since, events.last(), sent.last())))


def _first(events: list[VersionEvent], kind: str) -> date | None:
    return min((each.on for each in events if each.kind == kind), default=None)
