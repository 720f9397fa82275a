"""A range from a spreadsheet: shown first, with every problem, then written all or nothing."""

from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse

from tests.budgets.editing.sittings import line_named, years_of
from tests.budgets.editing.test_changes import JOBB, STATE
from tests.budgets.grid import Grid, gotland
from tests.budgets.test_answer_equals_page import equal, seen_of
from tests.members.page_forms import values_of
from tests.members.shown_page import Element, shown

pytestmark = pytest.mark.django_db

REGION = "Region Gotland"
EXTRA = "Extra tilldelning"


@pytest.fixture
def grid() -> Grid:
    return gotland()


def pasted(grid: Grid, name: str, column: int, *rows: str, **fields: object) -> HttpResponse:
    text = "\r\n".join(rows) + "\r\n"
    return grid.post("klistra-in/", {**grid.cell(name, column), "text": text, **fields})


def previewed(page: Element) -> list[list[str]]:
    return [[cell.text for cell in row if cell.tag in ("th", "td")] for row in page.one("tbody").all("tr")]


def confirm(grid: Grid, page: Element, *, script: bool = True) -> HttpResponse:
    """As the user who presses the button under the preview."""
    form = page.one("main").one("form")
    values = values_of(form)
    values["text"] = form.one("textarea").children[0] if form.one("textarea").children else ""
    return grid.post("klistra-in/", {**values, "seen": values["confirmed"]}, script=script)


def test_what_will_change_is_shown_before_anything_is_written(grid):
    before = grid.state
    page = shown(pasted(grid, STATE, 1, "2 000 000\t2 130 000", "1\t"))
    assert grid.state == before
    assert previewed(page) == [
        [STATE, "2021 budget", "2 162 000", "2 000 000"],
        [REGION, "2021 budget", "2 162 000", "1"],
        [REGION, "2022 plan", "2 130 000", "–"],
    ]
    assert page.one("main").one("button").text == "Skriv 3 belopp"
    answer = confirm(grid, page)
    assert answer.status_code == 200
    assert [grid.amount(name, column) for name in (STATE, REGION) for column in (1, 2)] == [
        "2000000.00",
        "2130000.00",
        "1.00",
        None,
    ]
    assert grid.changes() == 1
    grid.post("angra/")
    assert grid.state.cells == before.cells


def test_without_script_the_budget_is_shown_after_the_button(grid):
    answer = confirm(grid, shown(pasted(grid, STATE, 1, "5\t6")), script=False)
    assert (answer.status_code, urlsplit(answer["Location"]).path) == (302, grid.base)
    assert grid.amount(STATE, 1) == "5.00"


def test_in_thousands_the_figures_are_thousands(grid):
    thousands = Grid(grid.budget, grid.client, grid.who, "?enhet=tkr")
    page = shown(pasted(thousands, STATE, 1, "2 000\t1,5"))
    assert [row[3] for row in previewed(page)] == ["2 000", "2"]
    confirm(thousands, page)
    assert (grid.amount(STATE, 1), grid.amount(STATE, 2)) == ("2000000.00", "1500.00")


def test_every_problem_is_told_with_its_place_and_nothing_can_be_written(grid):
    page = shown(pasted(grid, STATE, 0, "5\thej\t1.500", "#REF!\t7\t8"))
    told = [item.text for item in page.one(role="alert").all("li")]
    assert [text.split(":")[0] for text in told] == [
        "Rad 1, kolumn 2",
        "Rad 1, kolumn 3",
        "Rad 2, kolumn 1",
    ]
    assert not page.one("main").all("button")
    fields = {**grid.cell(STATE, 0), "text": "5\thej", "confirmed": 0}
    shown(grid.post("klistra-in/", fields))  # nor by a form of one's own
    assert not grid.changes()


def test_when_somebody_has_changed_the_budget_since_the_preview_a_new_one_is_shown(grid):
    page = shown(pasted(grid, STATE, 1, "5\t6"))
    grid.another().type(STATE, 1, "111")
    again = shown(confirm(grid, page))
    assert "har ändrats av någon annan sedan förhandsvisningen" in again.one(role="alert").text
    assert [row[2] for row in previewed(again)] == ["111", "2 130 000"]
    assert grid.amount(STATE, 1) == "111.00"
    assert confirm(grid, again).status_code == 200
    assert grid.amount(STATE, 1) == "5.00"


def test_a_range_copied_with_headings_and_sums_lands_on_its_lines(grid):
    """As copied from a sheet of the same shape: from the last income over the total, the next headings."""
    page = grid.page()
    rows, found = [], False
    for row in page.one("table", css="budget").all("tr"):
        cells = [cell for cell in row.all("td") if cell.id.endswith("-1")]
        if row.all("th", scope="rowgroup") or not row.all("td"):
            continue
        found = found or bool(
            cells and cells[0].attributes.get("data-line") == str(grid.cell(JOBB, 1)["line"])
        )
        if found:
            rows.append("" if not cells else cells[0].attributes.get("data-amount", ""))
        if found and row.one("th").text.startswith("Summa kostnader"):
            break
    rows[0] = str(float(rows[0]) + 100)  # the line JobbSam 3.0, and what it adds to
    assert len(rows) == 4  # JobbSam, Utrymme, Summa Projekt, Summa kostnader
    rows[2] = str(float(rows[2]) + 100)
    rows[3] = ""
    preview = shown(pasted(grid, JOBB, 1, *(row.replace(".", ",") for row in rows)))
    assert previewed(preview) == [[JOBB, "2021 budget", "2 203 500", "2 203 600"]]
    assert "får inte plats" not in preview.text


def test_amounts_outside_the_table_are_counted_and_left_out(grid):
    page = shown(pasted(grid, "Eget kapital/sparade medel", 3, "1\t2\t", "3\t4\t"))
    assert "3 belopp får inte plats i tabellen" in page.one("main").text
    assert [row[0] for row in previewed(page)] == ["Eget kapital/sparade medel"]


def test_what_stands_there_already_changes_nothing(grid):
    page = shown(pasted(grid, STATE, 0, "2 130 000\t2 162 000"))
    assert "detsamma som redan står där" in page.text
    assert not page.one("main").all("button")
    assert (
        grid.post("klistra-in/", {**grid.cell(STATE, 0), "text": "2130000", "confirmed": 0}).status_code
        == 200
    )
    assert not grid.changes()


@pytest.mark.parametrize("text", ["", "   ", "\t\t", "1\t2\n3", "\t" * 100, "1\n" * 3000, "9" * 1_000_001])
def test_what_is_no_range_is_refused_in_words(grid, text):
    answer = grid.post("klistra-in/", {**grid.cell(STATE, 0), "text": text})
    assert len(shown(answer, 422).one(role="alert").text) > 20
    assert not grid.changes()


def test_a_pasted_cell_of_markup_is_text(grid):
    page = shown(pasted(grid, STATE, 0, "<script>alert(1)</script>\t1"))
    assert "<script>alert(1)</script>" in page.one(role="alert").text
    assert not page.one("main").all("script")


def test_a_line_somebody_removed_is_not_found(grid):
    cell = grid.cell(JOBB, 0)
    grid.another().post(f"post/{cell['line']}/ta-bort/")
    assert grid.post("klistra-in/", {**cell, "text": "1\t2"}).status_code == 404


def test_a_formula_of_the_spreadsheet_is_read_as_one(grid):
    confirm(grid, shown(pasted(grid, STATE, 0, "=2*3\t5")))
    assert (grid.amount(STATE, 0), grid.formula(STATE, 0)) == ("6.00", "=2*3 kr")


def test_gotlands_whole_budget_pasted_over_another(grid):
    """All 24 lines of income and costs by four columns in one paste from the first cell; then as it was."""
    state = grid.state
    before = {(line, year): state.cell(line, year)["amount"] for line, year in state.cells}
    order = [
        int(cell.attributes["data-line"])
        for cell in grid.page().one("table", css="budget").all("td")
        if cell.id.endswith("-0") and cell.attributes.get("data-line")
    ]
    years = years_of(state)
    text = "\r\n".join(
        "\t".join(str(before.get((line, year)) or "").removesuffix(".00") for year in years) for line in order
    )
    grid.post("tom/", {"lines": ",".join(map(str, order)), "years": ",".join(map(str, years))})
    assert not any(values["amount"] for values in grid.state.cells.values())
    page = grid.page()
    first = {"line": order[0], "year": years[0], "text": text}
    preview = shown(grid.post("klistra-in/", first))
    assert "går inte att läsa" not in preview.text
    fields = {**first, "confirmed": grid.number, "seen": seen_of(page)}
    equal(grid, page, grid.post("klistra-in/", fields))
    after = grid.state
    assert {place: after.cell(*place)["amount"] for place in before} == before
    assert line_named(after, STATE) == order[0]
