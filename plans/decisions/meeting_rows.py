"""Who stands on the page of a meeting: those who are recorded, or the board as it is appointed that day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from finsam.swedish import listed
from members.board import Seat, board_on, in_force
from members.models import Appointment, Body, Federation
from plans.decisions.reading import participants_of
from plans.models import Meeting, Participant, Plan

APPOINTED, MEMBER, RECORDED, NEW = "u", "m", "r", "ny"
"""How a row's key begins, before a number: of an appointment, of a member that decides, recorded by hand, and
added by hand now. Of an appointment or a member it is the same before it is recorded and after."""


@dataclass(frozen=True)
class Row:
    """Somebody on the page, as the page first shows them. `appointment` is a key, if any; `members` appointed
    them, `member_names` in words."""

    key: str
    name: str = ""
    post: str = Participant.Post.ORDINARY
    member_names: str = ""
    members: frozenset[str] = frozenset()
    order: int | None = None
    appointment: int | None = None
    participant: Participant | None = None

    @property
    def post_name(self) -> str:
        return str(Participant.Post(self.post).label)

    @property
    def seat(self) -> str:
        """What stands under the name: ersättare 1 för Region Gotland."""
        post = f"{self.post_name} {self.order}" if self.order else self.post_name
        return f"{post} för {self.member_names}" if self.member_names else post

    @property
    def by_hand(self) -> bool:
        """Whether post and member can be changed on the page: nothing else says what they are."""
        return self.key.startswith((NEW, RECORDED))


def recorded_rows(meeting: Meeting) -> list[Row]:
    keys = {each.name: f"{MEMBER}{each.pk}" for each in meeting.plan.federation.members.all()}
    by_members = meeting.decided_by == Meeting.DecidedBy.MEMBERS
    return [
        _recorded(each, keys.get(each.member_names, "") if by_members else "")
        for each in participants_of(meeting)
    ]


def _recorded(each: Participant, key: str) -> Row:
    appointment = each.appointment
    members = {member.name for member in appointment.members.all()} if appointment else set()
    return Row(
        key=f"{APPOINTED}{appointment.pk}" if appointment else key or f"{RECORDED}{each.pk}",
        name=each.name,
        post=each.post,
        member_names=each.member_names,
        members=frozenset(members or filter(None, [each.member_names])),
        order=each.deputy_order,
        appointment=each.appointment_id,
        participant=each,
    )


def keys_of_day(federation: Federation, day: date, decided_by: str) -> list[str]:
    """The board that day: ledamöter first, who presides before others, then deputies, each in the order of
    the members. Where the members decide, each of them."""
    members = [each for each in federation.members.all() if in_force(each.joined, each.left, day)]
    if decided_by == Meeting.DecidedBy.MEMBERS:
        return [f"{MEMBER}{each.pk}" for each in members]
    seats = [_seat(each) for each in _appointments(federation)]
    board = board_on([each.name for each in members], seats, day)
    presiding = {Participant.Post.CHAIR: 0, Participant.Post.VICE_CHAIR: 1}
    ordinary = sorted(board.ordinary, key=lambda seat: presiding.get(Participant.Post(seat.post), 2))
    return [f"{APPOINTED}{seat.key}" for seat in (*ordinary, *board.deputies)]


def known_rows(plan: Plan, meeting: Meeting) -> dict[str, Row]:
    """Everybody that the page may name, by key, as they are recorded or else appointed, on whatever day."""
    rows = [
        Row(f"{MEMBER}{each.pk}", member_names=each.name, members=frozenset({each.name}))
        for each in plan.federation.members.all()
    ]
    for each in _appointments(plan.federation):
        if each.post in Participant.Post.values:
            names = [member.name for member in each.members.all()]
            rows.append(
                Row(
                    key=f"{APPOINTED}{each.pk}",
                    name=each.person,
                    post=each.post,
                    member_names=listed(sorted(names)),
                    members=frozenset(names),
                    order=each.deputy_order,
                    appointment=each.pk,
                )
            )
    return {row.key: row for row in (*rows, *(recorded_rows(meeting) if meeting.pk else ()))}


def _appointments(federation: Federation) -> QuerySet[Appointment]:
    appointments = Appointment.objects.filter(federation=federation, body=Body.BOARD)
    return appointments.order_by("position", "pk").prefetch_related("members")


def _seat(each: Appointment) -> Seat:
    return Seat(
        post=each.post,
        members=frozenset(member.name for member in each.members.all()),
        starts=each.starts,
        ends=each.ends,
        key=each.pk,
        person=each.person,
        order=each.deputy_order,
    )
