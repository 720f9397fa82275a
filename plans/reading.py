"""From the tables to the picture of a plan, with a fixed number of queries whatever its size."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from budgets import reading
from budgets.models import BudgetGroup
from finsam.swedish import unit_named
from members import models as members
from plans import models, picture
from plans.models import Plan
from projects.models import Project

Row = TypeVar("Row", bound=Model)


def read_plan(plan: Plan) -> picture.PlanPicture:
    """Everything the document of a plan says. The plan's budget and federation should be read with it."""
    federation = plan.federation
    plan.budget.federation = federation
    sheet = reading.read_sheet(plan.budget)
    projects = _projects(federation)
    return picture.PlanPicture(
        federation=_federation(federation),
        plan_year=plan.plan_year,
        title=plan.title or f"Verksamhetsplan och budget {plan.plan_year}",
        state=plan.state,
        state_name=plan.get_state_display(),
        sheet=replace(sheet, unit=unit_named(federation.unit)),
        circumstances=reading.read_circumstances(federation),
        diary_number=plan.diary_number,
        quotation=tuple(filter(None, plan.quotation.splitlines())),
        quotation_source=plan.quotation_source,
        members=tuple(_member(member) for member in federation.members.all()),
        appointments=tuple(
            _appointment(each)
            for each in federation.appointments.order_by("position", "pk").prefetch_related("members")
        ),
        projects=tuple(map(_project, projects)),
        sections=_sections(plan),
        **_goals(plan),
        terms=tuple(
            picture.Term(term.term, term.explanation) for term in models.Term.objects.filter(plan=plan)
        ),
        risks=tuple(
            picture.Risk(risk.risk, risk.likelihood, risk.consequence, risk.measure, risk.responsible)
            for risk in models.Risk.objects.filter(plan=plan)
        ),
        group_names=read_group_names(plan),
        copied_from_year=plan.copied_from.plan_year if plan.copied_from else None,
    )


# -- the federation ------------------------------------------------------------------------------


def _federation(federation: members.Federation) -> picture.Federation:
    formed = federation.formed()
    return picture.Federation(
        name=federation.name,
        short_name=federation.short_name,
        organisation_number=federation.organisation_number,
        seat=federation.seat,
        formed=str(formed) if formed else "",
        earlier_names=tuple(earlier.name for earlier in federation.earlier_names.all()),
        preferred_unit=federation.unit,
    )


def _member(member: members.Member) -> picture.Member:
    return picture.Member(
        key=member.pk,
        name=member.name,
        kind=member.kind,
        kind_name=member.get_kind_display(),
        joined=member.joined,
        left=member.left,
        condition=member.condition,
        agreed_share=member.agreed_share,
    )


def _appointment(appointment: members.Appointment) -> picture.Appointment:
    return picture.Appointment(
        body=appointment.body,
        body_name=appointment.body_name or appointment.get_body_display(),
        post=appointment.post,
        post_name=appointment.get_post_display(),
        title=appointment.title,
        person=appointment.person,
        employer=appointment.employer,
        party=appointment.party,
        members=tuple(member.name for member in appointment.members.all()),
        deputy_order=appointment.deputy_order,
        period=appointment.period(),
        note=appointment.note,
    )


def _projects(federation: members.Federation) -> list[Project]:
    return list(
        Project.objects.filter(federation=federation)
        .select_related("owner", "predecessor")
        .prefetch_related("partners", "planned_participants")
    )


def _project(project: Project) -> picture.Project:
    return picture.Project(
        key=project.pk,
        name=project.name,
        kind_name=project.get_kind_display(),
        level_name=project.get_level_display(),
        class_name=project.get_sus_class_display() if project.sus_class else "",
        status=project.status,
        status_name=project.get_status_display(),
        owner=project.owner_name or (project.owner.name if project.owner else ""),
        partners=tuple(member.name for member in project.partners.all()),
        other_partners=project.other_partners,
        leader_employer=project.leader_employer,
        starts=project.starts,
        ends=project.ends,
        period=project.period(),
        first_day=project.first_day,
        last_day=project.last_day,
        open_ended=project.open_ended,
        extension=project.extension,
        predecessor=project.predecessor.name if project.predecessor else "",
        decision_reference=project.decision_reference,
        description=project.description,
        participants={each.year: each.number for each in project.planned_participants.all()},
    )


# -- the plan ------------------------------------------------------------------------------------


def read_outline(plan: Plan) -> tuple[picture.Section, ...]:
    """The sections without their texts, from one query."""
    return _sections(plan, models.Section.objects.defer("text", "settings", "hint"), texts=False)


def _sections(
    plan: Plan, rows: QuerySet[models.Section] | None = None, *, texts: bool = True
) -> tuple[picture.Section, ...]:
    """The tree, from one query."""
    below = _by((models.Section.objects.all() if rows is None else rows).filter(plan=plan), "parent_id")

    def parts(parent: int | None) -> tuple[picture.Section, ...]:
        return tuple(
            picture.Section(
                key=row.key,
                heading=row.heading,
                numbered=row.numbered,
                is_appendix=row.is_appendix,
                new_page=row.new_page,
                role=row.role,
                text=row.text if texts else "",
                block=row.block,
                settings=row.settings if texts else {},
                parts=parts(row.pk),
                is_untouched=row.revision == 0,
            )
            for row in below[parent]
        )

    return parts(None)


def _goals(plan: Plan) -> dict[str, Any]:
    """Areas, target groups and goals, each with what belongs to it."""
    indicators = list(models.Indicator.objects.filter(plan=plan))
    activities = list(models.Activity.objects.filter(plan=plan).prefetch_related("sections", "projects"))
    goals = models.Goal.objects.filter(plan=plan).prefetch_related("projects", "target_groups")
    areas = models.Area.objects.filter(plan=plan).prefetch_related("projects", "target_groups")
    groups = models.TargetGroup.objects.filter(plan=plan).prefetch_related("projects")

    def indicators_of(name: str, pk: int) -> tuple[picture.Indicator, ...]:
        return tuple(
            picture.Indicator(each.text, each.target) for each in indicators if getattr(each, name) == pk
        )

    def activities_of(name: str, pk: int) -> tuple[picture.Activity, ...]:
        return tuple(_activity(each) for each in activities if getattr(each, name) == pk)

    of_area: dict[int | None, list[picture.Goal]] = defaultdict(list)
    for goal in goals:
        of_area[goal.area_id].append(
            picture.Goal(
                text=goal.text,
                explanation=goal.explanation,
                is_financial=goal.is_financial,
                indicators=indicators_of("goal_id", goal.pk),
                activities=activities_of("goal_id", goal.pk),
                projects=_keys(goal.projects.all()),
                target_groups=tuple(group.key for group in goal.target_groups.all()),
            )
        )
    return {
        "goals": tuple(of_area[None]),
        "areas": tuple(
            picture.Area(
                key=area.key,
                kind=area.kind,
                name=area.name,
                description=area.description,
                goals=tuple(of_area[area.pk]),
                indicators=indicators_of("area_id", area.pk),
                activities=activities_of("area_id", area.pk),
                projects=_keys(area.projects.all()),
                target_groups=tuple(group.key for group in area.target_groups.all()),
            )
            for area in areas
        ),
        "target_groups": tuple(
            picture.TargetGroup(
                key=group.key,
                name=group.name,
                description=group.description,
                activities=activities_of("target_group_id", group.pk),
                projects=_keys(group.projects.all()),
            )
            for group in groups
        ),
    }


def _activity(activity: models.Activity) -> picture.Activity:
    return picture.Activity(
        text=activity.text,
        details=tuple(filter(None, activity.details.splitlines())),
        sections=tuple(section.key for section in activity.sections.all()),
        projects=_keys(activity.projects.all()),
    )


def read_group_names(plan: Plan) -> dict[int, tuple[str, str]]:
    """The group and subgroup of each group of the budget, as the sheet's lines call them."""
    rows = BudgetGroup.objects.filter(budget=plan.budget_id).values_list("pk", "name", "parent__name")
    return {pk: (above, name) if above else (name, "") for pk, name, above in rows}


def _by(rows: Iterable[Row], field: str) -> defaultdict[Any, list[Row]]:
    found: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, field)].append(row)
    return found


def _keys(rows: Iterable[Model]) -> tuple[int, ...]:
    return tuple(row.pk for row in rows)
