"""The amounts of a group of lines as a plain form: what the grid does, without script."""

import re
from urllib.parse import urlsplit

import pytest

from budgets.models import Change
from tests.budgets.editing.sittings import author_of, line_named, make, years_of
from tests.budgets.editing.test_changes import JOBB, balancing
from tests.budgets.grid import Grid, gotland, opened
from tests.budgets.made_sheets import stored
from tests.members import people
from tests.members.page_forms import Values, values_of
from tests.members.shown_page import Element, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def grid() -> Grid:
    return gotland()


def form_of(page: Element) -> Values:
    return values_of(page.one("form", css="amounts"))


def part_with(grid: Grid, name: str) -> str:
    """The address of the form where a line stands."""
    key = line_named(grid.state, name)
    for part in range(1, 20):
        page = shown(grid.get(f"del/{part}/"))
        if any(field.startswith(f"b-{key}-") for field in form_of(page)):
            return f"del/{part}/"
    raise AssertionError(name)


def field(grid: Grid, name: str, column: int) -> str:
    cell = grid.cell(name, column)
    return f"b-{cell['line']}-{cell['year']}"


def send(grid: Grid, path: str, values: Values):
    return grid.post(path, values, script=False)


def test_the_forms_together_hold_every_cell_that_can_be_typed_in_once(grid):
    names: list[str] = []
    links = [a.href for a in grid.page().all("a") if re.search(r"/del/\d+/", a.href)]
    for link in links:
        page = shown(grid.client.get(link))
        names += [name for name in form_of(page) if name.startswith("b-")]
    state = grid.state
    assert len(names) == len(set(names)) == 25 * 4
    assert set(names) == {
        f"b-{line}-{year}"
        for line in {line for line, _ in state.cells} | {line_named(state, "Extra tilldelning")}
        for year in years_of(state)
    }


def test_several_amounts_are_saved_as_one_change_and_undone_by_the_button(grid):
    path = part_with(grid, JOBB)
    values = form_of(shown(grid.get(path)))
    before = grid.state
    values |= {field(grid, JOBB, 0): "1 000", field(grid, JOBB, 1): "=2*500", field(grid, JOBB, 2): ""}
    answer = send(grid, path, values)
    assert (answer.status_code, urlsplit(answer["Location"]).path) == (302, grid.base)
    assert [grid.amount(JOBB, column) for column in range(4)] == ["1000.00", "1000.00", None, "2335916.00"]
    assert grid.formula(JOBB, 1) == "=2*500 kr"
    assert grid.changes() == 1
    assert "Beloppen är sparade." in grid.page().text
    answer = grid.post("angra/", script=False)
    assert (answer.status_code, urlsplit(answer["Location"]).path) == (302, grid.base)
    assert grid.state.cells == before.cells


def test_a_form_sent_as_it_is_changes_nothing(grid):
    for query in ("", "?enhet=tkr"):
        one = Grid(grid.budget, grid.client, grid.who, query)
        for part in (1, 2, 3):
            values = form_of(shown(one.get(f"del/{part}/")))
            assert send(one, f"del/{part}/", values).status_code == 302
    assert not grid.changes()


def test_a_wrong_entry_keeps_everything_that_was_typed_and_stores_nothing(grid):
    path = part_with(grid, JOBB)
    values = form_of(shown(grid.get(path)))
    typed = {field(grid, JOBB, 0): "hej", field(grid, JOBB, 1): "1 000", field(grid, JOBB, 2): "1.500"}
    page = shown(send(grid, path, {**values, **typed}), 422)
    assert "Inget är sparat än" in page.one(role="alert").text
    wrong = [
        each for each in page.one("form", css="amounts").all("input") if "aria-invalid" in each.attributes
    ]
    assert {each.attributes["name"] for each in wrong} == {field(grid, JOBB, 0), field(grid, JOBB, 2)}
    for each in wrong:
        assert len(page.one(id=each.attributes["aria-describedby"]).text) > 20
    again = form_of(page)
    assert {name: again[name] for name in typed} == typed
    assert not grid.changes()
    again |= {field(grid, JOBB, 0): "5", field(grid, JOBB, 2): "1500"}
    assert send(grid, path, again).status_code == 302
    assert [grid.amount(JOBB, column) for column in range(3)] == ["5.00", "1000.00", "1500.00"]


def test_a_cell_that_somebody_else_changed_shows_both_and_the_next_saving_decides(grid):
    path = part_with(grid, JOBB)
    values = form_of(shown(grid.get(path)))
    grid.another().type(JOBB, 0, "111")
    typed = {field(grid, JOBB, 0): "222", field(grid, JOBB, 1): "333"}
    page = shown(send(grid, path, {**values, **typed}), 422)
    assert "Någon annan har skrivit 111 här" in page.text
    assert {name: form_of(page)[name] for name in typed} == typed
    assert (grid.amount(JOBB, 0), grid.amount(JOBB, 1)) == ("111.00", "2203500.00")
    assert send(grid, path, form_of(page)).status_code == 302
    assert (grid.amount(JOBB, 0), grid.amount(JOBB, 1)) == ("222.00", "333.00")


def test_a_cell_that_only_somebody_else_changed_stays_theirs(grid):
    path = part_with(grid, JOBB)
    values = form_of(shown(grid.get(path)))
    grid.another().type(JOBB, 0, "111")
    assert send(grid, path, {**values, field(grid, JOBB, 1): "333"}).status_code == 302
    assert (grid.amount(JOBB, 0), grid.amount(JOBB, 1)) == ("111.00", "333.00")


def test_what_was_typed_is_saved_also_when_the_parts_have_changed_places_meanwhile(grid):
    """The number of a part in the address is its place: somebody else has put a new group before it."""
    path = part_with(grid, JOBB)
    values = form_of(shown(grid.get(path)))
    bo = grid.another()
    bo.post("post/ny/", {"name": "Ränta", "kind": "financial_income..", "group": "Ny grupp"})
    assert part_with(grid, JOBB) != path
    assert send(grid, path, {**values, field(grid, JOBB, 1): "333"}).status_code == 302
    assert grid.amount(JOBB, 1) == "333.00"


def test_what_was_typed_in_a_line_that_somebody_removed_is_told_and_the_rest_kept(grid):
    path = part_with(grid, JOBB)
    values = form_of(shown(grid.get(path)))
    other = "Utrymme för ny verksamhet (prognos)"
    mine, kept = field(grid, JOBB, 1), field(grid, other, 1)
    grid.another().post(f"post/{line_named(grid.state, JOBB)}/ta-bort/")
    page = shown(send(grid, path, {**values, mine: "98765", kept: "333"}), 422)
    assert "har tagits bort av någon annan" in page.text and "98765" in page.text
    again = form_of(page)
    assert again[kept] == "333" and mine not in again
    assert send(grid, path, again).status_code == 302
    assert grid.amount(other, 1) == "333.00"


def test_what_was_typed_is_told_also_when_its_whole_part_is_gone(grid):
    page = grid.page()
    last = max(int(re.search(r"/del/(\d+)/", a.href)[1]) for a in page.all("a") if "/del/" in a.href)
    values = form_of(shown(grid.get(f"del/{last}/")))
    name = next(name for name in values if name.startswith("b-"))
    bo = grid.another()
    for line in {name.split("-")[1] for name in values if name.startswith("b-")}:
        bo.post(f"post/{line}/ta-bort/")
    told = shown(send(grid, f"del/{last}/", {**values, name: "98765"}), 422)
    assert "98765" in told.text
    assert grid.get(f"del/{last}/").status_code == 404


def test_a_computed_cell_left_alone_stays_computed(grid):
    make(grid.budget, author_of(grid.budget), balancing)
    cell = grid.cell("Att fördela", 1)
    grid.post(f"post/{cell['line']}/{cell['year']}/", {"target": "0", "note": ""})
    path = part_with(grid, "Att fördela")
    values = form_of(shown(grid.get(path)))
    send(grid, path, {**values, field(grid, "Att fördela", 0): "5"})
    assert grid.state.cell(cell["line"], cell["year"])["target"] == "0.00"
    assert grid.amount("Att fördela", 0) == "5.00"


def test_three_hundred_lines_in_twelve_columns_stay_within_what_a_form_takes():
    from budgets.sheet import BudgetSheet, Column, Line

    columns = (*(Column(2010 + n, "outcome") for n in range(11)), Column(2021, "budget"))
    lines = tuple(
        Line(n, "cost", f"Kostnad {n}", (None,) * 12, "insats", group="Allt" if n < 280 else "")
        for n in range(300)
    )
    budget = stored(BudgetSheet(columns, lines, plan_year=2021), people.federation())
    grid = opened(budget)
    seen: set[str] = set()
    part = 0
    while (answer := grid.get(f"del/{part + 1}/")).status_code == 200:
        part += 1
        values = form_of(shown(answer))
        assert len(values) < 1000
        seen |= {name for name in values if name.startswith("b-")}
    assert len(seen) == 3600
    last = f"b-{line_named(grid.state, 'Kostnad 279')}-{years_of(grid.state)[11]}"
    path = part_with_field(grid, last, part)
    assert send(grid, path, {**form_of(shown(grid.get(path))), last: "7"}).status_code == 302
    assert grid.amount("Kostnad 279", 11) == "7.00"
    assert Change.objects.count() == 1


def part_with_field(grid: Grid, name: str, parts: int) -> str:
    return next(
        f"del/{part}/" for part in range(1, parts + 1) if name in form_of(shown(grid.get(f"del/{part}/")))
    )


def test_a_part_that_is_not_there_is_not_found(grid):
    for part in ("0", "99", "9999999999999999999"):
        assert grid.get(f"del/{part}/").status_code == 404
    assert all(send(grid, f"del/{part}/", {}).status_code == 404 for part in (0, 99, 2**31))  # nothing typed


def test_the_forms_are_for_who_may_edit(grid):
    from members.models import RoleKind

    assert opened(grid.budget, kind=RoleKind.CHAIR).get("del/1/").status_code == 403
    stranger = people.client_of(people.user())
    assert stranger.get(f"{grid.base}del/1/").status_code == 404
