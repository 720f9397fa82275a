"""The edges of the arithmetic and of the rules: exactly on a limit, and what stands beside what is meant.

Most were found by changing the code and seeing that no test noticed (docs/mutants.md).
"""

import inspect
from dataclasses import is_dataclass, replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules

import pytest

import budgets.rules
from budgets.rules import RULES, Circumstances, Finding, Policy, ProjectFacts, Severity, check
from budgets.rules.equity_limits import recommended_limits, staircase
from budgets.rules.legal_values import equity_limit_values, in_force
from budgets.rules.sentences import column_name, sentence
from budgets.sheet import BudgetSheet, Column, PrintedTotal
from tests.budgets.examples import line, sheet

MODULES = [
    "budgets.sheet",
    "budgets.sheet_parts",
    *(f"budgets.rules.{each.name}" for each in iter_modules(budgets.rules.__path__)),
]


def found(budget: BudgetSheet, code: str, circumstances: Circumstances | None = None) -> list[Finding]:
    return [each for each in check(budget, circumstances or Circumstances()) if each.code == code]


# -- the picture ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODULES)
def test_nothing_of_a_budget_can_be_changed_once_it_is_read(name):
    module = import_module(name)
    for _, each in inspect.getmembers(module, inspect.isclass):
        if is_dataclass(each):
            assert each.__dataclass_params__.frozen, each


def test_where_a_budget_was_read_from_makes_it_no_other_budget():
    budget = sheet("2021 budget", line("income", 100))
    assert replace(budget, unknown_keys=("annat",)) == budget
    assert Column(2021, "budget", key=7) == Column(2021, "budget")
    assert Column(2021, "budget").key == 0


# -- sums -------------------------------------------------------------------------------------------------


def test_only_a_balancing_line_is_computed():
    budget = sheet("2021 budget", line("income", 100), line("cost", 40, targets=(Decimal(0),)))
    assert budget.figures[0].balancing == {}
    assert budget.figures[0].costs == 40


def test_a_balancing_line_is_summed_in_its_own_group_and_in_no_other():
    budget = sheet(
        "2021 budget",
        line("income", 100),
        line("opening_equity", 0),
        line("cost", 30, group="Övrigt"),
        line("balancing", None, group="Insatser", targets=(Decimal(0),)),
    )
    assert budget.group_total("Insatser", 0) == 70
    assert budget.group_total("Övrigt", 0) == 30


def test_what_is_left_to_grant_is_no_cost_of_the_project_it_is_meant_for():
    budget = sheet(
        "2021 budget",
        line("income", 100),
        line("opening_equity", 0),
        line("balancing", 20, project="Krami", targets=(Decimal(0),)),
    )
    assert budget.project_total("Krami", 0) is None


def test_a_year_opens_with_the_last_of_several_columns_that_are_as_sure():
    columns = [*(Column(2020, "budget", label) for label in "ABC"), Column(2021, "budget")]
    budget = BudgetSheet(tuple(columns), (), plan_year=2021)
    assert budget.predecessors(3) == [2, 1, 0]


def test_a_printed_total_is_wrong_only_beyond_the_tolerance():
    total = PrintedTotal("Summa", (Decimal(105), Decimal(110), Decimal(111)), sections=("income",))
    budget = sheet(
        "2021 budget, 2022 plan, 2023 plan", line("income", 100, 100, 100, name="Bidrag"), totals=(total,)
    )
    assert [each.column for each in budget.discrepancies(Decimal(10))] == [2]


# -- equity -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("left", "severity"), [(0, Severity.WARNING), (-1, Severity.ERROR)])
def test_nothing_left_to_grant_is_an_error_when_equity_would_be_below_zero(left, severity):
    budget = sheet(
        "2021 budget",
        line("income", 100),
        line("opening_equity", 0),
        line("cost", 100 - left),
        line("balancing", None, targets=(Decimal(50),)),
    )
    (finding,) = found(budget, "BALANCING_NEGATIVE")
    assert finding.figures["closing_without"] == left
    assert finding.severity == severity


def test_the_limits_of_a_half_year_follow_the_halves_of_its_own_year_and_no_other():
    budget = sheet(
        "2021 budget 2021-01-01 2021-06-30, 2021 budget 2021-07-01 2021-12-31, "
        "2022 budget 2022-01-01 2022-06-30, 2022 budget 2022-07-01 2022-12-31",
        line("income", 1_000, 2_000, 30_000, 40_000, member_kind="state"),
        line("opening_equity", 100_000, None, None, None),
        line("cost", 0, 0, 0, 0),
    )
    bases = [each.figures["base"] for each in found(budget, "EQUITY_HIGH")]
    assert bases == [3_000, 3_000, 70_000, 70_000]


def test_there_is_no_limit_on_what_is_paid_back():
    values = equity_limit_values(2021)
    assert values is not None
    assert staircase(Decimal(-5), values.brackets) == []
    assert recommended_limits(Decimal(-5), 2021) is None
    assert recommended_limits(Decimal(0), 2021) is None


def test_equity_carried_over_can_be_judged_where_it_is_both_entered_and_known():
    judges = next(rule.judges for rule in RULES if rule.code == "EQUITY_CHAIN")

    def chained(*opening: int | None) -> bool:
        return judges(
            sheet("2021 budget, 2022 plan", line("income", 100, 100), line("opening_equity", *opening))
        )

    assert chained(10, 110)
    assert not chained(10, None), "nothing entered where the year before is known"
    assert not chained(None, 10), "nothing known of the year before"


# -- what is said of a year -------------------------------------------------------------------------------


def test_a_planned_year_is_incomplete_also_after_an_outcome_of_the_same_year():
    budget = sheet("2021 outcome, 2021 budget", line("cost", 1, 1), plan_year=2021)
    assert [each.column for each in found(budget, "YEAR_INCOMPLETE")] == [1]


def test_a_column_is_named_by_its_label_where_that_is_enough():
    three = BudgetSheet(tuple(Column(2021, "budget", label) for label in "ABC"), ())
    assert [column_name(three, place) for place in range(3)] == ["2021 (A)", "2021 (B)", "2021 (C)"]
    same = BudgetSheet((Column(2021, "budget", "A"), Column(2021, "plan", "A"), Column(2021, "plan")), ())
    assert [column_name(same, place) for place in range(3)] == [
        "2021 (budget, A)",
        "2021 (plan, A)",
        "2021 (plan)",
    ]


def test_the_steps_of_a_limit_are_said_in_whole_per_cent():
    budget = sheet("2021 budget", line("income", 100))
    figures = {"closing": Decimal(1), "highest": Decimal(1), "difference": Decimal(1), "base": Decimal(300)}
    one = Finding(
        "EQUITY_HIGH",
        Severity.WARNING,
        {**figures, "steps": ((Decimal(300), Decimal(60)),)},
        "",
        0,
        variant="recommended",
    )
    assert "60 % av medlemsbidragen 300 kr" in sentence(one, budget).replace("\u00a0", " ")
    two = replace(
        one, figures={**figures, "steps": ((Decimal(200), Decimal(60)), (Decimal(100), Decimal(70)))}
    )
    said = sentence(two, budget).replace("\u00a0", " ")
    assert "60 % av 200 kr och 70 % av 100 kr av medlemsbidragen 300 kr" in said


def test_all_that_a_plan_is_judged_by_is_frozen_with_it():
    values = in_force(2021)
    assert set(values) == {"equity_limits", "shares", "citation"}
    assert values["citation"]["BALANCE"]["text"].startswith("KL (2017:725)")
    assert "esf_incompatible" in in_force(2025)


# -- the federation's own limits ----------------------------------------------------------------------------


def test_how_far_equity_is_above_the_own_goal():
    goal = Policy("equity_goal", Decimal(300), 2021, None, "Styrelsen")
    budget = sheet("2021 budget", line("income", 1_000), line("opening_equity", 0), line("cost", 0))
    (finding,) = found(budget, "POLICY_EQUITY_GOAL", Circumstances(policies=(goal,)))
    assert finding.figures["difference"] == 700


@pytest.mark.parametrize(
    ("last_day", "months"),
    [
        (date(2021, 1, 14), None),  # twelve whole months
        (date(2021, 1, 15), 13),
        (date(2021, 1, 20), 13),
        (date(2021, 2, 10), 13),
        (date(2021, 2, 15), 14),
    ],
)
def test_a_month_of_an_insats_is_counted_when_it_has_begun(last_day, months):
    limit = Policy("project_period", Decimal(12), 2020, None, "Styrelsen")
    krami = ProjectFacts("Krami", date(2020, 1, 15), last_day, False, 2, "2020–2021")
    budget = sheet("2021 budget", line("cost", 100, project="Krami"))
    circumstances = Circumstances(policies=(limit,), projects=(krami,))
    assert [each.figures["months"] for each in found(budget, "POLICY_PROJECT_PERIOD", circumstances)] == (
        [months] if months else []
    )


def test_an_insats_without_money_is_passed_over_and_the_next_is_judged():
    limit = Policy("project_period", Decimal(12), 2020, None, "Styrelsen")
    idle = ProjectFacts("Vilande", None, None, True, 2, "tills vidare")
    krami = ProjectFacts("Krami", None, None, True, 2, "tills vidare")
    budget = sheet("2021 budget", line("cost", 100, project="Krami"))
    (finding,) = found(
        budget, "POLICY_PROJECT_PERIOD", Circumstances(policies=(limit,), projects=(idle, krami))
    )
    assert finding.figures["project"] == "Krami"


@pytest.mark.parametrize(("parties", "said"), [(0, "ingen medlem"), (1, "bara en medlem"), (2, ""), (3, "")])
def test_how_many_members_an_insats_concerns(parties, said):
    krami = ProjectFacts("Krami", None, None, False, parties, "2021")
    budget = sheet("2021 budget", line("cost", 100, project="Krami"))
    sentences = [
        sentence(each, budget) for each in found(budget, "PROJECT_PARTIES", Circumstances(projects=(krami,)))
    ]
    assert [said in each for each in sentences] == ([True] if said else [])


# -- shares -----------------------------------------------------------------------------------------------


def test_a_year_without_contributions_is_passed_over_and_the_next_is_judged():
    budget = sheet(
        "2021 budget, 2022 plan, 2023 plan",
        line("income", None, -5, 100, member_kind="state"),
        line("income", None, None, 300, member_kind="region_municipality"),
    )
    assert [each.column for each in found(budget, "SHARES")] == [2]


def test_a_legal_share_is_exact_to_the_ore():
    budget = sheet(
        "2021 budget",
        line("income", 51, member_kind="state"),
        line("income", Decimal("26.35"), member_kind="region"),
        line("income", Decimal("23.65"), member_kind="region_municipality"),
    )
    (finding,) = found(budget, "SHARES")
    assert ("region", Decimal("26.35"), Decimal("0.260891"), Decimal("25.25")) in finding.figures["payers"]


def test_an_agreed_share_is_exact_to_the_ore_and_an_empty_cell_is_passed_over():
    budget = sheet(
        "2021 budget",
        line("income", 202, member_kind="state"),
        line("income", 101, member_kind="region"),
        line("income", None, member_kind="municipality", agreed_share=Decimal(50), name="Lund"),
        line("income", 101, member_kind="municipality", agreed_share=Decimal(50), name="Eslöv"),
    )
    (finding,) = found(budget, "SHARES_AGREED")
    assert finding.figures["expected"] == Decimal("50.5")
    assert finding.lines == (3,)


def test_nothing_is_agreed_of_a_quarter_that_comes_to_nothing():
    budget = sheet(
        "2021 budget",
        line("income", 100, member_kind="state"),
        line("income", 100, member_kind="municipality", agreed_share=Decimal(50), name="Lund"),
        line("income", -100, member_kind="municipality", agreed_share=Decimal(50), name="Eslöv"),
    )
    assert not found(budget, "SHARES_AGREED")


def test_a_part_of_what_another_kind_of_member_pays_has_no_agreed_share():
    budget = sheet(
        "2021 budget",
        line("income", 100, member_kind="municipality"),
        line("income", 40, member_kind="region", agreed_share=Decimal(10), part_of=0),
        line("income", 100, member_kind="region"),
    )
    assert not found(budget, "SHARES_AGREED")


# -- printed ----------------------------------------------------------------------------------------------


def test_a_printed_figure_that_is_wrong_is_pointed_at():
    total = PrintedTotal("Summa intäkter", (Decimal(99),), sections=("income",))
    budget = sheet(
        "2021 budget",
        line("income", 100),
        line("opening_equity", 0),
        line("balancing", 70, targets=(Decimal(0),)),
        totals=(total,),
    )
    of_total, of_line = found(budget, "PRINTED_TOTAL")
    assert (of_total.lines, of_total.total) == ((), 0)
    assert (of_line.lines, of_line.total) == ((2,), None)
