"""Waiting for what comes about a moment later; what never does is told with what was seen instead."""

import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Locator, Page

from tests.browser.conftest import MILLISECONDS_TO_WAIT

T = TypeVar("T")


def becomes(page: Page, read: Callable[[], T], wanted: T) -> None:
    """Reads again and again until it is what is wanted, while the page goes on."""
    end = time.monotonic() + MILLISECONDS_TO_WAIT / 1000
    while (seen := read()) != wanted:
        if time.monotonic() > end:
            raise AssertionError(f"never {wanted!r}, but {seen!r}")
        page.wait_for_timeout(20)


def follow(way: Locator) -> None:
    """To another page by a link or a button, and until all of it is there: before its styles have come it has
    other measures and colours, and before its scripts have, a click does what it does without them."""
    way.wait_for()
    way.page.wait_for_load_state()  # of the page that it stands on, which may be new too
    with way.page.expect_event("load"):
        way.click()
