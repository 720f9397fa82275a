"""Two people in one budget at once, and a network that comes and goes. Nothing typed is lost silently."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from members.models import Federation, RoleKind, User
from tests.browser import grid
from tests.browser.grid import stored
from tests.browser.visits import GOTLAND
from tests.browser.waiting import becomes
from tests.members import people

AUDIT, STYRELSEN = "Revisionskostnader", "Styrelsen"
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"


@pytest.fixture(autouse=True)
def unplugged(page: Page, page_errors: list[str]) -> Iterator[None]:
    """What the browser notes of a network that a test takes away."""
    yield
    page_errors[:] = [each for each in page_errors if OFFLINE not in each]


@pytest.fixture
def other(opened: Page, other_page: Page, live_server: LiveServer) -> Page:
    """Somebody else's view of the same budget."""
    gotland = Federation.objects.get(slug="gotland")
    grid.open_as(other_page, live_server.url, gotland, RoleKind.ADMINISTRATOR, "Bo Berg")
    return other_page


def look_again(page: Page) -> None:
    """What the page does by itself every few seconds."""
    page.evaluate("budget.refresh()")


def test_what_another_saves_appears_by_itself(opened: Page, other: Page):
    grid.write(other, AUDIT, 1, "147 600")
    grid.wait_until_saved(other)
    grid.wait_for_figure(opened, AUDIT, 1, "147 600")  # without a reload or a hand's turn
    grid.wait_for_figure(opened, "Summa kostnader", 1, "5 074 000")


def test_what_one_types_stays_while_others_changes_come_in(opened: Page, other: Page):
    grid.cell(opened, STYRELSEN, 1).click()
    opened.keyboard.type("31 0")
    opened.keyboard.press("F2")
    grid.write(other, AUDIT, 1, "147 600")
    grid.wait_until_saved(other)
    grid.row(other, AUDIT).hover()
    other.get_by_role("link", name=f"Ändra posten {AUDIT}").click()
    other.get_by_label("Namn").fill("Revision")  # another table altogether
    other.get_by_role("button", name="Spara").click()
    grid.row(other, "Revision").wait_for()
    look_again(opened)
    grid.row(opened, "Revision").wait_for()
    opened.keyboard.type("00")
    opened.keyboard.press("Enter")
    grid.wait_until_saved(opened)
    assert stored(STYRELSEN, 2021) == 31_000


@pytest.mark.parametrize(("choice", "kept"), [("Behåll 80 000", 80_000), ("Skriv 70 000", 70_000)])
def test_the_second_in_the_same_cell_sees_both_amounts_and_chooses(opened: Page, other: Page, choice, kept):
    grid.cell(opened, AUDIT, 1).click()
    opened.keyboard.type("70 000")
    grid.write(other, AUDIT, 1, "80 000")
    grid.wait_until_saved(other)
    opened.keyboard.press("Enter")
    message = opened.locator(grid.MESSAGE)
    expect(message).to_contain_text("Bo Berg har ändrat cellen till 80 000 medan du skrev 70 000")
    assert stored(AUDIT, 2021) == 80_000
    message.get_by_role("button", name=choice.replace(" 000", "\xa0000")).click()
    grid.wait_until_saved(opened)
    grid.wait_for_figure(opened, AUDIT, 1, f"{kept // 1000} 000")
    assert stored(AUDIT, 2021) == kept


def test_the_same_amount_from_both_asks_nothing(opened: Page, other: Page):
    grid.cell(opened, AUDIT, 1).click()
    opened.keyboard.type("70 000")
    grid.write(other, AUDIT, 1, "70 000")
    grid.wait_until_saved(other)
    opened.keyboard.press("Enter")
    grid.wait_until_saved(opened)
    assert stored(AUDIT, 2021) == 70_000


def test_a_line_removed_while_one_types_in_it_is_said_and_no_key_goes_astray(opened: Page, other: Page):
    grid.cell(opened, AUDIT, 1).click()
    opened.keyboard.type("70 0")
    grid.cell(other, AUDIT, 1).focus()
    other.keyboard.press("Alt+Enter")
    other.get_by_role("button", name="Ta bort posten").click()
    grid.row(other, AUDIT).wait_for(state="detached")
    look_again(opened)
    expect(opened.get_by_role("alert")).to_contain_text("där du skrev ”70 0” har tagits bort")
    figures = opened.locator("#table .figure").all_inner_texts()
    opened.keyboard.type("00")
    opened.keyboard.press("Enter")
    grid.wait_until_saved(opened)
    assert opened.locator("#table .figure").all_inner_texts() == figures
    opened.keyboard.press("Escape")
    grid.wait_until_in_a_cell(opened)  # nearby
    other.keyboard.press("Control+z")
    grid.row(other, AUDIT).wait_for()
    look_again(opened)
    grid.wait_for_figure(opened, AUDIT, 1, "47 600")


def test_without_network_nothing_typed_is_lost(opened: Page):
    grid.cell(opened, AUDIT, 0).click()
    opened.context.set_offline(True)
    for amount in ("11 000", "12 000", "13 000"):
        opened.keyboard.type(amount)
        opened.keyboard.press("Tab")
    opened.get_by_text("Ingen kontakt med servern").wait_for()
    grid.wait_for_entries(opened, ["11 000", "12 000", "13 000"])
    grid.wait_until_active(opened, f"{AUDIT} 3")
    opened.keyboard.type("14 0")
    opened.context.set_offline(False)
    look_again(opened)
    opened.get_by_text("Ingen kontakt med servern").wait_for(state="detached")
    opened.keyboard.type("00")
    opened.keyboard.press("Enter")
    grid.wait_until_saved(opened)
    grid.wait_for_figures(opened, AUDIT, ["11 000", "12 000", "13 000", "14 000"])
    assert [stored(AUDIT, year) for year in range(2020, 2024)] == [11_000, 12_000, 13_000, 14_000]


def test_an_answer_that_never_came_is_no_conflict_with_oneself(opened: Page):
    """The server has stored it; the browser does not know, and sends it again."""

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort("internetdisconnected")

    opened.route("**/belopp/**", lose_the_answer, times=1)
    grid.write(opened, AUDIT, 1, "48 000")
    opened.get_by_text("Ingen kontakt med servern").wait_for()
    look_again(opened)
    grid.wait_until_saved(opened)
    grid.wait_for_figure(opened, AUDIT, 1, "48 000")
    expect(opened.locator(".entry-message")).to_have_count(0)


def test_a_session_that_has_ended_is_taken_up_again_in_another_tab(opened: Page):
    opened.context.clear_cookies(name="finsam-session")
    grid.write(opened, AUDIT, 1, "48 000")
    opened.get_by_text("Du är inte längre inloggad").wait_for()
    with opened.context.expect_page() as tab:
        opened.get_by_role("link", name="Logga in i en ny flik").click()
    tab.value.get_by_label("E-postadress").fill(User.objects.get(name="Karin Ek").email)
    tab.value.get_by_label("Lösenord").fill(people.PASSWORD)
    tab.value.get_by_role("button", name="Logga in", exact=True).click()
    tab.value.wait_for_url("**" + GOTLAND)
    tab.value.close()
    opened.bring_to_front()
    look_again(opened)
    grid.wait_until_saved(opened)
    assert stored(AUDIT, 2021) == 48_000
    expect(opened.get_by_role("alert")).to_have_count(0)


def test_a_slow_server_holds_nobody_up(opened: Page):
    held: list[Route] = []
    opened.route("**/belopp/**", lambda route: held.append(route), times=1)
    grid.cell(opened, AUDIT, 0).click()
    for amount in ("11 000", "12 000", "13 000", "14 000"):
        opened.keyboard.type(amount)
        opened.keyboard.press("Tab")
    grid.wait_for_entries(opened, ["11 000", "12 000", "13 000", "14 000"])
    opened.wait_for_function("document.querySelectorAll('td.saving').length === 4")
    becomes(opened, lambda: len(held), 1)
    opened.evaluate("async () => { await fetch(location.href); }")  # whatever was sent before it has come
    assert len(held) == 1, "one at a time, in the order they were typed"
    held[0].continue_()
    grid.wait_until_saved(opened)
    grid.wait_for_figures(opened, AUDIT, ["11 000", "12 000", "13 000", "14 000"])
