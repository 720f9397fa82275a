"""A budget goes into the database and comes out the same, with a fixed number of queries."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.exchange.budget_file import read, write
from budgets.exchange.storing import store
from budgets.models import Amount, Budget, BudgetLine, BudgetYear
from budgets.reading import read_circumstances, read_sheet
from budgets.sheet import BudgetSheet, Column, Line, PrintedTotal
from finsam.json_input import UnreadableError
from members.models import Member, Policy
from projects.models import Project
from tests.budgets.made_sheets import large_sheet, odd_sheet, stored
from tests.members import people

pytestmark = pytest.mark.django_db

ODD_SHEETS = range(60)


def named(sheet: BudgetSheet) -> BudgetSheet:
    """As it is read from the database, where the federation is known by its own name."""
    return replace(sheet, federation="Samordningsförbundet Norrby", organisation_number="")


@pytest.mark.parametrize("seed", ODD_SHEETS)
def test_what_is_stored_is_read_back_as_the_same_file(seed):
    sheet = odd_sheet(seed)
    text = write(named(sheet))
    assert write(named(read(text.encode()))) == text  # what the file can hold
    budget = stored(read(text.encode()), people.federation())
    assert write(read_sheet(Budget.objects.get(pk=budget.pk))) == text


def test_parts_before_and_after_their_whole_and_formulas_come_back_as_they_were():
    lines = (
        Line(0, "cost", "Vikarier", (Decimal(150), None), "administration", part_of=1, group="Annan grupp"),
        Line(1, "cost", "Personal", (Decimal(900), Decimal(950)), "administration", group="Kansli"),
        Line(2, "cost", "Vikarier", (Decimal(50), None), "insats", part_of=1),
        Line(3, "income", "Hyra", (Decimal(54_000), Decimal(7)), "other", formulas=("=12*4500 kr", "")),
        Line(
            4, "income", "Varav juli", (Decimal(4_500), None), "other", part_of=3, formulas=("=4,5 tkr", "")
        ),
    )
    columns = (Column(2021, "budget"), Column(2022, "plan"))
    text = write(named(BudgetSheet(columns, lines, plan_year=2021)))

    sheet = read_sheet(store(read(text.encode()), people.federation()))

    assert write(sheet) == text
    assert [line.formulas for line in sheet.lines] == [line.formulas for line in lines]
    whole = {line.key: line.name for line in sheet.lines}
    assert [whole.get(line.part_of) for line in sheet.lines] == ["Personal", None, "Personal", None, "Hyra"]


def test_a_printed_total_without_figures_is_kept_too():
    total = PrintedTotal("Summa enligt bilaga", (None,))
    sheet = BudgetSheet((Column(2021, "budget"),), (), (total,), plan_year=2021)
    assert read_sheet(store(sheet, people.federation())).totals == (total,)


def test_the_sums_of_a_stored_budget_are_those_of_the_sheet():
    sheet = large_sheet(40, 4)
    again = read_sheet(stored(sheet, people.federation()))
    assert again.figures[0].income == sheet.figures[0].income
    assert [year.closing for year in again.figures] == [year.closing for year in sheet.figures]
    assert [each.difference for each in again.discrepancies()] == [
        each.difference for each in sheet.discrepancies()
    ]


def test_a_line_brings_what_its_member_and_insats_say():
    federation = people.federation()
    Member.objects.create(federation=federation, name="Kommunen", kind="municipality", agreed_share=40)
    Project.objects.create(federation=federation, name="Stegen", level="structural", status="running")
    lines = (
        Line(0, "income", "Bidrag", (None,), "contribution", member_kind="municipality", member="Kommunen"),
        Line(1, "cost", "Stegen", (None,), "insats", project="Stegen"),
    )
    sheet = BudgetSheet((Column(2021, "budget"),), lines, plan_year=2021)
    contribution, cost = read_sheet(store(sheet, federation)).lines
    assert (contribution.agreed_share, cost.level) == (Decimal(40), "structural")


def test_every_cell_stands_in_its_own_line_and_column():
    """Also when lines and columns were added in another order than they stand in."""
    budget = Budget.objects.create(federation=people.federation(), plan_year=2021, unit="SEK")
    plan = BudgetYear.objects.create(budget=budget, year=2022, kind="plan", position=1)
    first = BudgetYear.objects.create(budget=budget, year=2021, kind="budget", position=0)
    details = {"budget": budget, "section": "cost", "line_class": "insats"}
    last = BudgetLine.objects.create(name="Sist", position=1, **details)
    top = BudgetLine.objects.create(name="Först", position=0, **details)
    Amount.objects.create(line=last, year=first, amount=3)
    Amount.objects.create(line=top, year=plan, amount=2)
    Amount.objects.create(line=top, year=first, amount=1)
    sheet = read_sheet(budget)
    assert [column.year for column in sheet.columns] == [2021, 2022]
    assert [(line.name, line.amounts) for line in sheet.lines] == [
        ("Först", (Decimal(1), Decimal(2))),
        ("Sist", (Decimal(3), None)),
    ]


def test_other_budgets_are_not_read():
    norrby, soderby = people.federation(), people.federation("soderby")
    stored(large_sheet(10, 2), soderby)
    stored(replace(large_sheet(10, 2), plan_year=2022), norrby)
    empty = Budget.objects.create(federation=norrby, plan_year=2021, unit="SEK")
    sheet = read_sheet(empty)
    assert (sheet.columns, sheet.lines, sheet.totals) == ((), (), ())


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            Line(
                0, "income", "Bidrag", (None,), "contribution", member_kind="municipality", member="Söderby"
            ),
            "lines (”Bidrag”): Förbundet har ingen medlem ”Söderby”.",
        ),
        (
            Line(0, "cost", "Stöd", (None,), "insats", project="Stegen"),
            "lines (”Stöd”): Förbundet har ingen insats ”Stegen”.",
        ),
    ],
)
def test_a_line_of_an_unknown_member_or_insats_stores_nothing(line, sentence):
    """Not even when another federation has one of that name."""
    soderby = people.federation("soderby")
    Member.objects.create(federation=soderby, name="Söderby", kind="municipality")
    Project.objects.create(federation=soderby, name="Stegen", level="individual", status="running")
    sheet = BudgetSheet((Column(2021, "budget"),), (line,), plan_year=2021)
    with pytest.raises(UnreadableError) as error:
        store(sheet, people.federation())
    assert str(error.value) == sentence
    assert not Budget.objects.exists()


# -- the federation's own limits and its insatser ----------------------------------------------------


def test_the_parties_of_an_insats_are_its_owner_and_partners_each_counted_once():
    federation = people.federation()
    one, two = (
        Member.objects.create(federation=federation, name=name, kind="municipality") for name in ("A", "B")
    )
    cases = {
        "ägare": (one, []),
        "ägare och medverkande": (one, [two]),
        "ägaren medverkar": (one, [one, two]),
        "bara medverkande": (None, [one, two]),
        "ingen": (None, []),
    }
    for name, (owner, partners) in cases.items():
        project = Project.objects.create(
            federation=federation, name=name, owner=owner, level="individual", status="running"
        )
        project.partners.set(partners)
    parties = {project.name: project.parties for project in read_circumstances(federation).projects}
    assert parties == {
        "ägare": 1,
        "ägare och medverkande": 2,
        "ägaren medverkar": 2,
        "bara medverkande": 2,
        "ingen": None,
    }


def test_the_limits_and_the_time_of_insatser_are_those_of_the_federation():
    federation = people.federation()
    Policy.objects.create(
        federation=federation, kind="equity_goal", value=500_000, first_year=2021, source="§ 7"
    )
    Project.objects.create(
        federation=federation,
        name="Stegen",
        level="individual",
        status="running",
        starts="2020-09",
        ends="2023",
    )
    Policy.objects.create(
        federation=people.federation("soderby"), kind="equity_goal", value=1, first_year=2021, source="-"
    )
    circumstances = read_circumstances(federation)
    (policy,), (project,) = circumstances.policies, circumstances.projects
    assert (policy.kind, policy.value, policy.first_year) == ("equity_goal", Decimal(500_000), 2021)
    assert (project.first_day.isoformat(), project.last_day.isoformat()) == ("2020-09-01", "2023-12-31")
    assert project.period == "september 2020–2023"


# -- the number of queries ---------------------------------------------------------------------------


@pytest.mark.parametrize(("lines", "columns"), [(5, 2), (500, 8)])
def test_a_budget_is_read_in_six_queries_whatever_its_size(lines, columns, django_assert_num_queries):
    budget = stored(large_sheet(lines, columns), people.federation())
    budget = Budget.objects.select_related("federation").get(pk=budget.pk)
    with django_assert_num_queries(6):
        sheet = read_sheet(budget)
    assert (len(sheet.lines), len(sheet.columns)) == (lines, columns)
    with django_assert_num_queries(2):
        read_circumstances(budget.federation)


def test_a_large_budget_is_written_in_bulk():
    federation = people.federation()
    stored(replace(large_sheet(500, 8), plan_year=2022), federation)  # makes members and insatser
    with CaptureQueriesContext(connection) as queries:
        store(large_sheet(500, 8), federation)
    assert len(queries) < 500  # lines; its cells are 4 000
