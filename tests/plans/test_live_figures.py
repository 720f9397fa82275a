"""A live figure says what the sheet says. The sums of the small budget were added up by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.rules import Circumstances, Policy
from budgets.sheet import BudgetSheet, Column, Line, PrintedTotal
from plans.figures.resolving import MISSING, resolve
from plans.figures.token import OF_VALUES, TOTALS
from tests.plans import made_plans as made
from tests.plans.made_plans import SUMS, empty_plan, in_unit, kronor, plan_of

S = "\u00a0"
PLAN = plan_of()
YEARS = {-1: 1, 0: 2, 1: 3, 2: 4}
"""The column that each year is read in, counted from the plan year: of a past year the outcome."""


def says(token: str, plan=PLAN) -> str:
    """The words of a figure that has no fault."""
    figure = resolve(token, plan)
    assert not figure.fault
    return figure.text


def fault(token: str, plan=PLAN) -> str:
    """What is said of a figure that has a fault."""
    figure = resolve(token, plan)
    assert figure.text == MISSING
    assert figure.value is None
    assert figure.fault.endswith(".")
    return figure.fault


# -- each thing that can be shown ----------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("what", TOTALS)
def test_each_total_of_each_year(what, year):
    figure = resolve(f"what={what}&year={year}", PLAN)
    assert figure.value == SUMS[what][YEARS[year]]
    assert not figure.fault


@pytest.mark.parametrize(
    ("token", "words"),
    [
        (f"what=line&of={made.JOBBSAM}", f"2{S}203{S}500{S}kr"),
        (f"what=line&of={made.PART}", f"200{S}000{S}kr"),
        (f"what=line&of={made.INTEREST}", f"2{S}680{S}kr"),
        (f"what=group&of={made.ADMINISTRATION_GROUP}", f"630{S}320{S}kr"),
        (f"what=group&of={made.OFFICE_GROUP}", f"570{S}320{S}kr"),
        (f"what=group&of={made.INSATS_GROUP}", f"2{S}219{S}000{S}kr"),
        (f"what=project&of={made.PROJECT_JOBBSAM}", f"2{S}203{S}500{S}kr"),
        (f"what=member&of={made.MEMBER_NORRBY}", f"275{S}000{S}kr"),
        ("what=payer&of=state", f"1{S}100{S}000{S}kr"),
        ("what=payer&of=region", f"550{S}000{S}kr"),
        ("what=payer&of=municipality", f"550{S}000{S}kr"),
        ("what=class&of=contribution", f"2{S}200{S}000{S}kr"),
        ("what=class&of=other", f"2{S}680{S}kr"),
        ("what=class&of=board", f"60{S}000{S}kr"),
        ("what=class&of=administration", f"540{S}320{S}kr"),
        ("what=class&of=audit", f"30{S}000{S}kr"),
        ("what=class&of=insats", f"2{S}219{S}000{S}kr"),
        ("what=result", f"−646{S}640{S}kr"),
        ("what=deficit", f"646{S}640{S}kr"),
        ("what=projects", "2"),
        ("what=projects&form=words", "två"),
        ("what=projects&year=1&form=words", "en"),
        ("what=projects&year=2&form=words", "noll"),
        ("what=year", "2021"),
        ("what=year&year=2", "2023"),
        ("what=year&year=-1", "2020"),
        (f"what=name&of={made.PROJECT_IDLE}", "Förstudien"),
    ],
)
def test_each_thing_that_a_figure_can_show(token, words):
    assert says(token) == words


def test_the_calendar_year_and_a_name_need_no_column():
    assert says("what=year&year=9") == "2030"
    assert says(f"what=name&of={made.PROJECT_IDLE}&year=9") == "Förstudien"


def test_a_printed_total_is_shown_as_its_lines_give_it():
    plan = replace(PLAN, sheet=replace(PLAN.sheet, totals=made.TOTALS))
    assert says("what=total&of=Summa kostnader", plan) == f"2{S}849{S}320{S}kr"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("", f"2{S}203{S}500{S}kr"),
        ("&form=kr", f"2{S}203{S}500{S}kr"),
        ("&form=tkr", f"2{S}203,5{S}tkr"),
        ("&form=mkr", f"2,2{S}mkr"),
        ("&form=about", f"drygt 2,2{S}mkr"),
        ("&form=number", f"2{S}203{S}500"),
        ("&share_of=costs", f"77,3{S}%"),  # 2 203 500 of 2 849 320
        ("&share_of=income", f"100{S}%"),  # of 2 202 680: 1.0004
        ("&share_of=contributions&form=percent", f"100,2{S}%"),
        ("&less=-1", f"935{S}100{S}kr"),  # 1 268 400 in 2020
        ("&less=-1&form=percent", f"73,7{S}%"),
        ("&less=-1&kind=budget", f"903{S}500{S}kr"),  # 1 300 000 in the budget for 2020
        ("&less=1", f"503{S}500{S}kr"),
        ("&year=1&less=0", f"−503{S}500{S}kr"),
        ("&year=1&less=0&form=percent", f"−22,9{S}%"),  # 503 500 of 2 203 500: 22.85
        ("&year=-1&kind=budget", f"1{S}300{S}000{S}kr"),
    ],
)
def test_forms_shares_and_differences(form, words):
    assert says(f"what=line&of={made.JOBBSAM}{form}") == words


def test_the_unit_of_the_plan_with_its_fractions():
    plan = in_unit(made.with_amount(PLAN, made.INTEREST, 2, Decimal(302_680)), "kSEK")
    assert says(f"what=line&of={made.INTEREST}", plan) == f"302,68{S}tkr"
    assert says(f"what=line&of={made.INTEREST}&form=kr", plan) == f"302{S}680{S}kr"
    assert says("what=result", plan) == f"−346,64{S}tkr"


def test_what_a_figure_is_called_and_which_year_it_is_of():
    assert resolve(f"what=line&of={made.JOBBSAM}", PLAN).source == "JobbSam 2021"
    assert resolve("what=deficit&year=1", PLAN).source == "underskottet 2022"
    assert resolve("what=payer&of=state", PLAN).source == "statens bidrag 2021"
    assert resolve(f"what=group&of={made.OFFICE_GROUP}", PLAN).source == "Kansli 2021"


def test_every_kind_of_row_and_total_has_a_name():
    for what, values in OF_VALUES.items():
        for value in values:
            assert "Error" not in resolve(f"what={what}&of={value}", PLAN).fault


# -- which column --------------------------------------------------------------------------------

KINDS = ("plan", "forecast", "budget", "outcome", "revised")


def of_kinds(year: int, *kinds: str):
    """A plan whose income is 1, 2, 3 … in the columns of these kinds."""
    amounts = kronor(*range(1, len(kinds) + 1))
    line = Line(1, "income", "Bidrag", amounts, "contribution", member_kind="state")
    return plan_of(sheet=BudgetSheet(tuple(Column(year, kind) for kind in kinds), (line,), plan_year=2021))


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_that_is_named_is_the_one(kind):
    assert resolve(f"what=income&kind={kind}", of_kinds(2021, *KINDS)).value == KINDS.index(kind) + 1


@pytest.mark.parametrize(
    ("kinds", "chosen"),
    [
        (KINDS, "revised"),
        (("plan", "forecast", "budget", "outcome"), "budget"),
        (("outcome", "forecast", "plan"), "plan"),
        (("outcome", "forecast"), "forecast"),
        (("outcome",), "outcome"),
    ],
)
def test_of_the_plan_year_what_is_decided_comes_first(kinds, chosen):
    assert resolve("what=income", of_kinds(2021, *kinds)).value == kinds.index(chosen) + 1


@pytest.mark.parametrize(
    ("kinds", "chosen"),
    [
        (KINDS, "outcome"),
        (("plan", "budget", "revised", "forecast"), "forecast"),
        (("plan", "budget", "revised"), "revised"),
        (("plan", "budget"), "budget"),
    ],
)
def test_of_an_earlier_year_what_is_known_comes_first(kinds, chosen):
    assert resolve("what=income&year=-1", of_kinds(2020, *kinds)).value == kinds.index(chosen) + 1


# -- limits --------------------------------------------------------------------------------------


def test_limits_of_the_federations_own():
    own = Circumstances((Policy("equity_highest", Decimal(500_000), 2020, None, "styrelsen"),))
    plan = replace(PLAN, circumstances=own)
    assert says("what=highest", plan) == f"500{S}000{S}kr"
    assert says("what=lowest", plan) == f"154{S}000{S}kr"


def test_no_limits_before_there_was_a_recommendation():
    columns = tuple(replace(column, year=column.year - 11) for column in PLAN.sheet.columns)
    plan = replace(PLAN, plan_year=2010, sheet=replace(PLAN.sheet, columns=columns, plan_year=2010))
    assert fault("what=highest", plan) == "Högsta nivån för eget kapital har inget belopp 2010."


# -- what is gone --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("what=income&year=5", "Budgeten har ingen kolumn för 2026."),
        ("what=income&kind=forecast", "Budgeten har ingen kolumn för 2021 (prognos)."),
        (f"what=line&of={made.JOBBSAM}&less=-5", "Budgeten har ingen kolumn för 2016."),
        (f"what=line&of={made.JOBBSAM}&year=2", "JobbSam har inget belopp 2023."),
        (f"what=project&of={made.PROJECT_IDLE}", "Förstudien har inget belopp 2021."),
        ("what=opening&year=-1&kind=budget", "Ingående eget kapital har inget belopp 2020."),
        ("what=payer&of=region_municipality", "Bidraget från kommunen utanför region har inget belopp 2021."),
        ("what=line&of=999", "En budgetpost som texten visar finns inte längre."),
        ("what=line&of=JobbSam", "En budgetpost som texten visar finns inte längre."),
        ("what=group&of=999", "En grupp av budgetposter som texten visar finns inte längre."),
        ("what=project&of=999", "En insats som texten visar finns inte längre."),
        ("what=name&of=0", "En insats som texten visar finns inte längre."),
        ("what=member&of=999", "En medlem som texten visar finns inte längre."),
        ("what=total&of=Summa", "Summan Summa som texten visar finns inte längre."),
        ("what=vinst", "Ett levande belopp kan inte läsas: vinst är inget som ett levande belopp kan visa."),
        ("", "Ett levande belopp kan inte läsas: ingenting är inget som ett levande belopp kan visa."),
        (
            f"what=line&of={made.INTEREST}&less=-1&kind=budget&form=percent",
            "Räntor har inget belopp 2020.",
        ),
        (
            "what=result&year=1&less=0&form=percent",
            "Resultatet 2022 kan inte jämföras i procent med noll eller mindre.",
        ),
    ],
)
def test_a_fault_says_which_figure_has_no_value_and_why(token, sentence):
    assert fault(token) == sentence


def test_a_share_of_nothing_is_a_fault():
    plan = empty_plan(sheet=replace(made.SHEET, lines=(made.LINES[6],)))
    assert "är inte en andel av något" in fault(f"what=line&of={made.FEES}&share_of=income", plan)


@pytest.mark.parametrize("what", TOTALS)
def test_an_empty_budget_has_no_figures(what):
    assert fault(f"what={what}", empty_plan()) == "Budgeten har ingen kolumn för 2021."


def test_an_empty_cell_is_not_zero():
    token = f"what=line&of={made.BREAKFASTS}&year=1"
    assert fault(token) == "Möten har inget belopp 2022."
    zero = made.with_amount(PLAN, made.BREAKFASTS, 3, Decimal(0))
    assert says(token, zero) == f"0{S}kr"


def test_a_new_name_changes_the_words_and_no_figure():
    plan = made.with_project_named(PLAN, made.PROJECT_JOBBSAM, "JobbSam 4.0")
    assert says(f"what=name&of={made.PROJECT_JOBBSAM}", plan) == "JobbSam 4.0"
    assert says(f"what=project&of={made.PROJECT_JOBBSAM}", plan) == f"2{S}203{S}500{S}kr"


# -- any figure ----------------------------------------------------------------------------------

ANY = st.builds(
    "what={}&of={}&year={}&kind={}&less={}&share_of={}&form={}".format,
    st.sampled_from(
        [*TOTALS, "line", "group", "project", "member", "name", "payer", "class", "total", "year"]
    ),
    st.sampled_from(["", "1", "20", "100", "301", "201", "state", "insats", "Summa", "9" * 30]),
    st.integers(-3, 3),
    st.sampled_from(["", "", "budget", "plan", "outcome"]),
    st.sampled_from(["", "-1", "0", "2"]),
    st.sampled_from(["", "costs", "income"]),
    st.sampled_from(["", "kr", "tkr", "mkr", "about", "words", "percent", "number", "x"]),
)
AMOUNTS = st.one_of(st.none(), st.decimals(-(10**12), 10**12, places=2))


@given(ANY, st.lists(AMOUNTS, min_size=len(made.LINES), max_size=len(made.LINES)))
def test_any_token_of_any_budget_is_words_or_a_fault(token, amounts):
    plan = PLAN
    for line, amount in zip(made.LINES, amounts, strict=True):
        plan = made.with_amount(plan, line.key, 2, amount)
    figure = resolve(token, plan)
    assert bool(figure.fault) == (figure.text == MISSING)
    assert figure.text
    assert "-" not in figure.text.replace("JobbSam", "")


def test_printed_totals_of_nothing_are_zero_in_every_form():
    total = PrintedTotal("Summa", kronor(0, 0, 0, 0, 0), sections=("financial_cost",))
    plan = replace(PLAN, sheet=replace(PLAN.sheet, totals=(total,)))
    assert says("what=total&of=Summa", plan) == f"0{S}kr"
