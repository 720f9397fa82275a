"""A Chromium against pytest-django's live_server, through Playwright's synchronous interface."""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import pytest
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from members.models import RoleKind
from tests.loading import load
from tests.services import chromium

# Playwright's synchronous interface keeps an event loop in the test's thread, where Django then
# refuses to use the database for fear of blocking the loop. Nothing else runs in this one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

MILLISECONDS_TO_WAIT = 30_000
expect.set_options(timeout=MILLISECONDS_TO_WAIT)

P = ParamSpec("P")
T = TypeVar("T")

# The browser notes most violations by itself, but not all, and in words that differ.
REPORT_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (violation) => console.error(
    `content policy: ${violation.violatedDirective} refuses ${violation.blockedURI} ${violation.sample}`));"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(  # with a new, empty profile
            executable_path=chromium.find_or_install(),
            args=chromium.LAUNCH_FLAGS,
            headless=True,
            chromium_sandbox=False,  # does not work as root; only our own pages are opened
        )
        yield browser
        browser.close()


@pytest.fixture
def page_errors() -> list[str]:
    """What went wrong in the page so far; a test that provokes an error, say a 403, removes it."""
    return []


# A refusal that the page asked for and shows; the browser notes it as if a file were missing.
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (409|422) \(.*\)")


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, page_errors: list[str]) -> Iterator[Page]:
    """An empty page of a browser that has been nowhere. `page.goto("/...")` asks the live server.

    The test fails on whatever the page's own scripts or the browser's console report as an error, and on
    whatever the content policy refuses.
    """
    cache.clear()  # what was counted in other tests, all from the same address
    with new_page(browser, live_server, page_errors) as page:
        yield page
    assert not page_errors, "errors in the page:\n" + "\n".join(page_errors)


@pytest.fixture
def other_page(
    page: Page, browser: Browser, live_server: LiveServer, page_errors: list[str]
) -> Iterator[Page]:
    """A page as `page`, in another person's browser."""
    with new_page(browser, live_server, page_errors) as other:
        yield other


@pytest.fixture
def opened(page: Page, live_server: LiveServer) -> Page:
    """Gotland's budget 2021, which its förbundschef Karin Ek has opened."""
    federation = load(settings.BASE_DIR / "fixtures" / "gotland")[0]
    from tests.browser import grid  # knows visits, which knows this module

    grid.open_as(page, live_server.url, federation, RoleKind.DIRECTOR, "Karin Ek")
    return page


@contextmanager
def new_page(browser: Browser, live_server: LiveServer, page_errors: list[str]) -> Iterator[Page]:
    def note_console_error(message: ConsoleMessage) -> None:
        address = message.location["url"]
        # Chromium asks for that one by itself, once, in whichever test is the first.
        if message.type != "error" or address.endswith("/favicon.ico") or REFUSED.fullmatch(message.text):
            return
        page_errors.append(f"{message.text} ({address})")

    context = browser.new_context(base_url=live_server.url, locale="sv-SE", timezone_id="Europe/Stockholm")
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    context.add_init_script(REPORT_VIOLATIONS)
    page = context.new_page()
    page.wait_for_function = wait_for_function_of(page)  # type: ignore[method-assign]
    page.goto = until_settled(page, page.goto)  # type: ignore[method-assign]
    page.reload = until_settled(page, page.reload)  # type: ignore[method-assign]
    page.on("pageerror", lambda error: page_errors.append(str(error)))
    page.on("console", note_console_error)
    yield page
    context.close()


def wait_for_function_of(page: Page) -> Callable[..., None]:
    """`page.wait_for_function` that asks from outside: Playwright's own makes a script of the text within
    the page, which the content policy refuses."""

    def wait_for_function(expression: str, *, arg: object = None) -> None:
        end = time.monotonic() + MILLISECONDS_TO_WAIT / 1000
        while not page.evaluate(expression, arg):
            if time.monotonic() > end:
                raise TimeoutError(f"never true: {expression}")
            page.wait_for_timeout(20)

    return wait_for_function


# What a page adds by itself once its scripts have run: the charts of a budget, the editor of a text.
SETTLED = """() => document.readyState === "complete" && !document.querySelector("#charts[data-fetch] > p")
    && [...document.querySelectorAll("form[data-editor]")].every(
        (form) => form.querySelector(".ProseMirror") || !form.querySelector("#text, [data-text]"))"""


def settled(page: Page) -> None:
    """Until the page is as it stays: its styles and scripts loaded, and what they fetch at first there.
    `goto` and `reload` wait for it; who comes to a page by a link, and then looks at the whole of it or uses
    its scripts, waits for something that only that page has, and for this."""
    page.wait_for_load_state()
    page.wait_for_function(SETTLED)


def until_settled(page: Page, go: Callable[P, T]) -> Callable[P, T]:
    @wraps(go)
    def gone(*arguments: P.args, **options: P.kwargs) -> T:
        answer = go(*arguments, **options)
        settled(page)
        return answer

    return gone


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in as a person does, from the sign-in page."""
    page.goto("/logga-in/")
    page.get_by_label("E-postadress").fill(email)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.wait_for_url(lambda url: "/logga-in/" not in url)
