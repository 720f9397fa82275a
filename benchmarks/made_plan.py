"""A plan of about so many pages, for what measures its document: the same each time, and no database.

Each forty pages have eight tables and six charts, in chapters of five pages of headings, prose and lists.
"""

from collections.abc import Iterator
from decimal import Decimal

from budgets.sheet import BudgetSheet, Column, Line
from plans.picture import PlanPicture, Section
from tests.plans.made_plans import plan_of

PAGES_OF_A_CHAPTER = 5
PARTS_OF_A_CHAPTER = 5
TABLES = (
    "budget_table",
    "project_table",
    "equity_bridge",
    "risk_table",
    "members_and_shares",
    "scorecard",
    "board",
    "budget_table",
)
CHARTS = ("equity", "income", "costs", "", "projects", "equity", "", "costs")
"""The table and the chart, if any, of each chapter in turn."""

COLUMNS = (Column(2020, "budget"), Column(2021, "budget"), Column(2022, "plan"), Column(2023, "plan"))
LINES = 50
PROSE = (
    "Samordningsförbundet stödjer <strong>samverkan</strong> mellan parterna och finansierar insatser för "
    "människor som behöver stöd från flera myndigheter samtidigt. Målgruppen är i yrkesverksam ålder, och "
    "insatserna ska bidra till att den enskilde uppnår eller förbättrar sin förmåga att förvärvsarbeta."
)
FIGURE = "<span data-figure='what=costs'></span>"


def made_plan(pages: int) -> PlanPicture:
    chapters = max(1, round(pages / PAGES_OF_A_CHAPTER))
    return plan_of(*map(_chapter, range(chapters)), sheet=_sheet())


def _chapter(number: int) -> Section:
    return Section(
        f"kapitel-{number}",
        f"Kapitel {number + 1}",
        new_page=True,
        text=_prose(2),
        parts=tuple(_parts(number)),
    )


def _parts(chapter: int) -> Iterator[Section]:
    """Sections of text, one with the chapter's table, and one with its chart."""
    turn = chapter % len(TABLES)
    for place in range(PARTS_OF_A_CHAPTER):
        yield Section(
            f"avsnitt-{chapter}-{place}", f"Avsnitt {place + 1} om samverkan", text=_prose(2) + _list()
        )
    yield Section(f"tabell-{chapter}", "Tabellen", text=_prose(1), block=TABLES[turn])
    if CHARTS[turn]:
        settings = {"charts": [CHARTS[turn]]}
        yield Section(f"diagram-{chapter}", "Diagrammet", text=_prose(1), block="charts", settings=settings)


def _prose(paragraphs: int) -> str:
    return f"<p>{PROSE} {PROSE}</p>" * paragraphs + f"<p>Allt kostar {FIGURE} under året.</p>"


def _list() -> str:
    items = "".join(f"<li><p>{PROSE}</p></li>" for _ in range(2))
    return f"<ul>{items}</ul>"


def _sheet() -> BudgetSheet:
    """Four contributions, equity, and costs in groups of ten, of insatser in part."""
    kinds = (("state", "Staten", 4), ("region", "Region Norr", 2), ("municipality", "Norrby", 1))
    income = [
        Line(key, "income", name, _amounts(part * 250_000), "contribution", member_kind=kind, member=name)
        for key, (kind, name, part) in enumerate((*kinds, ("municipality", "Söderby", 1)))
    ]
    equity = Line(4, "opening_equity", "Eget kapital", (Decimal(500_000), None, None, None))
    costs = [
        Line(
            key,
            "cost",
            f"Kostnad för insats {key}",
            _amounts(40_000 + key * 25),
            ("administration", "insats", "insats")[key % 3],
            group=f"Grupp {key // 10}",
            project=f"Insats {key // 4}" if key % 3 else "",
        )
        for key in range(5, LINES)
    ]
    return BudgetSheet(COLUMNS, (*income, equity, *costs), plan_year=2021)


def _amounts(first: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(first + 1_000 * column) for column in range(len(COLUMNS)))
