"""A revisor looks in the log for what was done with the plan, and takes it and the bundle along."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from plans.log.recording import WRITTEN
from plans.models import Version
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults
from tests.browser.visits import PHONE
from tests.browser.waiting import follow
from tests.members import people
from tests.plans import made_decisions as made
from tests.plans.access_world import budget_of
from tests.plans.made_versions import Readers, sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def version() -> Version:
    WRITTEN.forget()
    plan = budget_of(people.federation(), 2021, "Norr")
    version = sent(plan, "board")
    made.move(version, by_name="Karin Ek", comment="Läs före mötet.").save()
    made.event(version, kind="meeting_announced", where="Anslagstavlan").save()
    return version


def test_a_revisor_finds_what_was_done_and_takes_it_along(page: Page, version, tmp_path: Path):
    sign_in(page, Readers(version.federation).user("auditor").email, people.PASSWORD)
    page.goto("/norrby/plan/2021/version/1/budget/")
    follow(page.get_by_role("link", name="Logg", exact=True))
    log = page.locator("ol.log > li")
    expect(log).to_have_count(3)
    expect(log.first).to_contain_text("Revisor läste budgeten i planen för 2021, version 1.")
    assert not faults(page)

    page.get_by_label("Slag").select_option("planens väg")
    page.get_by_label("Planår").select_option("2021")
    page.get_by_role("button", name="Visa").click()
    expect(log).to_have_count(1)
    expect(log).to_contain_text("Karin Ek skickade planen för 2021 till styrelsen som version 1.")
    expect(page.get_by_label("Slag")).to_have_value("vagen")

    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    rows = json.loads(Path(download.value.path()).read_text())["rows"]
    assert [row["action"] for row in rows] == ["submit"]
    with page.expect_download() as download:
        page.get_by_role("link", name="Planen för 2021").click()
    assert download.value.suggested_filename == "revisorspaket-norrby-2021.zip"
    with ZipFile(download.value.path()) as bundle:
        bundle.extractall(tmp_path)

    page.set_viewport_size(PHONE)
    page.get_by_label("Från och med").fill("2021-02-01")
    page.get_by_label("Till och med").fill("2021-01-01")
    follow(page.get_by_role("button", name="Visa"))
    expect(page.get_by_label("Till och med")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("Sista dagen är före den första.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not faults(page)
