"""A förbundschef adds a member, changes an appointment and invites somebody who accepts: on a phone, with
the keyboard alone, without a fault that axe can find."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from members.models import Appointment, Federation, Member, Role, RoleKind
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults, shown
from tests.browser.visits import PHONE
from tests.members import people

MOST_STOPS = 80


@pytest.fixture
def norrby(transactional_db) -> Federation:
    federation = people.federation()
    people.with_role(federation, RoleKind.DIRECTOR, people.user("chef@example.se", name="Karin Ek"))
    kassan = Member.objects.create(federation=federation, name="Försäkringskassan", kind="state")
    seat = Appointment.objects.create(federation=federation, body="board", post="ordinary", person="Bo Ask")
    seat.members.add(kassan)
    return federation


def tab_to(page: Page, name: str, tags: tuple[str, ...] = ("A", "BUTTON")) -> None:
    """Tab onwards until what has the focus is called that, and is one of the tags."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        called = page.evaluate(
            """() => {
                const here = document.activeElement;
                const label = here.labels && here.labels.length ? here.labels[0].innerText : here.innerText;
                return [here.tagName, (here.getAttribute('aria-label') || label || '').trim()];
            }"""
        )
        if called[0] in tags and called[1].split(" (")[0] == name:
            return
    raise AssertionError(f"no stop called {name}")


def press(page: Page, name: str) -> None:
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def to_field(page: Page, name: str) -> None:
    tab_to(page, name, ("INPUT", "SELECT"))


def type_into(page: Page, name: str, text: str) -> None:
    to_field(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def judged(page: Page, found: dict[object, str]) -> None:
    """Neither wider than the window nor with a fault, in either theme."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found[len(found), page.url, theme] = faults(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url


def test_members_appointments_and_access_by_keyboard_on_a_phone(
    page: Page, browser: Browser, live_server: LiveServer, norrby, page_errors
):
    found: dict[object, str] = {}
    page.set_viewport_size(PHONE)
    sign_in(page, "chef@example.se", people.PASSWORD)
    page.goto("/norrby/medlemmar/")
    judged(page, found)

    press(page, "Ny medlem")
    press(page, "Spara")  # with nothing in it
    judged(page, found)
    expect(page.get_by_role("alert")).to_contain_text("Namn: ")
    type_into(page, "Namn", "Norrby kommun")
    to_field(page, "Slag")
    page.keyboard.type("kommun")
    type_into(page, "Andel inom sin kvart", "62,5")
    press(page, "Spara")
    page.get_by_role("status").wait_for()
    added = Member.objects.get(name="Norrby kommun")
    assert (added.kind, str(added.agreed_share)) == ("municipality", "62.5000")

    press(page, "Flytta Norrby kommun uppåt")
    assert [member.name for member in norrby.members.all()] == ["Norrby kommun", "Försäkringskassan"]
    press(page, "Ändra ledamot Bo Ask")
    judged(page, found)
    type_into(page, "Person", "Li Alm")
    to_field(page, "Norrby kommun")
    page.keyboard.press("Space")
    press(page, "Spara")
    seat = Appointment.objects.get()
    assert (seat.person, seat.members.count()) == ("Li Alm", 2)
    press(page, "Ta bort Norrby kommun")
    judged(page, found)

    page.goto("/norrby/behorigheter/")
    press(page, "Bjud in en person")
    type_into(page, "Namn", "Eva Berg")
    type_into(page, "E-postadress", "eva@example.se")
    to_field(page, "Behörighet")
    page.keyboard.type("revisor")
    judged(page, found)
    press(page, "Skicka inbjudan")
    page.get_by_role("status").wait_for()
    judged(page, found)
    press(page, "Ta bort förbundschef från Karin Ek")
    judged(page, found)

    link = re.search(r"/inbjudan/\S+", mail.outbox[0].body)
    assert link
    page.goto(link[0])  # still signed in as the one who invited
    judged(page, found)
    evas = browser.new_context(base_url=live_server.url, locale="sv-SE").new_page()
    evas.set_viewport_size(PHONE)
    evas.goto(link[0])
    judged(evas, found)
    type_into(evas, "Lösenord", "fyra gröna lådor till")
    type_into(evas, "Lösenordet en gång till", "fyra gröna lådor till")
    press(evas, "Tacka ja och logga in")
    expect(evas).to_have_url(re.compile(r"\d/norrby/$"))
    assert Role.objects.get(user__email="eva@example.se").kind == "auditor"
    evas.goto(link[0])
    expect(evas.locator("h1")).to_have_text("Inbjudan gäller inte")
    judged(evas, found)
    evas.context.close()
    assert len(found) == 2 * 10
    assert not shown(found)
