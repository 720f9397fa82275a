"""The insatser in the document: cards, a table, and over time."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from budgets.charts.projects import projects as projects_in_time
from finsam.partial_date import PartialDate
from finsam.swedish import NO_BREAK_SPACE, listed
from plans.compose.charts import charts, figure
from plans.compose.writing import EMPTY, Writing, paragraph, text_cell
from plans.document import (
    Block,
    BulletList,
    Fact,
    Facts,
    Item,
    Paragraph,
    Span,
    Spans,
    Table,
    TableColumn,
    TableRow,
)
from plans.picture import Financer, Project

Settings = Mapping[str, Any]

NOT_SHOWN = ("ended",)
"""States whose insatser are shown only when they are asked for."""
LEADS = {
    "Tid": "Tid:",
    "Ägare": "Ägare:",
    "Medverkar": "Medverkar:",
    "Projektledare": "Projektledare:",
    "Budget": "Budget",
    "Finansieras även av": "Finansieras även av",
}
"""What leads each fact that an item of a list tells; the years of the budget have a colon of their own."""
LONGEST_IN_TABLE = 250
"""Signs of a description that a cell of a table may hold."""


def chosen(writing: Writing, settings: Settings) -> list[Project]:
    """The insatser asked for, in that order; without any asked for, those with money in the years of the plan
    or not yet ended. One that is gone is left out; the rules tell of it."""
    if "projects" in settings:
        found = [writing.plan.project(key) for key in settings["projects"]]
        return [project for project in found if project]
    return [
        project
        for project in writing.plan.projects
        if project.status not in NOT_SHOWN or _has_money(writing, project)
    ]


def _has_money(writing: Writing, project: Project) -> bool:
    sheet = writing.plan.sheet
    return any(sheet.project_total(project.name, column) for column in sheet.judged)


def project_cards(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """An insats each: as headings with facts and a description, or as items of a list. One asked for alone
    has the section's heading."""
    projects = chosen(writing, settings)
    if settings.get("as_list"):
        if projects:
            yield BulletList(tuple(Item(_in_one(writing, project)) for project in projects))
        return
    alone = len(settings.get("projects", ())) == 1
    for project in projects:
        if not alone:
            yield writing.heading(level + 1, project.name, f"insats-{project.key}")
        if facts := _facts(writing, project):
            yield Facts(facts)
        yield from _description(project)


def _description(project: Project) -> Iterator[Paragraph]:
    for line in filter(None, project.description.splitlines()):
        yield paragraph(line)


def _facts(writing: Writing, project: Project) -> tuple[Fact, ...]:
    said = {
        "Slag": project.kind_name,
        "Inriktning": _direction(project),
        "Läge": project.status_name,
        "Tid": project.period,
        "Förlängning": project.extension,
        "Ägare": project.owner,
        "Medverkar": listed([*project.partners, *filter(None, [project.other_partners])]),
        "Projektledare": project.leader_employer and f"anställd av {project.leader_employer}",
        "Bygger på": project.predecessor,
        "Beslut": _decisions(project),
        "Budget": _money(writing, project),
        "Finansieras även av": _financers(writing, project),
        "Planerade deltagare": ", ".join(f"{year}: {count}" for year, count in project.participants.items()),
    }
    return tuple(Fact(term, (Span(words),)) for term, words in said.items() if words)


def _direction(project: Project) -> str:
    """Level and class; the level alone says nothing beside a class that names it."""
    if project.level_name in project.class_name:
        return project.class_name
    return ", ".join(filter(None, (project.level_name, project.class_name)))


def _money(writing: Writing, project: Project) -> str:
    """The planned years with their money: 2021: 2 203 500 kr."""
    sheet = writing.plan.sheet
    amounts = [
        (sheet.columns[column].year, sheet.project_total(project.name, column)) for column in sheet.judged
    ]
    return ", ".join(f"{year}: {_with_unit(writing, amount)}" for year, amount in amounts if amount)


def _with_unit(writing: Writing, amount: Decimal) -> str:
    return f"{writing.amount(amount)}{NO_BREAK_SPACE}{writing.unit_name}"


def _financers(writing: Writing, project: Project) -> str:
    """Who else pays in the plan year: Region Gotland 300 000 kr (egen personal) och Fonden."""
    return listed(
        [_financer(writing, each) for each in project.financers if each.year == writing.plan.plan_year]
    )


def _financer(writing: Writing, financer: Financer) -> str:
    amount = "" if financer.amount is None else _with_unit(writing, financer.amount)
    note = f"({financer.note})" if financer.note else ""
    return " ".join(filter(None, (financer.who, amount, note)))


def _decisions(project: Project) -> str:
    """What the board decided, and what else is known of it: styrelsen 2020-11-13 § 45: att bevilja medel."""
    decided = [
        f"{' '.join(filter(None, ('styrelsen', each.date, _paragraph(each.paragraph))))}: {each.decision}"
        for each in project.decisions
    ]
    return "; ".join(filter(None, (project.decision_reference, *decided)))


def _paragraph(text: str) -> str:
    """§ 45, however it was written; the sign and the number stay on one line."""
    number = text.removeprefix("§").strip()
    return f"§{NO_BREAK_SPACE}{number}" if number else ""


def _in_one(writing: Writing, project: Project) -> Spans:
    """The whole of an insats in a few sentences."""
    said = [*filter(None, project.description.splitlines())]
    facts = [
        f"{LEADS[fact.term]} {fact.description[0].text}"
        for fact in _facts(writing, project)
        if fact.term in LEADS
    ]
    words = " ".join([*said, *([f"{'. '.join(facts)}."] if facts else [])])
    return Span(f"{project.name}.", bold=True), Span(f" {words}" if words else "")


def project_table(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """What each insats does, when it begins and ends, and its money in the planned years."""
    projects = chosen(writing, settings)
    if not projects:
        yield paragraph("Förbundet har inga insatser än.")
        return
    sheet = writing.plan.sheet
    columns = [
        column
        for column in writing.columns(settings.get("years"))
        if column in sheet.judged
        and any(sheet.project_total(project.name, column) is not None for project in projects)
    ]
    head = ("Insats", "Inriktning", "Start", "Slut", *(writing.head(column) for column in columns))
    yield Table(
        caption="Insatser",
        columns=(
            TableColumn(20),
            TableColumn(34),
            TableColumn(10),
            TableColumn(12),
            *[TableColumn(9.0, "figure")] * len(columns),
        ),
        head=(TableRow(tuple(map(text_cell, head))),),
        rows=tuple(
            TableRow(
                (
                    text_cell(f"{project.name}, {project.kind_name}"),
                    text_cell(_in_short(project)),
                    text_cell(_day(project.starts)),
                    text_cell(_end(project)),
                    *(
                        text_cell(writing.amount(sheet.project_total(project.name, column)))
                        for column in columns
                    ),
                )
            )
            for project in projects
        ),
        unit=writing.unit_name if columns else "",
    )


def _in_short(project: Project) -> str:
    """The first paragraph of the description; of a long one its first sentence."""
    first = next(iter(project.description.splitlines()), "")
    sentence, stop, _ = first.partition(". ")
    return first if len(first) <= LONGEST_IN_TABLE else sentence + stop.strip()


def _day(text: str) -> str:
    return str(PartialDate(text)) if text else EMPTY


def _end(project: Project) -> str:
    end = "tills vidare" if project.open_ended else _day(project.ends)
    return f"{end}. Förlängning: {project.extension}" if project.extension else end


def timeline(writing: Writing, settings: Settings, level: int) -> Iterator[Block]:
    """The insatser over time with their money, as a chart and its table; those asked for, or all."""
    if "projects" not in settings:
        yield from charts(writing, {"charts": ["projects"]}, level)
        return
    plan = writing.plan
    names = [project.name for project in chosen(writing, settings)]
    if chart := projects_in_time(plan.sheet, plan.circumstances, plan.sheet.unit, names):
        yield figure(writing, chart)
