"""The sums of a budget: the five real documents, then each thing that a sheet counts."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from budgets.rules import Finding, check
from budgets.rules.sentences import sentence
from budgets.sheet import BudgetSheet, PrintedTotal
from tests.budgets.examples import FILES, column, fixture, kronor, line, sheet

DISCREPANCIES = tomllib.loads(Path(__file__).with_name("discrepancies.toml").read_text(encoding="utf-8"))


def results(budget: BudgetSheet) -> list[Decimal | None]:
    return [year.result for year in budget.figures]


def openings(budget: BudgetSheet) -> list[Decimal | None]:
    return [year.opening for year in budget.figures]


def closings(budget: BudgetSheet) -> list[Decimal | None]:
    return [year.closing for year in budget.figures]


def found(budget: BudgetSheet, code: str) -> list[Finding]:
    return [finding for finding in check(budget) if finding.code == code]


# -- the five documents ------------------------------------------------------------------------------


def test_every_document_has_its_discrepancies_written_down():
    assert set(DISCREPANCIES) == set(FILES)


@pytest.mark.parametrize("federation", DISCREPANCIES)
def test_exactly_the_printed_totals_that_are_wrong(federation):
    budget = fixture(federation)

    computed = [
        {
            "total": each.total,
            "year": budget.columns[each.column].year,
            "printed": each.printed,
            "computed": each.computed,
            "difference": each.difference,
        }
        for each in budget.discrepancies()
    ]

    assert computed == DISCREPANCIES[federation]


def test_introduktion_hides_deficits_and_ends_below_zero():
    budget = fixture("introduktion")

    assert results(budget) == [-1_580_000, -882_000, -1_946_000]
    assert closings(budget) == [2_145_000, 1_263_000, -683_000]
    errors = [finding for finding in check(budget) if finding.severity == "error"]
    assert [(each.code, each.column) for each in errors] == [("EQUITY_NEGATIVE", 2)]


def test_lund_opens_2017_with_another_figure_than_2016_closes_with():
    budget = fixture("lund")

    assert closings(budget) == [2_072_000, 2_725_000, 4_575_000, 7_025_000]
    assert openings(budget)[1] == 2_000_000
    [chain] = found(budget, "EQUITY_CHAIN")
    assert (chain.severity, chain.column) == ("warning", 1)
    assert chain.figures["carried"] == 2_072_000
    assert chain.figures["difference"] == -72_000


def test_lund_is_told_exactly_how_far_above_the_highest_level():
    budget = fixture("lund")

    assert sentence(found(budget, "EQUITY_HIGH")[0], budget) == (
        "Utgående eget kapital 2017 är 2\u00a0725\u00a0tkr, 1\u00a0325\u00a0tkr över högsta nivån "
        "1\u00a0400\u00a0tkr (20\u00a0% av medlemsbidragen 7\u00a0000\u00a0tkr). Nationella rådet 2013-10-02."
    )


def test_skelleftea_has_two_years_that_cannot_be_judged_rather_than_negative_ones():
    budget = fixture("skelleftea")

    assert results(budget) == [-2_015_000, None, None]
    assert closings(budget) == [799_000, None, None]
    assert not found(budget, "EQUITY_NEGATIVE")
    assert [each.column for each in found(budget, "YEAR_INCOMPLETE")] == [1, 2]


def test_skelleftea_state_pays_less_than_half():
    budget = fixture("skelleftea")

    [shares] = found(budget, "SHARES")
    assert (shares.severity, shares.column) == ("warning", 0)
    assert "staten 2\u00a0976\u00a0tkr, 49,4\u00a0%, ska vara 3\u00a0014\u00a0tkr" in sentence(shares, budget)


def test_skelleftea_is_judged_by_the_recommendation_of_the_year_before_and_is_inside():
    budget = fixture("skelleftea")

    assert not found(budget, "EQUITY_HIGH")
    assert not found(budget, "EQUITY_LOW")


def test_landskrona_svalov_is_older_than_the_recommendation_and_the_present_law():
    budget = fixture("landskrona-svalov")

    assert results(budget) == [4_982_000, -4_982_000]
    assert closings(budget) == [4_982_000, 0]
    assert not [each for each in check(budget) if each.code.startswith("EQUITY_")]
    assert [each.reference for each in found(budget, "HORIZON")] == [
        "KL (1991:900) 8 kap. 5 § via FinsamL 21 §"
    ]
    assert [each.reference for each in found(budget, "BALANCE")] == [
        "KL (1991:900) 8 kap. 4 § via FinsamL 21 §"
    ]


def test_gotland_pays_half_each_and_runs_a_deficit():
    budget = fixture("gotland")

    assert results(budget) == [-542_000, -650_000, 0, 0]
    assert budget.payer_shares(1) == {"state": Decimal("0.5"), "region_municipality": Decimal("0.5")}
    assert not found(budget, "SHARES")


# -- an empty cell is not zero -----------------------------------------------------------------------


def test_a_sum_of_empty_cells_is_unknown_and_a_sum_with_a_zero_is_zero():
    budget = sheet("2020 budget, 2021 plan", line("cost", None, 0), line("cost", None, None))

    assert [budget.section_total("cost", column) for column in (0, 1)] == [None, 0]


def test_a_year_without_stated_income_has_no_result_equity_or_funds():
    budget = sheet("2020 budget", line("cost", 700), line("opening_equity", 900))

    [year] = budget.figures
    assert [year.costs, year.opening] == [700, 900]
    assert [year.income, year.result, year.closing, year.funds_available] == [None] * 4


def test_interest_alone_is_no_income_of_the_year():
    budget = sheet("2020 budget", line("financial_income", 5), line("cost", 700))

    assert budget.figures[0].income is None
    assert budget.figures[0].result is None


def test_a_year_without_stated_costs_results_in_its_income():
    budget = sheet("2020 budget", line("income", 700))

    assert budget.figures[0].costs is None
    assert budget.figures[0].result == 700


def test_a_year_without_opening_equity_has_a_result_but_no_closing():
    budget = sheet("2020 budget", line("income", 700), line("cost", 650))

    assert [budget.figures[0].result, budget.figures[0].closing] == [50, None]


# -- result and equity -------------------------------------------------------------------------------


def test_the_result_leaves_opening_equity_out_and_the_funds_available_count_it_in():
    budget = sheet(
        "2020 budget",
        line("income", 7_000),
        line("financial_income", 50),
        line("opening_equity", 2_000),
        line("cost", 6_500),
        line("financial_cost", 30),
    )

    [year] = budget.figures
    assert [year.income, year.costs, year.result] == [7_050, 6_530, 520]
    assert [year.opening, year.closing, year.funds_available] == [2_000, 2_520, 9_050]


def test_what_one_year_closes_with_the_next_opens_with():
    budget = sheet(
        "2020 budget, 2021 plan, 2022 plan",
        line("income", 100, 100, 100),
        line("cost", 90, 130, 95),
        line("opening_equity", 50, None, None),
    )

    assert openings(budget) == [50, 60, 30]
    assert closings(budget) == [60, 30, 35]


def test_an_entered_opening_goes_before_the_carried_one_which_is_kept_beside_it():
    budget = sheet(
        "2020 budget, 2021 plan",
        line("income", 100, 100),
        line("cost", 90, 90),
        line("opening_equity", 50, 65),
    )

    second = budget.figures[1]
    assert [second.opening, second.opening_entered, second.carried, second.closing] == [65, 65, 60, 75]
    assert second.carried_from == 0


def test_several_entered_openings_are_added():
    budget = sheet("2020 budget", line("opening_equity", 40), line("opening_equity", 2), line("income", 0))

    assert budget.figures[0].opening == 42


def test_a_year_in_between_that_is_missing_breaks_the_chain():
    budget = sheet("2020 budget, 2022 plan", line("income", 1, 1), line("opening_equity", 5, None))

    assert openings(budget) == [5, None]


def test_columns_may_stand_in_any_order():
    budget = sheet(
        "2022 plan, 2020 budget, 2021 plan",
        line("income", 10, 10, 10),
        line("opening_equity", None, 5, None),
    )

    assert openings(budget) == [25, 5, 15]


def test_part_of_a_year_is_followed_by_the_year_after():
    budget = sheet(
        "2009 budget 2009-09-01 2009-12-31, 2010 budget",
        line("income", 5_440, 5_000),
        line("cost", 458, 9_000),
        line("opening_equity", 0, None),
    )

    assert openings(budget) == [0, 4_982]


def test_parts_of_the_same_year_follow_each_other_by_their_days():
    budget = sheet(
        "2009 budget 2009-09-01 2009-12-31, 2009 outcome 2009-01-01 2009-08-31",
        line("income", 10, 7),
        line("opening_equity", None, 3),
    )

    assert openings(budget) == [10, 3]


@pytest.mark.parametrize(
    ("before", "opening"),
    [
        ("2020 outcome, 2020 forecast, 2020 revised, 2020 budget, 2020 plan", 1),
        ("2020 plan, 2020 budget, 2020 revised, 2020 forecast, 2020 outcome", 5),
        ("2020 plan, 2020 budget, 2020 revised, 2020 forecast, 2019 outcome", 4),
        ("2020 plan, 2020 budget, 2020 revised, 2019 forecast, 2019 outcome", 3),
        ("2020 plan, 2020 budget, 2019 revised, 2019 forecast, 2019 outcome", 2),
        ("2020 plan, 2019 budget, 2019 revised, 2019 forecast, 2019 outcome", 1),
    ],
)
def test_a_year_opens_with_the_surest_of_last_years_columns(before, opening):
    """Each earlier column closes with 1, 2, 3, 4 or 5, in the order they stand."""
    budget = sheet(
        f"{before}, 2021 budget",
        line("income", 0, 0, 0, 0, 0, 0),
        line("opening_equity", 1, 2, 3, 4, 5, None),
    )

    assert budget.figures[5].opening == opening


def test_of_two_columns_as_sure_the_later_one_is_carried():
    budget = sheet(
        "2020 budget, 2020 budget, 2021 plan", line("income", 0, 0, 0), line("opening_equity", 1, 2, None)
    )

    assert budget.figures[2].opening == 2


def test_an_outcome_without_income_gives_way_to_the_budget():
    budget = sheet(
        "2020 outcome, 2020 budget, 2021 budget",
        line("income", None, 10, 10),
        line("opening_equity", 4, 4, None),
    )

    assert budget.figures[2].opening == 14


# -- balancing lines ---------------------------------------------------------------------------------


def test_a_balancing_line_is_what_is_left_so_that_the_closing_equity_is_the_target():
    budget = sheet(
        "2020 budget, 2021 plan",
        line("income", 1_000, 1_000),
        line("financial_income", 14, 0),
        line("opening_equity", 500, None),
        line("cost", 600, 700),
        line("financial_cost", 4, 0),
        line("balancing", None, None, targets=kronor(100, 0)),
    )

    assert [budget.section_total("balancing", column) for column in (0, 1)] == [810, 400]
    assert [year.costs for year in budget.figures] == [1_414, 1_100]
    assert results(budget) == [-400, -100]
    assert closings(budget) == [100, 0]


def test_a_balancing_line_may_come_to_less_than_nothing():
    budget = sheet(
        "2020 budget",
        line("income", 100),
        line("opening_equity", 0),
        line("cost", 130),
        line("balancing", None, targets=kronor(0)),
    )

    assert budget.section_total("balancing", 0) == -30
    assert closings(budget) == [0]


def test_a_balancing_line_without_a_target_is_a_cost_as_entered():
    budget = sheet(
        "2020 budget",
        line("income", 100),
        line("opening_equity", 10),
        line("balancing", 60, targets=(None,)),
    )

    assert budget.figures[0].costs == 60
    assert closings(budget) == [50]
    assert budget.discrepancies() == []


def test_a_balancing_line_that_cannot_be_computed_leaves_the_result_unknown():
    budget = sheet("2020 budget", line("income", 100), line("balancing", 60, targets=kronor(0)))

    assert budget.amount(budget.lines[1], 0) is None
    assert results(budget) == [None]


def test_of_two_balancing_lines_with_a_target_the_last_is_computed():
    budget = sheet(
        "2020 budget",
        line("income", 100),
        line("opening_equity", 0),
        line("balancing", 30, targets=kronor(0)),
        line("balancing", 60, targets=kronor(5)),
    )

    assert [budget.amount(each, 0) for each in budget.lines[2:]] == [30, 65]
    assert closings(budget) == [5]


def test_a_balancing_line_printed_with_another_amount_is_a_discrepancy():
    budget = sheet(
        "2010 budget",
        line("income", 5_014),
        line("opening_equity", 4_982),
        line("cost", 1_209),
        line("balancing", 8_786, name="Medel att fördela", targets=kronor(0)),
    )

    [each] = budget.discrepancies()
    assert each.total == "Medel att fördela"
    assert [each.printed, each.computed, each.difference] == [8_786, 8_787, -1]


# -- groups, classes, payers, projects ---------------------------------------------------------------


def grouped() -> BudgetSheet:
    return sheet(
        "2020 budget",
        line("income", 1_000),
        line("opening_equity", 100),
        line("cost", 1, group="Administration", line_class="administration"),
        line("cost", 2, group="Administration", subgroup="Inköpt", line_class="administration"),
        line("cost", 4, group="Administration", subgroup="Inköpt", line_class="audit"),
        line("cost", 8, group="Projekt", project="JobbSam", level="individual"),
        line("cost", 16, line_class="board"),
        line("cost", 32, project="JobbSam", level="structural"),
        line("income", 64, group="Projekt", project="JobbSam"),
        line("balancing", None, group="Projekt", targets=kronor(0)),
    )


def test_sums_by_group_and_subgroup():
    budget = grouped()

    assert budget.group_total("Administration", 0) == 7
    assert budget.group_total("Administration", 0, subgroup="Inköpt") == 6
    assert budget.group_total("Administration", 0, subgroup="") == 1
    assert budget.group_total("Finns inte", 0) is None
    # 1 000 + 64 + 100 − (1 + 2 + 4 + 8 + 16 + 32) = 1 101 is left
    assert budget.group_total("Projekt", 0, section="cost") == 8
    assert budget.group_total("Projekt", 0, section="income") == 64
    assert budget.group_total("Projekt", 0, section="balancing") == 1_101
    assert budget.group_total("Projekt", 0) == 1_173


def test_sums_by_class_project_and_level():
    budget = grouped()

    assert budget.class_total("administration", 0) == 3
    assert budget.class_total("insats", 0) == 40
    assert budget.administration(0) == 23
    assert budget.administration_share(0) == Decimal(23) / Decimal(1_164)
    assert budget.project_total("JobbSam", 0) == 40  # the income of the project is no cost
    assert budget.project_total("Okänd", 0) is None
    assert budget.level_total("individual", 0) == 8
    assert budget.level_total("structural", 0) == 32
    assert budget.level_total("", 0) is None


def test_administration_has_no_share_of_no_costs():
    budget = sheet("2020 budget, 2021 plan", line("cost", 0, None, line_class="administration"))

    assert [budget.administration_share(column) for column in (0, 1)] == [None, None]


def test_contributions_are_what_the_members_pay():
    budget = sheet(
        "2020 budget, 2021 plan",
        line("income", 500, None, member_kind="state"),
        line("income", 250, None, member_kind="region"),
        line("income", 200, None, member_kind="municipality"),
        line("income", 50, None, member_kind="municipality"),
        line("income", 70, 70, line_class="esf"),
        line("income", 30, 30),
        line("financial_income", 5, 5),
    )

    assert budget.figures[0].contributions == 1_000
    assert budget.payers[0] == {"state": 500, "region": 250, "municipality": 250}
    assert budget.payer_shares(0) == {
        "state": Decimal("0.5"),
        "region": Decimal("0.25"),
        "municipality": Decimal("0.25"),
    }
    assert budget.figures[1].contributions is None
    assert (budget.payers[1], budget.payer_shares(1)) == ({}, {})


# -- printed totals ----------------------------------------------------------------------------------


def test_a_printed_total_sums_names_or_groups_or_sections_less_sections():
    budget = sheet(
        "2020 budget",
        line("income", 100, name="Bidrag"),
        line("income", 20, name="Ränta"),
        line("financial_income", 3, name="Ränta"),
        line("opening_equity", 40),
        line("cost", 50, group="Projekt"),
        line("cost", 5, group="Administration"),
    )

    def total(**parts: tuple[str, ...]) -> Decimal:
        return budget.printed_total(PrintedTotal("Summa", kronor(0), **parts), 0)

    assert total(names=("Ränta",)) == 23
    assert total(names=("Bidrag", "Ränta")) == 123
    assert total(groups=("Projekt", "Administration")) == 55
    assert total(sections=("income", "opening_equity")) == 160
    assert total(sections=("income", "opening_equity"), minus=("cost",)) == 105
    assert total(names=("Bidrag",), groups=("Projekt",), sections=("cost",)) == 100
    assert total(groups=("Projekt",), sections=("income",)) == 50
    assert total() == 0


def test_a_total_that_is_not_printed_is_no_discrepancy_and_a_printed_zero_is():
    budget = sheet(
        "2020 budget, 2021 plan",
        line("cost", 50, 50),
        totals=(PrintedTotal("Summa", kronor(None, 0), sections=("cost",)),),
    )

    [each] = budget.discrepancies()
    assert [each.column, each.printed, each.computed] == [1, 0, 50]


def test_a_tolerance_is_the_difference_that_still_passes():
    budget = sheet(
        "2020 budget, 2021 plan, 2022 plan, 2023 plan",
        line("cost", 50, 50, 50, 50),
        totals=(PrintedTotal("Summa", kronor(55, 45, "55.01", "44.99"), sections=("cost",)),),
    )

    assert [each.difference for each in budget.discrepancies(Decimal(5))] == [
        Decimal("5.01"),
        Decimal("-5.01"),
    ]


# -- parts ("varav") ---------------------------------------------------------------------------------


def parted() -> BudgetSheet:
    """Whole lines of 1 000s, and parts of 1s that must show in no sum."""
    return sheet(
        "2020 budget",
        line("income", 1, name="varav Lund", part_of=1, member_kind="state", group="G"),
        line("income", 20_000, name="Kommuner", member_kind="municipality"),
        line("opening_equity", 5_000),
        line("cost", 4_000, name="Kansli", line_class="administration", group="G", subgroup="U"),
        line("cost", 1, name="Löner", part_of=3, line_class="board", group="G", subgroup="U"),
        line("cost", 8_000, name="Coacher", group="P", project="Krami", level="individual"),
        line("cost", 1, name="Handledning", part_of=5, project="Krami", level="individual"),
        line("cost", 2, name="Löner", part_of=5, project="JobbSam", level="structural"),
        line("financial_income", 100),
        line("financial_income", 1, part_of=8),
        line("financial_cost", 30),
        line("financial_cost", 1, part_of=10),
    )


def test_a_part_is_in_no_sum():
    budget = parted()

    [year] = budget.figures
    assert [year.income, year.costs, year.result] == [20_100, 12_030, 8_070]
    assert [year.opening, year.closing, year.funds_available] == [5_000, 13_070, 25_100]
    assert [budget.section_total(each, 0) for each in ("income", "financial_income")] == [20_000, 100]
    assert [budget.section_total(each, 0) for each in ("cost", "financial_cost")] == [12_000, 30]
    assert [budget.group_total("G", 0), budget.group_total("G", 0, subgroup="U")] == [4_000, 4_000]
    assert [budget.group_total("G", 0, section="income"), budget.group_total("", 0)] == [None, 25_130]
    assert [budget.class_total(each, 0) for each in ("administration", "board")] == [4_000, None]
    assert (year.contributions, budget.payers[0]) == (20_000, {"municipality": 20_000})
    assert budget.payer_shares(0) == {"municipality": 1}
    assert budget.administration(0) == 4_000
    assert budget.administration_share(0) == Decimal(4_000) / Decimal(12_030)
    assert [budget.level_total(each, 0) for each in ("individual", "structural")] == [8_000, None]


def test_what_is_left_to_grant_does_not_depend_on_parts():
    rest = line("balancing", None, targets=kronor(70))

    assert closings(sheet("2020 budget", *parted().lines, rest)) == [70]
    assert sheet("2020 budget", *parted().lines, rest).section_total("balancing", 0) == 13_000


def test_a_part_is_counted_for_its_project_unless_its_whole_is_the_projects_too():
    budget = parted()

    assert [budget.project_total(each, 0) for each in ("Krami", "JobbSam")] == [8_000, 2]


def test_a_printed_total_counts_a_part_only_when_it_names_it():
    budget = parted()

    def total(**parts: tuple[str, ...]) -> Decimal:
        return budget.printed_total(PrintedTotal("Summa", kronor(0), **parts), 0)

    assert total(names=("Löner",)) == 3
    assert total(names=("Kansli", "Handledning")) == 4_001
    assert [total(groups=("G",)), total(groups=("P",))] == [4_000, 8_000]
    assert [total(sections=("cost",)), total(sections=("income",), minus=("cost",))] == [12_000, 8_000]


# -- the plan ----------------------------------------------------------------------------------------


def test_rules_judge_the_plan_year_and_later_and_nothing_without_a_plan_year():
    columns = "2019 outcome, 2020 forecast, 2021 budget, 2022 plan"

    assert sheet(columns).plan_year == 2021
    assert sheet(columns).judged == [2, 3]
    assert sheet(columns, plan_year=2020).judged == [1, 2, 3]
    assert sheet("2019 outcome, 2020 forecast").plan_year is None
    assert sheet("2019 outcome, 2020 forecast").judged == []


def test_a_column_has_its_days():
    whole, part = column("2020 budget"), column("2009 budget 2009-09-01 2009-12-31")

    assert (whole.first_day.isoformat(), whole.last_day.isoformat()) == ("2020-01-01", "2020-12-31")
    assert (part.first_day.isoformat(), part.last_day.isoformat()) == ("2009-09-01", "2009-12-31")
