"""Where every figure of the five documents comes from, and two columns beside each other."""

from decimal import Decimal

import pytest

from budgets.exchange.budget_file import read as read_file
from budgets.exchange.budget_file import write as write_file
from budgets.reading import read_sheet
from tests.budgets.editing.sittings import author_of, budget_of, fresh, make, years_of
from tests.budgets.editing.test_changes import JOBB, STATE, balancing
from tests.budgets.grid import Grid, gotland, opened
from tests.members.shown_page import Element, ids, shown

pytestmark = pytest.mark.django_db

SLUGS = ["gotland", "introduktion", "landskrona-svalov", "lund", "skelleftea"]
MINUS = "\u2212"


def kronor(text: str) -> Decimal | None:
    """A shown figure as a number."""
    plain = (
        text.replace("\xa0", "").replace(" ", "").replace(MINUS, "-").removesuffix("kr").removesuffix("tkr")
    )
    return None if plain in ("", "–") else Decimal(plain.replace(",", "."))


def figures(page: Element) -> list[tuple[str, int, Element]]:
    """Every cell of the table: its row, its column, and itself."""
    found = []
    for cell in page.one("table", css="budget").all("td"):
        if cell.id:
            row, _, column = cell.id.rpartition("-")
            found.append((row, int(column), cell))
    return found


@pytest.mark.parametrize("slug", SLUGS)
def test_the_parts_of_every_sum_add_up_to_it_and_lead_to_their_cells(slug):
    grid = opened(budget_of(slug), "?enhet=kr")
    page = grid.page()
    places, cells, summed = ids(page), figures(page), 0
    amounts = {f"{row}-{column}": cell.attributes.get("data-amount") for row, column, cell in cells}
    for row, column, cell in cells:
        source = shown(grid.get(f"varifran/?enhet=kr&rad={row}&kolumn={column}"))
        here = cell.attributes.get("data-amount")
        main = source.one("main")
        assert main.one("h1").text and main.all("p")[0].text
        tables = main.all("table")
        if here is None or not tables:
            continue
        parts = [(each.one("th"), kronor(each.one("td").text)) for each in tables[0].one("tbody").all("tr")]
        total = kronor(tables[0].one("tfoot").one("td").text)
        assert total == round(Decimal(here)), (row, column)
        for name, amount in parts:
            links = name.all("a")
            if links and amount is not None:
                place = links[0].href.split("#")[1]
                assert place in places
                stored = amounts[place]
                assert stored is not None and abs(amount) == abs(round(Decimal(stored))), (row, place)
        if main.all("p")[0].text == "Angivet för hand. Utan det skulle året öppna med:":
            continue  # told beside, not added
        whole = sum(amount for _, amount in parts if amount is not None)
        assert abs(whole - total) <= len(parts) / 2, (row, column, whole, total)
        summed += 1
    assert summed > 8
    assert any(row == "result" for row, _, _ in cells)


def test_the_signs_of_a_result_and_of_what_is_left_to_grant():
    grid = gotland()
    make(grid.budget, author_of(grid.budget), balancing)
    cell = grid.cell("Att fördela", 0)
    grid.post(f"post/{cell['line']}/{cell['year']}/", {"target": "100 000", "note": ""})

    def parts(row: str) -> dict[str, str]:
        table = shown(grid.get(f"varifran/?rad={row}&kolumn=0")).one("main").one("table")
        return {
            each.one("th").text: each.one("td").text.replace("\xa0", " ")
            for each in table.one("tbody").all("tr")
        }

    left = parts(f"line-{cell['line']}")
    assert left == {
        "Tillgängliga medel": "5 235 699",
        "Övriga kostnader": f"{MINUS}4 802 000",
        "Utgående eget kapital ska bli": f"{MINUS}100 000",
    }
    assert parts("result") == {"Summa intäkter": "4 260 000", "Summa kostnader": f"{MINUS}5 135 699"}
    assert set(parts("closing")) == {"Ingående eget kapital (Eget kapital/sparade medel)", "Resultat"}


@pytest.mark.parametrize(
    "query",
    ["", "?rad=cost", "?rad=cost&kolumn=4", "?rad=cost&kolumn=-1", "?rad=x&kolumn=0", "?rad=cost&kolumn=x"],
)
def test_a_figure_that_is_not_there_is_not_found(query):
    assert gotland().get(f"varifran/{query}").status_code == 404


# -- two columns beside each other -------------------------------------------------------------------


def compared(grid: Grid, one: int, other: int, unit: str = "kr") -> dict[str, list[str]]:
    years = years_of(grid.state)
    page = shown(grid.get(f"?enhet={unit}&jamfor={years[one]}-{years[other]}"))
    rows = {}
    for row in page.one("table", css="budget").all("tr"):
        found = [each.text.replace("\xa0", " ") for each in row.all("td", css="difference")]
        if found:
            rows[row.one("th").text.split("⋯")[0].strip()] = found
    return rows


def test_the_change_in_kronor_and_in_per_cent():
    rows = compared(gotland(), 0, 1)
    assert rows[STATE][0] == "32 000" and rows[STATE][1].startswith("1,5")
    assert rows["Summa kostnader"][0] == "172 000" and rows["Summa kostnader"][1].startswith("3,6")
    result = next(value for name, value in rows.items() if name.startswith("Resultat"))
    assert result == [f"{MINUS}108 000", ""]  # no per cent of a deficit
    empty = next(value for name, value in rows.items() if name.startswith("Extra tilldelning"))
    assert empty == ["", ""]


def test_backwards_and_in_thousands():
    rows = compared(gotland(), 1, 0, "tkr")
    assert rows[STATE][0] == f"{MINUS}32" and rows[STATE][1].startswith(f"{MINUS}1,5")


@pytest.mark.parametrize(
    "pair", ["1", "x-y", "1-", "-1-2", "9999999-9999998", "1-1", "9" * 40 + "-1", "1-2-3"]
)
def test_columns_that_are_not_there_are_not_compared(pair):
    page = shown(gotland().get(f"?jamfor={pair}"))
    assert not page.all("td", css="difference")


# -- and out again -----------------------------------------------------------------------------------


def test_what_was_edited_can_be_written_to_a_file_and_read_again():
    """Notes of several lines, formulas, targets: nothing that the pages take is refused by the file."""
    grid = gotland()
    make(grid.budget, author_of(grid.budget), balancing)
    cell = grid.cell("Att fördela", 0)
    grid.post(f"post/{cell['line']}/{cell['year']}/", {"target": "100 000", "note": "Rad ett\r\nrad två"})
    grid.type(JOBB, 0, "=12*4500*1,03")
    sheet = read_sheet(fresh(grid.budget))
    again = read_file(write_file(sheet).encode())
    assert [line.name for line in again.lines] == [line.name for line in sheet.lines]
    assert again.lines[-1].cell_notes == sheet.lines[-1].cell_notes == ("Rad ett rad två", "", "", "")
    assert [line.formulas for line in again.lines] == [line.formulas for line in sheet.lines]
