"""Pictures of plans made by hand, for the tests of what is made from them. They need no database.

The budget is small enough to add up by hand; its sums are written out in `SUMS`, not computed. `LINES` and
the keys below are what tokens and settings name.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budgets.rules import Circumstances
from budgets.sheet import BudgetSheet, Column, Line, PrintedTotal
from plans.picture import (
    Activity,
    Appointment,
    Area,
    Federation,
    Goal,
    Indicator,
    Member,
    PlanPicture,
    Project,
    Risk,
    Section,
    TargetGroup,
    Term,
)

COLUMNS = (
    Column(2020, "budget"),
    Column(2020, "outcome"),
    Column(2021, "budget"),
    Column(2022, "plan"),
    Column(2023, "plan"),
)
"""2020 stands in two columns; the plan year is 2021."""

STATE, REGION, NORRBY, SODERBY, INTEREST, EQUITY = 1, 2, 3, 4, 5, 6
FEES, OFFICE, AUDIT, JOBBSAM, BREAKFASTS, PART = 10, 11, 12, 20, 21, 22

ADMINISTRATION_GROUP, OFFICE_GROUP, INSATS_GROUP = 100, 101, 102
GROUP_NAMES = {
    ADMINISTRATION_GROUP: ("Administration", ""),
    OFFICE_GROUP: ("Administration", "Kansli"),
    INSATS_GROUP: ("Insatser", ""),
}
MEMBER_STATE, MEMBER_REGION, MEMBER_NORRBY, MEMBER_SODERBY = 201, 202, 203, 204
PROJECT_JOBBSAM, PROJECT_BREAKFASTS, PROJECT_IDLE = 301, 302, 303


def kronor(*amounts: float | str | None) -> tuple[Decimal | None, ...]:
    return tuple(None if amount is None else Decimal(str(amount)) for amount in amounts)


def _contribution(key: int, member: str, kind: str, *amounts: int) -> Line:
    return Line(
        key, "income", f"Bidrag {member}", kronor(*amounts), "contribution", member_kind=kind, member=member
    )


def _cost(key: int, name: str, line_class: str, group: str, subgroup: str, *amounts: int | None) -> Line:
    return Line(key, "cost", name, kronor(*amounts), line_class, group, subgroup)


LINES = (
    #                                                    2020 budget, outcome, 2021, 2022, 2023
    _contribution(STATE, "Försäkringskassan", "state", 1_000_000, 1_000_000, 1_100_000, 1_200_000, 1_300_000),
    _contribution(REGION, "Region Norr", "region", 500_000, 500_000, 550_000, 600_000, 650_000),
    _contribution(NORRBY, "Norrby kommun", "municipality", 250_000, 250_000, 275_000, 300_000, 325_000),
    _contribution(SODERBY, "Söderby kommun", "municipality", 250_000, 250_000, 275_000, 300_000, 325_000),
    Line(INTEREST, "income", "Räntor", kronor(None, 1_250, 2_680, None, None), "other"),
    Line(EQUITY, "opening_equity", "Från 2019", kronor(None, 500_000, None, None, None)),
    _cost(FEES, "Arvoden", "board", "Administration", "", 50_000, 40_000, 60_000, 60_000, 60_000),
    _cost(
        OFFICE,
        "Löner",
        "administration",
        "Administration",
        "Kansli",
        520_000,
        500_500,
        540_320,
        550_000,
        560_000,
    ),
    _cost(AUDIT, "Revision", "audit", "Administration", "Kansli", 30_000, 25_000, 30_000, 30_000, 30_000),
    replace(
        _cost(JOBBSAM, "JobbSam", "insats", "Insatser", "", 1_300_000, 1_268_400, 2_203_500, 1_700_000, None),
        project="JobbSam 3.0",
    ),
    replace(
        _cost(BREAKFASTS, "Möten", "insats", "Insatser", "", 20_000, 10_000, 15_500, None, None),
        project="Frukostmöten",
    ),
    replace(_cost(PART, "lokaler", "insats", "", "", None, None, 200_000, None, None), part_of=JOBBSAM),
)

SUMS: dict[str, tuple[Decimal | None, ...]] = {
    # what: 2020 budget, 2020 outcome, 2021 budget, 2022 plan, 2023 plan; added up by hand
    "income": kronor(2_000_000, 2_001_250, 2_202_680, 2_400_000, 2_600_000),
    "costs": kronor(1_920_000, 1_843_900, 2_849_320, 2_340_000, 650_000),
    "contributions": kronor(2_000_000, 2_000_000, 2_200_000, 2_400_000, 2_600_000),
    "result": kronor(80_000, 157_350, -646_640, 60_000, 1_950_000),
    "deficit": kronor(-80_000, -157_350, 646_640, -60_000, -1_950_000),
    "opening": kronor(None, 500_000, 657_350, 10_710, 70_710),
    "closing": kronor(None, 657_350, 10_710, 70_710, 2_020_710),
    "funds": kronor(None, 2_501_250, 2_860_030, 2_410_710, 2_670_710),
    "administration": kronor(600_000, 565_500, 630_320, 640_000, 650_000),
    "highest": kronor(400_000, 400_000, 440_000, 480_000, 520_000),  # 20 % of the contributions
    "lowest": kronor(140_000, 140_000, 154_000, 168_000, 182_000),  # 7 %
}

SHEET = BudgetSheet(COLUMNS, LINES, plan_year=2021, unit="SEK")

FEDERATION = Federation(
    name="Samordningsförbundet Norr",
    short_name="FinsamNorr",
    organisation_number="222000-0001",
    seat="Norrby",
    formed="2008-05-01",
    earlier_names=("Samverkan Norr",),
)
MEMBERS = (
    Member(MEMBER_STATE, "Försäkringskassan", "state", "staten"),
    Member(MEMBER_REGION, "Region Norr", "region", "region"),
    Member(MEMBER_NORRBY, "Norrby kommun", "municipality", "kommun", condition="beslut i fullmäktige"),
    Member(MEMBER_SODERBY, "Söderby kommun", "municipality", "kommun"),
)
APPOINTMENTS = (
    Appointment(
        "board", "styrelse", "chair", "ordförande", person="Anna Ek", party="S", members=("Region Norr",)
    ),
    Appointment("board", "styrelse", "ordinary", "ledamot", person="Bo Al", members=("Försäkringskassan",)),
    Appointment(
        "board",
        "styrelse",
        "deputy",
        "ersättare",
        person="Cia Lind",
        party="M",
        members=("Region Norr",),
        deputy_order=1,
    ),
    Appointment(
        "office", "kansli", "director", "förbundschef", title="Förbundschef", employer="Norrby kommun"
    ),
    Appointment("preparatory_group", "beredningsgrupp Finsam", "ordinary", "ledamot", title="Enhetschef"),
)
PROJECTS = (
    Project(
        PROJECT_JOBBSAM,
        "JobbSam 3.0",
        "projekt",
        "individinriktad",
        "",
        "running",
        "pågår",
        owner="Region Norr",
        partners=("Norrby kommun",),
        starts="2020-01-01",
        ends="2022-12",
        period="2020-01-01 till december 2022",
        description="Stöd till arbete.\nI alla kommuner.",
        participants={2021: 40, 2022: 60},
    ),
    Project(PROJECT_BREAKFASTS, "Frukostmöten", "aktivitet", "strukturell", "", "running", "pågår"),
    Project(PROJECT_IDLE, "Förstudien", "förstudie", "strukturell", "", "ended", "avslutad"),
)
GOALS = (
    Goal("Resultatet är noll 2022.", is_financial=True, indicators=(Indicator("Resultat", "0 kr"),)),
    Goal("Fler deltar."),
)
AREAS = (
    Area(
        "individen",
        "perspective",
        "Individen",
        "<p>Den som behöver stöd.</p>",
        goals=(
            Goal(
                "Fler i arbete",
                "<p>Genom <span data-figure='what=name&amp;of=301'></span>.</p>",
                activities=(Activity("Utbilda coacher"),),
                indicators=(Indicator("I arbete efter insats", "40 %"),),
            ),
        ),
        indicators=(Indicator("Nöjda deltagare"),),
        activities=(Activity("Kartlägga", ("intervjuer", "enkät"), ("insatser",), (PROJECT_JOBBSAM,)),),
        projects=(PROJECT_JOBBSAM, PROJECT_BREAKFASTS),
        target_groups=("unga",),
    ),
    Area("ekonomi", "perspective", "Ekonomi"),
)
TARGET_GROUPS = (
    TargetGroup(
        "unga", "Unga vuxna", "<p>16–29 år.</p>", (Activity("Söka upp"),), projects=(PROJECT_BREAKFASTS,)
    ),
    TargetGroup("langtid", "Långtidssjuka", "<p>Mer än ett år.</p>"),
)
TERMS = (
    Term("Samverkan", "<p>Att göra något <strong>tillsammans</strong>.</p>"),
    Term("Insats", "Det vi ger."),
)
RISKS = (Risk("Få deltar", 2, 2), Risk("Pengar saknas", 3, 4, "Söka medel", "Förbundschefen"))
TOTALS = (
    PrintedTotal("Summa kostnader", kronor(1_920_000, 1_843_900, 2_849_330, None, None), sections=("cost",)),
)


def plan_of(*sections: Section, **changes: Any) -> PlanPicture:
    """The small plan with these sections, and whatever else is to be otherwise."""
    values: dict[str, Any] = {
        "federation": FEDERATION,
        "plan_year": 2021,
        "title": "Verksamhetsplan 2021",
        "state": "draft",
        "state_name": "utkast",
        "sheet": SHEET,
        "circumstances": Circumstances(),
        "members": MEMBERS,
        "appointments": APPOINTMENTS,
        "projects": PROJECTS,
        "sections": sections,
        "target_groups": TARGET_GROUPS,
        "areas": AREAS,
        "goals": GOALS,
        "terms": TERMS,
        "risks": RISKS,
        "group_names": GROUP_NAMES,
    }
    return PlanPicture(**{**values, **changes})


def empty_plan(*sections: Section, **changes: Any) -> PlanPicture:
    """A plan in which nothing is entered but its year."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("members", "appointments", "projects", "target_groups", "areas", "goals", "terms", "risks"), ()
    )
    sheet = BudgetSheet((), (), plan_year=2021)
    return plan_of(*sections, **{**nothing, "sheet": sheet, "group_names": {}, **changes})


def section(key: str, heading: str = "", **details: Any) -> Section:
    return Section(key, heading, **details)


# -- changes -------------------------------------------------------------------------------------


def with_amount(plan: PlanPicture, line: int, column: int, amount: Decimal | None) -> PlanPicture:
    """The plan with another amount in one cell."""

    def changed(each: Line) -> Line:
        amounts = (*each.amounts[:column], amount, *each.amounts[column + 1 :])
        return replace(each, amounts=amounts) if each.key == line else each

    return with_lines(plan, map(changed, plan.sheet.lines))


def with_lines(plan: PlanPicture, lines: Iterable[Line]) -> PlanPicture:
    return replace(plan, sheet=replace(plan.sheet, lines=tuple(lines)))


def without_line(plan: PlanPicture, line: int) -> PlanPicture:
    return with_lines(plan, (each for each in plan.sheet.lines if each.key != line))


def with_project_named(plan: PlanPicture, key: int, name: str) -> PlanPicture:
    """The plan with another name of an insats, as it is read after the change: the sheet has it too."""
    before = plan.project(key)
    assert before is not None
    lines = (
        replace(each, project=name) if each.project == before.name else each for each in plan.sheet.lines
    )
    projects = tuple(replace(each, name=name) if each.key == key else each for each in plan.projects)
    return replace(with_lines(plan, lines), projects=projects)


def without_project(plan: PlanPicture, key: int) -> PlanPicture:
    """The plan without an insats: its lines stand as they were, of no insats."""
    gone = plan.project(key)
    assert gone is not None
    lines = (replace(each, project="") if each.project == gone.name else each for each in plan.sheet.lines)
    return replace(with_lines(plan, lines), projects=tuple(each for each in plan.projects if each.key != key))


def in_unit(plan: PlanPicture, unit: Any) -> PlanPicture:
    return replace(plan, sheet=replace(plan.sheet, unit=unit))
