"""A small plan before the board, with a meeting that can decide it."""

from datetime import UTC, date, datetime
from typing import Any

from budgets.models import Amount, Budget, BudgetLine, BudgetYear
from budgets.rules import check
from budgets.rules.sentences import sentence
from members.models import Appointment, Federation, Member, RoleKind, User
from plans.models import (
    ConsultationAnswer,
    DecisionSentence,
    Explanation,
    Meeting,
    Participant,
    Plan,
    PlanMove,
    Section,
    Version,
    VersionEvent,
    plan_of,
)
from plans.reading import read_plan
from plans.states.moving import Mover, send
from tests.members import people

ANNOUNCED, MEETING_DAY = date(2020, 11, 10), date(2020, 11, 24)
SENTENCES = ("att godkänna planen", "att fastställa budgeten")
ROLES = ("goals", "guidelines", "financial_goals", "appropriations", "financing", "closing_position")
MEMBERS = (
    ("Försäkringskassan", "state"),
    ("Arbetsförmedlingen", "state"),
    ("Region Gotland", "region_municipality"),
)
AMOUNTS = {
    # section, class, payer: 2021, 2022, 2023
    ("income", "contribution", "state"): (1_000_000, 1_000_000, 1_000_000),
    ("income", "contribution", "region_municipality"): (1_000_000, 1_000_000, 1_000_000),
    ("cost", "administration", ""): (400_000, 400_000, 400_000),
    ("cost", "insats", ""): (1_700_000, 1_500_000, 1_500_000),
}
"""A deficit of 100 000 kr in 2021; there are 300 000 kr to cover it with."""
BOARD = (
    ("Anna Alm", "chair", "Region Gotland", None),
    ("Bo Al", "vice_chair", "Försäkringskassan", None),
    ("Cia Berg", "ordinary", "Arbetsförmedlingen", None),
    ("Dan Ek", "ordinary", "Region Gotland", None),
    ("Eva Fors", "deputy", "Arbetsförmedlingen", 1),
    ("Fia Gran", "deputy", "Region Gotland", 1),
    ("Gun Holm", "deputy", "Region Gotland", 2),
)


class Clock:
    """What time it is, for all of Finsam: `django.utils.timezone.now` in a test."""

    def __init__(self, on: date = date(2020, 9, 15)) -> None:
        self.set(on)

    def set(self, on: date) -> None:
        """Noon of that day."""
        self.time = datetime(on.year, on.month, on.day, 11, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


# -- the plan ----------------------------------------------------------------------------------------


def a_plan(slug: str = "gotland", **federation: Any) -> Plan:
    """A small plan of 2021 with all that the law asks for, and an explanation of all that asks for one."""
    made = people.federation(slug, name=f"Samordningsförbundet {slug.capitalize()}", **federation)
    for place, (name, kind) in enumerate(MEMBERS):
        Member.objects.create(federation=made, name=name, kind=kind, position=place)
    plan = plan_of(_budget(made), title="Verksamhetsplan 2021", diary_number="2020/17")
    for place, role in enumerate(ROLES):
        Section.objects.create(
            plan=plan, key=role, heading=f"Avsnitt {place}", role=role, text="<p>Noll kronor.</p><p>5 st.</p>"
        )
    explain_everything(plan)
    return Plan.objects.select_related("federation", "budget").get(pk=plan.pk)


def _budget(federation: Federation) -> Budget:
    budget = Budget.objects.create(federation=federation, plan_year=2021, unit="SEK")
    years = [
        BudgetYear.objects.create(budget=budget, year=2021 + place, kind=kind, position=place)
        for place, kind in enumerate(("budget", "plan", "plan"))
    ]
    for place, ((section, line_class, payer), amounts) in enumerate(AMOUNTS.items()):
        line = BudgetLine.objects.create(
            budget=budget,
            section=section,
            line_class=line_class,
            member_kind=payer,
            name=f"{line_class} {payer}".strip(),
            position=place,
        )
        Amount.objects.bulk_create(
            Amount(line=line, year=year, amount=amount) for year, amount in zip(years, amounts, strict=True)
        )
    opening = BudgetLine.objects.create(
        budget=budget, section="opening_equity", name="Ingående eget kapital", position=9
    )
    Amount.objects.create(line=opening, year=years[0], amount=300_000)
    return budget


def explain_everything(plan: Plan) -> None:
    picture = read_plan(plan)
    for each in check(picture.sheet, picture.circumstances):
        said = sentence(each, picture.sheet, with_reference=False)
        details = {"code": each.code, "text": "Styrelsen har valt det.", "made_by_name": "Karin Ek"}
        Explanation.objects.get_or_create(plan=plan, sentence=said, defaults=details)


def with_board(plan: Plan) -> Plan:
    """The board of the federation, as it is appointed."""
    members = {each.name: each for each in plan.federation.members.all()}
    for place, (person, post, member, order) in enumerate(BOARD):
        appointment = Appointment.objects.create(
            federation=plan.federation,
            body="board",
            post=post,
            person=person,
            deputy_order=order,
            position=place,
        )
        appointment.members.set([members[member]])
    return plan


# -- on its way ----------------------------------------------------------------------------------------


def director_of(plan: Plan) -> User:
    return people.with_role(plan.federation, RoleKind.DIRECTOR, people.user(name="Karin Ek"))


def chair_of(plan: Plan) -> User:
    return people.with_role(plan.federation, RoleKind.CHAIR, people.user(name="Anna Alm"))


def mover(user: User, plan: Plan, kind: RoleKind = RoleKind.DIRECTOR) -> Mover:
    """Who has seen all moves so far."""
    return Mover(user, frozenset({kind}), plan.moves.count())


def before_board(plan: Plan, director: User, clock: Clock) -> Version:
    """Sent for samråd in September, answered by all, sent to the board in November and public the day that
    the meeting was announced. It is then the day of the meeting."""
    clock.set(date(2020, 9, 15))
    consulted = send(plan, PlanMove.Action.CONSULT, mover(director, plan))
    for member in plan.federation.members.all():
        _answered(consulted, member, director)
    clock.set(ANNOUNCED)
    version = send(plan, PlanMove.Action.SUBMIT, mover(director, plan))
    VersionEvent.objects.create(
        version=version,
        kind=VersionEvent.Kind.PROPOSAL_PUBLISHED,
        on=ANNOUNCED,
        at=clock(),
        by=director,
        by_name=str(director),
    )
    clock.set(MEETING_DAY)
    plan.refresh_from_db()
    return version


def _answered(version: Version, member: Member, user: User) -> None:
    ConsultationAnswer.objects.create(
        version=version,
        member=member,
        member_name=member.name,
        on=date(2020, 10, 20),
        who="En handläggare",
        text="Inget att erinra.",
        at=version.made_at,
        by=user,
        by_name=str(user),
    )


# -- the meeting -----------------------------------------------------------------------------------------


def meeting(plan: Plan, **changes: Any) -> Meeting:
    """Three of four ledamöter are there, and a deputy serves for the fourth."""
    details: dict[str, Any] = {
        "on": MEETING_DAY,
        "place": "Visby",
        "paragraph": "45",
        "is_public": True,
        "announced_on": ANNOUNCED,
        "secretary": "Karin Ek",
        "approver": "Bo Al",
    }
    made = Meeting.objects.create(plan=plan, **{**details, **changes})
    for place, text in enumerate(SENTENCES):
        DecisionSentence.objects.create(meeting=made, position=place, text=text)
    seat(made, "Anna Alm", "chair", "Region Gotland", is_present=True, presides=True)
    seat(made, "Bo Al", "ordinary", "Försäkringskassan", is_present=True, at_distance=True)
    away = seat(made, "Cia Berg", "ordinary", "Arbetsförmedlingen")
    seat(made, "Dan Ek", "ordinary", "Region Gotland", is_present=True)
    seat(made, "Eva Fors", "deputy", "Arbetsförmedlingen", deputy_order=1, is_present=True, serves_for=away)
    return made


def seat(meeting: Meeting, name: str, post: str, member: str, **details: Any) -> Participant:
    return Participant.objects.create(
        meeting=meeting,
        name=name,
        post=post,
        member_names=member,
        position=meeting.participants.count(),
        **details,
    )
