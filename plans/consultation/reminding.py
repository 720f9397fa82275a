"""Reminding those who have not answered, at most once a day."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from members.models import RoleKind, User
from plans.consultation.reading import reminder_key
from plans.consultation.standing import MemberStanding
from plans.models import Notice, Plan, Version
from plans.notices.telling import Message, tell
from plans.states.moving import lock


def remind(plan: Plan, silent: Iterable[MemberStanding], today: date, address: str) -> list[str]:
    """Tell the representatives of these members that their answer is awaited. Gives the names of the members
    that were reminded now: not of those that have been today, or have no representative."""
    with transaction.atomic():
        lock(plan)  # two who remind at once remind once
        return [each.name for each in silent if _remind(plan, each, today, address)]


def _remind(plan: Plan, member: MemberStanding, today: date, address: str) -> bool:
    representatives = User.objects.filter(
        is_active=True,
        roles__federation=plan.federation_id,
        roles__kind=RoleKind.MEMBER_REPRESENTATIVE,
        roles__member=member.member,
    )
    sentence = f"{member.name} har inte svarat på samrådet om planen för {plan.plan_year}."
    message = Message(Notice.Kind.REMINDER, reminder_key(plan, member.member, today), sentence, address)
    return bool(tell(representatives, plan.federation, message, _version_read(plan)))


def _version_read(plan: Plan) -> Version | None:
    """The version that representatives read now; none when it is the board's turn."""
    version = plan.version
    return version if version and version.purpose == Version.Purpose.CONSULTATION else None
