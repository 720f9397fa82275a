"""A ledamot reads a version on a tablet and comments; the förbundschef answers; it goes on to version 3."""

from collections.abc import Iterator

import pytest
from django.db.models import F
from playwright.sync_api import Browser, Page, expect

from budgets.models import Amount, BudgetYear
from members.models import RoleKind
from plans.models import Comment, Plan
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults, shown
from tests.browser.visits import PHONE
from tests.browser.waiting import becomes, follow
from tests.members import people
from tests.plans.access_world import budget_of
from tests.plans.made_versions import Readers, sent

BASE = "/norrby/plan/2021/version"
TABLET = {"width": 820, "height": 1180}
PAGES = ("", "budget/", "anmarkningar/", "andringar/", "synpunkter/", "synpunkter/ny/?plats=helheten")
TOUCHED = (
    ".version-tabs a, .add-comment, .line-comment, a.figure, .of-comment summary, .of-comment button, "
    ".comment-box button, .way-on, .since a"
)

PLAN_YEAR_IN_SIGHT = """() => {
    const head = document.querySelector(".version-budget .plan-year").getBoundingClientRect();
    const names = document.querySelector(".version-budget thead th").getBoundingClientRect();
    return head.left >= names.right - 1 && head.right <= innerWidth;
}"""

HALF_UNDER_THE_NAMES = """() => {
    const names = document.querySelector(".version-budget thead th").getBoundingClientRect().right;
    const figures = document.querySelectorAll(".version-budget td .figure, .version-budget .year");
    return [...figures].filter((each) => {
        const at = each.getBoundingClientRect();
        return at.width && at.left < names - 0.5 && at.right > names + 0.5;
    }).map((each) => each.textContent);
}"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan() -> Plan:
    return budget_of(people.federation(), 2021, "Norr")


@pytest.fixture
def readers(plan) -> Readers:
    return Readers(plan.federation)


@pytest.fixture
def tablet(page: Page, readers) -> Page:
    """The tablet of a ledamot, who is signed in."""
    page.set_viewport_size(TABLET)
    sign_in(page, readers.user(RoleKind.BOARD_MEMBER).email, people.PASSWORD)
    return page


@pytest.fixture
def office(other_page: Page, readers) -> Page:
    """The window of the förbundschef, who is signed in."""
    sign_in(other_page, readers.user(RoleKind.DIRECTOR).email, people.PASSWORD)
    return other_page


def say(page: Page, place: str, text: str) -> None:
    """Open the box at a place, write and send."""
    page.get_by_role("link", name=place, exact=True).click()
    box = page.get_by_role("textbox")
    expect(box).to_be_focused()
    box.fill(text)
    follow(page.get_by_role("button", name="Lämna synpunkten"))
    expect(page.get_by_role("status")).to_contain_text("Din synpunkt är lämnad.")


def comment(page: Page, text: str):
    return page.locator("article.comment", has_text=text)


def test_a_version_is_read_commented_answered_and_carried_on(plan, readers, tablet, office):
    sent(plan, "consultation")
    sent(plan, "board", "Läs före mötet.")

    tablet.goto("/norrby/")
    follow(tablet.get_by_role("link", name="Läs version 2 inför sammanträdet"))
    expect(tablet.get_by_text("Hos styrelsen")).to_be_visible()
    expect(tablet.get_by_text("Läs före mötet.")).to_be_visible()
    say(tablet, "Synpunkt på 1.2 andra Norr", "Avsnittet är för långt.")

    def is_near() -> bool:
        under = tablet.locator(f"#avsnitt-andra-{plan.pk}").bounding_box()
        said = comment(tablet, "Avsnittet är för långt.").bounding_box()
        assert under and said
        return 0 < said["y"] - under["y"] < 150

    becomes(tablet, is_near, True)  # when the page has gone to the place

    follow(tablet.get_by_role("link", name="Budgeten", exact=True))
    total = tablet.get_by_role("row", name="Summa kostnader").get_by_role("link", name="3 003").first
    total.click()
    dialog = tablet.get_by_role("dialog", name="Summa kostnader, 2021 budget")
    expect(dialog.get_by_role("row", name="Post 1 Norr 1 001")).to_be_visible()
    dialog.get_by_role("button", name="Stäng").click()
    expect(dialog).to_be_hidden()
    expect(total).to_be_focused()
    say(tablet, "Synpunkt på Post 1 Norr", "Varför så mycket?")

    follow(tablet.get_by_role("link", name="Anmärkningar"))
    first = tablet.locator("li.remark").first
    first.get_by_role("link", name="Synpunkt").click()
    first.get_by_role("textbox").fill("Hur löses det här?")
    first.get_by_role("button", name="Lämna synpunkten").click()
    expect(comment(tablet, "Hur löses det här?")).to_be_visible()

    office.goto("/norrby/plan/2021/synpunkter/")
    expect(office.locator("article.comment")).to_have_count(3)
    mine = comment(office, "Varför så mycket?")
    mine.get_by_text("Svara").click()
    mine.get_by_label("Ditt svar").fill("Lönerna ökar.")
    mine.get_by_role("button", name="Skicka svaret").click()
    expect(comment(office, "Varför så mycket?").locator(".status")).to_contain_text("besvarad")
    comment(office, "Avsnittet är för långt.").get_by_role("button", name="Avsluta").click()
    expect(comment(office, "Avsnittet är för långt.").locator(".status")).to_contain_text("avslutad")
    expect(office.get_by_role("row", name="Ledamot ledamot")).to_be_visible()

    sent(plan, "board")
    tablet.goto(f"{BASE}/3/budget/")
    carried = comment(tablet, "Varför så mycket?")
    expect(carried).to_contain_text("lämnad på version 2")
    expect(carried).to_contain_text("Lönerna ökar.")
    follow(tablet.get_by_role("link", name="Planen", exact=True))
    expect(tablet.locator("article.comment")).to_have_count(0)


def test_a_figure_is_opened_and_closed_with_the_keyboard(plan, tablet):
    sent(plan, "board")
    tablet.goto(f"{BASE}/1/budget/")
    tablet.get_by_role("row", name="Summa Insatser Norr").get_by_role("link").first.press("Enter")
    expect(tablet.get_by_role("dialog")).to_contain_text("Post 0 Norr")
    tablet.keyboard.press("Escape")
    expect(tablet.get_by_role("dialog")).to_be_hidden()


def test_what_is_being_written_is_not_lost_by_opening_another_box(plan, tablet):
    sent(plan, "board")
    tablet.goto(f"{BASE}/1/")
    tablet.get_by_role("link", name="Synpunkt på 1.1 forsta Norr").click()
    tablet.get_by_role("textbox").fill("Halvskrivet")
    tablet.get_by_role("link", name="Synpunkt på 1.2 andra Norr").click()
    expect(tablet.get_by_role("textbox")).to_have_value("Halvskrivet")
    expect(tablet.get_by_role("textbox")).to_be_focused()
    tablet.get_by_role("button", name="Avbryt").click()
    expect(tablet.get_by_role("link", name="Synpunkt på 1.1 forsta Norr")).to_be_focused()
    assert not Comment.objects.exists()


@pytest.fixture
def without_scripts(browser: Browser, live_server, page_errors) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="sv-SE", java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_scripts_a_comment_and_the_parts_of_a_figure_have_pages_of_their_own(
    plan, readers, without_scripts
):
    page = without_scripts
    sent(plan, "board")
    sign_in(page, readers.user(RoleKind.BOARD_MEMBER).email, people.PASSWORD)
    page.goto(f"{BASE}/1/")
    page.get_by_role("link", name="Synpunkt på 1.2 andra Norr").click()
    page.get_by_role("textbox").fill("Utan skript.")
    page.get_by_role("button", name="Lämna synpunkten").click()
    expect(comment(page, "Utan skript.")).to_be_visible()
    page.goto(f"{BASE}/1/budget/")
    page.get_by_role("row", name="Summa kostnader").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Summa kostnader, 2021 budget")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_and_nothing_is_wider_than_the_window(plan, readers, tablet, theme):
    tablet.emulate_media(color_scheme=theme)
    version = sent(plan, "consultation")
    reader = readers.user(RoleKind.BOARD_MEMBER)
    readers.client(RoleKind.CHAIR).get(f"{BASE}/1/")
    plan.sections.filter(heading="andra Norr").update(text="<p>Något annat</p>")
    version = sent(plan, "board")
    for place in ({"section_key": f"andra-{plan.pk}"}, {"line": str(plan.budget.lines.first().pk)}, {}):
        Comment.objects.create(
            plan=plan,
            version=version,
            text="Synpunkt " * 20,
            at=version.made_at,
            by=reader,
            by_name="Ledamot",
            **place,
        )
    addresses = [f"{BASE}/2/{each}" for each in PAGES] + ["/norrby/plan/2021/synpunkter/", "/norrby/plan/"]
    found = {}
    for address in addresses:
        for width in (360, 820, 1300):
            tablet.set_viewport_size({"width": width, "height": 900})
            tablet.goto(address)
            assert tablet.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            if width != 1300:
                found[address, width] = faults(tablet)
    assert not shown(found)


def test_what_one_touches_is_large_enough(plan, readers, tablet):
    version = sent(plan, "board")
    reader = readers.user(RoleKind.BOARD_MEMBER)
    Comment.objects.create(
        plan=plan, version=version, text="Så", at=version.made_at, by=reader, by_name="Ledamot"
    )
    for each in PAGES:
        tablet.goto(f"{BASE}/1/{each}")
        small = tablet.evaluate(
            """touched => [...document.querySelectorAll(touched)]
                .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 43.5)
                .map((each) => each.outerHTML)""",
            TOUCHED,
        )
        assert small == [], each


@pytest.fixture
def many_years(plan) -> None:
    """Three years before those of the plan, and figures as wide as real ones."""
    plan.budget.years.update(position=F("position") + 3)
    for position, year in enumerate((2018, 2019, 2020)):
        BudgetYear.objects.create(budget=plan.budget, year=year, kind="budget", position=position)
    Amount.objects.filter(line__budget=plan.budget).update(amount=1_542_000)


@pytest.mark.looks
def test_on_a_phone_the_budget_begins_at_the_plan_year(plan, many_years, tablet):
    sent(plan, "board")
    tablet.set_viewport_size(PHONE)
    tablet.goto(f"{BASE}/1/budget/")
    becomes(tablet, lambda: tablet.evaluate(PLAN_YEAR_IN_SIGHT), True)
    assert tablet.evaluate("scrollY") == 0


@pytest.mark.looks
def test_no_figure_comes_to_rest_half_under_the_names(plan, many_years, tablet):
    """Without its sign or its first digits it would be read as another figure."""
    sent(plan, "board")
    scroller = tablet.get_by_role("region", name="belopp i")
    for width in (360, 600, 768, 800, 820, 834, 1024):
        tablet.set_viewport_size({"width": width, "height": 900})
        tablet.goto(f"{BASE}/1/budget/")
        becomes(tablet, lambda: tablet.evaluate(HALF_UNDER_THE_NAMES), [])
        for distance in (130, 9999):
            scroller.evaluate("(scroller, distance) => scroller.scrollTo(distance, 0)", distance)
            becomes(tablet, lambda: tablet.evaluate(HALF_UNDER_THE_NAMES), [])


@pytest.mark.looks
def test_on_a_phone_the_box_of_a_comment_on_a_line_fits_the_window(plan, many_years, tablet):
    sent(plan, "board")
    tablet.set_viewport_size(PHONE)
    tablet.goto(f"{BASE}/1/budget/")
    becomes(tablet, lambda: tablet.evaluate(PLAN_YEAR_IN_SIGHT), True)
    tablet.get_by_role("link", name="Synpunkt på Post 1 Norr").click()
    expect(tablet.get_by_role("textbox")).to_be_focused()
    for distance in (0, 9999):
        tablet.get_by_role("region", name="belopp i").evaluate(
            "(scroller, distance) => scroller.scrollTo(distance, 0)", distance
        )
        box = tablet.locator("form.comment-box").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]


@pytest.mark.looks
def test_on_a_phone_all_of_what_has_changed_is_seen(plan, readers, office):
    amounts = Amount.objects.filter(line__budget=plan.budget)
    amounts.update(amount=1_000_000)
    sent(plan, "consultation")
    office.goto(f"{BASE}/1/")
    amounts.update(amount=2_542_000)
    sent(plan, "board")
    office.set_viewport_size(PHONE)
    office.goto(f"{BASE}/2/andringar/?sedan=senast")
    table = office.get_by_role("table").first
    expect(table.get_by_role("columnheader", name="Ändring")).to_be_visible()
    cut = "table => table.parentElement.scrollWidth - table.parentElement.clientWidth"
    assert table.evaluate(cut) <= 0
