"""The board, what it lacks and the contributions in a browser: found, mended and read with the keyboard and
on a phone, without a fault that axe can find."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from budgets.models import ContributionStatus
from members.models import Appointment, RoleKind
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults
from tests.browser.test_small_windows import TOO_SMALL, wider_than_the_window
from tests.browser.visits import DESKTOP, PHONE
from tests.browser.waiting import follow
from tests.loading import load
from tests.members import people


@pytest.fixture
def signed_in(transactional_db, page: Page) -> Page:
    """As förbundschef of Landskrona-Svalöv, whose plan of 2009 has no auditors, and of Gotland."""
    director = people.user("chef@example.se", name="Karin Ek")
    for slug in ("landskrona-svalov", "gotland"):
        people.with_role(load(settings.BASE_DIR / "fixtures" / slug)[0], RoleKind.DIRECTOR, director)
    sign_in(page, director.email, people.PASSWORD)
    return page


def test_a_missing_auditor_is_found_and_mended(signed_in: Page):
    page = signed_in
    page.goto("/landskrona-svalov/medlemmar/")
    expect(page.get_by_label("Läget den")).to_have_value("2009-01-01")
    finding = page.locator(".remark", has_text="Inga revisorer är inlagda.")
    finding.get_by_role("link", name="Lägg till revisor").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Person").fill("Li Alm")
    page.get_by_label("Försäkringskassan").check()
    follow(page.get_by_role("button", name="Spara"))
    page.get_by_role("status").wait_for()
    made = Appointment.objects.latest("pk")
    assert (made.body, made.post, made.person) == ("audit", "auditor", "Li Alm")
    remarks = page.locator(".remark")
    expect(remarks.filter(has_text="Svalövs kommun saknar revisor.")).to_be_visible()
    seen = "\n".join(remarks.all_inner_texts())  # of a page that is whole
    assert "Inga revisorer" not in seen and "Försäkringskassan" not in seen


def test_who_has_left_is_folded_away_and_found_again_by_its_address(signed_in: Page):
    page = signed_in
    left = Appointment.objects.get(person="Lennart Ling")
    Appointment.objects.filter(pk=left.pk).update(ends="2009-03-31")
    page.goto("/landskrona-svalov/medlemmar/?dag=2009-06-01")
    person = page.locator(f"#appointment-{left.pk}")
    assert not person.is_visible()
    page.get_by_text("Tidigare uppdrag (1)").click()
    expect(person).to_be_visible()
    expect(page.locator(".remarks")).to_contain_text("Region Skåne saknar ledamot.", use_inner_text=True)


def test_a_status_is_set_from_the_table_of_contributions(signed_in: Page):
    page = signed_in
    page.goto("/gotland/medlemmar/bidrag/")
    page.get_by_role("link", name="förhandsbesked").click()
    page.get_by_label("Nytt läge", exact=True).get_by_label("Nytt läge").select_option("Beslutat")
    new = page.get_by_role("group", name="Nytt läge")
    new.get_by_label("Belopp, kr").fill("2 162 000")
    new.get_by_label("Datum").fill("2021-01-20")
    follow(page.get_by_role("button", name="Spara"))
    expect(page).to_have_url(re.compile(r"\d/gotland/budget/2021/\?enhet=kr$"))
    assert ContributionStatus.objects.filter(status="granted", date="2021-01-20").count() == 1
    page.goto("/gotland/medlemmar/bidrag/")
    expect(page.get_by_role("link", name="beslutat")).to_have_count(1)


def test_the_first_column_stays_while_the_years_are_scrolled_on_a_phone(signed_in: Page):
    page = signed_in
    page.set_viewport_size(PHONE)
    page.goto("/gotland/medlemmar/bidrag/")
    head = page.get_by_role("rowheader", name="Region Gotland", exact=True)
    region = page.get_by_role("region", name="Bidragen år för år")
    region.focus()
    before = head.bounding_box()
    assert region.evaluate("region => { region.scrollLeft = 150; return region.scrollLeft; }") == 150
    assert head.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_and_all_is_large_enough(signed_in: Page, theme):
    page = signed_in
    page.emulate_media(color_scheme=theme)
    found = {}
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        for address in (
            "/landskrona-svalov/medlemmar/",
            "/landskrona-svalov/medlemmar/bidrag/",
            "/gotland/medlemmar/",
            "/gotland/medlemmar/bidrag/",
        ):
            page.goto(address)
            for fold in page.locator("main details").all():
                fold.evaluate("fold => { fold.open = true; }")
            found[address, size["width"]] = faults(page)
            assert page.evaluate(TOO_SMALL) == [], address
            assert wider_than_the_window(page) == 0, address
        follow(page.get_by_role("link", name="förhandsbesked"))
        found["cell", size["width"]] = faults(page)
        assert page.evaluate(TOO_SMALL) == []
    assert not [f"{where}: {report}" for where, report in found.items() if report]
