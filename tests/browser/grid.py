"""The grid as the tests use it: which cell, what stands in it, and when all is saved."""

from collections.abc import Sequence
from decimal import Decimal

from playwright.sync_api import Locator, Page, expect

from budgets.models import Amount
from members.models import Federation, RoleKind
from tests.browser.visits import GOTLAND
from tests.browser.waiting import becomes
from tests.members import people

ENTRY = "#table input.entry"
MESSAGE = "#table .entry-message:not([hidden])"


def open_as(
    page: Page, server: str, federation: Federation, kind: RoleKind, name: str, path: str = GOTLAND
) -> None:
    """A page of the server, as somebody with the role sees it. By a session that is there already: signing in
    has its own tests."""
    who = people.with_role(federation, kind, people.user(name=name))
    for cookie, morsel in people.client_of(who).cookies.items():
        page.context.add_cookies([{"name": cookie, "value": morsel.value, "url": server}])
    page.goto(path)


def row(page: Page, name: str) -> Locator:
    return page.locator("#table tr", has=page.get_by_role("rowheader", name=name, exact=True))


def cell(page: Page, name: str, column: int) -> Locator:
    """The cell of a row, by the row's name, and a column, counted from 0."""
    return row(page, name).locator("td[id]").nth(column)


def wait_for_figure(page: Page, name: str, column: int, text: str) -> None:
    """Until that is seen in the cell; the spaces of a number count as plain ones, here and below."""
    figure = cell(page, name, column).locator(".figure")
    expect(figure).to_have_text(text)
    expect(figure).to_be_visible()


def wait_for_figures(page: Page, name: str, texts: Sequence[str]) -> None:
    """Until that stands in the row."""
    expect(row(page, name).locator(".figure")).to_have_text(texts)


def wait_for_entries(page: Page, texts: list[str]) -> None:
    """Until that is what is typed and not yet saved."""
    becomes(page, lambda: [entry.input_value() for entry in page.locator(ENTRY).all()], texts)


def write(page: Page, name: str, column: int, text: str, key: str = "Enter") -> None:
    """Type in a cell and leave it by a key, without waiting for the answer."""
    cell(page, name, column).click()
    page.keyboard.type(text)
    page.keyboard.press(key)


def wait_until_saved(page: Page) -> None:
    """Until nothing is on its way, and no cell waits for an answer or to be put right."""
    page.evaluate(
        "async () => { let last; do { last = entries.queue; await last } while (last !== entries.queue) }"
    )
    page.locator(ENTRY).first.wait_for(state="detached")


def active(page: Page) -> str:
    """The row and the column that one stands in, as `JobbSam 3.0 1`; empty when that is no cell."""
    return page.evaluate(
        """() => {
            const cell = document.activeElement.closest("#table td[id]");
            if (!cell) return "";
            return `${cell.parentElement.querySelector(".name").textContent} ${cell.cellIndex - 1}`;
        }"""
    )


def wait_until_active(page: Page, there: str) -> None:
    """Until one stands there: the focus comes back a moment after a dialog has closed."""
    becomes(page, lambda: active(page), there)


def wait_until_in_a_cell(page: Page) -> None:
    becomes(page, lambda: bool(active(page)), True)


def stored(name: str, year: int) -> Decimal | None:
    """What the database holds, SEK. Asked when the page has had its answer, as by `wait_until_saved`."""
    amount = Amount.objects.get(line__name=name, year__year=year, line__budget__plan_year=2021).amount
    return None if amount is None else amount.amount
