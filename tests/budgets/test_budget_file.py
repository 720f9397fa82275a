"""The budget file: what its keys mean, and that a budget survives being written and read."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from budgets.exchange.budget_file import read, write
from budgets.sheet import BudgetSheet, Column, Line, PrintedTotal, StatedLimits, Status
from tests.budgets.examples import FILES, kronor, line, numbered
from tests.budgets.strategies import documents


def small(**more: Any) -> dict[str, Any]:
    """The least that a budget file may hold."""
    return {"unit": "SEK", "years": [{"year": 2020, "kind": "budget"}], "lines": [], **more}


def read_data(data: object) -> BudgetSheet:
    return read(json.dumps(data).encode())


def read_line(**values: Any) -> Line:
    row = {"section": "cost", "name": "Post", "amounts": [1], **values}
    return read_data(small(lines=[row])).lines[0]


# -- reading -----------------------------------------------------------------------------------------


def test_everything_that_a_file_can_hold():
    file = {
        "source": "Verksamhetsplan 2020.pdf",
        "federation": "Samordningsförbundet Exempel",
        "org_number": "222000-0000",
        "plan_year": 2020,
        "unit": "kSEK",
        "years": [
            {"year": 2019, "kind": "outcome", "label": "hösten", "from": "2019-09-01", "to": "2019-12-31"},
            {"year": 2020, "kind": "budget"},
        ],
        "lines": [
            {
                "section": "income",
                "name": "Försäkringskassan",
                "amounts": [null, 302.68],
                "member_kind": "state",
                "member": "Försäkringskassan",
                "statuses": [
                    null,
                    [
                        {
                            "status": "preliminary",
                            "amount": 302,
                            "date": "2019-11",
                            "note": "Förhandsbesked.",
                        },
                        {"status": "granted", "amount": 302.68},
                    ],
                ],
            },
            {
                "section": "cost",
                "name": "Revision",
                "amounts": [0, -1],
                "class": "audit",
                "group": "Administration",
                "subgroup": "Inköpta tjänster",
                "project": "JobbSam",
                "note": "Enligt avtal.",
                "printed": ["-", null],
                "notes": [null, "Prognos."],
            },
            {"section": "balancing", "name": "Utrymme", "amounts": [7, null], "targets": [null, 50]},
        ],
        "totals": [
            {"name": "Summa", "names": ["Revision"], "printed": [0, null]},
            {"name": "Netto", "sections": ["income"], "minus": ["cost"], "printed": [null, 303.68]},
            {"name": "Administration", "groups": ["Administration"], "printed": [null, null]},
        ],
        "equity_limits": {"base": 7000000, "highest": 1400000, "lowest": 490000, "stated_by": "revisorn"},
    }

    assert read_data(file) == BudgetSheet(
        source="Verksamhetsplan 2020.pdf",
        federation="Samordningsförbundet Exempel",
        organisation_number="222000-0000",
        plan_year=2020,
        unit="kSEK",
        columns=(
            Column(2019, "outcome", "hösten", date(2019, 9, 1), date(2019, 12, 31)),
            Column(2020, "budget"),
        ),
        lines=(
            Line(
                key=0,
                section="income",
                name="Försäkringskassan",
                amounts=kronor(None, 302_680),
                line_class="contribution",
                member_kind="state",
                member="Försäkringskassan",
                statuses=(
                    (),
                    (
                        Status("preliminary", Decimal(302_000), "2019-11", "Förhandsbesked."),
                        Status("granted", Decimal(302_680)),
                    ),
                ),
            ),
            Line(
                key=1,
                section="cost",
                name="Revision",
                amounts=kronor(0, -1_000),
                line_class="audit",
                group="Administration",
                subgroup="Inköpta tjänster",
                project="JobbSam",
                note="Enligt avtal.",
                printed_texts=("-", ""),
                cell_notes=("", "Prognos."),
            ),
            Line(
                key=2,
                section="balancing",
                name="Utrymme",
                amounts=kronor(7_000, None),
                targets=kronor(None, 50_000),
            ),
        ),
        totals=(
            PrintedTotal("Summa", kronor(0, None), names=("Revision",)),
            PrintedTotal("Netto", kronor(None, 303_680), sections=("income",), minus=("cost",)),
            PrintedTotal("Administration", kronor(None, None), groups=("Administration",)),
        ),
        # in kronor whatever the unit of the file
        stated_limits=StatedLimits(Decimal(7_000_000), Decimal(1_400_000), Decimal(490_000), "revisorn"),
    )


null = None


def test_the_plan_year_is_that_of_the_first_planned_column_unless_given():
    years = [
        {"year": 2019, "kind": "outcome"},
        {"year": 2021, "kind": "plan"},
        {"year": 2020, "kind": "budget"},
    ]

    assert read_data(small(years=years)).plan_year == 2020
    assert read_data(small(years=years, plan_year=2019)).plan_year == 2019
    assert read_data(small(years=years[:1])).plan_year is None


@pytest.mark.parametrize(
    ("unit", "number", "amount"),
    [
        ("SEK", "1250", "1250"),
        ("SEK", "12.5", "12.5"),
        ("SEK", "0.01", "0.01"),
        ("SEK", "-0.01", "-0.01"),
        ("SEK", "1e3", "1000"),
        ("SEK", "999999999999.99", "999999999999.99"),
        ("kSEK", "302.68", "302680"),
        ("kSEK", "0.00001", "0.01"),
        ("kSEK", "999999999.99999", "999999999999.99"),
        ("SEK", "0.1", "0.1"),
        ("SEK", "10.00000", "10"),
    ],
)
def test_an_amount_is_read_exactly(unit, number, amount):
    text = json.dumps(small(unit=unit, lines=[{"section": "cost", "name": "Post", "amounts": ["@"]}]))

    assert read(text.replace('"@"', number).encode()).lines[0].amounts == (Decimal(amount),)


@pytest.mark.parametrize(
    ("values", "line_class"),
    [
        ({"section": "income"}, "other"),
        ({"section": "income", "class": "esf"}, "esf"),
        ({"section": "income", "class": "other"}, "other"),
        ({"section": "income", "member_kind": "all"}, "contribution"),
        ({"section": "income", "member_kind": "region", "class": "contribution"}, "contribution"),
        ({"section": "cost"}, "insats"),
        ({"section": "cost", "class": "board"}, "board"),
        ({"section": "opening_equity"}, ""),
        ({"section": "financial_income"}, ""),
        ({"section": "financial_cost"}, ""),
        ({"section": "balancing"}, ""),
    ],
)
def test_the_class_of_a_line_follows_from_its_section_and_payer_unless_given(values, line_class):
    assert read_line(**values).line_class == line_class


def test_a_balancing_line_without_targets_leaves_nothing_where_it_has_an_amount():
    years = [{"year": 2020, "kind": "budget"}, {"year": 2021, "kind": "plan"}]
    row = {"section": "balancing", "name": "Utrymme", "amounts": [5, None]}

    assert read_data(small(years=years, lines=[row])).lines[0].targets == kronor(0, None)


def test_a_year_may_stand_in_several_columns():
    years = [
        {"year": 2020, "kind": "budget"},
        {"year": 2020, "kind": "outcome"},
        {"year": 2020, "kind": "budget", "label": "ändrad"},
    ]

    assert len(read_data(small(years=years)).columns) == 3


def test_lines_may_have_the_same_name_and_are_told_apart_by_their_place():
    rows = [{"section": "cost", "name": "Ränta", "amounts": [amount]} for amount in (1, 2)]

    first, second = read_data(small(lines=rows)).lines
    assert (first.key, first.amounts) == (0, kronor(1))
    assert (second.key, second.amounts) == (1, kronor(2))


def test_a_total_sums_names_else_groups_else_sections():
    row = {"section": "cost", "name": "Post", "group": "Projekt", "amounts": [1]}
    parts = {"names": ["Post"], "groups": ["Projekt"], "sections": ["cost"]}

    def total(**values: Any) -> PrintedTotal:
        data = small(lines=[row], totals=[{"name": "Summa", "printed": [1], **values}])
        return read_data(data).totals[0]

    assert total(**parts) == PrintedTotal("Summa", kronor(1), names=("Post",))
    assert total(**{**parts, "names": []}) == PrintedTotal("Summa", kronor(1), groups=("Projekt",))
    assert total(sections=["cost"]) == PrintedTotal("Summa", kronor(1), sections=("cost",))


# -- parts and formulas ------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "whole"), [(0, 1), (1, 0), (2, 0)])
def test_a_line_names_the_line_that_it_is_part_of_by_its_place_in_the_file(part, whole):
    rows = [{"section": "cost", "name": f"Post {number}", "amounts": [1]} for number in range(3)]
    rows[part]["part_of"] = whole

    lines = read_data(small(lines=rows)).lines

    assert [line.part_of for line in lines] == [whole if line.key == part else None for line in lines]


@pytest.mark.parametrize(
    ("unit", "amount", "typed", "formula"),
    [
        ("SEK", 54_000, "=12*4500", "=12*4500 kr"),
        ("SEK", 54_000, " = 12 * 4 500 kr ", "=12*4 500 kr"),
        ("SEK", 54_000, "=12*4,5 tkr", "=12*4,5 tkr"),
        ("SEK", 33.33, "=100/3", "=100/3 kr"),
        ("kSEK", 54, "=12*4,5", "=12*4,5 tkr"),
        ("kSEK", 54, "=12*4500 kr", "=12*4500 kr"),
        ("kSEK", 0.5, "=1/2", "=1/2 tkr"),
    ],
)
def test_a_formula_is_read_in_the_unit_of_the_file_and_keeps_it(unit, amount, typed, formula):
    row = {"section": "cost", "name": "Post", "amounts": [amount], "formulas": [typed]}

    budget = read_data(small(unit=unit, lines=[row]))

    assert budget.lines[0].formulas == (formula,)
    assert json.loads(write(budget))["lines"][0]["formulas"] == [formula]
    other_unit = replace(budget, unit="SEK" if unit == "kSEK" else "kSEK")
    assert read(write(other_unit).encode()).lines == budget.lines


def test_parts_and_formulas_are_written_beside_their_lines_whatever_the_keys_are():
    lines = (
        Line(310, "cost", "Varav vikarier", kronor(150), "administration", part_of=42),
        Line(7, "cost", "Lokaler", kronor(54_000), "insats", formulas=("=12*4500 kr",)),
        Line(42, "cost", "Personal", kronor(900), "administration"),
    )
    text = write(BudgetSheet((Column(2020, "budget"),), lines, plan_year=2020))

    assert text.split('"lines": [\n')[1] == (
        '    {"section": "cost", "name": "Varav vikarier", "amounts": [150], "part_of": 2, "class": '
        '"administration"},\n'
        '    {"section": "cost", "name": "Lokaler", "amounts": [54000], "formulas": ["=12*4500 kr"]},\n'
        '    {"section": "cost", "name": "Personal", "amounts": [900], "class": "administration"}\n'
        "  ]\n"
        "}\n"
    )


@pytest.mark.parametrize("formula", ["=12*4500 kr", "=1/0", "12*4500", "=2"])
def test_a_formula_that_does_not_give_its_amount_is_not_written_as_the_file_would_be_unreadable(formula):
    budget = BudgetSheet(
        (Column(2020, "budget"), Column(2021, "plan")),
        numbered([line("cost", 1, 3, formulas=(formula, "=1+2 kr"))]),
        plan_year=2020,
    )

    [row] = read(write(budget).encode()).lines

    assert (row.amounts, row.formulas) == (kronor(1, 3), ("", "=1+2 kr"))


# -- unknown keys ------------------------------------------------------------------------------------


def test_unknown_keys_are_passed_over_and_named_with_their_place():
    data = small(
        extra=1,
        years=[{"year": 2020, "kind": "budget", "colour": "red"}],
        lines=[
            {"section": "income", "name": "Post", "amounts": [1], "tax": {"deep": 1}, "member_kind": "all"}
        ],
        totals=[{"name": "Summa", "printed": [1], "sections": ["income"], "sum": 1}],
        equity_limits={"base": 1, "highest": 1, "lowest": 1, "middle": 1},
    )

    assert sorted(read_data(data).unknown_keys) == [
        "equity_limits.middle",
        "extra",
        "lines[0] (”Post”).tax",
        "totals[0] (”Summa”).sum",
        "years[0].colour",
    ]


def test_what_the_reference_program_adds_is_known():
    data = small(
        totals=[{"name": "Summa", "printed": [1], "computed": [2], "sections": ["cost"]}],
        discrepancies=[{"total": "Summa", "printed": 1}],
        equity_limits={"base": 1, "brackets": [{}], "highest": 1, "lowest": 1},
    )

    assert read_data(data).unknown_keys == ()


def test_texts_lose_the_spaces_around_them():
    assert read_line(name="  Post\t").name == "Post"


# -- writing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("federation", FILES)
def test_the_fixtures_are_written_as_they_stand(federation):
    content = FILES[federation].read_bytes()

    assert write(read(content)) == content.decode()


def test_a_written_file_in_full():
    budget = BudgetSheet(
        federation="Exempel",
        plan_year=2020,
        unit="kSEK",
        columns=(Column(2020, "budget"),),
        lines=numbered(
            [
                line("income", 302_680, member_kind="state", name="Staten"),
                line("cost", 0.5, name="Bankavgift", line_class="administration"),
                line("cost", None, name="Tom"),
            ]
        ),
    )

    assert write(budget) == (
        "{\n"
        '  "federation": "Exempel",\n'
        '  "plan_year": 2020,\n'
        '  "unit": "kSEK",\n'
        '  "years": [{"year": 2020, "kind": "budget"}],\n'
        '  "lines": [\n'
        '    {"section": "income", "name": "Staten", "amounts": [302.68], "member_kind": "state"},\n'
        '    {"section": "cost", "name": "Bankavgift", "amounts": [0.0005], "class": "administration"},\n'
        '    {"section": "cost", "name": "Tom", "amounts": [null]}\n'
        "  ]\n"
        "}\n"
    )


@pytest.mark.usefixtures("search")
@given(documents())
def test_what_is_written_is_read_back_the_same(budget):
    assert read(write(budget).encode()) == budget


@pytest.mark.usefixtures("search")
@given(documents())
def test_a_file_is_written_as_it_was_read(budget):
    text = write(budget)

    assert write(read(text.encode())) == text


SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parents[2] / "docs/budget-file.schema.json").read_bytes())
)


@pytest.mark.usefixtures("search")
@given(documents())
def test_what_is_written_is_as_the_json_schema_says(budget):
    SCHEMA.validate(json.loads(write(budget)))


@pytest.mark.parametrize(
    "values", [{"part_of": -1}, {"part_of": "Post"}, {"formulas": ["1+1"]}, {"formulas": ["=" + "1" * 220]}]
)
def test_the_json_schema_refuses_what_cannot_be_a_part_or_a_formula(values):
    row = {"section": "cost", "name": "Post", "amounts": [2]}

    assert SCHEMA.is_valid(small(lines=[row, {**row, "part_of": 0, "formulas": ["=1+1"]}]))
    assert not SCHEMA.is_valid(small(lines=[row, {**row, **values}]))


@pytest.mark.parametrize("targets", [[], None, [None], [0], [7]])
def test_whether_a_balancing_line_is_computed_survives_being_written(targets):
    """Without a target its amount is a cost as entered; written and read it must still be."""
    row = {"section": "balancing", "name": "Utrymme", "amounts": [5], "targets": targets}
    budget = read_data(small(lines=[row]))

    again = read(write(budget).encode())

    assert [year.costs for year in again.figures] == [year.costs for year in budget.figures]
    assert again == budget


def test_figures_are_the_same_whatever_unit_a_budget_is_written_in():
    in_kr = read(FILES["gotland"].read_bytes())
    in_tkr = read(write(replace(in_kr, unit="kSEK")).encode())

    assert in_tkr.unit == "kSEK"
    assert in_tkr.lines == in_kr.lines
    assert in_tkr.figures == in_kr.figures
