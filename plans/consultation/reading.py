"""From the tables to how a samråd stands, with a fixed number of queries."""

from collections import defaultdict
from datetime import date, datetime

from django.utils.timezone import localdate

from members.models import Member, Role, RoleKind
from plans.consultation.standing import (
    Answer,
    MemberStanding,
    SentVersion,
    Standing,
    sent_versions,
    takes_part,
)
from plans.models import ConsultationAnswer, Notice, Plan, PlanMove, Version


def read_standing(plan: Plan, until: datetime | None = None) -> Standing:
    """The samråd of a plan, as it stood `until` then or stands now; the plan's federation should be read with
    it."""
    versions = tuple(each for each in _versions(plan) if until is None or each.sent_at <= until)
    if not versions:
        return Standing()
    answers = _answers(plan, {each.number: each for each in versions})
    answers = [each for each in answers if until is None or each.at <= until]
    representatives, reminded = _representatives(plan), _reminded(plan)
    members = tuple(
        MemberStanding(
            member.pk,
            member.name,
            answers=tuple(each for each in answers if each.member == member.pk),
            representatives=tuple(representatives[member.pk]),
            reminded=tuple(sorted(reminded[member.pk], reverse=True)),
        )
        for member in members_asked(plan, versions[0].sent_on)
    )
    return Standing(versions, members, last_answer=max((each.key for each in answers), default=0))


def members_asked(plan: Plan, sent_on: date) -> list[Member]:
    """Those that are members some day from when the plan was first sent until the end of its plan year."""
    last = date(plan.plan_year, 12, 31)
    return [
        each
        for each in plan.federation.members.all()
        if takes_part(each.joined, each.left, min(sent_on, last), last)
    ]


def reminder_keys(plan: Plan) -> str:
    """How the names of a plan's reminders begin, among the notices."""
    return f"consultation-{plan.pk}-"


def reminder_key(plan: Plan, member: int, day: date) -> str:
    """What a member's reminder of that day is called."""
    return f"{reminder_keys(plan)}{member}-{day.isoformat()}"


def _versions(plan: Plan) -> tuple[SentVersion, ...]:
    sent = Version.objects.filter(plan=plan, purpose=Version.Purpose.CONSULTATION).order_by("number")
    to_board = PlanMove.objects.filter(plan=plan, action=PlanMove.Action.SUBMIT)
    rows = [(number, at, localdate(at)) for number, at in sent.values_list("number", "made_at")]
    return sent_versions(rows, to_board.values_list("at", flat=True)) if rows else ()


def _answers(plan: Plan, versions: dict[int, SentVersion]) -> list[Answer]:
    """Without the files, the latest first."""
    rows = ConsultationAnswer.objects.filter(version__plan=plan).order_by("-at", "-pk")
    return [
        Answer(
            key=each.pk,
            member=each.member_id,
            member_name=each.member_name,
            version=versions[each.version.number],
            on=each.on,
            who=each.who,
            text=each.text,
            file_name=each.file_name,
            at=each.at,
            by_name=each.by_name,
        )
        for each in rows.select_related("version").defer("file", "version__content")
        if each.version.number in versions
    ]


def _representatives(plan: Plan) -> defaultdict[int | None, list[str]]:
    found: defaultdict[int | None, list[str]] = defaultdict(list)
    roles = Role.objects.filter(
        federation=plan.federation_id, kind=RoleKind.MEMBER_REPRESENTATIVE, user__is_active=True
    )
    for role in roles.select_related("user").order_by("user__name", "pk"):
        found[role.member_id].append(str(role.user))
    return found


def _reminded(plan: Plan) -> defaultdict[int, list[datetime]]:
    """When each member has been reminded: once for all of its representatives."""
    found: defaultdict[int, dict[str, datetime]] = defaultdict(dict)
    beginning = reminder_keys(plan)
    notices = Notice.objects.filter(kind=Notice.Kind.REMINDER, key__startswith=beginning)
    for key, at in notices.order_by("made_at").values_list("key", "made_at"):
        member, _, day = key.removeprefix(beginning).partition("-")
        found[int(member)].setdefault(day, at)
    return defaultdict(list, {member: list(days.values()) for member, days in found.items()})
