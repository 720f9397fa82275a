"""The workbook: its formulas agree with our figures, and it comes back as it went out."""

import re
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from budgets.exchange import own_workbook
from budgets.exchange.cells import read_file
from budgets.exchange.csv_file import csv_file
from budgets.exchange.delimited import DANGEROUS
from budgets.exchange.proposal import Grade, Proposal
from budgets.exchange.workbook import FIRST, FIRST_ROW, About, workbook
from budgets.page import BudgetPage
from budgets.rules import Circumstances
from budgets.sheet import BudgetSheet
from finsam.swedish import UNIT_SIZE, Unit
from tests.budgets.examples import FILES, fixture, line, sheet
from tests.budgets.exchange.evaluator import Evaluator
from tests.budgets.exchange.tables import keyed
from tests.budgets.made_sheets import large_sheet, odd_sheet
from tests.budgets.strategies import documents, sheets
from tests.services import libreoffice

ABOUT = About("Utkast 2021-11-02 14.10", datetime(2021, 11, 2, 14, 10), budget="7", change=3)


def made(budget: BudgetSheet, unit: Unit = "SEK") -> bytes:
    return workbook(BudgetPage(budget, Circumstances(), unit), ABOUT)


def back(data: bytes, budget: BudgetSheet) -> Proposal:
    file = read_file("budget.xlsx", data)
    base = own_workbook.read_base(file)
    assert base is not None
    return own_workbook.proposal(file, base, budget)


def opened(data: bytes, *, values: bool = False) -> Any:
    return load_workbook(BytesIO(data), data_only=values)


def assert_agrees(budget: BudgetSheet, unit: Unit, value: Any) -> None:
    """Every figure of the table is what the cell comes to."""
    page = BudgetPage(budget, Circumstances(), unit)
    for at, row in enumerate(page.table.rows, FIRST_ROW + 1):
        for column, cell in enumerate(row.cells):
            address = f"{chr(ord('A') + FIRST + column)}{at}"
            found = value(address)
            if cell.amount is None:
                assert found in (None, ""), (row.label, address, found)
            else:
                assert found not in (None, ""), (row.label, address)
                ours = cell.amount / UNIT_SIZE[unit]
                assert abs(Decimal(str(found)) - ours) < Decimal("0.001"), (row.label, address, found, ours)


@pytest.mark.parametrize("unit", ["SEK", "kSEK"])
@pytest.mark.parametrize("name", FILES)
def test_every_formula_gives_our_figure(name: str, unit: Unit) -> None:
    budget = keyed(fixture(name))
    assert_agrees(budget, unit, Evaluator(opened(made(budget, unit))["Budget"]).value)


@given(sheets(), st.sampled_from(["SEK", "kSEK"]))
def test_every_formula_of_any_budget_gives_our_figure(budget: BudgetSheet, unit: Unit) -> None:
    assert_agrees(keyed(budget), unit, Evaluator(opened(made(keyed(budget), unit))["Budget"]).value)


@pytest.mark.parametrize("name", ["gotland", "landskrona-svalov", "lund"])
def test_libreoffice_recalculates_the_workbook_to_our_figures(name: str, request: Any) -> None:
    program = libreoffice.find()
    budget = keyed(fixture(name))
    data = made(budget, budget.unit)
    if program is None:
        request.config.get_terminal_writer().line(
            "\nLibreOffice finns inte här: formlerna är bara räknade av testens egen räknare."
        )
        return
    spoiled = without_values(data)
    assert opened(spoiled, values=True)["Budget"][f"D{FIRST_ROW + 5}"].value != ""
    recalculated = opened(libreoffice.recalculated(program, spoiled), values=True)["Budget"]
    assert_agrees(budget, budget.unit, lambda address: recalculated[address].value)


def without_values(data: bytes) -> bytes:
    """With a wrong value beside every formula, so that only who computes it anew gets it right."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content, spoiled = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1<v>12345</v>", content)
                assert spoiled > 5
            new.writestr(part, content)
    return file.getvalue()


def test_sums_results_and_equity_are_formulas() -> None:
    book = opened(made(keyed(fixture("gotland"))))["Budget"]
    formulas = {
        book.cell(row, 2).value: book.cell(row, 4).value
        for row in range(1, book.max_row + 1)
        if book.cell(row, 4).value
    }

    for name in ("Summa intäkter", "Summa Administration", "Summa kostnader"):
        assert formulas[name].startswith("=SUM(")
    for name in ("Resultat", "Utgående eget kapital", "Tillgängliga medel"):
        assert re.fullmatch(r"=[-+A-Z0-9()]+", formulas[name])


def test_a_part_of_another_line_is_in_no_sum() -> None:
    budget = keyed(sheet("2021 budget", line("income", 100), line("cost", 60), line("cost", 25, name="hyra")))
    lines = (*budget.lines[:2], replace(budget.lines[2], part_of=budget.lines[1].key))
    budget = replace(budget, lines=lines)

    assert budget.figures[0].costs == 60
    assert_agrees(budget, "SEK", Evaluator(opened(made(budget))["Budget"]).value)
    assert back(made(budget), budget).lines == ()


def test_a_large_budget_has_live_sums_too() -> None:
    budget = keyed(large_sheet(1500, 3))
    assert_agrees(budget, "SEK", Evaluator(opened(made(budget))["Budget"]).value)


def test_the_workbook_is_set_for_reading_and_printing() -> None:
    book = opened(made(keyed(fixture("gotland"))))
    sheet = book["Budget"]

    assert book.sheetnames == ["Budget", "Anmärkningar", "Noter", "Om", "Finsam"]
    assert sheet.freeze_panes == "C9"
    assert sheet.column_dimensions["A"].hidden
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.print_title_rows == "$7:$8"
    assert "\u2212" in sheet["C10"].number_format
    assert [sheet.cell(row, 2).value for row in (1, 3, 4)] == ["Budget 2021", ABOUT.state, "Belopp i kr"]
    assert book["Finsam"].sheet_state == "veryHidden"


def test_findings_stand_on_their_own_sheet_with_a_link_to_their_cell() -> None:
    budget = keyed(fixture("gotland"))
    page = BudgetPage(budget, Circumstances(), "SEK")
    sheet = opened(made(budget))["Anmärkningar"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]

    assert [row[1] for row in rows] == [remark.sentence for remark in page.remarks]
    assert [row[0].lower() for row in rows] == [remark.severity_name.lower() for remark in page.remarks]
    assert any(row[3] for row in rows)


def test_tkr_are_exact_in_the_file() -> None:
    budget = keyed(sheet("2021 budget", line("income", "1268400.50")))
    cells = [cell.value for row in opened(made(budget, "kSEK"))["Budget"].iter_rows() for cell in row]

    assert 1268.4005 in cells


@pytest.mark.parametrize(
    "text", ["=1+1", "+46 8", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x", "\t=1", "123"]
)
def test_a_text_is_never_a_formula(text: str) -> None:
    budget = keyed(sheet("2021 budget", line("income", 5, name=text.strip(), note=text, group=text.strip())))
    book = opened(made(budget))

    ours = re.compile(r"=[-+A-Z0-9(),:]+")
    for each in book:
        for row in each.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or (ours.fullmatch(cell.value) and cell.value != "=1+1")
    assert back(made(budget), budget).lines == ()

    content = csv_file(BudgetPage(budget, Circumstances(), "SEK")).decode("utf-8-sig")
    for field in re.split(r"[;\r\n]+", content):
        assert not field.strip('"').startswith(DANGEROUS), field


def test_the_csv_file_is_for_swedish_excel() -> None:
    budget = keyed(sheet("2021 budget", line("income", "1268400.50"), line("cost", -500, name="Åter")))
    data = csv_file(BudgetPage(budget, Circumstances(), "SEK"))

    assert data.startswith(b"\xef\xbb\xbf")
    rows = data.decode("utf-8-sig").split("\r\n")
    assert rows[0] == "Rad;Post;2021 budget;Anmärkning;Enhet"
    assert "post;Intäkt;1268400,5;;kr" in rows
    assert "post;Åter;-500;;kr" in rows


@given(documents(), st.sampled_from(["SEK", "kSEK"]))
def test_a_workbook_that_nobody_has_touched_changes_nothing(budget: BudgetSheet, unit: Unit) -> None:
    proposal = back(made(keyed(budget), unit), keyed(budget))

    assert proposal.lines == ()
    assert proposal.missing == ()
    assert [problem for problem in proposal.problems if problem.grade != Grade.REMARK] == []


@pytest.mark.parametrize("seed", range(12))
def test_odd_budgets_come_back_as_they_went(seed: int) -> None:
    budget = keyed(odd_sheet(seed))
    assert back(made(budget), budget).lines == ()


def changed(budget: BudgetSheet, change: Any) -> Proposal:
    book = opened(made(budget))
    change(book)
    file = BytesIO()
    book.save(file)
    return back(file.getvalue(), budget)


def row_of(book: Any, name: str) -> int:
    sheet = book["Budget"]
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == name)


def test_moved_rows_and_columns_are_recognised() -> None:
    budget = keyed(fixture("gotland"))

    def move(book: Any) -> None:
        sheet = book["Budget"]
        sheet.cell(row_of(book, "Dialogmöten"), 4).value = 99_000
        one, other = row_of(book, "Dialogmöten"), row_of(book, "JobbSam 3.0")
        for column in range(1, sheet.max_column + 1):
            a, b = sheet.cell(one, column), sheet.cell(other, column)
            a.value, b.value = b.value, a.value
        for row in range(1, sheet.max_row + 1):
            a, b = sheet.cell(row, 3), sheet.cell(row, 5)
            a.value, b.value = b.value, a.value

    proposal = changed(budget, move)
    assert [
        (budget.lines[item.key].name, dict(item.cells)) for item in proposal.lines if item.key is not None
    ] == [("Dialogmöten", {1: Decimal(99_000)})]


def test_a_row_put_in_is_a_new_line_like_the_one_above() -> None:
    budget = keyed(fixture("gotland"))

    def add(book: Any) -> None:
        sheet = book["Budget"]
        row = row_of(book, "Frukostmöten") + 1
        sheet.insert_rows(row)
        sheet.cell(row, 2).value, sheet.cell(row, 4).value = "Språkcafé", 12_500

    (new,) = changed(budget, add).lines
    assert (new.key, new.name, new.section, new.line_class) == (None, "Språkcafé", "cost", "insats")
    assert (new.group, new.cells[1]) == ("Utvecklingsinsatser", 12_500)


def test_a_row_taken_away_is_only_told_of() -> None:
    budget = keyed(fixture("gotland"))
    proposal = changed(budget, lambda book: book["Budget"].delete_rows(row_of(book, "Dialogmöten")))

    assert proposal.missing == ("Dialogmöten",)
    assert proposal.lines == ()


def test_an_emptied_cell_is_emptied_and_a_carried_one_stays_carried() -> None:
    budget = keyed(fixture("gotland"))
    proposal = changed(
        budget, lambda book: setattr(book["Budget"].cell(row_of(book, "Dialogmöten"), 4), "value", None)
    )

    (item,) = proposal.lines
    assert dict(item.cells) == {1: None}


def test_notes_come_back() -> None:
    budget = keyed(fixture("gotland"))

    def write(book: Any) -> None:
        book["Budget"].cell(row_of(book, "Dialogmöten"), 7).value = "Åtta möten"
        notes = book["Noter"]
        row = next(
            row for row in range(2, notes.max_row + 1) if str(notes.cell(row, 5).value).startswith("Prognos.")
        )
        notes.cell(row, 5).value = "Ny prognos"

    noted, opening = changed(budget, write).lines
    assert noted.note == "Åtta möten"
    assert dict(opening.cell_notes) == {1: "Ny prognos"}
