"""The years shifted. The figures are added up by hand from the tables in fixtures/, not by the code."""

from datetime import date
from decimal import Decimal

import pytest

from budgets.sheet import BudgetSheet, Column, Line
from plans.new_plan import LAST_PLAN_YEAR, NewPlan, column_name, shifted
from tests.budgets.examples import fixture, line, numbered, sheet
from tests.budgets.made_sheets import odd_sheet

THOUSAND = 1000


def columns(new: NewPlan) -> list[str]:
    return [f"{origin.column.year} {origin.column.kind} {origin.how}" for origin in new.origins]


def named(new: NewPlan, name: str) -> Line:
    (found,) = [each for each in new.sheet.lines if each.name == name]
    return found


def equity(new: NewPlan) -> list[tuple[Decimal | None, Decimal | None]]:
    return [(figures.opening, figures.closing) for figures in new.sheet.figures]


def opening_line(new: BudgetSheet) -> Line:
    return next(each for each in new.lines if each.section == "opening_equity")


# -- the real federations, one year on ---------------------------------------------------------------


def test_gotland_2022_opens_with_what_the_budget_of_2021_leaves():
    new = shifted(fixture("gotland"), 2022, ended={"JobbSam 2.0": "är avslutad"})
    assert columns(new) == ["2021 budget kept", "2022 budget moved", "2023 plan moved", "2024 plan empty"]
    # 650 000 + 4 324 000 − 4 974 000; then 4 260 000 − 4 260 000 and 4 240 000 − 4 240 000.
    assert equity(new) == [(650_000, 0), (0, 0), (0, 0), (0, None)]
    assert named(new, "JobbSam 3.0").amounts == (2_203_500, 2_294_300, 2_335_916, None)
    assert named(new, "Försäkringskassan").amounts == (2_162_000, 2_130_000, 2_120_000, None)
    assert [column_name(each) for each in new.dropped_columns] == ["2020 budget"]
    assert [(each.name, each.reason) for each in new.left_out_lines] == [
        ("JobbSam 2.0 (Q1 och Q2)", "är avslutad")
    ]
    assert new.empty_lines == ("Extra tilldelning",)
    assert new.sheet.plan_year == 2022


def test_gotland_keeps_groups_members_insatser_and_notes():
    old, new = fixture("gotland"), shifted(fixture("gotland"), 2022)
    kept = {each.name: each for each in new.sheet.lines}
    for each in old.lines:
        same = kept[each.name]
        assert (same.group, same.subgroup) == (each.group, each.subgroup)
        assert (same.member, same.member_kind) == (each.member, each.member_kind)
        assert (same.project, same.line_class, same.note) == (each.project, each.line_class, each.note)
    assert opening_line(new.sheet).cell_notes[0].startswith("Prognos. Budgeten för 2020 lämnar")
    assert kept["Försäkringskassan"].statuses[0][0].status == "preliminary"
    assert not any(kept["Försäkringskassan"].statuses[1:])


def test_nothing_printed_follows():
    new = shifted(fixture("gotland"), 2022).sheet
    assert (new.totals, new.source, new.stated_limits) == ((), "", None)
    assert not any(each.printed_texts for each in new.lines)
    assert shifted(fixture("introduktion"), 2018).sheet.stated_limits is None


def test_lund_2018_in_tkr():
    ended = {
        "ComungIII": "är avslutad",
        "Socialt företagande Brunnshög": "är avslutad",
        "Kaosam": "slutar 2017",
    }
    new = shifted(fixture("lund"), 2018, ended=ended)
    assert columns(new) == ["2017 budget kept", "2018 budget moved", "2019 plan moved", "2020 plan empty"]
    # 2 000 + 7 000 − 6 275 = 2 725; + 6 650 − 4 800 = 4 575; + 6 650 − 4 200 = 7 025.
    assert equity(new) == [
        (2_000 * THOUSAND, 2_725 * THOUSAND),
        (2_725 * THOUSAND, 4_575 * THOUSAND),
        (4_575 * THOUSAND, 7_025 * THOUSAND),
        (7_025 * THOUSAND, None),
    ]
    assert [each.name for each in new.left_out_lines] == ["ComungIII", "Socialt företagande Brunnshög"]
    # Ended, but without it the comparison would no longer add up.
    assert named(new, "Kaosam").amounts == (600 * THOUSAND, None, None, None)
    assert any("Kaosam följer med, eftersom den har belopp 2017" in each for each in new.remarks)
    assert "2016 prognos" in map(column_name, new.dropped_columns)
    assert named(new, "Försäkringskassan (inkl. AF)").cell_notes[1].startswith("Den tryckta summan")


def test_landskrona_svalov_2010_opens_with_the_four_months_of_2009():
    new = shifted(fixture("landskrona-svalov"), 2010)
    assert columns(new) == ["2009 budget kept", "2010 budget moved", "2011 plan empty", "2012 plan empty"]
    assert new.sheet.columns[0].starts == date(2009, 9, 1)
    # 0 + 5 440 − 458 = 4 982; the 4 982 that was entered for 2010 is no longer entered but the same.
    assert equity(new)[:2] == [(0, 4_982 * THOUSAND), (4_982 * THOUSAND, 0)]
    assert opening_line(new.sheet).amounts == (0, None, None, None)
    assert not any("var angivet" in each for each in new.remarks)
    assert "Kolumnen 2009 budget (september–december) är bara en del av året." in new.remarks


def test_what_is_left_to_grant_goes_on_being_computed():
    new = shifted(fixture("landskrona-svalov"), 2010)
    left = named(new, "Medel för insatser att fördela")
    assert left.targets == (None, 0, 0, 0)
    assert left.amounts == (None, None, None, None)
    # 5 014 + 4 982 − 1 209
    assert new.sheet.amount(left, 1) == 8_787 * THOUSAND


def test_skelleftea_2015_where_little_is_planned():
    new = shifted(fixture("skelleftea"), 2015)
    # 2 814 + 6 092 + 50 − 8 157 = 799; 2015 has costs but no income, and so no closing equity.
    assert equity(new) == [
        (2_814 * THOUSAND, 799 * THOUSAND),
        (799 * THOUSAND, None),
        (None, None),
        (None, None),
    ]
    assert named(new, "Redan beslutad verksamhet").amounts == (
        4_108 * THOUSAND,
        2_860 * THOUSAND,
        3_360 * THOUSAND,
        None,
    )


def test_the_example_of_the_introduction_course():
    new = shifted(fixture("introduktion"), 2018)
    # 3 725 + 13 187 − 14 767 = 2 145; + 12 650 − 13 532 = 1 263; + 12 000 − 13 946 = −683.
    assert equity(new) == [
        (3_725 * THOUSAND, 2_145 * THOUSAND),
        (2_145 * THOUSAND, 1_263 * THOUSAND),
        (1_263 * THOUSAND, -683 * THOUSAND),
        (-683 * THOUSAND, None),
    ]
    assert opening_line(new.sheet).amounts == (3_725 * THOUSAND, None, None, None)
    assert new.remarks[0].startswith(
        "2018 öppnar med 2\u00a0145\u00a0tkr: det utgående egna kapitalet 2017 enligt budget."
    )


# -- opening equity ----------------------------------------------------------------------------------


def test_a_forecast_goes_before_the_budget():
    old = sheet(
        "2021 budget, 2021 forecast, 2022 plan",
        line("income", 1000, 1100, 1000),
        line("opening_equity", 50, 60, None),
        line("cost", 900, 1000, 900),
        plan_year=2021,
    )
    new = shifted(old, 2022)
    assert columns(new)[:3] == ["2021 budget kept", "2021 forecast kept", "2022 budget moved"]
    assert equity(new)[:3] == [(50, 150), (60, 160), (160, 260)]
    assert new.remarks[0] == "2022 öppnar med 160\u00a0kr: det utgående egna kapitalet 2021 enligt prognos."


def test_a_comparison_that_opened_with_a_dropped_year_gets_the_figure_and_where_it_is_from():
    old = sheet(
        "2020 outcome, 2021 budget, 2022 plan",
        line("income", 1000, 1000, 1000),
        line("opening_equity", 300, None, None),
        line("cost", 700, 1100, 1000),
        plan_year=2021,
    )
    new = shifted(old, 2022)
    opening = opening_line(new.sheet)
    assert opening.amounts[0] == 600
    assert opening.cell_notes[0] == "Utgående eget kapital 2020 enligt utfall i planen för 2021."
    assert equity(new)[:2] == [(600, 500), (500, 500)]


def test_a_budget_without_a_line_for_opening_equity_gets_one():
    old = sheet("2021 budget, 2022 plan", line("income", 1000, 1000), line("cost", 900, 900), plan_year=2021)
    new = shifted(old, 2022)
    assert [each.section for each in new.sheet.lines] == ["income", "opening_equity", "cost"]
    assert opening_line(new.sheet).amounts == (None,) * 4
    assert new.remarks[0].startswith("Ingående eget kapital 2022 är inte känt")


def test_an_entered_opening_that_the_chain_contradicts_is_told():
    old = sheet(
        "2021 budget, 2022 plan",
        line("income", 1000, 1000),
        line("opening_equity", 100, 500),
        line("cost", 900, 900),
        plan_year=2021,
    )
    new = shifted(old, 2022)
    assert equity(new)[1] == (200, 300)
    assert (
        "Ingående eget kapital 2022 var angivet till 500\u00a0kr. Nu följer det av året före: 200\u00a0kr."
        in new.remarks
    )


def test_an_entered_opening_stays_where_no_year_before_can_give_it():
    old = sheet(
        "2021 budget, 2022 plan",
        line("income", None, 1000),
        line("opening_equity", None, 500),
        line("cost", 900, 900),
        plan_year=2021,
    )
    new = shifted(old, 2022)
    assert equity(new)[1] == (500, 600)
    assert new.remarks[0] == "2022 öppnar med 500\u00a0kr, som det var angivet i planen för 2021."


def test_several_lines_of_opening_equity_are_summed_as_before():
    old = sheet(
        "2021 budget, 2022 plan",
        line("income", 1000, 1000),
        line("opening_equity", 100, None, name="Fritt"),
        line("opening_equity", 40, 5, name="Bundet"),
        plan_year=2021,
    )
    assert equity(shifted(old, 2022))[:2] == [(140, 1140), (1140, 2140)]


# -- odd columns -------------------------------------------------------------------------------------


def test_no_plan_columns_give_empty_years():
    old = sheet("2021 budget", line("income", 1000), line("opening_equity", 10), line("cost", 900))
    new = shifted(old, 2022)
    assert columns(new) == ["2021 budget kept", "2022 budget empty", "2023 plan empty", "2024 plan empty"]
    assert equity(new) == [(10, 110), (110, None), (None, None), (None, None)]


def test_missing_years_may_have_the_amounts_of_the_year_before():
    old = sheet(
        "2021 budget, 2022 plan",
        line("income", 1000, 1200, cell_notes=("", "beslutat")),
        line("opening_equity", 10, None),
        line("cost", 900, 1000, formulas=("", "=10*100")),
        plan_year=2021,
    )
    new = shifted(old, 2022, copy_missing_years=True)
    assert columns(new) == ["2021 budget kept", "2022 budget moved", "2023 plan copied", "2024 plan copied"]
    assert named(new, "Intäkt").amounts == (1000, 1200, 1200, 1200)
    assert named(new, "Intäkt").cell_notes == ("", "beslutat", "", "")
    assert named(new, "Kostnad").formulas == ("", "=10*100", "=10*100", "=10*100")
    assert equity(new) == [(10, 110), (110, 310), (310, 510), (510, 710)]


def test_part_of_a_year_is_not_copied_to_a_whole_one():
    old = sheet(
        "2021 budget 2021-09-01 2021-12-31",
        line("income", 400),
        line("cost", 300),
        plan_year=2021,
    )
    new = shifted(old, 2022, copy_missing_years=True)
    assert columns(new)[1:] == ["2022 budget empty", "2023 plan empty", "2024 plan empty"]
    assert "2022, 2023 och 2024 är tomt: det finns inget helt planerat år före att kopiera." in new.remarks


def test_an_outcome_is_not_copied_to_a_plan():
    old = sheet("2021 outcome", line("income", 400), plan_year=2021)
    assert columns(shifted(old, 2022, copy_missing_years=True))[1] == "2022 budget empty"


def test_of_several_columns_for_a_year_the_surest_that_was_planned_becomes_the_budget():
    old = sheet(
        "2021 budget, 2022 plan, 2022 revised, 2022 forecast",
        line("income", 1, 2, 3, 4),
        plan_year=2021,
    )
    new = shifted(old, 2022)
    assert named(new, "Intäkt").amounts == (1, 3, None, None)
    assert [column_name(each) for each in new.dropped_columns] == ["2022 plan", "2022 prognos"]


def test_two_columns_of_the_same_kind_do_not_both_become_the_budget():
    old = BudgetSheet(
        (Column(2021, "budget"), Column(2022, "plan", "A"), Column(2022, "plan", "B")),
        numbered([line("income", 1, 2, 3)]),
        plan_year=2021,
    )
    new = shifted(old, 2022)
    assert [(c.year, c.kind, c.label) for c in new.sheet.columns][:2] == [
        (2021, "budget", ""),
        (2022, "budget", ""),
    ]
    assert named(new, "Intäkt").amounts == (1, 2, None, None)


def test_a_year_planned_in_two_parts_stays_in_two_parts():
    first = Column(2022, "plan", "vår", date(2022, 1, 1), date(2022, 6, 30))
    second = Column(2022, "plan", "höst", date(2022, 7, 1), date(2022, 12, 31))
    old = BudgetSheet(
        (Column(2021, "budget"), first, second),
        numbered([line("income", 10, 20, 30), line("opening_equity", 5, None, None), line("cost", 1, 2, 3)]),
        plan_year=2021,
    )
    new = shifted(old, 2022)
    assert [(c.kind, c.label) for c in new.sheet.columns[1:3]] == [("budget", "vår"), ("budget", "höst")]
    assert equity(new)[:3] == [(5, 14), (14, 32), (32, 59)]


def test_a_year_is_leapt_over_with_the_planned_year_as_comparison():
    new = shifted(fixture("gotland"), 2023)
    assert columns(new) == ["2022 plan kept", "2023 budget moved", "2024 plan empty", "2025 plan empty"]
    assert opening_line(new.sheet).amounts[0] == 0
    assert opening_line(new.sheet).cell_notes[0] == (
        "Utgående eget kapital 2021 enligt budget i planen för 2021."
    )


def test_many_years_later_only_the_lines_are_left():
    new = shifted(fixture("gotland"), 2030)
    assert columns(new) == ["2029 budget empty", "2030 budget empty", "2031 plan empty", "2032 plan empty"]
    assert len(new.dropped_columns) == 4
    assert len(new.sheet.lines) == len(fixture("gotland").lines)
    assert all(amount is None for each in new.sheet.lines for amount in each.amounts)


def test_the_last_plan_year_there_is():
    old = sheet("2097 budget, 2098 plan", line("income", 1, 2), plan_year=2097)
    assert [c.year for c in shifted(old, LAST_PLAN_YEAR).sheet.columns] == [2097, 2098, 2099, 2100]
    with pytest.raises(ValueError, match="2004 till 2098"):
        shifted(old, LAST_PLAN_YEAR + 1)
    with pytest.raises(ValueError, match="2004 till 2098"):
        shifted(old, 2003)


def test_the_first_year_of_the_law_has_nothing_to_be_compared_with():
    assert [c.year for c in shifted(sheet("2004 budget", line("income", 1)), 2004).sheet.columns] == [
        2004,
        2005,
        2006,
    ]


def test_a_budget_without_lines_is_shifted_too():
    new = shifted(BudgetSheet((Column(2021, "budget"),), (), plan_year=2021), 2022)
    assert [each.section for each in new.sheet.lines] == ["opening_equity"]


# -- lines -------------------------------------------------------------------------------------------


def test_a_line_with_a_zero_says_something_and_stays():
    old = sheet(
        "2020 budget, 2021 budget, 2022 plan",
        line("cost", 100, None, 0, name="Noll", project="Slut"),
        line("cost", 100, None, None, name="Tom", project="Slut"),
        plan_year=2021,
    )
    new = shifted(old, 2022, ended={"Slut": "är avslutad"})
    assert [each.name for each in new.left_out_lines] == ["Tom"]
    assert named(new, "Noll").amounts == (None, 0, None, None)


def test_a_line_stays_as_long_as_it_has_a_part_that_does():
    whole = line("cost", 100, None, name="Helhet", project="Slut")
    part = line("cost", 60, 50, name="Varav", part_of=0)
    other = line("cost", 100, None, name="Annan", project="Slut")
    gone = line("cost", 60, None, name="Varav annan", project="Slut", part_of=2)
    old = sheet("2020 budget, 2021 budget", whole, part, other, gone, plan_year=2020)
    new = shifted(old, 2022, ended={"Slut": "är avslutad"})
    assert [each.name for each in new.left_out_lines] == ["Annan", "Varav annan"]
    assert named(new, "Varav").part_of == named(new, "Helhet").key


@pytest.mark.parametrize("seed", range(200))
def test_whatever_the_budget_the_comparison_keeps_its_figures_and_the_chain_holds(seed):
    old = odd_sheet(seed)
    plan_year = 2018 + seed % 7
    projects = {each.project for each in old.lines if each.project}
    new = shifted(
        old, plan_year, ended=dict.fromkeys(projects, "är avslutad"), copy_missing_years=seed % 2 == 0
    )
    place_of = {(c.year, c.kind, c.label): i for i, c in enumerate(old.columns)}
    for place, origin in enumerate(new.origins):
        after = new.sheet.figures[place]
        if origin.how == "kept":
            column = origin.column
            before = old.figures[place_of[column.year, column.kind, column.label]]
            assert (after.opening, after.income, after.costs, after.result, after.closing) == (
                before.opening,
                before.income,
                before.costs,
                before.result,
                before.closing,
            )
        elif after.carried_from is not None and origin.column.year >= plan_year:
            assert after.opening == new.sheet.figures[after.carried_from].closing
    assert len(new.sheet.columns) == len({(c.year, c.kind, c.label) for c in new.sheet.columns})
    assert {each.year for each in new.sheet.columns} == set(range(plan_year - 1, plan_year + 3))
    left_out = len(new.left_out_lines)
    added = len(new.sheet.lines) + left_out - len(old.lines)
    assert added == (0 if any(each.section == "opening_equity" for each in old.lines) else 1)
