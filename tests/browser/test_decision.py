"""The board's decision, from the meeting to the adopted plan, as the förbundschef and ordföranden see it."""

from datetime import timedelta
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Dialog, Page, Route, expect

from members.models import RoleKind
from plans.models import Decision, Plan
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults
from tests.browser.test_small_windows import TOO_SMALL, wider_than_the_window
from tests.browser.visits import DESKTOP, PHONE
from tests.browser.waiting import becomes, follow
from tests.members import people
from tests.members.code_app import code
from tests.plans import adoption_world as made
from tests.services import pdf

MEETING = "/gotland/plan/2021/sammantrade/"
ADOPT = "/gotland/plan/2021/faststall/"


@pytest.fixture
def plan(transactional_db) -> Plan:
    """Gotland's plan before the board, sent by Karin; its federation demands a second factor of the chair."""
    plan = made.with_board(made.a_plan())
    karin = people.user("karin@example.se", name="Karin Ek")
    people.with_role(plan.federation, RoleKind.DIRECTOR, karin)
    people.with_role(plan.federation, RoleKind.CHAIR, people.user("anna@example.se", name="Anna Alm"))
    made.before_board(plan, karin, made.Clock())
    return plan


def looked_at(page: Page) -> None:
    """The page as it is now, wide and on a phone, in both themes: nothing that axe or a thumb finds."""
    page.wait_for_load_state()  # with its styles
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert not wider_than_the_window(page)
        assert page.evaluate(TOO_SMALL) == []
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            assert not faults(page)
    page.set_viewport_size(DESKTOP)


def record_the_meeting(page: Page) -> None:
    """Cia is away and Dan is jävig: Eva and Fia serve; the vote is equal, and Anna's decides."""
    page.goto(MEETING)
    page.get_by_label("Plats").fill("Visby")
    page.get_by_label("Paragraf").fill("45")
    page.get_by_label("Sammanträdet är offentligt").check()
    page.get_by_label("Kungjort den").fill(f"{timezone.localdate() - timedelta(days=10)}")
    follow(page.get_by_role("button", name="Alla ledamöter är på plats"))
    page.get_by_label("Närvaro, Cia Berg").select_option("frånvarande")
    page.get_by_label("Närvaro, Eva Fors").select_option("på distans")
    page.get_by_label("Leder sammanträdet, Anna Alm").check()
    # Counted as it is filled in, without a click.
    expect(page.locator("#raknat")).to_contain_text("Ingen tjänstgör för Cia Berg, fast Eva Fors")
    page.get_by_label("Jävig, eftersom, Dan Ek").fill("äger lokalen")
    page.get_by_label("Närvaro, Fia Gran").select_option("på plats")
    expect(page.locator("#raknat")).to_contain_text("Styrelsen är inte beslutför: 2 av 4")
    follow(page.get_by_role("button", name="Låt ersättarna träda in"))
    expect(page.locator("#raknat")).to_contain_text("4 av 4 tjänstgör")
    page.get_by_label("Votering begärdes").check()
    expect(page.locator("#raknat")).to_contain_text("Anna Alms röst är inte antecknad")
    for name, vote in {"Anna Alm": "Ja", "Bo Al": "Nej", "Eva Fors": "Nej", "Fia Gran": "Ja"}.items():
        page.get_by_role("group", name=name).last.get_by_label(vote).check()
    expect(page.locator("#roster")).to_contain_text("antas med ordförandens utslagsröst")
    page.get_by_label("Reservation, Bo Al").fill("Administrationen är för dyr.")
    follow(page.get_by_role("button", name="Ta bort att-sats 4"))
    page.get_by_label("Ny att-sats").fill("att paragrafen är omedelbart justerad")
    follow(page.locator("#sammantrade .primary"))
    expect(page.get_by_role("status").first).to_contain_text("Sammanträdet är sparat.")


def add_app(page: Page) -> str:
    """Add a code app where one has been asked for; its secret."""
    page.get_by_role("link", name="Lägg till en kodapp").click()
    secret = page.locator(".secret").inner_text()
    page.get_by_role("textbox", name="Kod").fill(code(secret))
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_role("link", name="Jag har sparat dem, fortsätt").click()
    return secret


def as_if_an_hour_had_passed(page: Page) -> None:
    [cookie] = [each for each in page.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME]
    session = import_module(settings.SESSION_ENGINE).SessionStore(cookie["value"])
    for each in session["account_authentication_methods"]:
        each["at"] -= 3600
    session.save()


def test_the_chair_adopts_with_a_fresh_second_factor(page: Page, other_page: Page, plan: Plan):
    sign_in(page, "karin@example.se", people.PASSWORD)
    record_the_meeting(page)
    looked_at(page)

    plan.federation.second_factor_demanded = True
    plan.federation.save()
    anna = other_page
    sign_in(anna, "anna@example.se", people.PASSWORD)
    anna.goto(ADOPT)
    secret = add_app(anna)
    expect(anna.get_by_role("heading", level=1)).to_have_text("Fastställ plan 2021")
    expect(anna.get_by_role("main")).to_contain_text(plan.version.hash)
    looked_at(anna)
    as_if_an_hour_had_passed(anna)
    anna.reload()
    anna.get_by_label("Budgeten för 2021 fastställs").fill("Statens besked kom sent.")
    anna.get_by_role("button", name="Bekräfta att det är du").click()
    anna.get_by_role("textbox", name="Kod").fill(
        code(secret, 1)
    )  # the one of now was used when the app was added
    anna.get_by_role("button", name="Fortsätt").click()
    expect(anna.get_by_label("Budgeten för 2021 fastställs")).to_have_value("Statens besked kom sent.")
    assert Authenticator.objects.filter(user__email="anna@example.se", type="totp").exists()
    anna.get_by_role("button", name="Fastställ version 2").click()
    expect(anna.get_by_role("heading", level=1)).to_contain_text("§ 45")
    looked_at(anna)
    with anna.expect_download() as download:
        anna.get_by_role("link", name="Protokollsutdrag").click()
    content = download.value.path().read_bytes()
    said = pdf.text(content)
    for words in (
        "Med 2 ja mot 2 nej och ordförandens utslagsröst antas förslaget.",
        "att paragrafen är omedelbart justerad.",
        "Administrationen är för dyr.",
        "Statens besked kom sent.",
        plan.version.hash,
    ):
        assert words in said
    assert Decision.objects.get().by_name == "Anna Alm"

    anna.get_by_text("Anteckna något som har hänt").click()
    anna.get_by_label("Vad har hänt").select_option("Protokollet justerat")
    anna.get_by_label("Datum").fill(f"{timezone.localdate()}")
    looked_at(anna)
    anna.get_by_role("button", name="Anteckna").click()
    expect(anna.get_by_role("main")).to_contain_text(f"Protokollet justeras: gjort {timezone.localdate()}.")


def test_what_is_typed_while_the_votes_are_counted_is_kept(page: Page, plan: Plan):
    sign_in(page, "karin@example.se", people.PASSWORD)
    page.goto(MEETING)
    follow(page.get_by_role("button", name="Alla ledamöter är på plats"))
    held: list[Route] = []
    page.route(f"**{MEETING}", lambda route: held.append(route))
    page.get_by_label("Votering begärdes").check()
    becomes(page, lambda: len(held), 1)
    reservation = page.get_by_label("Reservation, Bo Al")
    reservation.press_sequentially("Nej")
    with page.expect_response(f"**{MEETING}") as counted:
        held[0].continue_()
    counted.value.finished()
    page.evaluate("fetch('/halsa/').then((answer) => answer.text())")  # the page has had its turn since
    expect(reservation).to_have_value("Nej")
    expect(reservation).to_be_focused()
    page.unroute_all()
    reservation.press("Tab")
    expect(page.locator("#raknat")).to_contain_text("röst är inte antecknad")
    expect(reservation).to_have_value("Nej")


def test_the_browser_asks_before_what_is_not_saved_is_left(page: Page, plan: Plan):
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    sign_in(page, "anna@example.se", people.PASSWORD)
    page.goto(MEETING)
    page.get_by_label("Plats").fill("Visby")
    page.get_by_role("link", name="Till fastställandet").click()
    becomes(page, lambda: asked, ["beforeunload"])
    expect(page.get_by_label("Plats")).to_have_value("Visby")
    follow(page.get_by_role("button", name="Låt ersättarna träda in"))
    expect(page.get_by_text("Inte sparat än.")).to_be_visible()
    page.get_by_role("link", name="Vägen till beslut").click()
    becomes(page, lambda: asked, ["beforeunload"] * 2)
    expect(page.get_by_label("Plats")).to_have_value("Visby")
    page.get_by_role("button", name="Spara och gå till fastställandet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fastställ plan 2021")
    expect(page.get_by_role("status").first).to_contain_text("Sammanträdet är sparat.")
    assert len(asked) == 2, "not when the form itself is sent"


def test_the_meeting_is_recorded_without_script(browser, live_server, plan: Plan):
    context = browser.new_context(base_url=live_server.url, locale="sv-SE", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "karin@example.se", people.PASSWORD)
    page.goto(MEETING)
    follow(page.get_by_role("button", name="Alla ledamöter är på plats"))
    page.get_by_label("Leder sammanträdet, Anna Alm").check()
    follow(page.get_by_role("button", name="Räkna"))
    expect(page.locator("#raknat")).to_contain_text("4 av 4 tjänstgör")
    expect(page.locator("#raknat")).to_contain_text("Styrelsen är beslutför.")
    page.locator("#sammantrade .primary").click()
    expect(page.get_by_role("status").first).to_contain_text("Sammanträdet är sparat.")
    assert plan.meetings.get().participants.filter(is_present=True).count() == 4
    context.close()
