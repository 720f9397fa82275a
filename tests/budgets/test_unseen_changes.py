"""What somebody else does between a look and a press of a key is never written over unseen; and a page, a
file or a figure is of one moment and one unit."""

import pytest
from django.db import connection

from budgets.editing.amounts import set_target
from budgets.editing.change import make_change
from budgets.editing.lines import add_line
from budgets.editing.steps import Step, Table, cell
from budgets.models import Change
from budgets.reading import read_state
from members.models import Federation, Policy
from tests.budgets.editing.sittings import author_of, fresh, make, years_of
from tests.budgets.editing.test_changes import JOBB, STATE
from tests.budgets.grid import Grid, gotland
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def grid() -> Grid:
    return gotland()


def keys(grid: Grid, name: str, *columns: int) -> dict[str, str]:
    years = years_of(grid.state)
    line = grid.cell(name, 0)["line"]
    return {"lines": str(line), "years": ",".join(str(years[column]) for column in columns)}


# -- emptying and filling ----------------------------------------------------------------------------


def test_a_cell_is_not_emptied_by_somebody_who_has_not_seen_what_stands_in_it(grid):
    seen = grid.number
    grid.another().type(JOBB, 1, "777")
    refused = grid.post("tom/", {**keys(grid, JOBB, 1), "seen": seen})
    assert "Någon annan har ändrat" in shown(refused, 409).text
    assert grid.amount(JOBB, 1) == "777.00"
    assert grid.post("tom/", {**keys(grid, JOBB, 1), "seen": grid.number}).status_code == 200
    assert grid.amount(JOBB, 1) is None


@pytest.mark.parametrize("column", [0, 2], ids=["the first", "one of the others"])
def test_a_row_is_not_filled_by_somebody_who_has_not_seen_what_stands_in_it(grid, column):
    seen = grid.number
    grid.another().type(JOBB, column, "777")
    before = grid.state
    assert grid.post("fyll/", {**keys(grid, JOBB, 0, 1, 2), "seen": seen}).status_code == 409
    assert grid.state == before


def test_ones_own_changes_and_others_in_other_cells_are_no_hinder(grid):
    seen = grid.number
    grid.type(JOBB, 1, "777")
    grid.another().type(STATE, 1, "888")
    assert grid.post("tom/", {**keys(grid, JOBB, 1), "seen": seen}).status_code == 200
    assert grid.amount(JOBB, 1) is None


def test_filling_from_a_computed_cell_has_the_others_computed_too(grid):
    author = author_of(grid.budget)
    values = {
        **dict.fromkeys(("member_id", "project_id", "part_of_id")),
        **{"name": "Att fördela", "note": "", "section": "balancing", "line_class": "", "member_kind": ""},
    }
    make(grid.budget, author, lambda state: add_line(state, values, "", ""))
    first, second, *_ = years_of(grid.state)
    line = grid.cell("Att fördela", 0)["line"]
    for year, target in ((first, 0), (second, 5)):
        make(grid.budget, author, lambda state, y=year, t=target: set_target(state, line, y, t))
    assert grid.post("fyll/", keys(grid, "Att fördela", 0, 1, 2)).status_code == 200
    cells = [grid.state.cell(line, year) for year in years_of(grid.state)]
    assert [cell["target"] for cell in cells] == ["0.00", "0.00", "0.00", None]


# -- the unit ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "del/1/"], ids=["the grid", "the plain form"])
def test_what_is_typed_in_a_page_of_kr_is_kr_whatever_somebody_makes_the_unit_meanwhile(grid, path):
    page = shown(grid.get(path))
    if path:
        query = page.one("form", css="amounts").attributes["action"]
    else:
        query = page.one("div", id="budget").attributes["data-query"]
    Federation.objects.filter(pk=grid.budget.federation_id).update(unit="kSEK")
    grid = Grid(grid.budget, grid.client, grid.who, query)
    assert grid.type(JOBB, 0, "2162").status_code == 200
    assert grid.amount(JOBB, 0) == "2162.00"


# -- one moment --------------------------------------------------------------------------------------


def test_a_change_in_the_midst_of_reading_is_read_whole_or_not_at_all(grid):
    budget = fresh(grid.budget)
    author = author_of(grid.budget)
    line, years = grid.cell(JOBB, 0)["line"], years_of(grid.state)
    number, before = grid.number, grid.state
    made: list[Change] = []
    steps = [
        Step(Table.LINE, line, {"name": before.rows[Table.LINE][line]["name"]}, {"name": "Nytt namn"}),
        cell(line, years[0], {"amount": before.cell(line, years[0])["amount"]}, {"amount": "777.00"}),
    ]
    waiting = [lambda: made.append(make_change(fresh(budget), author, Change.Action.AMOUNT, steps).change)]

    def in_the_midst(execute, sql, params, many, context):
        if "budgets_amount" in sql and waiting:  # the lines are read, the amounts not yet
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(in_the_midst):
        state = read_state(budget)
    assert made
    assert (state.number, budget.last_change) == (number + 1, number + 1)
    assert state.cell(line, years[0])["amount"] == "777.00"
    assert state.rows[Table.LINE][line]["name"] == "Nytt namn"


# -- requests that no page of ours sends -------------------------------------------------------------


@pytest.mark.parametrize("was", ["[" * 100_000, '{"name": ["x"]}', "9" * 5_000, "null"])
def test_a_form_that_says_nonsense_of_what_it_was_made_from_is_still_answered(grid, was):
    line = grid.cell(JOBB, 0)["line"]
    answer = grid.post(f"post/{line}/", {"name": "Nytt namn", "kind": "cost.insats.", "was": was})
    assert answer.status_code in (200, 422)


@pytest.mark.parametrize("beside", ["9" * 5_000, "-1", "²", "0"])
def test_a_new_line_beside_none_is_a_plain_new_line(grid, beside):
    assert (
        shown(grid.get(f"post/ny/?efter={beside}")).one("input", name="name").attributes.get("value", "")
        == ""
    )


def test_more_cells_than_a_budget_can_have_are_not_tried(grid):
    many = ",".join(map(str, range(3_000)))
    for path in ("tom/", "fyll/"):
        assert grid.post(path, {"lines": many, "years": many}).status_code == 404


def test_another_limit_is_told_to_an_open_page():
    """Findings follow what the members' page changes, though no figure of the budget is another."""
    grid = gotland()
    page = grid.page().one(id="budget").attributes
    place = {"seen": page["data-number"], "around": page["data-around"]}
    assert grid.get("andringar/", data=place).status_code == 204
    Policy.objects.create(
        federation=grid.budget.federation,
        kind="administration_ceiling",
        value=1,
        first_year=2020,
        source="Styrelsen",
    )
    answer = grid.get("andringar/", data=place)
    assert answer.status_code == 200
    assert "förbundets gräns" in answer.content.decode()
    assert answer["X-Budget-Around"] != page["data-around"]
