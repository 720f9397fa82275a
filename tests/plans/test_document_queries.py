"""What the database is asked for when a plan is read: as much for a large plan as for a small one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import Appointment, EarlierName, Federation, Member
from plans.illustrations import store_illustration
from plans.models import (
    Activity,
    Area,
    ConsultationAnswer,
    Goal,
    Indicator,
    Plan,
    Risk,
    Section,
    TargetGroup,
    Term,
    plan_of,
)
from plans.reading import read_plan
from projects.models import Project
from tests.budgets.made_sheets import large_sheet, stored
from tests.members import people
from tests.plans.made_illustrations import drawn
from tests.plans.ready_plans import version_of

pytestmark = pytest.mark.django_db

MOST_QUERIES = 40


def grown(slug: str, size: int) -> Plan:
    """A plan with so many of everything that its document tells, each tied to others."""
    federation = people.federation(slug)
    budget = stored(large_sheet(5 * size, 3), federation)
    plan = plan_of(budget)
    for number in range(size):
        project = _people_and_project(federation, number)
        parent = Section.objects.create(
            plan=plan, key=f"s{number}", heading=f"Avsnitt {number}", position=number
        )
        shown = store_illustration(federation, drawn(number))
        picture = f'<img data-picture="{shown.key}" alt="Bild">'
        part = Section.objects.create(
            plan=plan, parent=parent, key=f"d{number}", heading="Del", text=f"<p>a</p>{picture}"
        )
        group = TargetGroup.objects.create(plan=plan, key=f"g{number}", name=f"Grupp {number}")
        area = Area.objects.create(
            plan=plan, kind="perspective", key=f"a{number}", name=f"Perspektiv {number}"
        )
        goal = Goal.objects.create(plan=plan, area=area, text=f"Mål {number}")
        for each in (group, area, goal):
            each.projects.add(project)
        for each in (area, goal):
            each.target_groups.add(group)
        Indicator.objects.create(plan=plan, goal=goal, text="Mått")
        activity = Activity.objects.create(plan=plan, goal=goal, text="Aktivitet")
        activity.sections.add(part)
        activity.projects.add(project)
        Term.objects.create(plan=plan, term=f"Ord {number}", explanation="förklaring")
        Risk.objects.create(plan=plan, risk=f"Risk {number}", likelihood=2, consequence=3)
    _answers(plan)
    return Plan.objects.select_related("federation", "budget").get(pk=plan.pk)


def _answers(plan: Plan) -> None:
    """Of each member, to a version sent for samråd."""
    version = version_of(plan)
    for member in plan.federation.members.all():
        ConsultationAnswer.objects.create(
            version=version,
            member=member,
            member_name=member.name,
            on=timezone.localdate(),
            who="Nämnden",
            text="Inget att erinra.",
            at=timezone.now(),
            by=version.made_by,
            by_name="Karin Ek",
        )


def _people_and_project(federation: Federation, number: int) -> Project:
    member = Member.objects.create(federation=federation, name=f"M{number}", kind="municipality")
    appointment = Appointment.objects.create(federation=federation, body="board", post="ordinary")
    appointment.members.add(member)
    EarlierName.objects.create(federation=federation, name=f"N{number}")
    project = Project.objects.create(
        federation=federation,
        name=f"P{number}",
        level="individual",
        status="idea",
        owner=member,
        predecessor=federation.projects.last(),
    )
    project.partners.add(member)
    project.planned_participants.create(year=2021, number=number + 1)
    project.financers.create(name="Fonden", year=2021, amount=number)
    project.financers.create(member=member, year=2021)
    project.decisions.create(date="2020-11-13", paragraph="45", decision="att bevilja")
    return project


def test_reading_a_plan_asks_as_often_for_a_large_one_as_for_a_small():
    counts = []
    for slug, size in (("liten", 2), ("stor", 25)):
        plan = grown(slug, size)
        with CaptureQueriesContext(connection) as queries:
            picture = read_plan(plan)
        assert len(list(picture.all_sections())) == 2 * size
        assert len(picture.illustrations) == size
        assert len(picture.consultation) == len(picture.members) >= size
        assert len(picture.all_goals()) == size and len(picture.risks) == size
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES
