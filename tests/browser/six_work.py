"""What the six do more than once."""

from django.core import mail
from playwright.sync_api import Page, expect

from tests.browser import grid
from tests.browser.six_people import BOARD, FOLDER, PLAN, Six
from tests.browser.visits import GOTLAND

DEFICIT = "Underskott 2021"
LINE = "JobbSam 3.0"


def explain(page: Page, why: str, for_the_rest: str) -> None:
    """The deficit and the opening equity each for itself, the rest of each rule with one text."""
    page.goto(f"{PLAN}motiveringar/")
    page.get_by_role("textbox", name=f"Motivering {DEFICIT}").fill(why)
    page.get_by_role("textbox", name="Motivering Ingående eget kapital 2021").fill("Prognosen i september.")
    page.get_by_text("Samma motivering för alla 9 som saknar en").click()
    page.get_by_label("Motivering till alla 9").fill(for_the_rest)


def send(six: Six, number: int, letter: str, to: str = "till styrelsen") -> None:
    """From the page that sends; the version then stands on the page of the plan's way."""
    page = six["director"]
    page.get_by_label("Följebrev").fill(letter)
    six.keep("director", f"skicka-version-{number}")
    page.get_by_role("button", name=f"Skicka version {number}").click()
    expect(page.get_by_role("status")).to_have_text(f"Version {number} är skickad {to}.")
    expect(page.locator(f"#version-{number}")).to_contain_text(letter)
    six.keep("director", f"vagen-version-{number}")


def told(email: str) -> str:
    """The last letter to somebody."""
    return str([each for each in mail.outbox if email in each.to][-1].body)


def say(page: Page, place: str, text: str) -> None:
    page.get_by_role("link", name=place, exact=True).first.click()
    box = page.get_by_role("textbox")
    box.fill(text)
    page.get_by_role("button", name="Lämna synpunkten").click()
    expect(page.get_by_role("status")).to_contain_text("Din synpunkt är lämnad.")


def expect_refused(six: Six, who: str, path: str) -> None:
    """Either not allowed at all, or shown why the move cannot be made by them."""
    status, said = six.status(who, path)
    assert status in (403, 409), (who, path, status)
    assert "Din behörighet ger inte" in said or "ordföranden" in said, (who, path)


def change_jobbsam(page: Page, amount: str) -> None:
    page.goto(GOTLAND)
    grid.write(page, LINE, 1, amount)
    grid.wait_for_figure(page, LINE, 1, amount)
    grid.wait_until_saved(page)


def explain_again(six: Six, why: str) -> None:
    """The figure of the deficit is another, so that it asks anew; what was said before stands beside."""
    page = six["director"]
    page.goto(BOARD)
    expect(
        page.get_by_text("Motivering saknas").or_(page.get_by_text("saknar motivering")).first
    ).to_be_visible()
    page.goto(f"{PLAN}motiveringar/")
    six.keep("director", "motivering-galler-inte-langre")
    expect(page.locator(".unexplained", has_text=DEFICIT)).to_contain_text("Motiveringen gällde")
    page.get_by_role("textbox", name=f"Motivering {DEFICIT}").fill(why)
    page.get_by_role("button", name="Spara motiveringarna").click()
    expect(page.get_by_role("status")).to_have_text("Sparat. Alla varningar är motiverade.")
    page.goto(BOARD)


def downloaded(page: Page, name: str, kept_as: str) -> bytes:
    """A file by its link, kept beside the screenshots too."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).first.click()
    content = download.value.path().read_bytes()
    (FOLDER / f"{kept_as}.pdf").write_bytes(content)
    return content
