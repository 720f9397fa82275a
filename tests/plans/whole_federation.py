"""A federation with a row in every table that belongs to one: a plan that was adopted in earnest, and a draft
for the next year with a history of edits, some of rows that are gone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from struct import unpack
from typing import Any
from zipfile import ZipFile

from allauth.mfa.models import Authenticator
from django.utils import timezone

from budgets.editing import lines
from budgets.editing.amounts import set_amount
from budgets.editing.change import Author, make_change
from budgets.models import (
    Amount,
    Budget,
    BudgetLine,
    BudgetYear,
    Change,
    ContributionStatus,
    Import,
    PrintedTotal,
    PrintedTotalAmount,
    PrintedTotalPart,
)
from finsam.pictures.reencoding import reencoded
from members.access_log import note_role
from members.invitations import hashed
from members.models import (
    AccessChange,
    EarlierName,
    Federation,
    Invitation,
    Logotype,
    Policy,
    Role,
    RoleKind,
    User,
)
from plans.compose import Kind
from plans.decisions.adopting import adopt
from plans.editing.goals import remove_row
from plans.editing.goals_rows import GOAL
from plans.editing.outline import add_section, remove_section
from plans.editing.section import change_text
from plans.illustrations import store_illustration
from plans.log.recording import note_explanation
from plans.models import (
    Activity,
    Area,
    Comment,
    CommentEntry,
    ConsultationAnswer,
    Goal,
    Indicator,
    LoggedRead,
    Notice,
    NoticeChoice,
    Plan,
    Reading,
    Risk,
    Section,
    TargetGroup,
    Term,
    Version,
    plan_of,
)
from plans.rendering import Format, written
from projects.models import BoardDecision, Financer, PlannedParticipants, Project
from tests.plans import adoption_world as made
from tests.plans.made_illustrations import drawn

NUMBER = "222000-2733"
DIRECTOR = "karin.ek@example.se"
TOKEN, SECRET = "länkens hemlighet", "andra faktorns hemlighet"
AT = datetime(2021, 9, 1, 10, tzinfo=UTC)
ANSWER = b"%PDF-1.4 yttrande"


@dataclass(frozen=True)
class Whole:
    federation: Federation
    adopted: Plan
    draft: Plan
    director: User


def whole_federation(clock: made.Clock) -> Whole:
    """Gotland. Its director is Karin Ek; the clock is in 2021 afterwards."""
    plan = made.with_board(made.a_plan("gotland", organisation_number=NUMBER))
    federation = plan.federation
    director = User.objects.create_user(DIRECTOR, "hemligt lösenord 1", name="Karin Ek")
    role = Role.objects.create(user=director, federation=federation, kind=RoleKind.DIRECTOR)
    note_role(AccessChange.Kind.ROLE_GIVEN, role, director)
    version = made.before_board(plan, director, clock)
    _read(version, director)
    chair = made.chair_of(plan)
    adopt(plan, made.mover(chair, plan, RoleKind.CHAIR), made.meeting(plan), {})
    _with_secrets(director)
    _people(federation, director, chair)
    clock.set(AT.date())
    project = _project(federation)
    draft = _draft(federation, project)
    _edited(draft, director)
    return Whole(federation, plan, draft, director)


def damaged(path: Path) -> Iterator[bytes]:
    """An archive with one bit changed, in the middle of each of its parts in turn."""
    content = path.read_bytes()
    with ZipFile(path) as file:
        for info in file.infolist():
            header = info.header_offset  # of 30 bytes, a name and more, as long as it says itself
            place = header + 30 + sum(unpack("<HH", content[header + 26 :][:4])) + info.compress_size // 2
            yield content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def drawn_draft(plan: Plan) -> bytes:
    """The draft as a PDF, of a time that is always the same."""
    return written(plan, Kind.PLAN, Format.PDF, AT)


# -- people ------------------------------------------------------------------------------------------


def _with_secrets(user: User) -> None:
    Authenticator.objects.create(user=user, type="totp", data={"secret": SECRET})


def _people(federation: Federation, director: User, chair: User) -> None:
    EarlierName.objects.create(federation=federation, name="Finsam Gotland", used_until="2010")
    Policy.objects.create(
        federation=federation,
        kind="administration_ceiling",
        value=15,
        first_year=2021,
        source="§ 4",
    )
    Invitation.objects.create(
        federation=federation,
        email="ny@example.se",
        name="Ny Person",
        kind=RoleKind.AUDITOR,
        token_hash=hashed(TOKEN),
        invited_by=director,
        made_at=timezone.now(),
    )
    NoticeChoice.objects.create(user=chair, turn="never")
    Notice.objects.create(
        user=chair,
        federation=federation,
        kind="turn",
        key="nyckel",
        sentence="Det är din tur.",
        address="https://gammal.example.se/gotland/",
        made_at=timezone.now(),
    )
    encoded = reencoded(drawn(7))
    Logotype.objects.create(federation=federation, content=encoded.content, media_type=encoded.media_type)


def _by(user: User) -> dict[str, Any]:
    return {"at": timezone.now(), "by": user, "by_name": str(user)}


def _read(version: Version, user: User) -> None:
    """What people have said of the version, and that they have read it."""
    line = BudgetLine.objects.filter(budget=version.plan.budget).order_by("pk").first()
    assert line
    comment = Comment.objects.create(
        plan=version.plan,
        version=version,
        line=str(line.pk),
        place_name=line.name,
        text="Varför så lite?",
        **_by(user),
    )
    CommentEntry.objects.create(comment=comment, action="answer", text="Därför.", **_by(user))
    Reading.objects.create(version=version, user=user, first_at=timezone.now(), last_at=timezone.now())
    note_explanation(version.plan, user, "BALANCE", "Underskott.", "Det täcks.")
    LoggedRead.objects.create(
        federation=version.federation,
        what="version_page",
        version=version,
        plan_year=version.plan_year,
        hour=timezone.now(),
        kept_until=timezone.now().date() + timedelta(days=700),
        **_by(user),
    )
    ConsultationAnswer.objects.create(
        version=version,
        member=version.federation.members.all()[0],
        member_name="Försäkringskassan",
        on=date(2020, 10, 21),
        who="En chef",
        file=ANSWER,
        file_name="yttrande.pdf",
        **_by(user),
    )


# -- the draft ---------------------------------------------------------------------------------------


def _project(federation: Federation) -> Project:
    first, second = federation.members.all()[:2]
    before = Project.objects.create(federation=federation, name="Före", level="individual", status="idea")
    project = Project.objects.create(
        federation=federation,
        name="Steget",
        level="individual",
        status="running",
        owner=first,
        predecessor=before,
        starts="2020",
        ends="2023",
    )
    project.partners.set([second])
    PlannedParticipants.objects.create(project=project, year=2022, number=40)
    Financer.objects.create(project=project, member=second, year=2021, amount=1000)
    BoardDecision.objects.create(project=project, date="2020-05-05", decision="att bevilja medel")
    return project


def _draft(federation: Federation, project: Project) -> Plan:
    budget = Budget.objects.create(federation=federation, plan_year=2022, unit="SEK")
    years = [
        BudgetYear.objects.create(budget=budget, year=2022 + place, kind=kind, position=place)
        for place, kind in enumerate(("budget", "plan"))
    ]
    state = BudgetLine.objects.create(
        budget=budget,
        section="income",
        line_class="contribution",
        member_kind="state",
        member=federation.members.first(),
        name="Staten",
        position=0,
    )
    cost = BudgetLine.objects.create(
        budget=budget, section="cost", line_class="insats", project=project, name="Steget", position=1
    )
    for line, amount in ((state, 1_000_000), (cost, 400_000)):
        Amount.objects.bulk_create(Amount(line=line, year=year, amount=amount) for year in years)
    ContributionStatus.objects.create(line=state, year=years[0], status="applied", amount=900_000, position=0)
    total = PrintedTotal.objects.create(budget=budget, name="Summa", position=0)
    PrintedTotalPart.objects.create(total=total, line=cost, position=0)
    PrintedTotalAmount.objects.create(total=total, year=years[0], amount=400_000)
    plan = plan_of(budget, copied_from=Plan.objects.get(federation=federation, plan_year=2021))
    _written(plan, project, cost)
    return plan


def _written(plan: Plan, project: Project, line: BudgetLine) -> None:
    picture = store_illustration(plan.federation, drawn())
    section = Section.objects.create(
        plan=plan,
        key="steget",
        heading="Steget",
        text=f'<p>Det kostar <span data-figure="what=line&amp;of={line.pk}"></span>.</p>'
        f'<img data-picture="{picture.key}" alt="Staplar">',
    )
    Section.objects.create(
        plan=plan,
        key="kort",
        parent=section,
        heading="Insatser",
        block="project_cards",
        settings={"projects": [project.pk]},
        position=1,
    )
    group = TargetGroup.objects.create(plan=plan, key="unga", name="Unga")
    area = Area.objects.create(plan=plan, key="halsa", name="Hälsa", kind="focus_area")
    goal = Goal.objects.create(plan=plan, area=area, text="Fler i arbete")
    Indicator.objects.create(plan=plan, goal=goal, text="Andel i arbete", target="60 %")
    activity = Activity.objects.create(plan=plan, area=area, text="Kartlägg")
    for owner in (group, area, goal, activity):
        owner.projects.set([project])
    area.target_groups.set([group])
    goal.target_groups.set([group])
    activity.sections.set([section])
    Term.objects.create(plan=plan, term="Insats", explanation="<p>En verksamhet.</p>")
    Risk.objects.create(plan=plan, risk="Få deltagare", likelihood=2, consequence=3)


def _edited(plan: Plan, user: User) -> None:
    """A history: a line that is gone, a goal that is gone with what belonged to it, a section."""
    author = Author(user, "sittningen")
    budget = Budget.objects.get(pk=plan.budget_id)
    values = {
        "section": "cost",
        "line_class": "administration",
        "member_kind": "",
        "member_id": None,
        "project_id": None,
        "part_of_id": None,
        "name": "Kansli",
        "note": "",
    }
    make_change(
        budget, author, Change.Action.ADD_LINE, lambda state: lines.add_line(state, values, "Gemensamt", "")
    )
    line = BudgetLine.objects.get(budget=budget, name="Kansli")
    year = BudgetYear.objects.get(budget=budget, year=2022)
    make_change(
        budget,
        author,
        Change.Action.AMOUNT,
        lambda state: set_amount(state, line.pk, year.pk, None, Decimal(300_000)),
    )
    make_change(budget, author, Change.Action.REMOVE_LINE, lambda state: lines.remove_line(state, line.pk))
    make_change(
        budget,
        author,
        Change.Action.ADD_LINE,
        lambda state: lines.add_line(state, {**values, "name": "Lokaler"}, "Gemensamt", ""),
    )
    change_text(plan, user, "kort", 0, f'<p><span data-figure="what=line&amp;of={line.pk}"></span></p>')
    added = add_section(plan, user, "Tillfälligt")
    remove_section(plan, user, added.key, added.revision)
    remove_row(plan, user, GOAL, Goal.objects.get(plan=plan).pk, 0)
    Goal.objects.create(plan=plan, text="Ett mål till").projects.set(Project.objects.filter(name="Före"))
    Goal.objects.get(plan=plan).target_groups.set(TargetGroup.objects.filter(plan=plan))
    Indicator.objects.create(plan=plan, area=Area.objects.get(plan=plan), text="Andel nöjda")
    Import.objects.create(budget=budget, user=user, file_name="på väg.csv", cells=[["hemligt"]])
