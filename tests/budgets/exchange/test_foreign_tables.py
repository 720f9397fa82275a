"""Budget tables as förbund have them: what we guess, what we refuse to guess, and the totals they print."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from budgets.editing.state import BudgetState
from budgets.editing.steps import Table
from budgets.exchange.cells import read_file, read_pasted
from budgets.exchange.foreign_table import proposal
from budgets.exchange.guessing import guess
from budgets.exchange.import_steps import steps
from budgets.exchange.mapping import Mapping, from_json, to_json
from budgets.exchange.proposal import Grade, Proposal
from budgets.exchange.raw import RawFile
from budgets.sheet import BudgetSheet
from finsam.swedish import number
from tests.budgets.examples import FILES, fixture
from tests.budgets.exchange.tables import MEMBERS, SMALL, gotland_rows, pasted, xlsx

NAMES = {
    "state": "Försäkringskassan",
    "outcome": "Utfall",
    "forecast": "Prognos",
    "budget": "Budget",
    "plan": "Plan",
}
CANNOT_BE_TOLD = {
    "landskrona-svalov": {"Övriga intäkter"},  # is opening equity, as the federation's text tells
    "lund": {"Räntor"},
}


def read(file: RawFile, plan_year: int = 2021) -> tuple[Mapping, Proposal]:
    mapping = guess(file, plan_year, MEMBERS)
    return mapping, proposal(file, mapping, BudgetSheet((), (), plan_year=plan_year), MEMBERS)


def from_text(text: str, plan_year: int = 2021) -> tuple[Mapping, Proposal]:
    return read(read_pasted(text), plan_year)


def small(*changed: tuple[int, tuple[Any, ...]], **how: Any) -> tuple[Mapping, Proposal]:
    rows: list[Any] = list(SMALL)
    for place, row in changed:
        rows[place] = row
    return read(read_file("b.xlsx", xlsx(*rows, **how)))


def as_document(name: str) -> tuple[str, BudgetSheet]:
    """A fixture as its document prints it: headings, lines, groups, totals by section."""
    sheet = fixture(name)
    size = Decimal(1000 if sheet.unit == "kSEK" else 1)

    def row(label: str, amounts: Any) -> str:
        return "\t".join([label, *("" if a is None else number(a / size) for a in amounts)])

    unit = "tkr" if sheet.unit == "kSEK" else "kr"
    text = [f"Belopp i {unit}", "\t".join(["", *(f"{NAMES[c.kind]} {c.year}" for c in sheet.columns)])]
    sections = (
        ("Intäkter", ("income", "opening_equity")),
        ("Kostnader", ("cost", "balancing")),
        ("Finansiella intäkter", ("financial_income",)),
        ("Finansiella kostnader", ("financial_cost",)),
    )
    for title, names in sections:
        lines = [line for line in sheet.lines if line.section in names]
        if not lines:
            continue
        text.append(title)
        group = ""
        for line in lines:
            if line.group != group:
                group = line.group
                text.append(group)
            text.append(row(line.name, line.amounts))
        text.append(
            row("Summa", [sum(a or 0 for a in c) for c in zip(*(li.amounts for li in lines), strict=True)])
        )
    return "\n".join(text), sheet


@pytest.mark.parametrize("name", FILES)
def test_the_lines_of_every_real_budget_are_guessed(name: str) -> None:
    text, sheet = as_document(name)
    mapping, found = from_text(text, sheet.plan_year or 2021)

    assert mapping.unit == sheet.unit
    assert [(c.year, c.kind) for c in found.columns] == [(c.year, c.kind) for c in sheet.columns]
    skipped = CANNOT_BE_TOLD.get(name, set())
    ours = {
        (line.name, line.section): (line.line_class, line.member_kind, line.group) for line in found.lines
    }
    for line in sheet.lines:
        if line.name not in skipped:
            assert ours[line.name, line.section] == (line.line_class, line.member_kind, line.group), line.name
    assert not found.errors


@pytest.mark.parametrize("name", FILES)
def test_the_sums_of_every_real_budget_agree_with_its_lines(name: str) -> None:
    text, sheet = as_document(name)
    _, found = from_text(text, sheet.plan_year or 2021)

    assert found.printed
    assert [check for check in found.printed if not check.agrees] == []


def test_groups_and_subgroups_follow_the_headings() -> None:
    _, found = from_text(pasted(gotland_rows()))
    groups = {line.name: (line.group, line.subgroup) for line in found.lines}

    assert groups["Inköpta tjänster: ekonomi"] == ("Administration", "Inköpta tjänster")
    assert groups["Styrelsen"] == ("Administration", "")
    assert groups["JobbSam 3.0"] == ("Projekt", "")
    assert groups["Extra tilldelning"] == ("", "")


def test_a_total_is_never_a_line() -> None:
    _, found = from_text(pasted(gotland_rows()))

    assert len(found.lines) == 25
    assert not [
        line for line in found.lines if line.name and line.name.startswith(("Summa", "Resultat", "Utg"))
    ]


def test_a_head_in_two_rows_with_merged_kinds() -> None:
    def merge(_: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("B1:C1")

    rows = [("", "Utfall", None, "Budget"), ("tkr", 2019, 2020, 2021), ("Kostnader",), ("Kansli", 1, 2, 3)]
    mapping, found = read(read_file("b.xlsx", xlsx(*rows, change=merge)))

    assert [(c.year, c.kind) for c in found.columns] == [
        (2019, "outcome"),
        (2020, "outcome"),
        (2021, "budget"),
    ]
    assert mapping.unit == "kSEK"
    assert found.lines[0].cells == {0: Decimal(1000), 1: Decimal(2000), 2: Decimal(3000)}


def test_two_years_in_one_column_are_parted() -> None:
    _, found = from_text("\tBudget 2021\tPrognos 2022/2023\nKansli\t100 000\t110 000/120 000\n")

    assert [(c.year, c.kind) for c in found.columns] == [(2021, "budget"), (2022, "plan"), (2023, "plan")]
    assert list(found.lines[0].cells.values()) == [100_000, 110_000, 120_000]


def test_a_word_before_a_figure_is_kept_with_it() -> None:
    _, found = from_text("\tBudget 2021\nSparade medel\t(Prognos) 650 000\n")

    assert found.lines[0].cells == {0: 650_000}
    assert found.lines[0].printed_texts == {0: "(Prognos) 650 000"}


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (date(2021, 3, 1), "är ett datum (2021-03-01)"),
        (True, "är SANT"),
        ("cirka 3 mkr", "går inte att läsa"),
        ("1.500", "kan betyda"),
        (1e14, "för stor"),
        ("=1+1", "utan sparat värde"),
    ],
)
def test_what_is_no_figure_is_pointed_out_with_its_address(cell: Any, words: str) -> None:
    _, found = small((6, ("Kansli", cell, 310_000)))

    (error,) = found.errors
    assert error.place == "Budget 2021!B7"
    assert words in error.sentence
    assert found.lines[2].cells.get(0) is None


def test_a_table_may_say_how_its_figures_are_written() -> None:
    file = read_pasted("\tBudget 2021\nKansli\t1.500\n")
    mapping = guess(file, 2021)
    amounts = []
    for style in ("swedish", "english"):
        said = from_json({**to_json(mapping), "style": style, "unit": "SEK"})
        amounts.append(proposal(file, said, BudgetSheet((), (), plan_year=2021)).lines[0].cells[0])

    assert amounts == [Decimal(1500), Decimal("1.5")]


def test_merged_figures_are_pointed_out() -> None:
    _, found = small(change=lambda _, sheet: sheet.merge_cells("B7:C7"))

    assert {error.place for error in found.errors} == {"Budget 2021!B7", "Budget 2021!C7"}
    assert "sammanfogad med B7:C7" in found.errors[0].sentence


def test_hidden_rows_columns_and_sheets_are_pointed_out() -> None:
    def hide(book: Workbook, sheet: Worksheet) -> None:
        sheet.row_dimensions[8].hidden = True
        sheet.column_dimensions["C"].hidden = True
        book.create_sheet("Skuggbudget")["A1"] = 1
        book["Skuggbudget"].sheet_state = "hidden"

    _, found = small(change=hide)
    told = {(problem.place, problem.grade) for problem in found.problems}
    assert ("Budget 2021!A8", Grade.REMARK) in told
    assert ("Budget 2021!C", Grade.REMARK) in told
    assert any("Skuggbudget" in problem.sentence for problem in found.problems)


def test_opening_equity_that_follows_from_the_year_before_is_not_entered() -> None:
    text = (
        "\tBudget 2021\tPlan 2022\nIntäkter\nIngående eget kapital\t500\t600\nBidrag\t100\t100\n"
        "Kostnader\nKansli\t0\t50\n"
    )
    _, found = from_text(text)

    assert found.lines[0].cells == {0: 500_000, 1: None}


def test_the_same_table_twice_gives_no_second_steps() -> None:
    _, found = small()
    empty = BudgetState(0, {table: {} for table in Table}, {})
    made = steps(found, empty)

    assert [step.table for step in made].count(Table.LINE) == 4
    assert all(step.before is None or step.table == Table.CELL for step in made)
    positions = [step.after["position"] for step in made if step.table == Table.LINE and step.after]
    assert positions == [0, 1, 2, 3]
