"""The budget as rows of a table, with what is computed, noted, wrong and rounded."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_FLOOR, Decimal

import pytest
from hypothesis import given

from budgets.footnotes import Footnotes, footnotes
from budgets.rules import Circumstances, Policy
from budgets.sheet import BudgetSheet, Column, PrintedTotal, Status
from budgets.table import Head, Row, Table, head, table
from finsam.swedish import Unit
from tests.budgets.examples import FILES, column, fixture, kronor, line, sheet
from tests.budgets.strategies import sheets, units

NOTHING = Circumstances()


def labels(shown: Table) -> list[str]:
    return [f"{'  ' * row.depth}{row.label}" for row in shown.rows]


def row(shown: Table, label: str) -> Row:
    [found] = [each for each in shown.rows if each.label == label]
    return found


def amounts(shown: Table, label: str) -> list[Decimal | None]:
    return [cell.amount for cell in row(shown, label).cells]


# -- the rows ----------------------------------------------------------------------------------------


def test_the_rows_come_in_the_order_people_read_a_budget():
    budget = sheet(
        "2020 budget",
        line("cost", 8, name="Bank"),
        line("financial_cost", 1, name="Räntekostnad"),
        line("opening_equity", 40, name="Sparade medel"),
        line("cost", 1, name="Arvoden", group="Administration"),
        line("cost", 4, name="JobbSam", group="Projekt"),
        line("cost", 2, name="Lön", group="Administration", subgroup="Inköpt"),
        line("financial_income", 3, name="Ränteintäkt"),
        line("income", 20, name="Bidrag", member_kind="all"),
        line("cost", 16, name="Övrigt"),
        line("balancing", None, name="Utrymme", group="Projekt", targets=kronor(0)),
    )

    shown = table(budget, NOTHING, "SEK")

    assert labels(shown) == [
        "INTÄKTER",
        "Bidrag",
        "Ränteintäkt",
        "Summa intäkter",
        "KOSTNADER",
        "Bank",
        "Administration",
        "  Arvoden",
        "  Inköpt",
        "    Lön",
        "  Summa Inköpt",
        "Summa Administration",
        "Projekt",
        "  JobbSam",
        "  Utrymme",
        "Summa Projekt",
        "Övrigt",
        "Räntekostnad",
        "Summa kostnader",
        "RESULTAT OCH EGET KAPITAL",
        "Resultat",
        "Ingående eget kapital (Sparade medel)",
        "Utgående eget kapital",
        "Högsta nivå",
        "Lägsta nivå",
        "Tillgängliga medel",
    ]
    # 20 + 3 + 40 − (8 + 1 + 1 + 4 + 2 + 16) = 31 is left to use
    assert amounts(shown, "Utrymme") == [31]
    assert amounts(shown, "Summa Projekt") == [35]
    assert amounts(shown, "Summa kostnader") == [63]
    assert amounts(shown, "Resultat") == [-40]
    assert amounts(shown, "Utgående eget kapital") == [0]
    assert amounts(shown, "Tillgängliga medel") == [63]
    assert amounts(shown, "Högsta nivå") == [4]


def test_an_empty_budget_still_has_its_result_and_equity():
    assert labels(table(sheet("2020 budget"), NOTHING, "SEK")) == [
        "RESULTAT OCH EGET KAPITAL",
        "Resultat",
        "Ingående eget kapital",
        "Utgående eget kapital",
        "Tillgängliga medel",
    ]


def test_introduktion_reads_as_it_should():
    shown = table(fixture("introduktion"), NOTHING, "kSEK")

    assert amounts(shown, "Summa intäkter") == [13_187_000, 12_650_000, 12_000_000]
    assert amounts(shown, "Summa kostnader") == [14_767_000, 13_532_000, 13_946_000]
    assert amounts(shown, "Resultat") == [-1_580_000, -882_000, -1_946_000]
    assert amounts(shown, "Utgående eget kapital") == [2_145_000, 1_263_000, -683_000]
    assert amounts(shown, "Högsta nivå") == [2_150_000] * 3
    assert amounts(shown, "Lägsta nivå") == [740_000] * 3
    assert amounts(shown, "Tillgängliga medel") == [16_912_000, 14_795_000, 13_263_000]


def test_a_budget_older_than_the_recommendation_has_no_limits():
    assert "Högsta nivå" not in labels(table(fixture("landskrona-svalov"), NOTHING, "kSEK"))


def test_the_limits_are_the_federations_own_where_it_has_set_them():
    own = Policy("equity_highest", Decimal(2_000_000), 2017, 2017, "Styrelsen")
    suspended = Policy("equity_limits_suspended", None, 2018, 2018, "Nationella rådet")

    shown = table(fixture("introduktion"), Circumstances((own, suspended)), "kSEK")

    assert amounts(shown, "Högsta nivå") == [2_000_000, None, 2_150_000]
    assert amounts(shown, "Lägsta nivå") == [740_000, None, 740_000]


def test_the_opening_equity_says_where_it_was_entered_and_where_it_follows():
    shown = table(fixture("lund"), NOTHING, "kSEK")

    opening = row(shown, "Ingående eget kapital (Sparade medel)")
    assert [cell.amount for cell in opening.cells] == [2_172_000, 2_000_000, 2_725_000, 4_575_000]
    assert [cell.computed for cell in opening.cells] == [False, False, True, True]


def test_several_entered_openings_stand_above_their_sum():
    budget = sheet(
        "2020 budget",
        line("opening_equity", 40, name="Sparade medel"),
        line("opening_equity", 2, name="Gåva"),
    )

    shown = table(budget, NOTHING, "SEK")

    assert labels(shown)[2:5] == ["  Sparade medel", "  Gåva", "Ingående eget kapital"]
    assert amounts(shown, "Ingående eget kapital") == [42]


def test_a_computed_cell_says_so():
    [cell, stated] = row(
        table(
            sheet(
                "2020 budget, 2021 plan",
                line("income", 9, 9),
                line("opening_equity", 0, 0),
                line("balancing", None, 3, name="Utrymme", targets=kronor(0, None)),
            ),
            NOTHING,
            "SEK",
        ),
        "Utrymme",
    ).cells

    assert [cell.amount, stated.amount] == [9, 3]
    assert [cell.computed, stated.computed] == [True, False]


def test_a_part_stands_under_its_line_whatever_group_or_place_it_has():
    budget = sheet(
        "2020 budget",
        line("cost", 2, name="vikarier", part_of=1, group="Projekt"),
        line("cost", 9, name="Personal", group="Administration", subgroup="Kansli"),
        line("cost", 4, name="Lokaler", group="Administration", subgroup="Kansli"),
        line("cost", 5, name="JobbSam", group="Projekt"),
        line("cost", 3, name="arvoden", part_of=1),
    )

    shown = table(budget, NOTHING, "SEK")

    rows = labels(shown)
    assert rows[: rows.index("Summa kostnader") + 1] == [
        "KOSTNADER",
        "Administration",
        "  Kansli",
        "    Personal",
        "      varav vikarier",
        "      varav arvoden",
        "    Lokaler",
        "  Summa Kansli",
        "Summa Administration",
        "Projekt",
        "  JobbSam",
        "Summa Projekt",
        "Summa kostnader",
    ]
    assert [row(shown, "varav vikarier").kind, amounts(shown, "varav vikarier")] == ["part", [2]]
    sums = ("Summa Kansli", "Summa Administration", "Summa Projekt", "Summa kostnader")
    assert [amounts(shown, name) for name in sums] == [[13], [13], [5], [18]]


def test_a_head_says_year_kind_label_and_part_of_year():
    assert head(column("2020 outcome")) == Head(2020, "utfall", "")
    assert head(column("2009 budget 2009-09-01 2009-12-31")) == Head(2009, "budget", "september–december")
    september = Column(2020, "revised", "andra", date(2020, 9, 1), date(2020, 9, 30))
    assert head(september) == Head(2020, "reviderad budget", "andra, september")


@pytest.mark.parametrize("federation", FILES)
def test_every_row_with_figures_has_a_key_of_its_own(federation):
    """The key becomes an id on the page, which a finding points at."""
    assert_own_keys(table(fixture(federation), NOTHING, "SEK"))


def test_the_rows_that_findings_point_at_have_known_keys():
    shown = table(fixture("lund"), NOTHING, "kSEK")

    assert {row.label: row.key for row in shown.rows if row.kind in ("total", "key", "limit")} == {
        "Summa intäkter": "income",
        "Summa kostnader": "cost",
        "Resultat": "result",
        "Ingående eget kapital (Sparade medel)": "opening",
        "Utgående eget kapital": "closing",
        "Högsta nivå": "highest",
        "Lägsta nivå": "lowest",
        "Tillgängliga medel": "funds",
    }


def test_a_group_that_begins_with_a_subgroup_has_a_key_of_its_own_for_each_sum():
    budget = sheet(
        "2020 budget",
        line("cost", 2, group="Administration", subgroup="Inköpta tjänster"),
        line("cost", 1, group="Administration"),
    )

    assert_own_keys(table(budget, NOTHING, "SEK"))


def assert_own_keys(shown: Table) -> None:
    keys = [each.key for each in shown.rows if each.cells]
    assert all(keys)
    assert [key for key in keys if keys.count(key) > 1] == []


# -- printed totals ----------------------------------------------------------------------------------


def test_a_wrong_printed_total_is_a_fault_in_the_row_that_sums_the_same():
    shown = table(fixture("gotland"), NOTHING, "SEK")

    [first, *rest] = row(shown, "Summa Utvecklingsinsatser").cells
    [fault] = first.faults
    assert [fault.printed, fault.computed] == [635_000, 665_000]
    assert [cell.faults for cell in rest] == [(), (), ()]
    [total] = row(shown, "Summa kostnader").cells[0].faults
    assert total.total == "Totalt: kostnader administration och verksamhet"
    assert total.difference == -30_000


def test_a_printed_total_that_no_row_sums_stands_last():
    shown = table(fixture("gotland"), NOTHING, "SEK")

    assert labels(shown)[-2:] == ["ANDRA SUMMOR I KÄLLAN", "Totalt: kostnader verksamhet"]
    last = shown.rows[-1]
    assert [cell.amount for cell in last.cells] == [3_288_400, 3_439_368, 2_701_855, 2_657_872]
    assert [cell.faults[0].printed for cell in last.cells] == [3_258_400, 3_258_400, 2_326_855, 2_335_916]


def test_a_printed_total_of_groups_or_less_something_stands_last_too():
    budget = sheet(
        "2020 budget",
        line("income", 9),
        line("cost", 4, group="A"),
        line("cost", 2, group="B"),
        line("cost", 0),
        totals=(
            PrintedTotal("A och B", kronor(6), groups=("A", "B")),
            PrintedTotal("A", kronor(4), groups=("A",)),
            PrintedTotal("Netto", kronor(3), sections=("income",), minus=("cost",)),
            PrintedTotal("Alla intäkter", kronor(9), sections=("income",)),
        ),
    )

    shown = table(budget, NOTHING, "SEK")

    assert labels(shown)[-3:] == ["ANDRA SUMMOR I KÄLLAN", "A och B", "Netto"]
    assert shown.row_of_total[1] == row(shown, "Summa A").key
    assert shown.row_of_total[3] == row(shown, "Summa intäkter").key


def test_a_balancing_line_printed_wrong_is_a_fault_in_its_own_row():
    budget = sheet(
        "2020 budget",
        line("income", 9),
        line("opening_equity", 0),
        line("balancing", 8, name="Utrymme", targets=kronor(0)),
    )

    [cell] = row(table(budget, NOTHING, "SEK"), "Utrymme").cells
    assert cell.amount == 9
    assert [fault.difference for fault in cell.faults] == [-1]


def test_a_total_of_empty_cells_is_compared_where_they_are_summed():
    budget = sheet(
        "2020 budget, 2021 plan",
        line("cost", 5, None, group="Projekt"),
        line("cost", 1, 1),
        totals=(PrintedTotal("Projekt", kronor(5, 7), groups=("Projekt",)),),
    )

    projects = row(table(budget, NOTHING, "SEK"), "Summa Projekt")

    assert [cell.amount for cell in projects.cells] == [5, None]
    assert [fault.computed for fault in projects.cells[1].faults] == [0]


def test_a_total_of_funds_is_not_compared_where_the_opening_equity_is_carried():
    """The funds available of 2021 are 100 + 60, its lines alone are 100."""
    budget = sheet(
        "2020 budget, 2021 plan",
        line("income", 100, 100),
        line("cost", 90, 90),
        line("opening_equity", 50, None),
        totals=(
            PrintedTotal("Tillgängligt 2020", kronor(150, None), sections=("income", "opening_equity")),
            PrintedTotal("Tillgängligt 2021", kronor(None, 100), sections=("income", "opening_equity")),
        ),
    )

    shown = table(budget, NOTHING, "SEK")

    assert shown.row_of_total[0] == "funds"
    assert labels(shown)[-2:] == ["ANDRA SUMMOR I KÄLLAN", "Tillgängligt 2021"]
    assert_printed_totals_fit(budget)


@pytest.mark.parametrize("federation", FILES)
def test_every_printed_total_is_compared_where_the_same_is_summed(federation):
    assert_printed_totals_fit(fixture(federation))


def test_a_group_with_income_and_costs_is_compared_where_both_are_summed():
    """A printed total of the group sums both; the row of its costs alone does not."""
    budget = sheet(
        "2020 budget",
        line("income", 5, group="JobbSam"),
        line("cost", 3, group="JobbSam"),
        totals=(PrintedTotal("JobbSam", kronor(7), groups=("JobbSam",)),),
    )

    assert_printed_totals_fit(budget)


def test_a_total_of_costs_alone_is_not_compared_with_what_is_left_to_use():
    budget = sheet(
        "2020 budget",
        line("balancing", 8, targets=(None,)),
        totals=(PrintedTotal("Summa kostnader", kronor(8), sections=("cost",)),),
    )

    assert_printed_totals_fit(budget)


@pytest.mark.usefixtures("search")
@given(sheets())
def test_every_printed_total_of_any_budget_is_compared_where_the_same_is_summed(budget):
    assert_printed_totals_fit(budget)


def assert_printed_totals_fit(budget: BudgetSheet) -> None:
    """Each discrepancy is in one cell. Each printed total has a row that shows what its lines give."""
    shown = table(budget, NOTHING, budget.unit)
    faults = [fault for each in shown.rows for cell in each.cells for fault in cell.faults]
    assert sorted(map(repr, faults)) == sorted(map(repr, budget.discrepancies()))
    for place, total in enumerate(budget.totals):
        [its_row] = [each for each in shown.rows if each.cells and each.key == shown.row_of_total[place]]
        for cell, year, printed in zip(its_row.cells, range(len(shown.heads)), total.printed, strict=True):
            if printed is not None:
                computed = budget.printed_total(total, year)
                assert (cell.amount or 0) == computed, (total.name, its_row.label)
                said = [fault.printed for fault in cell.faults if fault.place == place]
                assert said == ([printed] if printed != computed else [])


# -- rounding ----------------------------------------------------------------------------------------


def rounding(shown: Table) -> list[str]:
    return [f"{label} {at.year}: {much}" for label, at, much in shown.rounding_notes]


def test_sums_that_do_not_add_up_in_tkr_say_by_how_much():
    budget = sheet(
        "2020 budget, 2021 plan",
        line("income", 1_400, 1_500),
        line("income", 1_400, 1_500),
        line("cost", 1_000, 1_499),
        line("cost", 2_000, 1_499),
    )

    shown = table(budget, NOTHING, "kSEK")

    # 2020: 1 + 1 is shown as 3 tkr; 1 + 2 = 3. 2021: 2 + 2 is shown as 3; 1 + 1 is shown as 3.
    assert rounding(shown) == [
        "Summa intäkter 2020: -1",
        "Summa intäkter 2021: 1",
        "Summa kostnader 2021: -1",
    ]


def test_sums_in_whole_kronor_always_add_up_in_kr():
    assert rounding(table(fixture("gotland"), NOTHING, "SEK")) == []


def test_gotland_in_tkr_says_which_sums_do_not_add_up():
    """2 203,5 and 490,868 tkr are shown as 2 204 and 491, their sum 2 694,368 as 2 694."""
    shown = table(fixture("gotland"), NOTHING, "kSEK")

    assert rounding(shown) == ["Summa Projekt 2021: 1", "Summa kostnader 2021: 1"]


def test_a_result_that_does_not_follow_from_the_shown_sums_says_so():
    """Income 1 499 kr and costs 600 kr are shown as 1 tkr and 1 tkr; the result, 899 kr, as 1 tkr."""
    budget = sheet("2020 budget", line("income", 1_499), line("cost", 600))

    shown = table(budget, NOTHING, "kSEK")

    assert rounding(shown) == ["Resultat 2020: -1"]


def test_a_closing_equity_that_does_not_follow_from_what_is_shown_says_so():
    """Opening 1 400 kr and result 1 400 kr are shown as 1 tkr and 1 tkr; the closing, 2 800 kr, as 3 tkr."""
    budget = sheet("2020 budget", line("income", 1_400), line("opening_equity", 1_400))

    shown = table(budget, NOTHING, "kSEK")

    assert "Utgående eget kapital 2020: -1" in rounding(shown)


@pytest.mark.usefixtures("search")
@given(sheets(), units())
def test_a_sum_says_that_its_shown_parts_do_not_add_up_exactly_when_they_do_not(budget, unit):
    shown = table(budget, NOTHING, unit)

    noted = {
        (each.key, place) for each in shown.rows for place, cell in enumerate(each.cells) if cell.rounding
    }
    wrong = set()
    for total, parts in _sums(shown):
        for place, cell in enumerate(total.cells):
            added = [part.cells[place].amount for part in parts]
            if cell.amount is None:
                continue
            if sum(_shown(each, unit) for each in added if each is not None) != _shown(cell.amount, unit):
                wrong.add((total.key, place))

    of_sums = {row.key for row in shown.rows if row.kind in ("subtotal", "total")}
    assert {(key, place) for key, place in noted if key in of_sums} == wrong
    assert len(shown.rounding_notes) == len(
        [cell for each in shown.rows for cell in each.cells if cell.rounding]
    )


def _sums(shown: Table) -> Iterator[tuple[Row, list[Row]]]:
    """Each sum with the rows above it that it sums, as a reader takes them."""
    section: list[Row] = []
    group: list[Row] = []
    subgroup: list[Row] = []
    for each in shown.rows:
        match each.kind:
            case "section":
                section = []
            case "group":
                group = []
            case "subgroup":
                subgroup = []
            case "line":
                section.append(each)
                group.append(each)
                subgroup.append(each)
            case "subtotal":
                yield each, subgroup if each.depth else group
            case "total":
                yield each, section


def _shown(amount: Decimal, unit: Unit) -> int:
    """The amount as it is shown: halves away from zero."""
    size = {"SEK": 1, "kSEK": 1000}[unit]
    whole = int((abs(amount) / size + Decimal("0.5")).to_integral_value(ROUND_FLOOR))
    return -whole if amount < 0 else whole


# -- footnotes ---------------------------------------------------------------------------------------


def noted() -> BudgetSheet:
    return sheet(
        "2020 budget, 2021 plan",
        line(
            "income",
            3_500_000,
            3_150_000,
            name="Försäkringskassan",
            member_kind="state",
            note="Inkluderar Arbetsförmedlingen.",
            cell_notes=("Samma ord.", ""),
            printed_texts=("", "(Prognos) 3 150"),
            statuses=(
                (
                    Status("declined", Decimal(3_600_000), "2019-10-01", "Styrelsen avstod."),
                    Status("granted", Decimal(3_500_000), "2019-11"),
                ),
                (Status("applied", Decimal(3_150_000)),),
            ),
        ),
        line("cost", 100, 100, name="Bank", note="Samma ord."),
        line("cost", 100, 100, name="Arvoden", cell_notes=("", "Samma ord.")),
    )


def texts_of(notes: Footnotes) -> list[str]:
    return [note.text for note in notes.notes]


def test_footnotes_are_numbered_as_they_are_read():
    shown = table(noted(), NOTHING, "kSEK")

    notes = footnotes(shown, "kSEK")

    assert [text.replace("\u00a0", " ") for text in texts_of(notes)] == [
        "Inkluderar Arbetsförmedlingen.",
        "Avstått 3 600 tkr (1 oktober 2019): Styrelsen avstod. Beslutat 3 500 tkr (november 2019). "
        "Samma ord.",
        "Sökt 3 150 tkr. Tryckt: ”(Prognos) 3 150”.",
        "Samma ord.",
        "Intäkter och ingående eget kapital.",
    ]
    keys = {
        label: row(shown, label).key
        for label in ("Försäkringskassan", "Bank", "Arvoden", "Tillgängliga medel")
    }
    assert notes.numbers == {
        keys["Försäkringskassan"]: 1,
        f"{keys['Försäkringskassan']}-0": 2,
        f"{keys['Försäkringskassan']}-1": 3,
        keys["Bank"]: 4,  # the same words have the same number
        f"{keys['Arvoden']}-1": 4,
        keys["Tillgängliga medel"]: 5,
    }


def test_amounts_in_footnotes_follow_the_unit_that_is_shown():
    budget = noted()

    texts = texts_of(footnotes(table(budget, NOTHING, "SEK"), "SEK"))

    assert texts[2].startswith("Sökt 3\u00a0150\u00a0000\u00a0kr.")


def test_the_note_of_an_entered_opening_is_kept():
    notes = footnotes(table(fixture("introduktion"), NOTHING, "kSEK"), "kSEK")

    assert "2018 och 2019 är utgående eget kapital året före." in texts_of(notes)
    assert "Utgående eget kapital 2017: 16\u00a0912 − 14\u00a0767\u00a0tkr." in texts_of(notes)


def test_every_note_of_lund_is_told():
    budget = fixture("lund")
    told = " ".join(texts_of(footnotes(table(budget, NOTHING, "kSEK"), "kSEK")))

    for each in budget.lines:
        assert each.note in told
        for text in (*each.cell_notes, *each.printed_texts):
            assert text in told
        for status in (status for cell in each.statuses for status in cell):
            assert status.note.rstrip(".") in told


def test_a_table_without_notes_has_no_footnotes_but_that_of_the_funds():
    plain = sheet("2020 budget", line("income", 1))

    assert texts_of(footnotes(table(plain, NOTHING, "SEK"), "SEK")) == ["Intäkter och ingående eget kapital."]
