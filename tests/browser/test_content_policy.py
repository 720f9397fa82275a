"""What the content policy refuses fails a test; and nothing of ours is refused."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import sign_in
from tests.browser.visits import FIXTURES, SIGN_IN, visit
from tests.browser.waiting import becomes
from tests.loading import load
from tests.members import people

pytestmark = pytest.mark.looks

MAKE = "document.body.append(Object.assign(document.createElement"
INJECTIONS = {
    "script-src": f"{MAKE}('script'), {{text: '1'}}))",
    "style-src": f"{MAKE}('style'), {{textContent: 'p {{}}'}}))",
    "style-src-attr": "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')",
    "script-src-attr": "document.body.insertAdjacentHTML('beforeend', '<p onclick=\"1\">')",
    "img-src": "document.body.append(Object.assign(new Image(), {src: 'https://example.com/x.png'}))",
    "connect-src": "fetch('https://example.com/').catch(() => null)",
    "base-uri": "document.head.append(Object.assign(document.createElement('base'), {href: 'https://example.com'}))",
}


def noted(page: Page, page_errors: list[str], refusal: str) -> None:
    """Waits for the error, and takes it away with what the browser itself says of the same thing."""
    becomes(page, lambda: [each for each in page_errors if refusal in each] != [], True)
    page.close()  # nothing is noted after that
    page_errors.clear()


@pytest.mark.parametrize("directive", INJECTIONS)
def test_what_the_policy_refuses_is_an_error_of_the_page(page: Page, page_errors, directive):
    """With what `page` collects: every test with such an error fails when it is over."""
    visit(page, SIGN_IN, page_errors)
    assert not page_errors
    page.evaluate(f"() => {{ {INJECTIONS[directive]} }}")
    noted(page, page_errors, f"content policy: {directive}")


def test_a_script_of_the_page_may_not_be_made_of_text(page: Page, page_errors):
    visit(page, SIGN_IN, page_errors)
    page.evaluate(
        "() => new Promise((done) => setTimeout(() => { try { setTimeout('1') } finally { done() } }))"
    )
    noted(page, page_errors, "script-src")


def test_the_support_pages_work_under_the_policy(page: Page, page_errors):
    federation = load(FIXTURES / "gotland")[0]
    staff = people.user("stod@example.se", is_staff=True, is_superuser=True)
    sign_in(page, staff.email, people.PASSWORD)
    for address in (
        "/admin/",
        "/admin/members/federation/",
        f"/admin/members/federation/{federation.pk}/change/",
        "/admin/members/user/add/",
        "/admin/budgets/budgetline/",
        "/admin/password_change/",
    ):
        assert page.goto(address).status == 200
    page.goto("/admin/members/user/add/")
    page.get_by_label("E-postadress").fill("anna@example.se")
    page.get_by_label("Namn").fill("Anna")
    page.locator("#id_password1").fill("en ganska lång mening")
    page.locator("#id_password2").fill("en ganska lång mening")
    page.get_by_role("button", name="Spara", exact=True).click()
    page.wait_for_url("**/change/")
