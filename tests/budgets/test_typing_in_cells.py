"""A cell is typed in, cleared or filled through the pages: what is stored, and what is refused and why."""

import pytest

from budgets.models import Budget, BudgetYear
from members.models import RoleKind
from tests.budgets.editing.sittings import budget_of, line_named, state_of, years_of
from tests.budgets.editing.test_changes import JOBB, STATE
from tests.budgets.grid import Grid, gotland, opened
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db

EXTRA = "Extra tilldelning"


@pytest.fixture
def grid() -> Grid:
    return gotland()


@pytest.fixture
def thousands() -> Grid:
    return gotland("?enhet=tkr")


# -- what is read ------------------------------------------------------------------------------------

MINUS, HARD = "\u2212", "\u00a0"


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("2 162 000", "2162000.00"),
        (f"2{HARD}162{HARD}000", "2162000.00"),
        ("2162000", "2162000.00"),
        (f"{MINUS}500", "-500.00"),
        ("(500)", "-500.00"),
        ("1,5", "1.50"),
        ("2 tkr", "2000.00"),
        ("2,5 mkr", "2500000.00"),
        ("0", "0.00"),
        ("", None),
        ("999 999 999 999,99", "999999999999.99"),
    ],
)
def test_amounts_in_kronor(grid, text, kronor):
    assert grid.type(JOBB, 0, text).status_code == 200
    assert grid.amount(JOBB, 0) == kronor
    assert grid.formula(JOBB, 0) == ""


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("2 162", "2162000.00"),
        ("2162", "2162000.00"),
        (f"{MINUS}500", "-500000.00"),
        ("(500)", "-500000.00"),
        ("1,5", "1500.00"),
        ("700 kr", "700.00"),
        ("", None),
    ],
)
def test_amounts_in_thousands_of_kronor(thousands, text, kronor):
    assert thousands.type(JOBB, 0, text).status_code == 200
    assert thousands.amount(JOBB, 0) == kronor


@pytest.mark.parametrize(
    ("query", "text", "kronor"),
    [
        ("", "=12*4500*1,03", "55620.00"),
        ("?enhet=tkr", "=12*4,5", "54000.00"),
        ("", "=(2+3)*100-1", "499.00"),
    ],
)
def test_a_formula_is_kept_and_comes_back_when_the_cell_is_opened(query, text, kronor):
    grid = gotland(query)
    answer = grid.type(JOBB, 0, text)
    assert grid.amount(JOBB, 0) == kronor
    cell = shown(answer).one("td", data_line=str(grid.cell(JOBB, 0)["line"]))
    assert cell.attributes["data-typed"].startswith(text)
    assert grid.page().one("td", id=cell.id).attributes["data-typed"] == cell.attributes["data-typed"]
    source = shown(grid.get(f"varifran/?rad=line-{grid.cell(JOBB, 0)['line']}&kolumn=0"))
    assert f"Formeln {text}" in source.text
    grid.type(JOBB, 0, "7")
    assert grid.formula(JOBB, 0) == ""


def test_a_formula_typed_in_one_unit_is_the_same_money_in_the_other(grid):
    thousands = Grid(grid.budget, grid.client, grid.who, "?enhet=tkr")
    thousands.type(JOBB, 0, "=12*4,5")
    cell = next(
        td for td in grid.page().all("td", data_line=str(grid.cell(JOBB, 0)["line"])) if td.id.endswith("-0")
    )
    assert cell.attributes["data-amount"] == "54000.00"
    before = grid.number
    grid.type(JOBB, 0, cell.attributes["data-typed"])
    assert grid.amount(JOBB, 0) == "54000.00"
    assert grid.number == before  # leaving the cell as it was is no change


# -- what is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("=12*4500+3%", "*1,03"),
        ("+3%", "%"),
        ("hej", "text"),
        ("12*4500", "="),
        ("=1/0", ""),
        ("=2**99", ""),
        ("=__import__('os')", ""),
        ("=" + "1+" * 300 + "1", ""),
        ("1" * 400, "för långt"),
        ("1 000 000 000 000", "för stort"),
        ("=999999999999*99", "för stort"),
        ("5\x00", ""),
        ("5\u202e", ""),
        ("\U0001f600", ""),
        ("#VALUE!", "kalkylbladet"),
        ("2020-01-01", "datum"),
    ],
)
def test_a_wrong_entry_is_explained_and_nothing_is_stored(grid, text, said):
    before = grid.state
    answer = grid.type(JOBB, 0, text)
    page = shown(answer, 422)
    assert said in page.one(role="alert").text
    assert len(page.one(role="alert").text) > 15
    assert grid.state == before and not grid.changes()


def test_one_and_a_half_or_a_thousand_and_a_half_is_asked_with_both_to_choose_between(grid):
    before = grid.state
    page = shown(grid.type(JOBB, 0, "1.500"), 422)
    choices = [button.attributes["data-text"] for button in page.all("button")]
    assert grid.state == before
    chosen = set()
    for choice in choices:
        assert grid.type(JOBB, 0, choice).status_code == 200
        chosen.add(grid.amount(JOBB, 0))
    assert chosen == {"1500.00", "1.50"}


# -- somebody else, and nothing new ------------------------------------------------------------------


def test_who_is_second_in_a_cell_sees_both_values_and_who_was_first(grid):
    bo = grid.another()
    bo.type(JOBB, 0, "111")
    page = shown(grid.type(JOBB, 0, "222", was="1268400.00"), 409)
    assert f"{bo.who} har ändrat cellen till 111" in page.text
    assert "medan du skrev 222" in page.text
    assert [button.text for button in page.all("button")] == ["Behåll 111", "Skriv 222"]
    assert page.one("div", role="alert").attributes["data-stored"] == "111.00"
    assert grid.amount(JOBB, 0) == "111.00" and grid.changes() == 1
    assert grid.type(JOBB, 0, "222", was="111.00").status_code == 200  # the user chose
    assert grid.amount(JOBB, 0) == "222.00"


def test_a_conflict_with_an_emptied_cell_says_empty(grid):
    grid.another().type(JOBB, 0, "")
    page = shown(grid.type(JOBB, 0, "222", was="1268400.00"), 409)
    assert "till tomt medan du skrev 222" in page.text
    assert page.one("div", role="alert").attributes["data-stored"] == ""


def test_who_typed_what_stood_there_before_is_told_too(grid):
    """The user meant 1 268 400 to stand; somebody else has meanwhile decided otherwise."""
    grid.another().type(JOBB, 0, "111")
    page = shown(grid.type(JOBB, 0, "1268400", was="1268400.00"), 409)
    assert "ändrat cellen till 111" in page.text


@pytest.mark.parametrize("was", ["skräp", "1268400", "-1", "9" * 500, "\x00"])
def test_a_former_value_that_is_none_of_ours_is_a_conflict(grid, was):
    shown(grid.type(JOBB, 0, "5", was=was), 409)
    assert not grid.changes()


def test_the_same_value_again_is_no_change(grid):
    answer = grid.type(JOBB, 0, "1 268 400", seen=0)
    assert answer.status_code == 200
    assert answer["X-Budget-Change"] == "0"
    assert not answer.content.decode().strip()
    assert not grid.changes()


def test_the_cell_of_a_line_or_column_that_is_gone_is_said_to_be_gone(grid):
    fields = {**grid.cell(JOBB, 0), "was": "1268400.00", "text": "5"}
    grid.another().post(f"post/{fields['line']}/ta-bort/")
    page = shown(grid.post("belopp/", fields), 409)
    assert "har tagits bort" in page.text and "5, är inte sparat" in page.text


# -- keys that are not this budget's -----------------------------------------------------------------


def test_cells_of_other_budgets_cannot_be_written_or_read(grid):
    lund = budget_of("lund")
    state = state_of(lund)
    line, year = next(place for place, values in state.cells.items() if values["amount"])
    own = grid.cell(JOBB, 0)
    now = state.cell(line, year)["amount"]
    for fields in (
        {"line": line, "year": year},
        {"line": line, "year": own["year"]},
        {"line": own["line"], "year": year},
    ):
        for was in ("", now):
            answer = grid.post("belopp/", {**fields, "was": was, "text": "5"})
            assert answer.status_code == 409
            assert "har tagits bort" in answer.content.decode()
        grid.post("tom/", {"lines": fields["line"], "years": fields["year"]})
        grid.post("klistra-in/", {**fields, "text": "1\t2", "confirmed": 0})
        assert grid.get(f"post/{fields['line']}/{fields['year']}/").status_code == 404
        assert grid.post(f"post/{fields['line']}/{fields['year']}/", {"note": "x"}).status_code == 404
    for path in (f"post/{line}/", f"post/{line}/grupp/namn/", f"kolumn/{year}/"):
        assert grid.get(path).status_code == 404
    for path in (f"post/{line}/ta-bort/", f"post/{line}/flytta/upp/", f"kolumn/{year}/"):
        assert grid.post(path, {"where": "remove"}).status_code == 404
    grid.post("fyll/", {"lines": line, "years": ",".join(map(str, years_of(state)[:2]))})
    assert state_of(lund) == state and not grid.changes()


@pytest.mark.parametrize("bad", ["", "x", "-1", "1.5", "9" * 30, "\u0661", "1,2", " 1"])
@pytest.mark.parametrize("field", ["line", "year"])
def test_a_key_that_is_none_is_not_found(grid, field, bad):
    answer = grid.post("belopp/", {**grid.cell(JOBB, 0), "was": "", "text": "5", field: bad})
    assert answer.status_code == 404


@pytest.mark.parametrize("bad", ["", "x", "1,", ",", "1,-2", "9" * 30])
@pytest.mark.parametrize("path", ["tom/", "fyll/"])
def test_keys_of_a_range_that_are_none_are_not_found(grid, path, bad):
    assert grid.post(path, {"lines": bad, "years": "1,2"}).status_code == 404
    assert grid.post(path, {"lines": "1", "years": bad}).status_code == 404


# -- a closed budget, another role -------------------------------------------------------------------


def test_a_closed_budget_says_so_and_keeps_its_figures(grid):
    Budget.objects.filter(pk=grid.budget.pk).update(is_open=False)
    before = grid.state
    cell = grid.cell(JOBB, 0)
    for path, fields in {
        "belopp/": {**cell, "was": "1268400.00", "text": "5"},
        "tom/": {"lines": cell["line"], "years": cell["year"]},
        "fyll/": {"lines": cell["line"], "years": ",".join(map(str, years_of(before)))},
        f"post/{cell['line']}/{cell['year']}/": {"note": "x"},
        f"post/{cell['line']}/ta-bort/": {},
        "tryckta-summor/ta-bort/": {},
    }.items():
        for script in (True, False):
            page = shown(grid.post(path, fields, script=script), 409)
            assert "Budgeten är stängd. Inget har ändrats." in page.text
    assert grid.state == before


@pytest.mark.parametrize("kind", [RoleKind.OBSERVER, RoleKind.CHAIR, RoleKind.AUDITOR])
def test_who_may_not_edit_is_told_why(grid, kind):
    other = opened(grid.budget, kind=kind)
    answer = other.post("belopp/", {**grid.cell(JOBB, 0), "was": "1268400.00", "text": "5"})
    assert answer.status_code == 403
    assert "behörighet" in answer.content.decode()


def test_nothing_is_written_by_asking_for_a_page(grid):
    for path in ("belopp/", "klistra-in/", "fyll/", "tom/", "angra/", "gor-om/"):
        assert grid.get(path).status_code == 405


def test_the_server_asks_for_the_token_of_its_own_forms(grid):
    grid.client.handler.enforce_csrf_checks = True
    assert grid.type(JOBB, 0, "5").status_code == 403
    assert not grid.changes()


# -- clearing ----------------------------------------------------------------------------------------


def test_a_cleared_range_is_one_change(grid):
    state = grid.state
    lines = [line_named(state, name) for name in (JOBB, STATE, EXTRA)]
    years = years_of(state)[1:3]
    answer = grid.post("tom/", {"lines": ",".join(map(str, lines)), "years": ",".join(map(str, years))})
    assert answer.status_code == 200
    assert {grid.amount(name, column) for name in (JOBB, STATE) for column in (1, 2)} == {None}
    assert grid.amount(JOBB, 0) == "1268400.00" and grid.amount(JOBB, 3) == "2335916.00"
    assert grid.changes() == 1
    grid.post("angra/")
    assert grid.state.cells == state.cells


# -- filling -----------------------------------------------------------------------------------------


def filled(grid: Grid, per_cent: str, columns: tuple[int, ...] = (0, 1, 2, 3)):
    years = years_of(grid.state)
    fields = {
        "lines": line_named(grid.state, STATE),
        "years": ",".join(str(years[column]) for column in columns),
        "per_cent": per_cent,
    }
    return grid.post("fyll/", fields)


def figures(grid: Grid) -> list[object]:
    return [grid.amount(STATE, column) for column in range(4)]


def test_filling_right_copies_the_first_column(grid):
    assert filled(grid, "").status_code == 200
    assert figures(grid) == ["2130000.00"] * 4
    assert grid.changes() == 1


@pytest.mark.parametrize("text", ["2", "2%", " 2 % ", "2,0", "2.0"])
def test_filling_right_with_two_per_cent_more_each_year(grid, text):
    assert filled(grid, text).status_code == 200
    assert figures(grid) == ["2130000.00", "2172600.00", "2216052.00", "2260373.00"]


@pytest.mark.parametrize("text", [f"{MINUS}10", "-10"])
def test_filling_right_with_less(grid, text):
    filled(grid, text, (2, 3))
    assert figures(grid) == ["2130000.00", "2162000.00", "2130000.00", "1917000.00"]


@pytest.mark.parametrize(
    "text", ["x", "2 000", "1001", "-101", "NaN", "Infinity", "1e9", "2,5,5", "\x00", "9" * 99]
)
def test_what_is_no_per_cent_is_refused(grid, text):
    page = shown(filled(grid, text), 422)
    assert "ingen procentsats" in page.text
    assert not grid.changes()


def test_a_fill_to_more_than_a_cell_holds_is_refused_in_words(grid):
    grid.type(STATE, 0, "999 999 999 999")
    for per_cent in ("1", "1000"):
        page = shown(filled(grid, per_cent), 422)
        assert "för stort" in page.text
    assert grid.changes() == 1


def test_a_fill_from_a_column_that_somebody_else_removed_empties_nothing(grid):
    years = years_of(grid.state)
    fields = {"lines": line_named(grid.state, STATE), "years": ",".join(map(str, years))}
    grid.another().post(f"kolumn/{years[0]}/", {"where": "remove"})
    assert not BudgetYear.objects.filter(pk=years[0]).exists()
    before = grid.state
    page = shown(grid.post("fyll/", fields), 422)
    assert "finns inte längre" in page.text
    assert grid.state == before


def test_one_column_alone_is_not_filled(grid):
    assert filled(grid, "2", (1,)).status_code == 200
    assert not grid.changes()
