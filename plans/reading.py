"""From the tables to the picture of a plan, with a fixed number of queries whatever its size."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from budgets import reading
from budgets.models import BudgetGroup
from finsam.swedish import unit_named
from members import models as members
from plans import models, picture
from plans.models import Plan
from plans.text.illustrations import illustrations_in
from projects.models import Financer, Project

ANSWER_FIELDS = ("pk", "member_id", "member_name", "on", "who", "text", "file_name")
Row = TypeVar("Row", bound=Model)


def read_plan(plan: Plan, *, contents: bool = False) -> picture.PlanPicture:
    """Everything the document of a plan says; the `contents` of its illustrations for a file, which has to
    hold them. The plan's budget and federation should be read with it."""
    federation = plan.federation
    plan.budget.federation = federation
    sheet = reading.read_sheet(plan.budget)
    read = picture.PlanPicture(
        plan_year=plan.plan_year,
        title=title_of(plan),
        state=plan.state,
        state_name=plan.get_state_display(),
        sheet=replace(sheet, unit=unit_named(federation.unit)),
        circumstances=reading.read_circumstances(federation),
        diary_number=plan.diary_number,
        quotation=tuple(filter(None, plan.quotation.splitlines())),
        quotation_source=plan.quotation_source,
        **read_people(federation),
        **read_projects(federation),
        sections=_sections(plan),
        **read_goals(plan),
        **read_lists(plan),
        group_names=read_group_names(plan),
        explanations=_explanations(plan),
        **read_consultation(plan),
        copied_from_year=plan.copied_from.plan_year if plan.copied_from else None,
    )
    keys = {named.key for text in read.all_texts() for named in illustrations_in(text)}
    shown = models.Illustration.objects.filter(key__in=keys)
    return replace(read, illustrations=read_illustrations(federation, shown, contents=contents))


def _explanations(plan: Plan) -> tuple[picture.Explanation, ...]:
    return tuple(
        picture.Explanation(
            each.sentence, each.text, each.made_by_name, on=f"{localtime(each.made_at):%Y-%m-%d}"
        )
        for each in plan.explanations.all()
    )


def read_consultation(plan: Plan) -> dict[str, Any]:
    """When the plan was first sent for samråd, in which version last, and of each member the answer that
    counts: the last entered. One query, which gives a version without answers too."""
    sent = models.Version.objects.filter(plan=plan, purpose=models.Version.Purpose.CONSULTATION)
    names = ("number", "made_at", *(f"answers__{name}" for name in ANSWER_FIELDS))
    last: dict[int, picture.ConsultationAnswer] = {}
    first, latest = "", 0
    for number, at, pk, member, *answered in sent.order_by("answers__at", "answers__pk").values_list(*names):
        on = localtime(at).date().isoformat()
        first, latest = min(first or on, on), max(latest, number)
        if pk is not None:
            name, day, who, text, file_name = answered
            last[member] = picture.ConsultationAnswer(
                member, name, day.isoformat(), who, number, text, file_name
            )
    return {"consulted_on": first, "consulted_version": latest, "consultation": tuple(last.values())}


def title_of(plan: Plan) -> str:
    """The plan's title, or what a plan without one is called."""
    return plan.title or f"Verksamhetsplan och budget {plan.plan_year}"


# -- the federation ------------------------------------------------------------------------------


def read_people(federation: members.Federation) -> dict[str, Any]:
    """The federation, its members and who has which post."""
    appointments = federation.appointments.order_by("position", "pk").prefetch_related("members")
    return {
        "federation": _federation(federation),
        "members": tuple(map(_member, federation.members.all())),
        "appointments": tuple(map(_appointment, appointments)),
    }


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


def read_projects(federation: members.Federation) -> dict[str, Any]:
    """The insatser with who takes part, who pays and what the board decided."""
    financers = Prefetch("financers", Financer.objects.select_related("member"))
    found = (
        Project.objects.filter(federation=federation)
        .select_related("owner", "predecessor")
        .prefetch_related("partners", "planned_participants", financers, "decisions")
    )
    return {"projects": tuple(map(_project, found))}


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
        financers=tuple(
            picture.Financer(
                each.who, each.year, None if each.amount is None else each.amount.amount, each.note
            )
            for each in project.financers.all()
        ),
        decisions=tuple(
            picture.BoardDecision(each.date, each.paragraph, each.decision)
            for each in project.decisions.all()
        ),
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


def read_goals(plan: Plan) -> dict[str, Any]:
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


def read_lists(plan: Plan) -> dict[str, Any]:
    """The terms and the risks."""
    terms, risks = models.Term.objects.filter(plan=plan), models.Risk.objects.filter(plan=plan)
    return {
        "terms": tuple(picture.Term(each.term, each.explanation) for each in terms),
        "risks": tuple(
            picture.Risk(each.risk, each.likelihood, each.consequence, each.measure, each.responsible)
            for each in risks
        ),
    }


def read_illustrations(
    federation: members.Federation,
    rows: QuerySet[models.Illustration] | None = None,
    *,
    contents: bool = False,
) -> dict[str, picture.Illustration]:
    """The federation's illustrations by key, or those of the `rows`, without their contents unless asked."""
    found = (models.Illustration.objects.all() if rows is None else rows).filter(federation=federation)
    return {
        each.key: picture.Illustration(
            each.key,
            each.media_type,
            each.width,
            each.height,
            address=reverse("illustration", args=[federation.slug, each.key]),
            content=bytes(each.content) if contents else b"",
        )
        for each in (found if contents else found.defer("content"))
    }


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
