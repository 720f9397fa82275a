"""A new federation writes its first plan: from an empty start page to the finished PDF, by its förbundschef.

Lund's outline, words pasted from Word and from LibreOffice, ten live figures, a picture, a table and three
insatser. A screenshot of each state is kept in the folder of FINSAM_SCREENSHOTS, else in var/screenshots.
"""

import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from members.models import RoleKind
from plans.models import Section
from tests.browser import grid
from tests.browser.section_text import EDITOR, bring, go, wait_until_saved
from tests.browser.test_accessibility import faults
from tests.browser.visits import DESKTOP
from tests.browser.waiting import follow
from tests.loading import load
from tests.services import pdf

FOLDER = Path(os.environ.get("FINSAM_SCREENSHOTS") or settings.BASE_DIR / "var" / "screenshots")
PASTES = settings.BASE_DIR / "tests" / "plans" / "pastes"

FEDERATION: dict[str, Any] = {
    "name": "Samordningsförbundet Söderslätt",
    "short_name": "Finsam Söderslätt",
    "slug": "soderslatt",
    "unit": "SEK",
    "second_factor_demanded": False,
    "members": [
        {"name": "Försäkringskassan", "kind": "state"},
        {"name": "Arbetsförmedlingen", "kind": "state"},
        {"name": "Region Skåne", "kind": "region"},
        {"name": "Söderslätts kommun", "kind": "municipality"},
    ],
}
PLAN = "/soderslatt/plan/2027/"
WRITING = f"{PLAN}skriv/"
YEARS = (2026, 2027, 2028, 2029)
STATE = "Försäkringskassan (även för Arbetsförmedlingen)"
REGION, MUNICIPALITY = "Region Skåne", "Söderslätts kommun"
INSATSER = {
    "Stegen till arbete": ("individual", "1 200 000"),
    "Unga i rörelse": ("individual", "950 000"),
    "Kunskapsnätet": ("structural", "300 000"),
}
AMOUNTS = {
    STATE: "1 750 000",
    REGION: "875 000",
    MUNICIPALITY: "875 000",
    "Styrelse": "120 000",
    "Kansli": "700 000",
    "Revision": "60 000",
    **{name: amount for name, (_, amount) in INSATSER.items()},
}
LIVE = (  # what is searched for, and what the document then says
    (STATE, "1 750 000 kr"),
    (REGION, "875 000 kr"),
    (MUNICIPALITY, "875 000 kr"),
    ("Styrelse 2027", "120 000 kr"),
    ("Kansli 2027", "700 000 kr"),
    ("Revision 2027", "60 000 kr"),
    ("Stegen till arbete 2027", "1 200 000 kr"),
    ("Unga i rörelse 2027", "950 000 kr"),
    ("Kunskapsnätet 2027", "300 000 kr"),
    ("summa intäkter 2027", "3 500 000 kr"),
)
ALTERNATIVE_TEXT = "En trappa med fyra steg, från första samtalet till anställning"


@pytest.fixture
def new(page: Page, live_server: LiveServer, tmp_path: Path) -> Page:
    """The start page of a federation that has nothing but its members, opened by its förbundschef."""
    (tmp_path / "federation.json").write_text(json.dumps(FEDERATION))
    page.set_viewport_size(DESKTOP)
    federation = load(tmp_path)[0]
    grid.open_as(page, live_server.url, federation, RoleKind.DIRECTOR, "Eva Holm", "/soderslatt/")
    return page


@pytest.fixture
def keep(page: Page) -> Callable[[str], None]:
    """Keeps a screenshot of the whole page as it is, numbered in order."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("soderslatt-*.png"):
        old.unlink()
    names: list[str] = []

    def keep(name: str) -> None:
        names.append(name)
        page.screenshot(path=FOLDER / f"soderslatt-{len(names):02}-{name}.png", full_page=True)

    return keep


@pytest.mark.long
def test_a_new_federation_writes_its_plan_to_a_finished_pdf(new: Page, keep: Callable[[str], None]):
    make_the_budget(new)
    keep("budget")
    begin_from_lund(new)
    keep("disposition")
    paste_into(new, "om-forbundet", "word.html")
    keep("word")
    paste_into(new, "organisation", "libreoffice.html")
    insert_live_figures(new, "budgetkommentar")
    keep("belopp")
    insert_a_picture(new, "vision")
    keep("bild")
    insert_a_table(new, "ideer")
    assert not faults(new)
    keep("tabell")
    file = download(new)
    keep("dokument")
    check(file)


def make_the_budget(page: Page) -> None:
    """The first plan with the lines there are members for, three insatser with lines, and their amounts."""
    page.get_by_role("link", name="Börja den första planen").click()
    page.get_by_label("Planår").fill("2027")
    page.get_by_role("button", name="Visa vad det blir").click()
    follow(page.get_by_role("button", name="Skapa planen för 2027"))
    for name, (level, _) in INSATSER.items():
        page.goto("/soderslatt/insatser/ny/")
        page.get_by_label("Namn", exact=True).fill(name)
        page.get_by_label("Nivå").select_option(level)
        page.get_by_label("Lägg till en budgetpost i planen för 2027").check()
        page.get_by_role("button", name="Spara").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.goto("/soderslatt/budget/2027/")
    for name, amount in AMOUNTS.items():
        grid.cell(page, name, 0).click()
        for _ in YEARS:
            page.keyboard.type(amount)
            page.keyboard.press("Tab")
    grid.cell(page, "Ingående eget kapital", 0).click()
    page.keyboard.type("500 000")
    page.keyboard.press("Enter")
    grid.wait_until_saved(page)
    grid.wait_for_figure(page, "Summa intäkter", 1, "3 500 000")


def begin_from_lund(page: Page) -> None:
    page.goto(PLAN)
    page.get_by_role("radio", name=re.compile("^Lund")).check()
    follow(page.get_by_role("button", name="Börja skriva planen"))
    page.goto(WRITING)
    expect(page.get_by_role("heading", level=1)).to_have_text("Disposition")


def open_section(page: Page, key: str) -> None:
    page.goto(f"{WRITING}{key}/")
    go(page, "Control+End")


def paste_into(page: Page, key: str, name: str) -> None:
    open_section(page, key)
    bring(page, "paste", html=(PASTES / name).read_text())
    wait_until_saved(page)


def insert_live_figures(page: Page, key: str) -> None:
    open_section(page, key)
    for number, (words, shown) in enumerate(LIVE, 1):
        page.keyboard.type(f"{words}: ")
        page.get_by_role("button", name="Levande belopp").click()
        page.get_by_label("Sök").fill(words)
        choice = page.locator("#figure-list button").first
        # Two have the same amount: by its name too it is found by this search, and not by the one before.
        expect(choice).to_contain_text(words.removesuffix(" 2027"), ignore_case=True)
        expect(choice.locator(".value")).to_have_text(shown.replace(" ", "\xa0"))
        choice.click()
        expect(page.locator(f"{EDITOR} .live-figure")).to_have_count(number)
        expect(page.locator(EDITOR)).to_be_focused()
        page.keyboard.type(". ")
    wait_until_saved(page)


def insert_a_picture(page: Page, key: str) -> None:
    open_section(page, key)
    page.get_by_role("button", name="Bild", exact=True).click()
    page.get_by_label("Bildfil").set_input_files(stairs())
    page.get_by_label("Alternativtext").fill(ALTERNATIVE_TEXT)
    page.get_by_label("Bildtext").fill("Vägen dit")
    page.get_by_role("button", name="Infoga").click()
    expect(page.locator("#preview img")).to_have_attribute("alt", ALTERNATIVE_TEXT)
    wait_until_saved(page)


def stairs() -> FilePayload:
    """A drawing as somebody would make one: four steps."""
    image = Image.new("RGB", (800, 400), "white")
    draw = ImageDraw.Draw(image)
    for step in range(4):
        draw.rectangle((100 + 150 * step, 300 - 70 * step, 250 + 150 * step, 380), fill="#0b4f6c")
    file = io.BytesIO()
    image.save(file, "PNG")
    return {"name": "trappa.png", "mimeType": "image/png", "buffer": file.getvalue()}


def insert_a_table(page: Page, key: str) -> None:
    open_section(page, key)
    page.get_by_role("button", name="Tabell", exact=True).click()
    expect(page.locator(f"{EDITOR} table")).to_be_visible()
    expect(page.locator(EDITOR)).to_be_focused()
    for words in ("Idé", "Part", "När", "Mobilt team", "Region Skåne", "våren"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    expect(page.locator("#preview table")).to_contain_text(re.compile("Mobilt team.*våren", re.DOTALL))
    wait_until_saved(page)


def download(page: Page) -> bytes:
    page.goto(PLAN)
    expect(page.get_by_role("heading", name="Budgetkommentar")).to_be_visible()
    with page.expect_download() as made:
        page.get_by_role("link", name="PDF").first.click()
    return made.value.path().read_bytes()


def check(file: bytes) -> None:
    """What a reader of the file would look for; and that it can be kept, and read aloud."""
    pdf.check(file)
    text = re.sub(r"\s+", " ", pdf.text(file))
    for _, shown in LIVE:
        assert shown in text
    for name in INSATSER:
        assert name in text
    assert "Vägen dit" in text
    assert "Mobilt team" in text
    assert "Nöjda, %" in text  # the table from LibreOffice
    assert ALTERNATIVE_TEXT in pdf.tree(file)
    assert Section.objects.filter(plan__plan_year=2027, text__contains="data-picture").count() == 1
