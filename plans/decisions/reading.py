"""From the tables to the pure pictures that a decision is judged by: who was there, and the way here."""

from datetime import date

from django.utils.timezone import localdate

from members.board import in_force
from plans.decisions.people import Person
from plans.models import ConsultationAnswer, Meeting, Participant, Plan, PlanMove, VersionEvent
from plans.rules.decision import Way


def participants_of(meeting: Meeting) -> list[Participant]:
    """In their order, with what they are appointed to."""
    rows = meeting.participants.select_related("serves_for", "appointment")
    return list(rows.prefetch_related("appointment__members"))


def person_of(participant: Participant) -> Person:
    """Whose members are those of the appointment, or what is written where there is none."""
    appointment = participant.appointment
    named = {each.name for each in appointment.members.all()} if appointment else set()
    written = {participant.member_names} if participant.member_names else set()
    return Person(
        key=str(participant.pk),
        name=participant.name,
        post=participant.post,
        members=frozenset(named or written),
        order=participant.deputy_order,
        present=participant.is_present,
        conflict=participant.conflict_of_interest,
        presides=participant.presides,
        serves_for=str(participant.serves_for_id or ""),
        vote=participant.vote,
        reservation=participant.reservation,
    )


def way_of(plan: Plan, meeting: Meeting) -> Way:
    """How the plan came to this meeting, with a fixed number of queries."""
    moves = PlanMove.objects.filter(plan=plan, action=PlanMove.Action.CONSULT).order_by("number")
    consulted = moves.values_list("at", flat=True).first()
    members = [
        each.name for each in plan.federation.members.all() if in_force(each.joined, each.left, meeting.on)
    ]
    answers: dict[str, date] = {}
    given = ConsultationAnswer.objects.filter(version__plan=plan).select_related("member").defer("file")
    for answer in given.order_by("-on"):
        answers[answer.member.name] = answer.on
    return Way(
        plan_year=plan.plan_year,
        decided_on=meeting.on,
        is_public=meeting.is_public,
        announced_on=meeting.announced_on or _first(plan, VersionEvent.Kind.MEETING_ANNOUNCED),
        published_on=_first(plan, VersionEvent.Kind.PROPOSAL_PUBLISHED),
        consulted_on=localdate(consulted) if consulted else None,
        members=tuple(members),
        answers=answers,
        is_revision=plan.revision > 0,
        by_members=meeting.decided_by == Meeting.DecidedBy.MEMBERS,
    )


def _first(plan: Plan, kind: str) -> date | None:
    """The first day that something happened to any version of the plan."""
    events = VersionEvent.objects.filter(version__plan=plan, kind=kind)
    return events.order_by("on").values_list("on", flat=True).first()
