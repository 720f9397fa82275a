"""The pages that the browser tests visit, and how to come there."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from playwright.sync_api import Page

from members.models import RoleKind
from tests.browser.conftest import sign_in
from tests.loading import load
from tests.members import people

FIXTURES = settings.BASE_DIR / "fixtures"

DESKTOP = {"width": 1280, "height": 800}
ZOOMED = {"width": 640, "height": 400}
"""What 200 % leaves of a window of 1280 × 800."""
PHONE = {"width": 360, "height": 640}

GOTLAND = "/gotland/budget/2021/"
LANDSKRONA = "/landskrona-svalov/budget/2009/"
BUDGETS = (GOTLAND, LANDSKRONA)

SIGN_IN = "/logga-in/"
NOT_FOUND = "/finns/inte/"
# Every kind of page, and what is to stand in its heading.
PAGES = {
    SIGN_IN: "Logga in",
    "/": "Mina förbund",
    "/gotland/": "Samordningsförbundet FinsamGotland",
    "/landskrona-svalov/": "Samordningsförbundet Landskrona-Svalöv",
    "/gotland/medlemmar/": "Medlemmar och uppdrag",
    "/gotland/medlemmar/bidrag/": "Medlemmarnas bidrag",
    "/gotland/ny-plan/": "Ny plan för 2022",
    GOTLAND: "Budget 2021",
    LANDSKRONA: "Budget 2009",
    f"{GOTLAND}historik/": "Historik",
    f"{GOTLAND}historik/jamfor/": "Vad som har ändrats",
    f"{GOTLAND}las-in/": "Läs in en budget",
    f"{GOTLAND}del/1/": "Intäkter",
    f"{GOTLAND}post/ny/": "Ny post",
    f"{GOTLAND}kolumn/ny/": "Ny kolumn",
    "/gotland/plan/2021/": "Verksamhets- och budgetplan 2021",
    "/gotland/plan/2021/skriv/": "Disposition",
    "/gotland/plan/2021/skriv/resultatmatning/": "5.11 Modell för resultatmätning och uppföljningar",
    "/gotland/plan/2021/disposition/avsnitt/administration/innehall/": "Innehåll som Finsam skriver",
    "/gotland/plan/2021/mal/": "Mål",
    "/gotland/plan/2021/mal/aktivitet/ny/": "Ny aktivitet",
    "/gotland/plan/2021/samrad/": "Samråd om planen för 2021",
    "/gotland/plan/2021/disposition/avsnitt/jobbsam/bild/": "Lägg till en bild",
    "/gotland/plan/2021/vagen/": "Vägen till beslut",
    "/gotland/plan/2021/synpunkter/": "Synpunkter på planen 2021",
    "/gotland/plan/2021/motiveringar/": "Motiveringar",
    "/gotland/plan/2021/skicka/samrad/": "Skicka planen på samråd",
    "/gotland/plan/2021/skicka/styrelsen/": "Skicka planen till styrelsen",
    "/gotland/plan/2021/sammantrade/": "Sammanträde",
    "/gotland/plan/2021/beslut/": "Beslut",
    "/gotland/plan/2021/publicering/": "Publicering",
    "/gotland/logg/": "Logg",
    "/gotland/insatser/": "Insatser",
    "/gotland/insatser/ny/": "Ny insats",
    "/gotland/insatser/tidslinje/": "Tidslinje",
    "/regler/": "Regler",
    "/guide/": "Guide",
    "/guide/kontrollera-en-pdf/": "Kontrollera en PDF",
    "/kontrollera/": "Kontrollera en fil",
    "/publicerat/": "Publicerade planer",
    "/tillganglighet/": "Tillgänglighet i Finsam",
    NOT_FOUND: "Sidan finns inte",
}


def sign_in_as_director(page: Page) -> None:
    """As förbundschef of Gotland and of Landskrona-Svalöv, which are loaded."""
    director = people.user("chef@example.se", name="Karin Ek")
    for slug in ("gotland", "landskrona-svalov"):
        people.with_role(load(FIXTURES / slug)[0], RoleKind.DIRECTOR, director)
    sign_in(page, director.email, people.PASSWORD)


def opened(page: Page, address: str, page_errors: list[str]) -> None:
    page.goto(address)
    assert page.locator("h1").inner_text().split("\n")[0] == PAGES[address]
    if address == NOT_FOUND:
        page_errors.clear()  # the browser notes the 404


def visit(page: Page, address: str, page_errors: list[str]) -> None:
    """Open one of PAGES, signed in where that is needed."""
    if address != SIGN_IN:
        sign_in_as_director(page)
    opened(page, address, page_errors)


HALVES = (tuple(PAGES)[::2], tuple(PAGES)[1::2])
"""The pages in two parts, each with pages of all kinds, for tests that take long: they run side by side."""


def each_page(page: Page, page_errors: list[str], addresses: Sequence[str] = tuple(PAGES)) -> Iterator[str]:
    """Open all of PAGES, or some of them, one by one, the sign-in page before signing in."""
    if SIGN_IN in addresses:
        visit(page, SIGN_IN, page_errors)
        yield SIGN_IN
    sign_in_as_director(page)
    for address in addresses:
        if address != SIGN_IN:
            opened(page, address, page_errors)
            yield address
