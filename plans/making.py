"""Making a plan: what it would be, to look at first, and the plan itself in one transaction."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from budgets.exchange.storing import store
from budgets.models import Budget
from budgets.reading import read_sheet
from finsam.partial_date import PartialDate
from finsam.swedish import Unit
from members.models import Federation, Member, User
from plans.blank_plan import Payer, blank
from plans.carried_over import keys_in, later, without_printed_faults, without_references
from plans.exchange.plan_file import store_document
from plans.exchange.plan_file_writing import dump_document
from plans.models import Plan, plan_of
from plans.new_plan import NewPlan, shifted
from plans.numbering import places
from plans.reading import read_outline
from projects.models import Project


class PlanExistsError(Exception):
    """The federation has a plan, or at least a budget, for the year already."""


@dataclass(frozen=True)
class Choice:
    """What to make. Without `source` the plan starts from nothing, with or without lines; with it, a planned
    year that the source does not have is empty or has the amounts of the year before, and the text follows
    or not."""

    plan_year: int
    source: Plan | None = None
    with_lines: bool = True
    copy_missing_years: bool = False
    with_text: bool = True


def proposal(federation: Federation, choice: Choice) -> NewPlan:
    """What the plan would be; reads only."""
    projects = list(Project.objects.filter(federation=federation))
    ended = _ended(projects, choice.plan_year)
    if choice.source:
        choice.source.budget.federation = federation
        sheet = read_sheet(choice.source.budget)
        return shifted(sheet, choice.plan_year, ended=ended, copy_missing_years=choice.copy_missing_years)
    unit: Unit = "kSEK" if federation.unit == "kSEK" else "SEK"
    return blank(
        choice.plan_year,
        unit,
        payers=[
            Payer(member.name, member.kind)
            for member in Member.objects.filter(federation=federation)
            if _belongs(member, choice.plan_year)
        ],
        insatser=[
            project.name
            for project in projects
            if project.status in (Project.Status.GRANTED, Project.Status.RUNNING)
            and project.name not in ended
        ],
        with_lines=choice.with_lines,
    )


def make(federation: Federation, choice: Choice, user: User) -> Plan:
    """The plan, open for changes. All or nothing; raises PlanExistsError, also for the second of two who make
    the same plan at once."""
    with _told_of_another(federation, choice.plan_year), transaction.atomic():
        # One at a time in a federation, and nobody changes the source while it is read.
        Federation.objects.select_for_update(no_key=True).get(pk=federation.pk)
        if _taken(federation, choice.plan_year):
            raise PlanExistsError
        if choice.source:
            choice.source.budget = Budget.objects.select_for_update(no_key=True).get(
                pk=choice.source.budget_id
            )
        budget = store(proposal(federation, choice).sheet, federation)
        plan = plan_of(budget, made_by=user, copied_from=choice.source)
        if choice.source:
            copy_document(choice.source, plan, with_sections=choice.with_text)
        return plan


def copy_document(
    source: Plan, plan: Plan, *, only: Collection[str] = (), with_sections: bool = True
) -> None:
    """The sections, goals and lists of the source (or `only` those lists), with the figures of the new plan's
    own years. A figure of a line that was left out is gone, and the rules tell of it; a reference to a
    section that was left out is plain words."""
    data = dump_document(source)
    if only:
        data = {name: rows for name, rows in data.items() if name in only}
    else:
        data["title"] = later(source.title, plan.plan_year - source.plan_year)
        data["sections"] = without_printed_faults(data.get("sections", [])) if with_sections else []
        data.pop("diary_number", None)
    kept = keys_in(data.get("sections", []))
    words = {key: place.reference for key, place in places(read_outline(source)).items()}
    data = without_references(data, kept, words)
    store_document({**data, "plan_year": plan.plan_year}, plan, lenient=True)


def _taken(federation: Federation, plan_year: int) -> bool:
    return Budget.objects.filter(federation=federation, plan_year=plan_year).exists()


@contextmanager
def _told_of_another(federation: Federation, plan_year: int) -> Iterator[None]:
    """A budget that came by another road, such as load_federation, is found by the database alone."""
    try:
        yield
    except IntegrityError:
        if _taken(federation, plan_year):
            raise PlanExistsError from None
        raise


def _ended(projects: list[Project], plan_year: int) -> dict[str, str]:
    """The insatser that are over before the year, each with the reason in words."""
    ended = {}
    for project in projects:
        last_day = project.last_day
        if last_day and last_day < date(plan_year, 1, 1):
            ended[project.name] = f"slutar {PartialDate(project.ends)}"
        elif project.status == Project.Status.ENDED:
            ended[project.name] = "är avslutad"
    return ended


def _belongs(member: Member, plan_year: int) -> bool:
    """Whether the member is one, for some time, in the year."""
    joins_later = member.joined and PartialDate(member.joined).first_day > date(plan_year, 12, 31)
    has_left = member.left and PartialDate(member.left).last_day < date(plan_year, 1, 1)
    return not (joins_later or has_left)
