"""After every kind of edit: the page with the parts of the answer put in is the page one gets anew."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse

from budgets.answer import PAGES
from budgets.editing.change import make_change
from budgets.editing.lines import add_line
from budgets.editing.remembered import STATES
from budgets.editing.steps import Table
from budgets.models import Budget, Change
from tests.budgets.editing.random_changes import Dice
from tests.budgets.editing.sittings import author_of, budget_of, fresh, line_named, make, years_of
from tests.budgets.editing.test_changes import COST, JOBB, STATE, balancing
from tests.budgets.grid import Grid, gotland, opened
from tests.members.page_forms import main_form, values_of
from tests.members.shown_page import Element, shown

pytestmark = pytest.mark.django_db

SHOWN = ("table", "summary", "remarks", "notes")


# -- the page, and what an answer does to it ---------------------------------------------------------


def written(element: Element) -> list[Any]:
    """An element in plain data: without the space between tags, and without tokens, new on each page."""
    children: list[Any] = []
    for child in element.children:
        if isinstance(child, str):
            if text := " ".join(re.split("[ \n\t\r]+", child)).strip(" "):
                children.append(text)
        elif child.attributes.get("name") != "csrfmiddlewaretoken":
            children.append(written(child))
    return [element.tag, sorted(element.attributes.items()), children]


def parts_of(page: Element) -> dict[str, list[Any]]:
    return {id: written(page.one(id=id)) for id in SHOWN}


def put_in(page: Element, answer: HttpResponse) -> list[str]:
    """As budget-answer.js does it: every element of the answer replaces the one with its id. Their ids."""
    if answer.status_code == 204:
        return []
    assert "X-Budget-Change" in answer.headers, answer.content.decode()
    parts = shown(answer)
    table = parts.all(id="table")
    inside = set(table[0]) if table else set()
    put = [
        part for part in parts if part.id in SHOWN or (part.tag == "td" and part.id and part not in inside)
    ]
    for part in put:
        place = page.one(id=part.id)
        assert place.parent
        siblings = place.parent.children
        siblings[siblings.index(place)] = part
        part.parent = place.parent
    return [part.id for part in put]


def equal(grid: Grid, page: Element, answer: HttpResponse) -> list[str]:
    """The page with the answer in it is the new page; what was put in."""
    put = put_in(page, answer)
    anew = grid.page()
    assert answer.headers["X-Budget-Change"] == anew.one(id="budget").attributes["data-number"]
    ours, theirs = parts_of(page), parts_of(anew)
    for id in SHOWN:
        assert ours[id] == theirs[id], id
    return put


def seen_of(page: Element) -> str:
    return page.one(id="budget").attributes["data-number"]


# -- kinds of edits ----------------------------------------------------------------------------------


def form(grid: Grid, path: str, **changes: str) -> Callable[[str], HttpResponse]:
    """A dialog, opened now and sent later."""
    values = values_of(main_form(shown(grid.get(path))))
    return lambda seen: grid.post(path, {**values, **changes, "seen": seen})


def post(grid: Grid, path: str, **fields: object) -> Callable[[str], HttpResponse]:
    return lambda seen: grid.post(path, {**fields, "seen": seen})


def line(grid: Grid, name: str = JOBB) -> int:
    return line_named(grid.state, name)


def year(grid: Grid, column: int = 0) -> int:
    return years_of(grid.state)[column]


def typed(name: str, column: int, text: str):
    return lambda grid: post(
        grid,
        "belopp/",
        **grid.cell(name, column),
        was=grid.amount(name, column) or "",
        text=text,
    )


def pasted(grid: Grid) -> Callable[[str], HttpResponse]:
    fields = {**grid.cell("Dialogmöten", 0), "text": "1\t2\n3\t4", "confirmed": grid.number}
    return post(grid, "klistra-in/", **fields)


def keys(grid: Grid) -> dict[str, str]:
    return {"lines": str(line(grid, STATE)), "years": ",".join(map(str, years_of(grid.state)))}


EDITS: dict[str, Callable[[Grid], Callable[[str], HttpResponse]]] = {
    "an amount": typed(JOBB, 0, "7 kr"),
    "an amount of part of a krona": typed(JOBB, 1, "1234,56 kr"),
    "an emptied cell": typed(JOBB, 1, ""),
    "a formula": typed(STATE, 0, "=2*2"),
    "an income emptied": typed(STATE, 1, ""),
    "an opening equity": typed("Eget kapital/sparade medel", 2, "5 kr"),
    "an opening equity emptied": typed("Eget kapital/sparade medel", 0, ""),
    "a deficit": typed("Dialogmöten", 2, "99 mkr"),
    "what stood there": typed(JOBB, 0, "1268400 kr"),
    "a paste": pasted,
    "a fill": lambda grid: post(grid, "fyll/", **keys(grid), per_cent="2"),
    "a clearing": lambda grid: post(grid, "tom/", **keys(grid)),
    "a note": lambda grid: form(grid, f"post/{line(grid)}/{year(grid)}/", note="Efter samråd."),
    "a note before others": lambda grid: form(grid, f"post/{line(grid, STATE)}/{year(grid)}/", note="Först."),
    "a note removed": lambda grid: form(
        grid, f"post/{line(grid, 'Eget kapital/sparade medel')}/{year(grid)}/", note=""
    ),
    "a new line": lambda grid: form(grid, "post/ny/", name="Kaffe", kind="cost.insats.", group="Projekt"),
    "a new line in a new group": lambda grid: form(
        grid, "post/ny/", name="Kaffe", kind="cost.audit.", group="Nytt", subgroup="Nyast"
    ),
    "a new income": lambda grid: form(grid, "post/ny/", name="Ränta", kind="financial_income.."),
    "a part of a line": lambda grid: form(
        grid, "post/ny/", name="Kaffe", kind="cost.insats.", part_of_id=str(line(grid))
    ),
    "another name": lambda grid: form(grid, f"post/{line(grid)}/", name="JobbSam 4.0"),
    "another insats": lambda grid: form(grid, f"post/{line(grid)}/", project_id=""),
    "another payer": lambda grid: form(
        grid, f"post/{line(grid, STATE)}/", kind="income.other.", member_id=""
    ),
    "a note on a line": lambda grid: form(grid, f"post/{line(grid)}/", note="Till exempel."),
    "another group": lambda grid: form(grid, f"post/{line(grid)}/", group="Utvecklingsinsatser"),
    "another section": lambda grid: form(
        grid, f"post/{line(grid, 'Extra tilldelning')}/", kind="financial_income..", member_id=""
    ),
    "a line up": lambda grid: post(grid, f"post/{line(grid)}/flytta/upp/"),
    "a line that cannot move": lambda grid: post(grid, f"post/{line(grid, STATE)}/flytta/upp/"),
    "a line removed": lambda grid: post(grid, f"post/{line(grid)}/ta-bort/"),
    "an income removed": lambda grid: post(grid, f"post/{line(grid, STATE)}/ta-bort/"),
    "opening equity removed": lambda grid: post(
        grid, f"post/{line(grid, 'Eget kapital/sparade medel')}/ta-bort/"
    ),
    "a group renamed": lambda grid: form(grid, f"post/{line(grid)}/grupp/namn/", name="Insatser"),
    "a subgroup renamed": lambda grid: form(
        grid, f"post/{line(grid, 'Inköpta tjänster: ekonomi')}/undergrupp/namn/", name="Köpta"
    ),
    "a group moved": lambda grid: post(grid, f"post/{line(grid)}/grupp/namn/", where="upp"),
    "a new column": lambda grid: form(
        grid, "kolumn/ny/", year="2020", kind="forecast", label="efter delår 2", before=str(year(grid, 1))
    ),
    "a column changed": lambda grid: form(
        grid, f"kolumn/{year(grid)}/", kind="revised", starts="2020-01-01", ends="2020-06-30"
    ),
    "a column moved": lambda grid: post(grid, f"kolumn/{year(grid)}/", where="right"),
    "a column removed": lambda grid: post(grid, f"kolumn/{year(grid)}/", where="remove"),
    "the plan year's column removed": lambda grid: post(grid, f"kolumn/{year(grid, 1)}/", where="remove"),
    "printed totals removed": lambda grid: post(grid, "tryckta-summor/ta-bort/"),
}
each_edit = pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
# A page is slow to compare: every edit the two main ways, every third the others, and all of them in soak.
some_edits = pytest.mark.parametrize(
    "edit",
    [
        pytest.param(edit, id=name, marks=[pytest.mark.soak] if place % 3 else [])
        for place, (name, edit) in enumerate(EDITS.items())
    ],
)


@each_edit
def test_an_edit_its_undo_and_its_redo(edit):
    grid = gotland()
    page = grid.page()
    equal(grid, page, edit(grid)(seen_of(page)))
    if grid.changes():
        equal(grid, page, grid.post("angra/", {"seen": grid.number}))
        equal(grid, page, grid.post("gor-om/", {"seen": grid.number}))


@some_edits
def test_an_edit_after_others_have_changed_what_the_page_does_not_show_yet(edit):
    """`seen` is two changes old: what they changed comes with the answer to mine."""
    grid = gotland()
    page = grid.page()
    bo = grid.another()
    bo.type("Metodutbildningar", 3, "123456")
    form(bo, f"post/{line(bo, 'Frukostmöten')}/", name="Frukostar", note="Med smörgås.")("")
    equal(grid, page, edit(grid)(seen_of(page)))


@each_edit
def test_an_edit_as_it_reaches_somebody_else(edit):
    grid = gotland()
    bo = Grid(grid.budget, grid.another().client, grid.who, "?enhet=tkr")
    page = bo.page()
    edit(grid)("0")
    answer = bo.get(f"andringar/?enhet=tkr&seen={seen_of(page)}")
    equal(bo, page, answer)


@some_edits
def test_an_edit_in_a_process_that_remembers_nothing(edit):
    grid = gotland()
    page = grid.page()
    act = edit(grid)
    STATES.forget()
    PAGES.forget()
    equal(grid, page, act(seen_of(page)))


@pytest.mark.parametrize("name", ["an amount", "a fill", "a line removed", "another name", "a note"])
def test_an_edit_while_two_columns_are_compared(name):
    plain = gotland()
    years = years_of(plain.state)
    grid = Grid(plain.budget, plain.client, plain.who, f"?enhet=tkr&jamfor={years[0]}-{years[1]}")
    page = grid.page()
    assert page.all("td", css="difference")
    equal(grid, page, EDITS[name](grid)(seen_of(page)))


def test_a_compared_column_that_is_removed_takes_the_comparison_with_it():
    plain = gotland()
    years = years_of(plain.state)
    grid = Grid(plain.budget, plain.client, plain.who, f"?jamfor={years[0]}-{years[1]}")
    page = grid.page()
    equal(grid, page, EDITS["a column removed"](grid)(seen_of(page)))
    assert not page.all("td", css="difference")


# -- how much is sent --------------------------------------------------------------------------------


def test_a_figure_sends_the_cells_it_changes_and_not_the_table():
    grid = gotland()
    grid.post("tryckta-summor/ta-bort/")  # one of them stands with another row once it is no longer right
    page = grid.page()
    put = equal(grid, page, typed(JOBB, 1, "2203501")(grid)(seen_of(page)))
    assert "table" not in put and "notes" not in put
    cells = [id for id in put if id not in SHOWN]
    assert f"line-{line(grid)}-1" in cells and "cost-1" in cells and "closing-1" in cells
    assert not [id for id in cells if id.endswith("-0")]  # an earlier year


def test_what_is_as_it_was_sends_nothing():
    grid = gotland()
    page = grid.page()
    answer = EDITS["what stood there"](grid)(seen_of(page))
    assert put_in(page, answer) == []


@pytest.mark.parametrize("seen", ["", "x", "-1", "99", "9" * 40, "\u0661"])
def test_a_page_that_does_not_say_what_it_shows_gets_everything(seen):
    grid = gotland()
    page = grid.page()
    grid.another().type(STATE, 0, "1")
    assert set(equal(grid, page, typed(JOBB, 1, "7")(grid)(seen))) >= set(SHOWN)


def test_an_open_page_of_a_reader_without_anything_new_gets_no_content():
    grid = gotland()
    answer = grid.get("andringar/?seen=0")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["X-Budget-Change"] == "0"
    grid.another().type(JOBB, 0, "5")
    assert grid.get("andringar/?seen=0").status_code == 200
    assert grid.get("andringar/?seen=1").status_code == 204


def test_what_has_become_of_a_whole_days_work():
    """The history between what is shown and now is long, and of all kinds."""
    grid = gotland()
    page = grid.page()
    dice, author = Dice(7), author_of(grid.budget)
    for _ in range(20):
        if steps := dice.steps(grid.state):
            make(grid.budget, author, steps)
    equal(grid, page, grid.get(f"andringar/?seen={seen_of(page)}"))


# -- other budgets -----------------------------------------------------------------------------------


def test_a_balancing_line_follows_every_figure():
    grid = gotland()
    author = author_of(grid.budget)
    make(grid.budget, author, balancing)
    page = grid.page()
    place = f"post/{line(grid, 'Att fördela')}/{year(grid, 2)}/"
    equal(grid, page, form(grid, place, target="0")(seen_of(page)))
    for edit in (typed(JOBB, 2, "1"), typed(STATE, 2, "3 mkr"), typed("Att fördela", 2, "5")):
        equal(grid, page, edit(grid)(str(grid.number)))
    assert grid.state.cell(line(grid, "Att fördela"), year(grid, 2))["target"] is None


def test_a_part_of_a_line_adds_nothing_to_the_sums():
    grid = gotland()
    author = author_of(grid.budget)
    make(
        grid.budget,
        author,
        lambda s: add_line(s, {**COST, "name": "varav", "part_of_id": line_named(s, JOBB)}, "Projekt", ""),
    )
    page = grid.page()
    put = equal(grid, page, typed("varav", 0, "500")(grid)(seen_of(page)))
    assert "cost-0" not in put
    equal(grid, page, EDITS["a line removed"](grid)(str(grid.number)))
    assert not [name for name in grid.state.rows[Table.LINE].values() if name["name"] == "varav"]


@pytest.mark.parametrize("slug", ["introduktion", "landskrona-svalov", "lund", "skelleftea"])
@pytest.mark.parametrize("seed", range(2))
def test_random_changes_to_the_other_documents(slug, seed):
    grid = opened(budget_of(slug))
    dice, author = Dice(seed), author_of(grid.budget)
    page = grid.page()
    for turn in range(25):
        before = grid.state
        steps = dice.steps(before)
        if not steps:
            continue
        make_change(fresh(grid.budget), author, Change.Action.AMOUNT, steps)
        if turn % 3 != 2:  # sometimes two changes reach the page at once
            continue
        equal(grid, page, grid.get(f"andringar/?seen={seen_of(page)}"))
        page.one(id="budget").attributes["data-number"] = str(grid.number)


def test_from_an_empty_budget_to_one_with_a_line_and_back():
    grid = opened(
        Budget.objects.create(federation=budget_of("gotland").federation, plan_year=2030, unit="SEK")
    )
    grid.budget.years.create(year=2030, kind="budget", position=0)
    page = grid.page()
    equal(grid, page, EDITS["a new line"](grid)(seen_of(page)))
    equal(grid, page, typed("Kaffe", 0, "5")(grid)(str(grid.number)))
    equal(grid, page, EDITS["a new income"](grid)(str(grid.number)))
    for _ in range(3):
        equal(grid, page, grid.post("angra/", {"seen": grid.number}))
