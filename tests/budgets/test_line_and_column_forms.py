"""The forms of lines, groups, columns, notes and targets; and two people in the same form."""

import pytest

from budgets.editing.change import make_change as real_make_change
from budgets.editing.steps import Table
from budgets.models import BudgetGroup, BudgetLine, Change
from budgets.views import changing
from tests.budgets.editing.sittings import author_of, line_named, make, years_of
from tests.budgets.editing.test_changes import JOBB, STATE, balancing
from tests.budgets.grid import Grid, gotland
from tests.members.page_forms import Values, main_form, values_of
from tests.members.shown_page import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def grid() -> Grid:
    return gotland()


def text_areas(page, values: Values) -> Values:
    """values_of leaves out what stands in text areas."""
    for area in main_form(page).all("textarea"):
        values[area.attributes["name"]] = "".join(str(child) for child in area.children).removeprefix("\n")
    return values


def opened(grid: Grid, path: str) -> Values:
    page = shown(grid.get(path))
    return text_areas(page, values_of(main_form(page)))


def send(grid: Grid, path: str, values: Values, **changes: str):
    return grid.post(path, {**values, **changes}, script=False)


def line_of(grid: Grid, name: str = JOBB) -> str:
    return f"post/{line_named(grid.state, name)}/"


def year_of(grid: Grid, column: int = 0) -> str:
    return f"kolumn/{years_of(grid.state)[column]}/"


def row(grid: Grid, path: str):
    return grid.state.rows[Table.LINE][int(path.split("/")[1])]


# -- lines -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [JOBB, STATE, "Eget kapital/sparade medel", "Styrelsen", "Inköpta tjänster: ekonomi"]
)
def test_a_form_sent_as_it_is_changes_nothing(grid, name):
    path = line_of(grid, name)
    assert send(grid, path, opened(grid, path)).status_code == 302
    assert not grid.changes()


def test_a_column_form_sent_as_it_is_changes_nothing(grid):
    for column in range(4):
        assert send(grid, year_of(grid, column), opened(grid, year_of(grid, column))).status_code == 302
    assert not grid.changes()


def test_what_two_people_change_in_different_fields_of_a_line_both_stay(grid):
    path = line_of(grid)
    mine, theirs = opened(grid, path), opened(grid.another(), path)
    assert send(grid.another(), path, theirs, name="JobbSam 4.0").status_code == 302
    assert send(grid, path, mine, note="Min not.").status_code == 302
    assert (row(grid, path)["name"], row(grid, path)["note"]) == ("JobbSam 4.0", "Min not.")
    last = Change.objects.order_by("-number").first()
    assert [sorted(step.after) for step in last.steps.all()] == [["note"]]


def test_the_same_field_of_a_line_shows_theirs_and_waits(grid):
    path = line_of(grid)
    mine = opened(grid, path)
    send(grid.another(), path, opened(grid, path), name="Deras", note="Deras not.")
    page = shown(send(grid, path, mine, name="Mitt"), 422)
    assert "Någon annan har skrivit ”Deras” här" in page.text
    again = text_areas(page, values_of(main_form(page)))
    assert again["name"] == "Mitt" and row(grid, path)["name"] == "Deras"
    assert send(grid, path, again).status_code == 302
    assert row(grid, path)["name"] == "Mitt"


def test_a_group_moved_by_another_is_told_by_its_name(grid):
    path = line_of(grid)
    mine = opened(grid, path)
    send(grid.another(), path, opened(grid, path), group="Utvecklingsinsatser")
    page = shown(send(grid, path, mine, group="Mitt"), 422)
    assert "Någon annan har skrivit ”Utvecklingsinsatser” här" in page.text


@pytest.mark.parametrize("field", ["same", "other"])
def test_what_another_changes_in_the_moment_between_reading_and_writing_is_not_overwritten(
    grid, monkeypatch, field
):
    """Judged once more when nobody else can write: the form was read before the lock was had."""
    path = line_of(grid)
    mine = opened(grid, path)
    bo = grid.another()
    theirs = {"name": "Deras"} if field == "same" else {"note": "Deras not."}
    values = opened(bo, path)

    def late(*args, **kwargs):
        monkeypatch.setattr(changing, "make_change", real_make_change)
        assert send(bo, path, values, **theirs).status_code == 302
        return real_make_change(*args, **kwargs)

    monkeypatch.setattr(changing, "make_change", late)
    answer = send(grid, path, mine, name="Mitt")
    if field == "same":
        assert "Någon annan har ändrat" in shown(answer, 409).text
        assert row(grid, path)["name"] == "Deras"
    else:
        assert answer.status_code == 302
        assert (row(grid, path)["name"], row(grid, path)["note"]) == ("Mitt", "Deras not.")


def test_a_line_removed_while_its_form_was_open_is_not_found(grid):
    path = line_of(grid)
    mine = opened(grid, path)
    grid.another().post(f"{path}ta-bort/")
    assert send(grid, path, mine, name="Mitt").status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Skriv vad posten heter"),
        ({"name": "   "}, "Skriv vad posten heter"),
        ({"name": "x" * 201}, "200"),
        ({"note": "x" * 501}, "500"),
        ({"name": "a\u202eb"}, "styrtecken"),
        ({"group": "a\x07b"}, "styrtecken"),
        ({"name": "a\x00b"}, ""),
        ({"kind": "cost.contribution.state"}, ""),
        ({"kind": "nonsense"}, ""),
        ({"group": "", "subgroup": "Under"}, "En undergrupp behöver en grupp"),
        ({"member_id": "MEMBER"}, "Bara ett medlemsbidrag hör till en medlem"),
        ({"kind": "financial_cost..", "project_id": "PROJECT"}, "Bara en kostnad eller intäkt"),
        ({"member_id": "999999999"}, ""),
        ({"project_id": "999999999"}, ""),
        ({"part_of_id": "999999999"}, ""),
        ({"part_of_id": "SELF"}, ""),
    ],
    ids=str,
)
@pytest.mark.parametrize("new", [True, False], ids=["new", "old"])
def test_a_line_that_cannot_be_is_explained_and_what_was_typed_is_kept(grid, changes, said, new):
    keys = {
        "MEMBER": str(grid.budget.federation.members.first().pk),
        "PROJECT": str(grid.budget.federation.projects.first().pk),
        "SELF": str(line_named(grid.state, JOBB)) if not new else "x",
    }
    changes = {name: keys.get(value, value) for name, value in changes.items()}
    path = "post/ny/" if new else line_of(grid)
    values = {**opened(grid, path), **({"name": "Kaffe", "kind": "cost.insats."} if new else {})}
    before = grid.state
    page = shown(send(grid, path, values, **changes), 422)
    assert said in page.one("main").text
    assert page.one(role="alert")
    assert page.one("main").all("p", css="fault")
    for name in changes.keys() & {"name", "group", "subgroup"}:
        if "\x00" not in changes[name]:
            assert values_of(main_form(page))[name].strip() == changes[name].strip()
    assert grid.state == before


@pytest.mark.parametrize(("part", "whole"), [(JOBB, STATE), (STATE, JOBB)])
def test_a_part_of_a_line_of_another_section_is_refused_in_words(grid, part, whole):
    path = line_of(grid, part)
    answer = send(grid, path, opened(grid, path), part_of_id=str(line_named(grid.state, whole)))
    assert "samma avdelning" in shown(answer, 422).text
    assert not grid.changes()


def test_markup_and_signs_in_names_are_text(grid):
    name = "<b>\"Kaffe\" & 'te'</b> =1+1"
    values = {**opened(grid, "post/ny/"), "name": name, "kind": "cost.insats.", "group": "<i>Fika</i>"}
    assert send(grid, "post/ny/", values).status_code == 302
    page = grid.page()
    assert name in page.one("table", css="budget").text
    assert "<i>Fika</i>" in page.one("table", css="budget").text
    path = line_of(grid, name)
    assert opened(grid, path)["name"] == name
    history = shown(grid.get("historik/"))
    assert f"posten {name}" in history.text


def test_a_new_line_like_another_takes_its_kind_and_group(grid):
    key = line_named(grid.state, "Inköpta tjänster: ekonomi")
    values = opened(grid, f"post/ny/?efter={key}")
    assert (values["kind"], values["group"], values["subgroup"], values["name"]) == (
        "cost.administration.",
        "Administration",
        "Inköpta tjänster",
        "",
    )
    for bad in ("x", "999999999", "", "9" * 400):
        assert grid.get(f"post/ny/?efter={bad}").status_code == 200


def test_the_members_and_insatser_of_others_cannot_be_chosen(grid):
    from tests.budgets.editing.sittings import budget_of

    lund = budget_of("lund")
    member = lund.federation.members.first().pk
    values = {**opened(grid, "post/ny/"), "name": "x", "kind": "income.contribution.region"}
    shown(send(grid, "post/ny/", values, member_id=str(member)), 422)
    assert not grid.changes()
    offered = {
        o.attributes["value"]
        for o in shown(grid.get("post/ny/")).one("select", name="member_id").all("option")
    }
    assert offered == {"", *(str(each.pk) for each in grid.budget.federation.members.all())}


@pytest.mark.parametrize(
    "was", ["", "x", "[]", "null", '{"name": {}}', '{"name": ["x"]}', "{" * 2000, '"x"', "\x00"]
)
def test_a_spoiled_hidden_field_is_no_server_error(grid, was):
    for path, field, value in ((line_of(grid), "name", "Mitt"), (year_of(grid), "label", "mitt")):
        answer = send(grid, path, opened(grid, path), was=was, **{field: value})
        assert answer.status_code in (302, 422)


def test_where_to_move_is_up_or_down(grid):
    assert grid.post(f"{line_of(grid)}flytta/upp/").status_code == 200
    assert grid.post(f"{line_of(grid)}flytta/ned/").status_code == 200
    assert grid.post(f"{line_of(grid)}flytta/bort/").status_code == 404
    assert grid.changes() == 2


# -- groups ------------------------------------------------------------------------------------------


def test_a_group_is_renamed_and_vanishes_with_its_last_line(grid):
    path = f"{line_of(grid)}grupp/namn/"
    assert send(grid, path, opened(grid, path), name="Insatser").status_code == 302
    assert BudgetGroup.objects.filter(budget=grid.budget, name="Insatser").exists()
    for name in (JOBB, "JobbSam 2.0 (Q1 och Q2)", "Utrymme för ny verksamhet (prognos)"):
        grid.post(f"{line_of(grid, name)}ta-bort/")
    grid.post("tryckta-summor/ta-bort/")
    assert not BudgetLine.objects.filter(group__name="Insatser").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Skriv ett namn"), ("x" * 201, "200"), ("a\x07", "styrtecken"), ("Administration", "redan")],
)
def test_a_name_that_a_group_cannot_have_is_explained(grid, name, said):
    path = f"{line_of(grid)}grupp/namn/"
    assert said in shown(send(grid, path, opened(grid, path), name=name), 422).one("main").text
    assert not grid.changes()


def test_of_two_who_rename_a_group_the_second_is_told(grid):
    path = f"{line_of(grid)}grupp/namn/"
    mine = opened(grid, path)
    send(grid.another(), path, opened(grid, path), name="Deras")
    page = shown(send(grid, path, mine, name="Mitt"), 422)
    assert "Deras" in page.one("p", css="fault").text
    assert send(grid, path, values_of(main_form(page))).status_code == 302
    assert BudgetGroup.objects.filter(budget=grid.budget, name="Mitt").exists()


def test_a_line_without_subgroup_has_no_form_for_one(grid):
    assert grid.get(f"{line_of(grid)}undergrupp/namn/").status_code == 404
    assert grid.get(f"{line_of(grid)}annat/namn/").status_code == 404


# -- columns -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"year": ""}, "Skriv vilket år"),
        ({"year": "tjugo"}, "fyra siffror"),
        ({"year": "1999"}, "2004"),
        ({"year": "2101"}, "2100"),
        ({"kind": "gissning"}, ""),
        ({"label": "x" * 61}, "60"),
        ({"label": "a\x07"}, "styrtecken"),
        ({"starts": "2020-01-01"}, "både början och slut"),
        ({"starts": "2020-05-01", "ends": "2020-01-01"}, "sluta efter"),
        ({"starts": "2019-01-01", "ends": "2019-05-01"}, "inom 2020"),
        ({"starts": "igår", "ends": "idag"}, ""),
        ({"year": "2021", "kind": "budget"}, "Det finns redan en kolumn"),
    ],
    ids=str,
)
@pytest.mark.parametrize("new", [True, False], ids=["new", "old"])
def test_a_column_that_cannot_be_is_explained(grid, changes, said, new):
    path = "kolumn/ny/" if new else year_of(grid)
    values = {**opened(grid, path), "year": "2020"}
    page = shown(send(grid, path, values, **changes), 422)
    assert said in page.one("main").text
    assert not grid.changes()


def test_what_two_people_change_in_different_fields_of_a_column_both_stay(grid):
    path = year_of(grid)
    mine = opened(grid, path)
    send(grid.another(), path, opened(grid, path), label="deras")
    assert send(grid, path, mine, kind="revised").status_code == 302
    column = grid.state.rows[Table.YEAR][int(path.split("/")[1])]
    assert (column["label"], column["kind"]) == ("deras", "revised")


def test_the_same_field_of_a_column_shows_theirs_and_waits(grid):
    path = year_of(grid)
    mine = opened(grid, path)
    send(grid.another(), path, opened(grid, path), label="deras")
    page = shown(send(grid, path, mine, label="mitt"), 422)
    assert "Någon annan har skrivit ”deras” här" in page.text
    assert send(grid, path, values_of(main_form(page))).status_code == 302
    assert grid.state.rows[Table.YEAR][int(path.split("/")[1])]["label"] == "mitt"


@pytest.mark.parametrize("before", ["", "x", "999999999", "9" * 30])
def test_a_new_column_goes_last_when_it_is_not_to_go_before_another(grid, before):
    values = {**opened(grid, "kolumn/ny/"), "year": "2024", "kind": "plan", "before": before}
    assert send(grid, "kolumn/ny/", values).status_code == 302
    assert grid.state.rows[Table.YEAR][years_of(grid.state)[-1]]["year"] == 2024


def test_the_last_column_stays(grid):
    for _ in range(3):
        grid.post(year_of(grid), {"where": "remove"})
    assert "minst en kolumn" in shown(grid.post(year_of(grid), {"where": "remove"}), 422).text
    assert len(years_of(grid.state)) == 1


# -- notes and targets -------------------------------------------------------------------------------


def cell_of(grid: Grid, name: str = JOBB, column: int = 0) -> str:
    return f"{line_of(grid, name)}{years_of(grid.state)[column]}/"


def note_of(grid: Grid, name: str = JOBB, column: int = 0) -> object:
    return grid.state.cell(*grid.cell(name, column).values())["note"]


def test_a_note_is_one_paragraph_and_its_form_sent_as_it_is_changes_nothing(grid):
    """Line breaks, which no file of ours can hold in a note, become spaces."""
    path = cell_of(grid)
    send(grid, path, opened(grid, path), note=" Rad ett \r\n rad två\n")
    assert note_of(grid) == "Rad ett rad två"
    assert send(grid, path, opened(grid, path)).status_code == 302
    assert grid.changes() == 1
    send(grid, line_of(grid), opened(grid, line_of(grid)), note="Ett\r\ntvå")
    assert row(grid, line_of(grid))["note"] == "Ett två"


@pytest.mark.parametrize("note", ["x" * 501, "a\x07b", "a\u202eb"])
def test_a_note_that_cannot_be_kept_is_explained_and_stays_in_the_field(grid, note):
    page = shown(send(grid, cell_of(grid), {"note": note}), 422)
    assert page.one("p", css="fault").text
    assert page.one("textarea", name="note").text == note
    assert not grid.changes()


def test_of_two_who_write_a_note_on_the_same_cell_the_second_sees_the_first(grid):
    path = cell_of(grid)
    mine = opened(grid, path)
    send(grid.another(), path, opened(grid, path), note="Deras.")
    page = shown(send(grid, path, mine, note="Min."), 422)
    assert "Deras." in page.one("p", css="fault").text
    assert note_of(grid) == "Deras."
    again = text_areas(page, values_of(main_form(page)))
    assert again["note"] == "Min."
    assert send(grid, path, again).status_code == 302
    assert note_of(grid) == "Min."


def test_a_target_makes_a_line_computed_and_nothing_makes_it_typed_again(grid):
    make(grid.budget, author_of(grid.budget), balancing)
    grid.type("Att fördela", 2, "5")
    path = cell_of(grid, "Att fördela", 2)
    send(grid, path, opened(grid, path), target="10 000")
    key = line_named(grid.state, "Att fördela")
    cell = grid.page().one("td", id=f"line-{key}-2")
    assert grid.state.cell(*grid.cell("Att fördela", 2).values())["target"] == "10000.00"
    assert grid.amount("Att fördela", 2) is None
    assert cell.attributes["data-amount"] != "5.00"
    closing = grid.page().one("td", id="closing-2")
    assert closing.attributes["data-amount"] == "10000.00"
    assert "Det som är kvar att fördela" in shown(grid.get(f"varifran/?rad=line-{key}&kolumn=2")).text
    send(grid, path, opened(grid, path), target="")
    assert grid.state.cell(*grid.cell("Att fördela", 2).values())["target"] is None


def test_a_target_that_is_no_amount_is_explained(grid):
    make(grid.budget, author_of(grid.budget), balancing)
    path = cell_of(grid, "Att fördela", 2)
    page = shown(send(grid, path, opened(grid, path), target="hej", note="Min."), 422)
    values = text_areas(page, values_of(main_form(page)))
    assert (values["target"], values["note"]) == ("hej", "Min.")
    assert "hej" in page.one("p", css="fault").text


def test_of_two_who_set_a_target_the_second_sees_the_first(grid):
    make(grid.budget, author_of(grid.budget), balancing)
    path = cell_of(grid, "Att fördela", 2)
    mine = opened(grid, path)
    send(grid.another(), path, opened(grid, path), target="1 000")
    page = shown(send(grid, path, mine, target="2 000"), 422)
    assert "1000" in page.one("p", css="fault").text
    assert send(grid, path, text_areas(page, values_of(main_form(page)))).status_code == 302
    assert grid.state.cell(*grid.cell("Att fördela", 2).values())["target"] == "2000.00"


def test_only_a_line_with_money_to_grant_has_a_target(grid):
    send(grid, cell_of(grid), {"note": "", "target": "0"})
    assert grid.state.cell(*grid.cell(JOBB, 0).values())["target"] is None
