"""Federations with plans that can be edited by many and adopted, and those who are signed in to do it.

The plans are of years that have been, so that their meetings have too; and no edit makes a rule ask for
anything, so that they can be sent to the board whatever has been written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from django.test import Client

from budgets.exchange.storing import store
from budgets.models import BudgetLine, BudgetYear
from budgets.sheet import BudgetSheet, Column, Line
from members.models import Federation, Member, Role, RoleKind, User
from plans.decisions.adopting import adopt
from plans.decisions.reading import way_of
from plans.models import Decision, Plan, PlanMove, Section, plan_of
from plans.rules.decision import check_decision
from plans.states.moving import Mover, send
from tests.members import people
from tests.plans import adoption_world

DIRECTOR, CHAIR = "forbundschef", "ordforande"
FIRST_YEAR = 2005
CONTRIBUTIONS, OPENING, SURPLUS = 2_000_000, 250_000, 30_000
"""SEK: the equity stays between the recommended limits in all three years, with something to write over."""
ADMINISTRATION, OF_EDITOR = 400_000, 10_000
MOST_WRITTEN = 2_000
"""SEK: as much as an editor may write over what a line has from the beginning."""


@dataclass(frozen=True)
class Cell:
    line: int
    year: int


@dataclass(frozen=True)
class Draft:
    """A plan as those who work with it know it; `cells` and `sections` are by editor, for nobody else."""

    plan: int
    budget: int
    slug: str
    year: int
    cells: tuple[tuple[Cell, ...], ...]
    sections: tuple[str, ...]

    @property
    def address(self) -> str:
        return f"/{self.slug}/plan/{self.year}"

    @property
    def budget_address(self) -> str:
        return f"/{self.slug}/budget/{self.year}"


@dataclass(frozen=True)
class World:
    """`to_adopt` are the plans on their way, `kept` those that stay drafts; the rest are keys of sessions. A
    mover has one as förbundschef and one as ordförande."""

    to_adopt: tuple[Draft, ...]
    kept: tuple[Draft, ...]
    editors: tuple[str, ...]
    movers: tuple[tuple[str, str], ...]
    readers: tuple[str, ...]


def made_world(
    federations: int,
    plans: int,
    editors: int,
    movers: int,
    readers: int,
    read_as: Sequence[RoleKind] = (RoleKind.AUDITOR,),
) -> World:
    """So many federations, each with so many plans to adopt and one more; the same people in all. The readers
    have the roles of `read_as` in turn."""
    password = make_password(people.PASSWORD)  # slow on purpose: once
    writing = [_user(f"redaktor{number}", password) for number in range(editors)]
    reading = [_user(f"lasare{number}", password) for number in range(readers)]
    director, chair = _user(DIRECTOR, password), _user(CHAIR, password)
    drafts = list[list[Draft]]()
    for number in range(federations):
        federation = people.federation(f"forbund-{number}")
        _give_roles(federation, RoleKind.ADMINISTRATOR, writing)
        for turn, reads_as in enumerate(read_as):
            _give_roles(federation, reads_as, reading[turn :: len(read_as)])
        _give_roles(federation, RoleKind.DIRECTOR, [director])
        _give_roles(federation, RoleKind.CHAIR, [chair])
        for place, (name, kind) in enumerate(adoption_world.MEMBERS):
            Member.objects.create(federation=federation, name=name, kind=kind, position=place)
        drafts.append([_draft(federation, FIRST_YEAR + place, editors) for place in range(plans + 1)])
        adoption_world.with_board(federation.plans.earliest("plan_year"))
    return World(
        to_adopt=tuple(each for of_federation in drafts for each in of_federation[:-1]),
        kept=tuple(of_federation[-1] for of_federation in drafts),
        editors=tuple(map(signed_in, writing)),
        movers=tuple((signed_in(director), signed_in(chair)) for _ in range(movers)),
        readers=tuple(map(signed_in, reading)),
    )


def signed_in(user: User) -> str:
    """The key of a new session of the user."""
    client = Client()
    client.force_login(user)
    key = client.session.session_key
    assert key is not None
    return key


def adopted(draft: Draft) -> Decision:
    """The plan sent to the board and adopted, without a server."""
    plan = Plan.objects.select_related("federation", "budget").get(pk=draft.plan)
    director, chair = (User.objects.get(email=address_of(name)) for name in (DIRECTOR, CHAIR))
    send(plan, PlanMove.Action.SUBMIT, Mover(director, frozenset({RoleKind.DIRECTOR}), 0))
    meeting = plan.meetings.get()
    said = {each.sentence: "Det blev så." for each in check_decision(way_of(plan, meeting))}
    return adopt(plan, Mover(chair, frozenset({RoleKind.CHAIR}), 1), meeting, said)


def address_of(name: str) -> str:
    """What somebody signs in with."""
    return f"{name}@example.se"


def _user(name: str, password: str) -> User:
    return User.objects.create(email=address_of(name), name=name.capitalize(), password=password)


def _give_roles(federation: Federation, kind: RoleKind, users: list[User]) -> None:
    Role.objects.bulk_create(Role(user=each, federation=federation, kind=kind) for each in users)


def _draft(federation: Federation, year: int, editors: int) -> Draft:
    plan = plan_of(store(sheet(year, editors), federation), title=f"Verksamhetsplan {year}")
    names = [f"redaktor-{number}" for number in range(editors)]
    for place, role in enumerate(adoption_world.ROLES):
        Section.objects.create(
            plan=plan, key=role, heading=f"Avsnitt {place}", role=role, position=place, text="<p>5 st.</p>"
        )
    for place, name in enumerate(names):
        Section.objects.create(plan=plan, key=name, heading=name, position=10 + place, text="<p>Tomt.</p>")
    plan = Plan.objects.select_related("federation", "budget").get(pk=plan.pk)
    adoption_world.explain_everything(plan)
    adoption_world.meeting(plan, on=date(year - 1, 11, 24), announced_on=date(year - 1, 11, 10))
    years = list(BudgetYear.objects.filter(budget=plan.budget_id))
    lines = {line.name: line for line in BudgetLine.objects.filter(budget=plan.budget_id)}
    return Draft(
        plan=plan.pk,
        budget=plan.budget_id,
        slug=federation.slug,
        year=year,
        cells=tuple(tuple(Cell(lines[name].pk, each.pk) for each in years) for name in names),
        sections=tuple(names),
    )


def sheet(year: int, editors: int) -> BudgetSheet:
    """Three years with the legal shares, a small surplus and a line for each editor to write in."""
    rest = CONTRIBUTIONS - SURPLUS - ADMINISTRATION - editors * OF_EDITOR
    rows = [
        ("income", "Staten", CONTRIBUTIONS // 2, "contribution", "state"),
        ("income", "Regionen", CONTRIBUTIONS // 2, "contribution", "region_municipality"),
        ("cost", "Kansli", ADMINISTRATION, "administration", ""),
        ("cost", "Insatser", rest, "insats", ""),
        *(("cost", f"redaktor-{number}", OF_EDITOR, "insats", "") for number in range(editors)),
    ]
    lines = [
        Line(key, section, name, (Decimal(amount),) * 3, line_class, member_kind=payer)
        for key, (section, name, amount, line_class, payer) in enumerate(rows)
    ]
    opening = Line(len(rows), "opening_equity", "Eget kapital", (Decimal(OPENING), None, None))
    columns = tuple(Column(year + place, kind) for place, kind in enumerate(("budget", "plan", "plan")))
    return BudgetSheet(columns, (*lines, opening), plan_year=year)
