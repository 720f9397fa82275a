"""A plan published by its förbundschef, and read by somebody who has nothing to do with the federation."""

import pytest
from playwright.sync_api import Page, expect

from members.models import RoleKind
from plans.models import Plan
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults
from tests.browser.test_small_windows import TOO_SMALL, wider_than_the_window
from tests.browser.visits import DESKTOP, PHONE
from tests.browser.waiting import follow
from tests.members import people
from tests.plans.made_public import as_adopted
from tests.plans.made_versions import adopt, sent
from tests.plans.ready_plans import gotland_ready

pytestmark = pytest.mark.looks

PUBLIC = "/publicerat/gotland/2021/"
PLACE = "/gotland/plan/2021/publicering/"


@pytest.fixture
def plan(live_server) -> Plan:
    plan = gotland_ready()
    people.with_role(plan.federation, RoleKind.DIRECTOR, people.user("chef@example.se", name="Karin Ek"))
    sent(plan)
    return plan


def assert_usable(page: Page) -> None:
    page.wait_for_load_state()  # with its styles
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert not faults(page)
            assert not wider_than_the_window(page)
    assert not page.evaluate(TOO_SMALL)


def test_the_director_publishes_a_stranger_reads_and_the_director_withdraws(
    plan, page: Page, other_page: Page, page_errors
):
    sign_in(page, "chef@example.se", people.PASSWORD)
    page.goto("/gotland/plan/2021/vagen/")
    page.get_by_role("link", name="Publicering").click()
    follow(page.get_by_role("link", name="Publicera som förslag"))
    assert_usable(page)
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("alert")).to_contain_text("Fyll i ”Sammanträdet kungjordes”.")
    page.get_by_label("Sammanträdet kungjordes").fill("2020-11-10")
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_role("status")).to_contain_text("Version 1 är publicerad som förslag.")
    assert_usable(page)

    other_page.goto("/publicerat/")
    other_page.get_by_role("link", name="Plan för 2021").click()
    expect(other_page.get_by_text("Förslag. Inte beslutat", exact=True)).to_be_visible()
    with other_page.expect_download() as download:
        other_page.get_by_role("link", name="Budgeten, CSV").click()
    assert download.value.suggested_filename == "gotland-budget-2021-forslag-version-1.csv"

    page.get_by_role("link", name="Avpublicera version 1").click()
    page.get_by_role("button", name="Avpublicera").click()
    expect(page.get_by_role("status")).to_contain_text("Version 1 är avpublicerad.")
    page.goto(PUBLIC)  # in a browser that has not kept it for a minute
    expect(page.get_by_role("heading", name="Sidan finns inte")).to_be_visible()
    assert not faults(page)
    page_errors.clear()  # the browser notes the 404


def test_the_public_pages_are_usable_by_anybody_and_say_on_paper_what_they_are(plan, page: Page):
    adopt(plan.version)
    as_adopted(plan.version)
    for address in ("/publicerat/", "/publicerat/gotland/", PUBLIC, "/tillganglighet/"):
        page.goto(address)
        assert_usable(page)
    page.goto(PUBLIC)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Till innehållet")).to_be_focused()
    page.emulate_media(media="print", color_scheme="light")
    expect(page.get_by_text("Fastställd 2020-11-24, § 45", exact=True)).to_be_visible()
    expect(page.get_by_role("contentinfo")).to_be_hidden()
    expect(page.get_by_role("link", name="Planen, PDF")).to_be_hidden()
