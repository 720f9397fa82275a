"""From a federation without a plan to Gotland's complete budget for 2021, as a förbundschef would make it.

The table is copied from a spreadsheet and pasted. Every step is made at a human's speed, and a screenshot is
kept of each state: in the folder of FINSAM_SCREENSHOTS, else in var/screenshots (docs/operation.md).
"""

import json
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from members.models import RoleKind
from tests.browser import grid
from tests.browser.conftest import settled
from tests.browser.visits import DESKTOP, FIXTURES, GOTLAND
from tests.browser.waiting import follow
from tests.loading import load

pytestmark = pytest.mark.looks

FOLDER = Path(os.environ.get("FINSAM_SCREENSHOTS") or settings.BASE_DIR / "var" / "screenshots")
MOST_SECONDS = 120
KEY = 70  # ms between keys: a little faster than most people type
PAUSE = 1000  # ms to find the next thing to click

BUDGET: dict[str, Any] = json.loads((FIXTURES / "gotland" / "budget-2021.json").read_text())
COLUMNS = range(4)


def total(**wanted: str) -> list[int]:
    """The sum of the fixture's lines whose fields are as wanted, per column."""
    lines = [
        line for line in BUDGET["lines"] if all(line.get(name) == value for name, value in wanted.items())
    ]
    return [sum(line["amounts"][column] or 0 for line in lines) for column in COLUMNS]


def shown(amount: int | None) -> str:
    return "" if amount is None else f"{amount:,}".replace(",", " ").replace("-", "−")


def spreadsheet() -> str:
    """The budget as a spreadsheet puts it on the clipboard: headings, lines, sums, years over the columns."""
    heads = [f"{column['kind'].capitalize()} {column['year']}" for column in BUDGET["years"]]
    rows = [["", *heads]]

    def add(name: str, amounts: list[int | None] | list[int] | None = None) -> None:
        rows.append([name, *(shown(amount) for amount in amounts or [None] * 4)])

    by_section: dict[str, list[dict[str, Any]]] = {}
    for line in BUDGET["lines"]:
        by_section.setdefault(line["section"], []).append(line)
    add("Intäkter")
    for line in by_section["income"]:
        add(line["name"], line["amounts"])
    add("Summa intäkter", total(section="income"))
    add("Ingående eget kapital", by_section["opening_equity"][0]["amounts"])
    add("Kostnader")
    for group in dict.fromkeys(line["group"] for line in by_section["cost"]):
        add(group)
        for line in by_section["cost"]:
            if line["group"] == group:
                add(line["name"], line["amounts"])
        add(f"Summa {group.lower()}", total(group=group))
    add("Summa kostnader", total(section="cost"))
    return "\r\n".join("\t".join(row) for row in rows)


@pytest.fixture
def empty(page: Page, live_server: LiveServer, tmp_path: Path) -> Page:
    """Gotland without any plan, opened by its förbundschef."""
    shutil.copy(FIXTURES / "gotland" / "federation.json", tmp_path)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size(DESKTOP)
    grid.open_as(page, live_server.url, load(tmp_path)[0], RoleKind.DIRECTOR, "Karin Ek", "/gotland/")
    return page


@pytest.fixture
def keep(page: Page) -> Callable[[str], None]:
    """Keeps a screenshot of the whole page as it is, numbered in order."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("gotland-*.png"):
        old.unlink()
    names: list[str] = []

    def keep(name: str) -> None:
        names.append(name)
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=FOLDER / f"gotland-{len(names):02}-{name}.png", full_page=True)

    return keep


def click(what: Locator) -> None:
    what.page.wait_for_timeout(PAUSE)
    what.click()


def go(way: Locator) -> None:
    """By a link or a button to another page."""
    way.page.wait_for_timeout(PAUSE)
    follow(way)
    settled(way.page)


@pytest.mark.long
def test_gotlands_budget_from_nothing_in_two_minutes(empty: Page, keep: Callable[[str], None]):
    page, began = empty, time.monotonic()
    keep("inget")
    go(page.get_by_role("link", name="Börja den första planen"))
    year = page.get_by_label("Planår")
    click(year)
    year.press("Control+a")
    year.press_sequentially("2021", delay=KEY)
    page.get_by_label("Börja från").select_option(label="inget, helt tom")
    keep("ny-plan")
    go(page.get_by_role("button", name="Visa vad det blir"))
    keep("forslag")
    go(page.get_by_role("button", name="Skapa planen för 2021"))
    expect(page).to_have_url(re.compile(rf"\d{GOTLAND}$"))
    keep("tom-budget")

    go(page.locator("#table").get_by_role("link", name="Läs in en tabell"))
    page.evaluate("text => navigator.clipboard.writeText(text)", spreadsheet())  # copied in the spreadsheet
    click(page.get_by_label("Markera tabellen"))
    page.keyboard.press("Control+v")
    expect(page.get_by_label("Markera tabellen")).not_to_be_empty()
    keep("inklistrat")
    go(page.get_by_role("button", name="Läs det inklistrade"))
    page.get_by_role("heading", name="Vad tabellen betyder").wait_for()
    keep("vad-tabellen-betyder")
    go(page.get_by_role("button", name="Granska vad som ändras").first)
    page.get_by_role("heading", name="Granska inläsningen").wait_for()
    keep("granskning")
    go(page.get_by_role("button", name="Läs in", exact=True).first)
    assert len(BUDGET["lines"]) == 25
    expect(page.locator("#table tr:has(td[data-line])")).to_have_count(25)
    keep("budget")

    for line in BUDGET["lines"]:
        if line["section"] != "opening_equity":
            grid.wait_for_figures(page, line["name"], [shown(amount) for amount in line["amounts"]])
    # The last thing: an amount corrected by hand, and corrected back.
    grid.cell(page, "Styrelsen", 1).click()
    page.keyboard.type("35 000", delay=KEY)
    page.keyboard.press("Enter")
    grid.wait_for_figure(page, "Summa kostnader", 1, "4 979 000")
    page.keyboard.press("Control+z")
    grid.wait_for_figure(page, "Summa kostnader", 1, "4 974 000")
    seconds = time.monotonic() - began

    income, cost = total(section="income"), total(section="cost")
    opening = [975_699, 650_000, 0, 0]  # the first two as the source has them; then what the year before left
    result = [i - c for i, c in zip(income, cost, strict=True)]
    grid.wait_for_figures(page, "Summa intäkter", [*map(shown, income)])
    for group in ("Administration", "Utvecklingsinsatser", "Projekt"):
        grid.wait_for_figures(page, f"Summa {group}", [*map(shown, total(group=group))])
    grid.wait_for_figures(page, "Summa kostnader", [*map(shown, cost)])
    grid.wait_for_figures(page, "Resultat", [*map(shown, result)])
    closing = [start + change for start, change in zip(opening, result, strict=True)]
    grid.wait_for_figures(page, "Utgående eget kapital", [*map(shown, closing)])
    expect(page.locator("#charts svg").first).to_be_visible()
    keep("klar")
    assert seconds < MOST_SECONDS, f"took {seconds:.0f} s"
