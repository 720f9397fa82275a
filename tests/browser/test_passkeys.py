"""Passkeys, with an authenticator that Chromium makes believe is there (CDP, WebAuthn)."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import CDPSession, Page, expect

from members.models import RoleKind
from tests.browser.conftest import sign_in
from tests.browser.waiting import follow
from tests.members import people

NORRBYS_BUDGET = re.compile(r"\d/norrby/budget/$")  # and no page that leads on to it


@pytest.fixture
def device(page: Page) -> CDPSession:
    """A machine that can keep keys and unlock them with a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.authenticator = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})[
        "authenticatorId"
    ]
    return session


@pytest.fixture
def karin():
    karin = people.user("karin@example.se", name="Karin Ek")
    people.with_role(people.federation(second_factor_demanded=True), RoleKind.DIRECTOR, karin)
    return karin


def sign_out(page: Page) -> None:
    page.goto("/logga-ut/")
    follow(page.get_by_role("main").get_by_role("button", name="Logga ut"))
    expect(page).to_have_url(re.compile("/logga-in/$"))


def add_key(page: Page) -> None:
    """From the account page, to where the reserve codes are shown."""
    follow(page.get_by_role("link", name="Lägg till en nyckel"))
    page.get_by_role("button", name="Lägg till nyckeln").click()
    page.wait_for_url("**/konto/reservkoder/")


def test_an_editor_adds_a_key_is_led_back_and_signs_in_with_it_alone(page: Page, device, karin):
    sign_in(page, karin.email, people.PASSWORD)
    page.goto("/norrby/budget/")
    expect(page.get_by_role("status")).to_contain_text("Norrby kräver en andra faktor")
    add_key(page)
    page.get_by_role("link", name="Jag har sparat dem, fortsätt").click()
    page.wait_for_url(NORRBYS_BUDGET)
    assert Authenticator.objects.filter(user=karin, type="webauthn").count() == 1

    sign_out(page)
    page.goto("/logga-in/?next=/norrby/budget/")
    page.get_by_role("button", name="Använd en nyckel (passkey)").click()
    page.wait_for_url(NORRBYS_BUDGET)
    expect(page.locator("h1")).not_to_have_text("Mitt konto")  # the key is a second factor too


def test_a_key_after_the_password(page: Page, device, karin):
    sign_in(page, karin.email, people.PASSWORD)
    page.goto("/konto/")
    add_key(page)
    sign_out(page)
    sign_in_asks = re.compile("/logga-in/andra-faktor/")
    page.get_by_label("E-postadress").fill(karin.email)
    page.get_by_label("Lösenord").fill(people.PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.wait_for_url(sign_in_asks)
    page.get_by_role("button", name="Använd en nyckel (passkey)").click()
    page.wait_for_url(lambda url: "/logga-in/" not in url)


def test_a_device_without_the_key_is_told_in_swedish(page: Page, device, karin):
    sign_in(page, karin.email, people.PASSWORD)
    page.goto("/konto/")
    add_key(page)
    sign_out(page)
    device.send("WebAuthn.clearCredentials", {"authenticatorId": device.authenticator})
    page.get_by_role("button", name="Använd en nyckel (passkey)").click()
    expect(page.get_by_role("alert")).to_contain_text("Nyckeln kunde inte användas.")
    assert "/logga-in/" in page.url


def test_a_key_is_renamed_and_removed(page: Page, device, karin):
    sign_in(page, karin.email, people.PASSWORD)
    page.goto("/konto/")
    add_key(page)
    page.goto("/konto/nycklar/")
    page.get_by_role("link", name="Byt namn på Nyckel 1").click()
    page.get_by_label("Namn").fill("Kontorsdatorn")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Ta bort Kontorsdatorn").click()
    page.get_by_role("button", name="Ta bort nyckeln").click()
    page.get_by_text("Du har ingen nyckel än.").wait_for()
    assert not Authenticator.objects.filter(user=karin).exists()


def test_confirming_with_the_key(page: Page, device, karin):
    """In a session where it was not asked for at the beginning, as when the organisation signs in."""
    sign_in(page, karin.email, people.PASSWORD)
    page.goto("/konto/")
    add_key(page)
    name, root = "finsam-session", page.url.removesuffix("konto/reservkoder/")
    without = people.client_of(karin).cookies
    page.context.add_cookies([{"name": name, "value": without[name].value, "url": root}])
    page.goto("/norrby/budget/")
    page.wait_for_url(re.compile("/konto/bekrafta/nyckel/"))
    page.get_by_role("button", name="Använd nyckeln").click()
    page.wait_for_url(NORRBYS_BUDGET)
