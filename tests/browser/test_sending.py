"""Gotland's plan sent on by its förbundschef, explained, clicked twice, and sent back by the ordförande: as
they see it, at a desk and on a phone, in both themes."""

import pytest
from playwright.sync_api import Page, expect

from members.models import RoleKind
from plans.models import Plan, Section, Version
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults
from tests.browser.visits import DESKTOP, PHONE, sign_in_as_director
from tests.browser.waiting import follow
from tests.members import people
from tests.plans.ready_plans import FINANCIAL_GOALS, made_ready

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "/gotland/plan/2021/"
WAY, EXPLANATIONS, BOARD, BACK = (
    f"{HERE}vagen/",
    f"{HERE}motiveringar/",
    f"{HERE}skicka/styrelsen/",
    f"{HERE}aterfor/",
)
DEFICIT = "Motivering Underskott 2021"


@pytest.fixture
def director(page: Page) -> Page:
    page.set_viewport_size(DESKTOP)
    sign_in_as_director(page)
    return page


@pytest.fixture
def chair(director: Page, other_page: Page) -> Page:
    """The ordförande Anna Berg, in a browser of her own."""
    plan = Plan.objects.get(federation__slug="gotland")
    anna = people.with_role(plan.federation, RoleKind.CHAIR, people.user("anna@example.se", name="Anna Berg"))
    sign_in(other_page, anna.email, people.PASSWORD)
    return other_page


def gotland() -> Plan:
    return Plan.objects.select_related("federation", "budget").get(federation__slug="gotland")


def looked_at(page: Page) -> None:
    """Nothing that axe finds, in either theme, and nothing wider than a phone."""
    page.wait_for_load_state()  # with its styles
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert not faults(page), (page.url, theme, size)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESKTOP)


def test_the_forbundschef_explains_the_warnings_and_sends_the_plan(director):
    Section.objects.create(
        plan=gotland(),
        key="finansiella-mal",
        heading="Finansiella mål",
        role="financial_goals",
        text=FINANCIAL_GOALS,
        position=99,
    )
    director.goto(HERE)
    follow(director.get_by_role("link", name="Vägen till beslut"))
    expect(director.get_by_role("heading", level=1)).to_have_text("Vägen till beslut")
    expect(director.get_by_text("11 varningar saknar motivering.")).to_be_visible()
    expect(director.get_by_role("link", name="Skicka till styrelsen")).to_have_count(0)

    director.get_by_role("link", name="Motivera: 11 varningar saknar motivering.").click()
    director.get_by_role("textbox", name=DEFICIT).fill("Vi använder eget kapital till JobbSam.")
    director.get_by_role("textbox", name="Motivering Ingående eget kapital 2021").fill(
        "Prognosen i september."
    )
    director.get_by_text("Samma motivering för alla 9 som saknar en").click()
    director.get_by_label("Motivering till alla 9").fill("Raderna är rätt.")
    looked_at(director)
    director.get_by_role("button", name="Spara motiveringarna").click()
    expect(director.get_by_role("status")).to_have_text("Sparat. Alla varningar är motiverade.")
    looked_at(director)

    director.get_by_role("link", name="Vägen till beslut").first.click()
    director.get_by_role("link", name="Skicka på samråd").click()
    director.get_by_label("Följebrev").fill("Läs avsnitt 5.")
    director.get_by_label("Svara senast").fill("2099-10-15")
    director.get_by_role("button", name="Skicka version 1").click()
    expect(director.get_by_role("status")).to_have_text("Version 1 är skickad på samråd.")
    version = director.locator("#version-1")
    expect(version).to_contain_text("Läs avsnitt 5.")
    expect(version).to_contain_text("Svara senast 15 oktober 2099.")
    expect(version).to_contain_text(Version.objects.get().short_hash)
    with director.expect_download() as download:
        version.get_by_role("link", name="Planen som PDF").click()
    assert download.value.suggested_filename == "gotland-plan-2021-version-1.pdf"

    director.get_by_role("link", name="Skicka till styrelsen", exact=True).click()
    expect(director.get_by_text("Ingenting har ändrats sedan version 1")).to_be_visible()
    director.get_by_role("button", name="Skicka version 2").dblclick()
    expect(director.get_by_role("heading", level=1)).to_have_text("Vägen till beslut")
    expect(director.locator(".stages [aria-current]")).to_contain_text("Till styrelsen")
    expect(director.locator(".versions > li")).to_have_count(2)
    looked_at(director)
    director.goto(WAY)  # when both clicks have been dealt with, however late
    expect(director.locator(".versions > li")).to_have_count(2)
    assert Version.objects.count() == 2


def test_the_ordforande_sends_it_back_and_the_forbundschef_reads_why(director, chair):
    made_ready(gotland())
    director.goto(BOARD)
    director.get_by_role("button", name="Skicka version 1").click()
    expect(director.get_by_role("status")).to_have_text("Version 1 är skickad till styrelsen.")

    chair.goto("/gotland/")
    chair.get_by_role("link", name="Vägen till beslut").click()
    expect(chair.locator("#version-1")).to_contain_text("läses nu")
    looked_at(chair)
    chair.get_by_role("link", name="Återför till utkast").click()
    chair.get_by_role("button", name="Återför till utkast").click()
    expect(chair.get_by_role("alert")).to_contain_text("Skriv varför planen återförs.")
    looked_at(chair)
    chair.get_by_label("Varför?").fill("Dela JobbSam på två insatser.")
    chair.get_by_role("button", name="Återför till utkast").click()
    expect(chair.get_by_role("status")).to_have_text("Planen är återförd till utkast.")
    expect(chair.get_by_text("Det finns ingen version som du kan läsa nu.")).to_be_visible()

    director.goto(WAY)
    expect(director.locator(".moves > li").first).to_contain_text("Dela JobbSam på två insatser.")
    expect(director.locator(".stages [aria-current]")).to_contain_text("Utkast")


def test_two_who_send_at_once_and_two_who_explain_at_once(director, other_page):
    plan = made_ready(gotland())
    plan.explanations.filter(code="BALANCE").delete()
    bo = people.user("bo@example.se", name="Bo Ask")
    people.with_role(plan.federation, RoleKind.ADMINISTRATOR, bo)
    sign_in(other_page, bo.email, people.PASSWORD)
    for each in (director, other_page):
        each.goto(EXPLANATIONS)
        each.get_by_role("textbox", name=DEFICIT).fill("Karins." if each is director else "Bos.")
    director.get_by_role("button", name="Spara motiveringarna").click()
    expect(director.get_by_role("status")).to_have_text("Sparat. Alla varningar är motiverade.")
    other_page.get_by_role("button", name="Spara motiveringarna").click()
    expect(other_page.get_by_text("Karin Ek har sparat:")).to_be_visible()
    expect(other_page.get_by_role("textbox", name=DEFICIT)).to_have_value("Bos.")
    looked_at(other_page)
    other_page.get_by_role("button", name="Behåll den sparade").click()
    expect(other_page.get_by_role("textbox", name=DEFICIT)).to_have_value("Karins.")

    for each in (director, other_page):
        each.goto(BOARD)
    director.get_by_role("button", name="Skicka version 1").click()
    expect(director.get_by_role("status")).to_have_text("Version 1 är skickad till styrelsen.")
    other_page.get_by_label("Följebrev").fill("Bos brev.")
    other_page.get_by_role("button", name="Skicka version 1").click()
    expect(other_page.get_by_role("alert")).to_contain_text("Karin Ek har redan gjort något annat")
    expect(other_page.get_by_label("Följebrev")).to_have_value("Bos brev.")
    looked_at(other_page)
    other_page.get_by_role("button", name="Skicka version 2").click()
    expect(other_page.locator("#version-2")).to_contain_text("Bos brev.")
