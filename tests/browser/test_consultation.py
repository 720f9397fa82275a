"""The samråd as a member's representative and the förbundschef see it, on a phone."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from members.models import Role, RoleKind
from plans.models import ConsultationAnswer, Notice, Plan
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults
from tests.browser.test_small_windows import TOO_SMALL, wider_than_the_window
from tests.browser.visits import DESKTOP, PHONE
from tests.loading import load
from tests.members import people
from tests.plans.ready_plans import in_state

pytestmark = pytest.mark.looks

HERE = "/gotland/plan/2021/samrad/"


@pytest.fixture
def plan(live_server) -> Plan:
    federation, _ = load(settings.BASE_DIR / "fixtures" / "gotland")
    plan = in_state(Plan.objects.get(federation=federation), "consultation")
    people.with_role(federation, RoleKind.DIRECTOR, people.user("chef@example.se", name="Karin Ek"))
    for name, email in (("Region Gotland", "bo@example.se"), ("Försäkringskassan", "eva@example.se")):
        Role.objects.create(
            user=people.user(email, name=email),
            federation=federation,
            kind="member_representative",
            member=federation.members.get(name=name),
        )
    return plan


def assert_usable(page: Page) -> None:
    page.wait_for_load_state()  # with its styles
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert not faults(page)
    assert not wider_than_the_window(page)
    assert not page.evaluate(TOO_SMALL)


def test_a_member_answers_with_a_file_and_the_director_reminds_the_others(
    plan, page: Page, other_page: Page, page_errors
):
    page.set_viewport_size(PHONE)
    sign_in(page, "bo@example.se", people.PASSWORD)
    page.goto(HERE)
    expect(page.get_by_role("heading", name="Svar från Region Gotland")).to_be_visible()
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_text("Skriv svaret eller bifoga en fil.", exact=True)).to_be_visible()
    assert_usable(page)
    page.get_by_label("Vem svarade").fill("Regionstyrelsen § 12")
    page.get_by_label("Svar", exact=False).and_(page.locator("textarea")).fill("Vi tillstyrker planen.")
    file = {"name": "yttrande.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 yttrande"}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("status")).to_contain_text("Svaret från Region Gotland är inlagt.")
    with page.expect_download() as download:
        page.get_by_role("link", name="yttrande.pdf").click()
    assert download.value.path().read_bytes() == b"%PDF-1.7 yttrande"
    assert_usable(page)
    assert ConsultationAnswer.objects.get().who == "Regionstyrelsen § 12"

    other_page.set_viewport_size(PHONE)
    sign_in(other_page, "chef@example.se", people.PASSWORD)
    other_page.goto(HERE)
    expect(other_page.get_by_role("heading", name="1 av 3 medlemmar har svarat")).to_be_visible()
    assert_usable(other_page)
    other_page.get_by_role("button", name="Påminn dem som inte har svarat").click()
    expect(other_page.get_by_role("status")).to_contain_text("Försäkringskassan har fått en påminnelse.")
    expect(other_page.get_by_role("listitem").filter(has_text="Försäkringskassan")).to_contain_text("Påmind")
    assert_usable(other_page)
    assert Notice.objects.get(kind="reminder").user.email == "eva@example.se"
    other_page.goto("/gotland/")
    expect(other_page.get_by_role("heading", name="Lagens dagar för plan 2021")).to_be_visible()
    other_page.get_by_text("Det som har varit").click()
    for size in (PHONE, DESKTOP):
        other_page.set_viewport_size(size)
        assert_usable(other_page)
