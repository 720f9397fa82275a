"""The page of contributions: who reads it, where its figures lead, how many queries it takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.exchange.storing import store
from budgets.models import Budget
from budgets.sheet import Status
from members.access import REASONS, Action
from members.models import Federation, Member, RoleKind
from tests.budgets.editing.sittings import budget_of, line_named, years_of
from tests.budgets.editing.test_changes import STATE
from tests.budgets.examples import sheet
from tests.budgets.grid import Grid, gotland
from tests.budgets.test_contributions import KASSAN, KINDS, KOMMUNEN, REGIONEN, paid
from tests.members import people
from tests.members.people import client_of, reader, with_role
from tests.members.shown_page import Element, shown

pytestmark = pytest.mark.django_db

GOTLAND = "/gotland/medlemmar/bidrag/"


@pytest.fixture
def norrby() -> Federation:
    federation = people.federation()
    for position, (name, kind) in enumerate(KINDS.items()):
        Member.objects.create(federation=federation, name=name, kind=kind, position=position)
    return federation


def rows(page: Element) -> dict[str, list[str]]:
    """The rows of the table by what stands first in them."""
    found = page.one("table", css="contributions").all("tr")[1:]
    return {row.one("th").text: [cell.text.replace("\xa0", " ") for cell in row.all("td")] for row in found}


def test_amount_change_share_and_status_of_every_year():
    budget = budget_of("gotland")
    page = shown(reader(budget.federation).get(GOTLAND))
    assert [th.text for th in page.one("thead").all("th")] == [
        "Medlem",
        "2020 budget",
        "2021 budget",
        "2022 plan",
        "2023 plan",
    ]
    found = rows(page)
    assert found[KASSAN] == ["2 130 000", "2 162 000", "2 130 000", "2 120 000"]
    changes = found[f"{KASSAN}: Ändring från året före"]
    assert changes == ["", "+32 000+1,5 %", "−32 000−1,5 %", "−10 000−0,5 %"]
    assert found[f"{KASSAN}: Andel enligt lagen 50,0 %"] == ["50,0 %"] * 4
    assert found[f"{KASSAN}: Läge"] == ["ange", "förhandsbesked november 2020", "ange", "ange"]
    assert found["Alla bidrag"] == ["4 260 000", "4 324 000", "4 260 000", "4 240 000"]
    assert "Arbetsförmedlingen har ingen egen post." in page.one("main").text


def test_in_thousands_when_asked():
    budget = budget_of("gotland")
    page = shown(reader(budget.federation).get(f"{GOTLAND}?enhet=tkr"))
    assert rows(page)[KASSAN][0] == "2 130"
    assert page.one("caption").text == "Belopp i tkr"


def test_a_figure_leads_to_its_cell_and_a_status_to_its_form():
    budget = budget_of("gotland")
    client = reader(budget.federation)
    page = shown(client.get(GOTLAND))
    (link,) = [a for a in page.all("a") if a.text.replace("\xa0", " ") == "2 162 000"][:1]
    address, anchor = link.href.split("#")
    assert shown(client.get(address)).one("td", id=anchor).attributes["data-amount"] == "2162000.00"
    (status,) = [a for a in page.all("a") if a.text == "förhandsbesked"]
    form = shown(client.get(status.href)).one("main")
    assert form.one("h1").text == f"{KASSAN}, 2021 budget"
    assert form.one("fieldset", css="statuses")


def test_a_closed_budget_offers_no_form():
    budget = budget_of("gotland")
    Budget.objects.update(is_open=False)
    page = shown(reader(budget.federation).get(GOTLAND))
    assert not [a for a in page.one("main").all("a") if "/post/" in a.href]


@pytest.mark.parametrize("kind", RoleKind)
def test_only_those_who_read_the_working_copy_read_it(kind):
    budget = budget_of("gotland")
    answer = client_of(with_role(budget.federation, kind)).get(GOTLAND)
    if kind in (RoleKind.DIRECTOR, RoleKind.ADMINISTRATOR):
        assert answer.status_code == 200
    else:
        assert REASONS[Action.READ_WORKING_COPY] in shown(answer, 403).text


def test_before_there_is_any_budget_it_says_what_belongs_here(norrby):
    text = shown(reader(norrby).get("/norrby/medlemmar/bidrag/")).one("main").text
    assert "Ingen budget har några medlemsbidrag än." in text


def test_an_unlawful_share_is_marked_in_words_too(norrby):
    store(sheet("2020 budget", paid(KASSAN, 300), paid(REGIONEN, 100), paid(KOMMUNEN, 0)), norrby)
    page = shown(reader(norrby).get("/norrby/medlemmar/bidrag/"))
    assert rows(page)[f"{KASSAN}: Andel enligt lagen 50,0 %"] == ["inte lagens 50,0 %: 75,0 %"]
    assert "Andelen är en annan än lagens" in page.one("main").text


def test_more_budgets_years_and_members_take_no_more_queries(norrby):
    status = (Status("granted", 100),)  # type: ignore[arg-type]

    def of_year(year: int) -> None:
        columns = f"{year} budget, {year + 1} plan, {year + 2} plan"
        store(
            sheet(columns, *[paid(member, 100, 110, 120, statuses=(status,) * 3) for member in KINDS]), norrby
        )

    client = reader(norrby)
    of_year(2015)
    client.get("/norrby/medlemmar/bidrag/")
    with CaptureQueriesContext(connection) as few:
        client.get("/norrby/medlemmar/bidrag/")
    for year in range(2016, 2022):
        of_year(year)
    with CaptureQueriesContext(connection) as many:
        page = shown(client.get("/norrby/medlemmar/bidrag/"))
    assert len(rows(page)[KASSAN]) == 9
    assert len(many) == len(few)


# -- setting the status ------------------------------------------------------------------------------


@pytest.fixture
def grid() -> Grid:
    return gotland()


def place_of(grid: Grid, column: int = 1) -> str:
    return f"post/{line_named(grid.state, STATE)}/{years_of(grid.state)[column]}/"


def fields_of(grid: Grid, path: str) -> dict[str, str]:
    """What a browser would send of the form, the texts among it."""
    form = shown(grid.get(path)).one("main").one("form", css="fields")
    values: dict[str, str] = {}
    for each in form:
        if each.attributes.get("name") and each.tag in ("input", "textarea"):
            values[each.attributes["name"]] = each.attributes.get("value", each.text)
        if each.tag == "select":
            values[each.attributes["name"]] = each.one("option", selected="").attributes["value"]
    return values


def told(grid: Grid, column: int = 1) -> list[tuple[str, str, str, str]]:
    """The statuses that the database holds of a cell."""
    found = grid.budget.lines.get(name=STATE).statuses.filter(year=years_of(grid.state)[column])
    return [(s.status, str(s.amount.amount), s.date, s.note) for s in found.order_by("position")]


def existing(values: dict[str, str]) -> str:
    (key,) = [n.removeprefix("status-") for n in values if n.removeprefix("status-").isdigit()]
    return key


PRELIMINARY = ("preliminary", "2162000.00", "2020-11", "Förhandsbesked om den statliga tilldelningen.")
GRANTED = {"status-ny": "granted", "status-amount-ny": "2 162", "status-date-ny": "2021-01-20"}


def test_a_decision_is_added_after_what_came_before_it(grid):
    grid.query = "?enhet=tkr"
    path = place_of(grid)
    answer = grid.post(path, {**fields_of(grid, path), **GRANTED}, script=False)
    assert answer.status_code == 302
    assert told(grid) == [PRELIMINARY, ("granted", "2162000.00", "2021-01-20", "")]


def test_it_stands_in_the_history_of_the_cell_and_can_be_undone_and_done_again(grid):
    grid.query = "?enhet=tkr"
    path = place_of(grid)
    grid.post(path, {**fields_of(grid, path), **GRANTED}, script=False)
    line, year = path.split("/")[1:3]
    for query in (f"?post={line}&kolumn={year}", f"?post={line}", ""):
        page = shown(grid.client.get(f"{grid.base}historik/{query}"))
        text = page.one("table", css="history").text.replace("\xa0", " ")
        assert f"{STATE}, 2021 budget, läge" in text
        assert "beslutat, 2 162 000 kr, 2021-01-20" in text
    grid.post("angra/")
    assert told(grid) == [PRELIMINARY]
    grid.post("gor-om/")
    assert len(told(grid)) == 2


def test_a_status_is_changed_and_taken_away(grid):
    path = place_of(grid)
    values = fields_of(grid, path)
    key = existing(values)
    grid.post(path, {**values, f"status-{key}": "declined"}, script=False)
    assert told(grid) == [("declined", *PRELIMINARY[1:])]
    grid.post(path, {**fields_of(grid, path), f"status-{key}": ""}, script=False)
    assert told(grid) == []
    grid.post("angra/")
    assert told(grid) == [("declined", *PRELIMINARY[1:])]


def test_a_form_sent_as_it_is_and_one_with_a_note_only_leave_the_statuses(grid):
    path = place_of(grid)
    grid.post(path, fields_of(grid, path), script=False)
    assert grid.changes() == 0
    grid.post(path, {"note": "Bara en not"}, script=False)
    assert told(grid) == [PRELIMINARY]


WRONG = [
    ({"status-amount-ny": "5"}, "Välj ett läge."),
    ({"status-ny": "bra", "status-amount-ny": "5"}, "Välj ett av lägena."),
    ({"status-ny": "granted"}, "Skriv beloppet."),
    ({"status-ny": "granted", "status-amount-ny": "−5"}, "Ett bidrag är noll eller mer"),
    ({"status-ny": "granted", "status-amount-ny": "mycket"}, "är text, inte ett belopp"),
    ({"status-ny": "granted", "status-amount-ny": "5", "status-date-ny": "20 jan"}, "är inget datum"),
    ({"status-ny": "granted", "status-amount-ny": "5", "status-note-ny": "x" * 301}, "längre än 300"),
    ({"status-ny": "granted", "status-amount-ny": "5", "status-note-ny": "a\u202eb"}, ""),
]


@pytest.mark.parametrize(("typed", "why"), WRONG, ids=[why or "hidden sign" for _, why in WRONG])
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(grid, typed, why):
    path = place_of(grid)
    page = shown(grid.post(path, {**fields_of(grid, path), **typed}, script=False), 422)
    assert why in page.one("p", css="fault").text
    for name, text in typed.items():
        if name.startswith("status-") and name != "status-ny":
            assert page.one("input", id=name).attributes["value"] == text
    assert told(grid) == [PRELIMINARY]
    assert grid.changes() == 0


def test_of_two_who_change_a_status_the_second_sees_the_first_and_chooses(grid):
    path = place_of(grid)
    mine, theirs = fields_of(grid, path), fields_of(grid, path)
    key = existing(mine)
    grid.another().post(path, {**theirs, f"status-{key}": "granted"}, script=False)
    page = shown(grid.post(path, {**mine, f"status-{key}": "declined"}, script=False), 422)
    assert "Någon annan har ändrat till ”beslutat 2 162 000 kr" in page.one("p", css="fault").text.replace(
        "\xa0", " "
    )
    assert told(grid)[0][0] == "granted"
    was = page.one("input", name="was_statuses").attributes["value"]
    again = {**mine, f"status-{key}": "declined", "was_statuses": was}
    assert grid.post(path, again, script=False).status_code == 302
    assert told(grid)[0][0] == "declined"


def test_what_only_the_other_changed_stands_when_the_second_adds_a_row(grid):
    path = place_of(grid)
    mine, theirs = fields_of(grid, path), fields_of(grid, path)
    key = existing(mine)
    grid.another().post(path, {**theirs, f"status-{key}": "granted"}, script=False)
    grid.post(path, {**mine, "status-ny": "declined", "status-amount-ny": "7"}, script=False)
    assert [each[0] for each in told(grid)] == ["granted", "declined"]


def test_a_status_that_the_other_took_away_comes_back_as_a_new_row(grid):
    path = place_of(grid)
    mine, theirs = fields_of(grid, path), fields_of(grid, path)
    key = existing(mine)
    grid.another().post(path, {**theirs, f"status-{key}": ""}, script=False)
    page = shown(grid.post(path, {**mine, f"status-{key}": "granted"}, script=False), 422)
    assert "Någon annan har tagit bort läget" in page.one("p", css="fault").text
    assert page.one("select", id="status-ny").one("option", selected="").attributes["value"] == "granted"
    assert page.one("input", id="status-date-ny").attributes["value"] == "2020-11"


def test_a_line_that_is_no_contribution_has_no_status(grid):
    line, year = line_named(grid.state, "JobbSam 3.0"), years_of(grid.state)[1]
    page = shown(grid.get(f"post/{line}/{year}/"))
    assert not page.all("fieldset", css="statuses")
    forged = {"note": "", "was_statuses": "{}", **GRANTED}
    grid.post(f"post/{line}/{year}/", forged, script=False)
    assert grid.changes() == 0
