"""Who did what, the budget at two points in time, and the buttons that lead back."""

import pytest
from django.utils import timezone

from budgets.models import Budget, BudgetYear, Change
from members.models import Member
from tests.budgets.editing.random_changes import Dice
from tests.budgets.editing.sittings import author_of, line_named, make, years_of
from tests.budgets.editing.test_changes import JOBB, STATE
from tests.budgets.grid import Grid, gotland
from tests.members.people import client_of
from tests.members.shown_page import Element, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def grid() -> Grid:
    return gotland()


def told(page: Element) -> list[list[str]]:
    """What the table of the history says: what, before, after; the latest change first."""
    rows = []
    for row in page.one("table", css="history").all("tr")[1:]:
        cells = [cell for cell in row.all("td") if not cell.all("label") and not cell.all("time")]
        rows.append([cell.text.replace("\xa0", " ") for cell in cells[-3:]])
    return rows


def test_who_when_and_both_values_of_every_change(grid):
    bo = grid.another()
    grid.type(JOBB, 0, "1 000")
    bo.type(JOBB, 0, "")
    page = shown(grid.get("historik/"))
    assert told(page) == [
        [f"{JOBB}, 2020 budget", "1 000 kr", "–"],
        [f"{JOBB}, 2020 budget", "1 268 400 kr", "1 000 kr"],
    ]
    text = page.one("table", css="history").text
    assert str(bo.who) in text and str(grid.who) in text
    assert timezone.localdate().isoformat() in text


def test_the_history_of_a_cell_a_line_and_the_whole_budget(grid):
    grid.type(JOBB, 0, "1")
    grid.type(JOBB, 1, "2")
    grid.type(STATE, 0, "3")
    cell = grid.cell(JOBB, 1)
    of_cell = shown(grid.get(f"historik/?post={cell['line']}&kolumn={cell['year']}"))
    assert [row[0] for row in told(of_cell)] == [f"{JOBB}, 2021 budget"]
    assert JOBB in of_cell.one("h1").text and "2021 budget" in of_cell.one("h1").text
    of_line = shown(grid.get(f"historik/?post={cell['line']}"))
    assert [row[2] for row in told(of_line)] == ["2 kr", "1 kr"]
    assert len(told(shown(grid.get("historik/")))) == 3


def test_what_is_gone_keeps_its_name(grid):
    line, year = line_named(grid.state, JOBB), years_of(grid.state)[0]
    grid.type(JOBB, 0, "1")
    grid.post(f"post/{line}/ta-bort/")
    grid.post(f"kolumn/{year}/", {"where": "remove"})
    page = shown(grid.get("historik/"))
    assert f"posten {JOBB}" in page.text and "kolumnen 2020 budget" in page.text
    assert [f"{JOBB}, 2020 budget", "1 268 400 kr", "1 kr"] in told(page)
    of_line = shown(grid.get(f"historik/?post={line}"))
    assert JOBB in of_line.one("h1").text


def test_a_line_known_by_two_names_is_found_under_its_key(grid):
    line = line_named(grid.state, JOBB)
    make(grid.budget, author_of(grid.budget), Dice(1)._add_line)
    grid.post(
        f"post/{line}/", {"name": "JobbSam 4.0", "kind": "cost.insats.", "group": "Projekt"}, script=False
    )
    text = shown(grid.get(f"historik/?post={line}")).text
    assert "JobbSam 4.0, namn" in text and JOBB in text


@pytest.mark.parametrize(
    "query", ["?post=x", "?post=999999999", "?sida=x", "?sida=99", "?post=" + "9" * 40, "?kolumn=1"]
)
def test_an_odd_question_is_no_server_error(grid, query):
    grid.type(JOBB, 0, "1")
    assert grid.get(f"historik/{query}").status_code in (200, 404)


def test_long_histories_come_in_pages(grid):
    for number in range(60):
        grid.type(JOBB, 0, str(number + 1))
    first, second = shown(grid.get("historik/")), shown(grid.get("historik/?sida=2"))
    assert (len(told(first)), len(told(second))) == (50, 10)
    assert "Sida 1 av 2" in first.text
    assert told(second)[-1][1] == "1 268 400 kr"


def test_a_history_of_all_kinds_of_changes_can_be_read(grid):
    dice, author = Dice(11), author_of(grid.budget)
    for _ in range(40):
        if steps := dice.steps(grid.state):
            make(grid.budget, author, steps)
    page = shown(grid.get("historik/"))
    assert len(page.one("table", css="history").all("tbody")) == Change.objects.count()
    assert shown(grid.get("historik/jamfor/")).one("table", css="history")


# -- two points in time ------------------------------------------------------------------------------


def differing(page: Element) -> dict[str, list[str]]:
    return {
        f"{row.one('th').text}, {row.all('td')[0].text}": [
            cell.text.replace("\xa0", " ") for cell in row.all("td")[1:]
        ]
        for row in page.one("table", css="history").one("tbody").all("tr")
    }


def test_every_figure_that_differs_between_two_points_in_time(grid):
    grid.type(JOBB, 3, "2 335 917")
    grid.type(JOBB, 3, "2 335 926")
    grid.type(STATE, 3, "5")
    rows = differing(shown(grid.get("historik/jamfor/?fran=1&till=2")))
    assert rows[f"{JOBB}, 2023 plan"] == ["2 335 917", "2 335 926", "9"]
    assert rows["Summa kostnader, 2023 plan"][2] == "9"
    assert rows["Resultat, 2023 plan"] == ["\u22121", "\u221210", "\u22129"]
    assert f"{STATE}, 2023 plan" not in rows
    backwards = differing(shown(grid.get("historik/jamfor/?fran=2&till=1")))
    assert backwards[f"{JOBB}, 2023 plan"] == ["2 335 926", "2 335 917", "\u22129"]
    assert "Ingen siffra skiljer" in shown(grid.get("historik/jamfor/?fran=2&till=2")).text
    assert f"{STATE}, 2023 plan" in differing(shown(grid.get("historik/jamfor/")))


def test_lines_that_came_and_went_between_the_points(grid):
    grid.post(f"post/{line_named(grid.state, JOBB)}/ta-bort/")
    rows = differing(shown(grid.get("historik/jamfor/")))
    assert rows[f"{JOBB}, 2020 budget"] == ["1 268 400", "–", "–"]
    assert "Ingen siffra skiljer" in shown(grid.get("historik/jamfor/?fran=0&till=0")).text


@pytest.mark.parametrize("query", ["?fran=2", "?till=2", "?fran=x", "?fran=-1", "?fran=" + "9" * 40])
def test_a_point_in_time_that_has_not_been_is_not_found(grid, query):
    grid.type(JOBB, 0, "1")
    assert grid.get(f"historik/jamfor/{query}").status_code == 404


# -- undo and redo -----------------------------------------------------------------------------------


def test_undo_and_redo_through_the_pages_also_after_a_reload(grid):
    grid.type(JOBB, 0, "1")
    grid.type(JOBB, 0, "2")
    grid.page()
    assert grid.post("angra/").status_code == 200
    assert grid.amount(JOBB, 0) == "1.00"
    grid.page()
    grid.post("angra/", script=False)
    assert grid.amount(JOBB, 0) == "1268400.00"
    grid.post("gor-om/", script=False)
    grid.post("gor-om/")
    assert grid.amount(JOBB, 0) == "2.00"
    texts = shown(grid.get("historik/")).one("table", css="history").text
    assert "ångrad" in texts and "gjord om" in texts


@pytest.mark.parametrize(
    ("path", "said"), [("angra/", "inget mer att ångra"), ("gor-om/", "inget att göra om")]
)
def test_when_there_is_nothing_left_it_says_so(grid, path, said):
    assert said in shown(grid.post(path), 422).one(role="alert").text
    answer = grid.post(path, script=False)
    assert answer.status_code == 302
    assert said in grid.page().text
    assert not grid.changes()


def test_another_sign_in_begins_another_sitting(grid):
    grid.type(JOBB, 0, "1")
    again = Grid(grid.budget, client_of(grid.who), grid.who)
    assert "inget mer att ångra" in shown(again.post("angra/"), 422).text
    assert grid.amount(JOBB, 0) == "1.00"


@pytest.mark.parametrize("script", [True, False])
def test_what_another_has_changed_since_is_told_and_stays(grid, script):
    grid.type(JOBB, 0, "1")
    grid.another().type(JOBB, 0, "2")
    page = shown(grid.post("angra/", script=script), 409)
    assert "Någon annan har ändrat" in page.text
    assert grid.amount(JOBB, 0) == "2.00"


@pytest.mark.parametrize("script", [True, False])
def test_a_column_that_somebody_made_again_is_not_made_twice(grid, script):
    year = years_of(grid.state)[0]
    grid.post(f"kolumn/{year}/", {"where": "remove"})
    grid.another().post("kolumn/ny/", {"year": "2020", "kind": "budget", "label": ""})
    before = grid.state
    page = shown(grid.post("angra/", script=script), 422)
    assert "Det går inte längre" in page.one(role="alert").text
    assert grid.state == before
    assert BudgetYear.objects.filter(budget=grid.budget, year=2020, kind="budget").count() == 1


def test_a_line_of_a_member_who_is_gone_does_not_come_back_and_is_told(grid):
    grid.post(f"post/{line_named(grid.state, STATE)}/ta-bort/")
    Member.objects.filter(federation=grid.budget.federation, name=STATE).delete()
    before = grid.state
    page = shown(grid.post("angra/"), 422)
    assert "Det går inte längre" in page.one(role="alert").text
    assert grid.state == before


def test_a_closed_budget_is_not_led_back(grid):
    grid.type(JOBB, 0, "1")
    Budget.objects.update(is_open=False)
    assert "stängd" in shown(grid.post("angra/"), 409).text
    assert "stängd" in shown(grid.post("angra/", script=False), 409).text
    assert grid.amount(JOBB, 0) == "1.00"
