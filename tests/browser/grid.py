"""The grid as the tests use it: which cell, what stands in it, and when all is saved."""

from decimal import Decimal

from playwright.sync_api import Locator, Page

from budgets.models import Amount
from members.models import Federation, RoleKind
from tests.browser.visits import GOTLAND
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


def figure(page: Page, name: str, column: int) -> str:
    """What stands in a cell, with plain spaces."""
    return cell(page, name, column).locator(".figure").inner_text().replace("\xa0", " ")


def figures(page: Page, name: str) -> list[str]:
    return [text.replace("\xa0", " ") for text in row(page, name).locator(".figure").all_inner_texts()]


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


def wait_for_figure(page: Page, name: str, column: int, text: str) -> None:
    cell(page, name, column).get_by_text(text.replace(" ", "\xa0"), exact=True).wait_for()


def active(page: Page) -> str:
    """The row and the column that one stands in, as `JobbSam 3.0 1`; empty when that is no cell."""
    return page.evaluate(
        """() => {
            const cell = document.activeElement.closest("#table td[id]");
            if (!cell) return "";
            return `${cell.parentElement.querySelector(".name").textContent} ${cell.cellIndex - 1}`;
        }"""
    )


def stored(name: str, year: int) -> Decimal | None:
    """What the database holds, SEK."""
    amount = Amount.objects.get(line__name=name, year__year=year, line__budget__plan_year=2021).amount
    return None if amount is None else amount.amount
