"""Two federations with one of everything that an address can name, and the people who ask."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from budgets.models import (
    Amount,
    Budget,
    BudgetGroup,
    BudgetLine,
    BudgetYear,
    Import,
    PrintedTotal,
    PrintedTotalPart,
)
from members.invitations import hashed
from members.models import (
    Appointment,
    EarlierName,
    Federation,
    Invitation,
    Logotype,
    Member,
    Policy,
    Role,
    RoleKind,
    User,
)
from plans.illustrations import store_illustration
from plans.models import (
    Comment,
    ConsultationAnswer,
    Illustration,
    Plan,
    Section,
    TargetGroup,
    Version,
    plan_of,
)
from projects.models import BoardDecision, Financer, PlannedParticipants, Project
from tests.members import people
from tests.members.people import client_of, with_role
from tests.plans.made_illustrations import drawn
from tests.plans.made_versions import content_of
from tests.plans.ready_plans import version_of

NOBODY = "nobody"  # not signed in
STRANGER = "stranger"  # signed in, without a role anywhere
SUPPORT = "support"  # support staff, without a role anywhere
NEIGHBOUR = "neighbour"  # förbundschef of another federation
OUTSIDERS = (NOBODY, STRANGER, SUPPORT, NEIGHBOUR)
ROLES = tuple(RoleKind)
EVERYBODY = (*OUTSIDERS, *ROLES)

PASTED = "Kostnader\t2021\t2022\nNya kurser\t1000\t2000\nNya möten\t3000\t4000\n"


@dataclass
class World:
    """What the addresses of one budget name. `name` stands in everything, to be looked for on pages."""

    name: str
    federation: Federation
    plan: Plan
    years: list[BudgetYear]
    lines: list[BudgetLine]
    members: list[Member]
    appointments: list[Appointment]
    policy: Policy
    earlier_name: EarlierName
    project: Project
    idle_project: Project
    """An insats that nothing points at."""
    participants: PlannedParticipants
    financer: Financer
    decision: BoardDecision
    role: Role
    invitation: Invitation
    token: str
    chief: User
    target_group: TargetGroup
    kept: Import
    """An import on its way into the budget: at first the chief's, then that of whoever asks."""
    illustration: Illustration
    version: Version
    """Sent for samråd once, and taken back."""
    comment: Comment
    answer: ConsultationAnswer
    """To that version, with a file."""

    @property
    def budget(self) -> Budget:
        return self.plan.budget

    @property
    def latest_line(self) -> BudgetLine:
        """A line of the federation's latest plan, which the insatser have their money in."""
        lines = BudgetLine.objects.filter(budget__federation=self.federation)
        return lines.order_by("budget__plan_year", "position").last()

    def part(self, name: str) -> Any:
        """What stands in an address in place of `name`."""
        parts = {
            "slug": self.federation.slug,
            "plan_year": self.plan.plan_year,
            "line": self.lines[-1].pk,
            "year": self.years[0].pk,
            "part": 1,
            "kept": self.kept.pk,
            "token": self.token,
            "user_pk": self.role.user_id,
            "where": "upp",
            "level": "undergrupp",
            "kind": "plan",
            "whole": f"hela-{self.plan.pk}",
            "key": f"andra-{self.plan.pk}",
            "form": "pdf",
            "role": self.role.pk,
            "invitation": self.invitation.pk,
            "member": self.members[-1].pk,
            "appointment": self.appointments[-1].pk,
            "policy": self.policy.pk,
            "project": self.project.pk,
            "idle_project": self.idle_project.pk,
            "participants": self.participants.pk,
            "financer": self.financer.pk,
            "decision": self.decision.pk,
            "tied_line": self.latest_line.pk,
            "goal_word": "malgrupp",
            "goal_row": self.target_group.pk,
            "earlier_name": self.earlier_name.pk,
            "illustration": self.illustration.key,
            "number": self.version.number,
            "comment": self.comment.pk,
            "answer": self.answer.pk,
            "file_kind": "plan_pdf",
            "public_file": "plan.pdf",
            "guide_page": "insatser",
        }
        return parts[name]


def federation_of(slug: str, name: str, **fields: Any) -> Federation:
    """Two members (the last needed by nothing), two appointments, a limit, an earlier name, an insats."""
    federation = people.federation(slug, name=f"Förbundet {name}", **fields)
    Logotype.objects.create(federation=federation, content=drawn(), media_type="image/png")
    members = [
        Member.objects.create(federation=federation, name=f"{each} {name}", kind="municipality", position=n)
        for n, each in enumerate(("Kommunen", "Staden"))
    ]
    for n in (0, 1):
        Appointment.objects.create(
            federation=federation, body="board", post="ordinary", person=f"Ledamot {n} {name}", position=n
        )
    Policy.objects.create(
        federation=federation, kind="administration_ceiling", value=20, first_year=2019, source=name
    )
    EarlierName.objects.create(federation=federation, name=f"Gamla {name}")
    project = Project.objects.create(
        federation=federation, name=f"Insats {name}", kind="project", level="individual", status="idea"
    )
    Project.objects.create(federation=federation, name=f"Tanke {name}", level="individual", status="idea")
    PlannedParticipants.objects.create(project=project, year=2021, number=40)
    Financer.objects.create(project=project, name=f"Fonden {name}", year=2021)
    BoardDecision.objects.create(project=project, date="2020-11", decision=f"att pröva {name}")
    return with_people(federation, name, members[0])


def with_people(federation: Federation, name: str, member: Member) -> Federation:
    chief = with_role(federation, RoleKind.DIRECTOR, people.user(name=f"Chef {name}"))
    with_role(federation, RoleKind.OBSERVER, people.user(name=f"Läsare {name}"))
    Invitation.objects.create(
        federation=federation,
        email=f"ny@{federation.slug}.example.se",
        name=f"Ny {name}",
        kind="auditor",
        token_hash=hashed(token_of(federation)),
        invited_by=chief,
    )
    return federation


def token_of(federation: Federation) -> str:
    return f"hemlig-nyckel-{federation.slug}"


def budget_of(federation: Federation, plan_year: int, name: str) -> Plan:
    """Two columns; lines in a group and in two subgroups of it, with amounts; a printed total."""
    budget = Budget.objects.create(federation=federation, plan_year=plan_year, unit="SEK", source=name)
    years = [
        BudgetYear.objects.create(budget=budget, year=plan_year + n, kind=kind, position=n)
        for n, kind in enumerate(("budget", "plan"))
    ]
    group = BudgetGroup.objects.create(budget=budget, name=f"Insatser {name}", position=0)
    subgroups = [
        BudgetGroup.objects.create(budget=budget, parent=group, name=f"{each} {name}", position=n)
        for n, each in enumerate(("Kurser", "Möten"), start=1)
    ]
    for n, where in enumerate((subgroups[0], subgroups[1], subgroups[1])):
        line = BudgetLine.objects.create(
            budget=budget,
            section="cost",
            line_class="insats",
            group=where,
            name=f"Post {n} {name}",
            position=n,
        )
        Amount.objects.bulk_create([Amount(line=line, year=year, amount=1000 + n) for year in years])
    total = PrintedTotal.objects.create(budget=budget, name=f"Summa {name}", position=0)
    PrintedTotalPart.objects.create(total=total, section="cost", position=0)
    plan = with_sections(plan_of(budget), name)
    TargetGroup.objects.create(plan=plan, key="alla", name=f"Alla {name}")
    return plan


def with_sections(plan: Plan, name: str) -> Plan:
    """One section with two parts."""
    whole = Section.objects.create(plan=plan, key=f"hela-{plan.pk}", heading=f"Hela {name}")
    for n, each in enumerate(("forsta", "andra")):
        Section.objects.create(
            plan=plan,
            parent=whole,
            key=f"{each}-{plan.pk}",
            heading=f"{each} {name}",
            text=f"<p>{name}</p>",
            position=n,
        )
    return plan


def import_of(plan: Plan, editor: User) -> Import:
    """A pasted table on its way into the budget."""
    address = f"/{plan.federation.slug}/budget/{plan.plan_year}/las-in/"
    assert client_of(editor).post(address, {"pasted": PASTED}).status_code == 302
    return Import.objects.get(budget=plan.budget, user=editor)


def copied(kept: Import, user: User) -> Import:
    """The same, handed in by somebody else."""
    return Import.objects.create(
        budget=kept.budget, user=user, file_name=kept.file_name, cells=kept.cells, mapping=kept.mapping
    )


def world_of(federation: Federation, plan: Plan, name: str) -> World:
    roles = federation.roles.order_by("pk")
    project = federation.projects.get(name=f"Insats {name}")
    chief = roles.get(kind="director").user
    return World(
        name=name,
        federation=federation,
        plan=plan,
        years=list(plan.budget.years.all()),
        lines=list(plan.budget.lines.all()),
        members=list(federation.members.all()),
        appointments=list(federation.appointments.all()),
        policy=federation.policies.get(),
        earlier_name=federation.earlier_names.get(),
        project=project,
        idle_project=federation.projects.get(name=f"Tanke {name}"),
        participants=project.planned_participants.get(),
        financer=project.financers.get(),
        decision=project.decisions.get(),
        role=roles.get(kind="observer"),
        invitation=federation.invitations.get(),
        token=token_of(federation),
        chief=chief,
        target_group=TargetGroup.objects.get(plan=plan),
        kept=import_of(plan, chief),
        illustration=store_illustration(federation, drawn(federation.pk)),
        version=(version := version_of(plan, by=chief, number=1000 + plan.pk, content=content_of(plan))),
        comment=comment_of(version, chief),
        answer=answer_of(version, federation.members.all()[0], chief),
    )


def answer_of(version: Version, member: Member, user: User) -> ConsultationAnswer:
    """Of a member, as a file."""
    return ConsultationAnswer.objects.create(
        version=version,
        member=member,
        member_name=member.name,
        on=timezone.localdate(),
        who=f"Nämnden i {member}",
        file=b"%PDF-1.7 ett svar",
        file_name="svar.pdf",
        at=timezone.now(),
        by=user,
        by_name=str(user),
    )


def comment_of(version: Version, user: User) -> Comment:
    """On the whole of a version."""
    return Comment.objects.create(
        plan=version.plan, version=version, text="Synpunkt", at=timezone.now(), by=user, by_name=str(user)
    )


def person(who: str, world: World, elsewhere: World) -> tuple[Client, User | None]:
    """A client of somebody new, who is `who` to the federation; with an import of their own on its way when
    they may make one."""
    if who == NOBODY:
        return Client(), None
    if who == STRANGER:
        user = people.user()
    elif who == SUPPORT:
        user = people.user(is_staff=True, is_superuser=True)
    elif who == NEIGHBOUR:
        user = with_role(elsewhere.federation, RoleKind.DIRECTOR)
    else:
        user = with_role(world.federation, RoleKind(who))
        if who in (RoleKind.DIRECTOR, RoleKind.ADMINISTRATOR):
            world.kept = copied(world.kept, user)
    return client_of(user), user


Rows = dict[str, list[tuple[Any, ...]]]


def everything_stored(*but: type[Model]) -> Rows:
    """All rows of all tables, as the database has them. Signing in writes a session and the time of it."""
    rows: Rows = {}
    with connection.cursor() as cursor:
        for label, statement in _statements(but):
            cursor.execute(statement)
            rows[label] = cursor.fetchall()
    return rows


@cache
def _statements(but: tuple[type[Model], ...]) -> list[tuple[str, str]]:
    """For each table but these its name, and what asks for its rows: written once, and asked often."""
    quoted = connection.ops.quote_name
    statements = []
    for model in apps.get_models(include_auto_created=True):
        if model not in (Session, *but):
            options = model._meta
            columns = [quoted(each.column) for each in options.concrete_fields if each.name != "last_login"]
            table, key = quoted(options.db_table), quoted(options.pk.column)
            statement = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {key}"  # noqa: S608 - own names
            statements.append((options.label, statement))
    return statements
