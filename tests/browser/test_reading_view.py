"""A plan as it is read in Chromium and printed from it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from plans.document import Document, Heading, Paragraph
from plans.render.html import page as standalone
from tests.browser.test_accessibility import faults, shown
from tests.plans.made_documents import PROSE, TITLE_PAGE, document_of, every_block, long_table, says

pytestmark = pytest.mark.looks

Reader = Callable[..., Page]
RUNNING_HEAD = "FinsamGotland · Verksamhetsplan 2021 · Utkast 2021-11-02 14.10"
WIDTHS = (360, 640, 1280, 1600)


@pytest.fixture
def read(browser: Browser) -> Iterator[Reader]:
    """A function that opens a document in a window of its own."""
    pages: list[Page] = []

    def opened(document: Document, width: int = 1280, theme: str = "light") -> Page:
        window = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
        pages.append(window)
        window.set_content(standalone(document))
        return window

    yield opened
    for each in pages:
        each.close()


@dataclass(frozen=True)
class Sheet:
    """A printed page: its text, and its width and height in points."""

    text: str
    size: tuple[int, int]


def printed(window: Page) -> list[Sheet]:
    with pypdfium2.PdfDocument(window.pdf(prefer_css_page_size=True)) as pdf:
        return [
            Sheet(
                " ".join(each.get_textpage().get_text_bounded().split()),
                (round(each.get_width()), round(each.get_height())),
            )
            for each in pdf
        ]


def on_paper(window: Page) -> list[str]:
    """The text of each page that it prints."""
    return [sheet.text for sheet in printed(window)]


# -- on the screen ---------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault(read: Reader, theme):
    found = {width: faults(read(every_block(), width, theme)) for width in (360, 1280)}
    assert not shown(found)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_but_tables_is_wider_than_the_window(read: Reader, width):
    window = read(every_block(), width)
    assert window.evaluate("document.documentElement.scrollWidth") == width
    cut = window.evaluate(
        """width => [...document.querySelectorAll(".document *")]
            .filter((each) => !each.closest(".table, svg, .aside"))
            .filter((each) => each.getBoundingClientRect().right > width).map((each) => each.outerHTML)""",
        width,
    )
    assert cut == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_of_text_is_longer_than_75_characters(read: Reader, width):
    window = read(document_of(Paragraph(says(PROSE * 4), anchor="text")), width)
    lines = window.evaluate(
        """() => {
            const text = document.querySelector("#text").firstChild;
            const range = document.createRange();
            const lines = new Map();
            for (let place = 0; place < text.length; place++) {
                range.setStart(text, place);
                range.setEnd(text, place + 1);
                const top = Math.round(range.getBoundingClientRect().top);
                lines.set(top, (lines.get(top) ?? 0) + 1);
            }
            return [...lines.values()];
        }"""
    )
    assert len(lines) > 5
    assert max(lines) <= 75


def test_a_wide_table_is_scrolled_with_the_keyboard_and_keeps_its_row_heads_in_sight(read: Reader):
    window = read(every_block(), 360)
    table = window.locator(".table.wide")
    table.focus()
    window.keyboard.press("ArrowRight")
    window.wait_for_function("document.querySelector('.table.wide').scrollLeft > 0")
    head = table.get_by_role("rowheader", name="Försäkringskassan")
    assert head.bounding_box()["x"] >= 0


def test_figures_are_aligned_to_the_right_even_with_a_footnote(read: Reader):
    window = read(every_block())
    rights = window.evaluate(
        """() => [...document.querySelectorAll("#budget-table tbody tr")]
            .map((row) => row.cells[2]).filter((cell) => cell?.textContent.trim()).map((cell) => {
                const range = document.createRange();
                range.selectNodeContents(cell.firstChild);
                return Math.round(range.getBoundingClientRect().right);
            })"""
    )
    assert len(rights) == 11
    assert len(set(rights)) == 1


def test_contents_stay_in_sight_beside_the_text_and_above_it_on_a_phone(read: Reader):
    window = read(every_block())
    contents, heading = window.get_by_role("navigation", name="Innehåll"), window.locator("#budget")
    contents.get_by_role("link", name="2 Budget", exact=True).click()
    window.wait_for_function("document.querySelector('#budget').getBoundingClientRect().top < 200")
    assert contents.bounding_box()["y"] >= 0
    assert contents.bounding_box()["x"] + contents.bounding_box()["width"] <= heading.bounding_box()["x"]
    phone = read(every_block(), 360)
    above = phone.get_by_role("navigation", name="Innehåll").bounding_box()
    assert above["y"] + above["height"] <= phone.locator("#inledning").bounding_box()["y"]


def test_the_link_of_a_heading_shows_when_it_has_focus(read: Reader):
    window = read(every_block())
    link = window.get_by_role("link", name="Länk hit: 2 Budget")
    expect(link).to_have_css("opacity", "0")
    link.evaluate("each => each.closest('.heading-line').previousElementSibling.scrollIntoView()")
    link.focus()
    window.keyboard.press("Shift+Tab")
    window.keyboard.press("Tab")
    expect(link).to_have_css("opacity", "1")


def test_a_footnote_and_its_mark_are_a_click_apart(read: Reader):
    window = read(every_block())
    window.locator("a[role=doc-noteref]", has_text="2").click()
    expect(window.locator(":target")).to_have_text(re.compile(r"^\s*Beslut"))
    window.locator(":target a[role=doc-backlink]").click()
    expect(window.locator(":target")).to_have_text("2")


# -- on paper --------------------------------------------------------------------------------------


def test_paper_has_a_running_head_page_numbers_and_the_mark_of_a_draft(read: Reader):
    pages = on_paper(read(every_block()))
    assert len(pages) > 4
    for number, text in enumerate(pages, 1):
        assert RUNNING_HEAD in text
        assert f"{number} av {len(pages)}" in text
        assert "Utkast" in text.replace(RUNNING_HEAD, "")


def test_an_adopted_plan_on_paper_is_not_marked_as_a_draft(read: Reader):
    adopted = replace(TITLE_PAGE, state="Fastställd 2021-11-26")
    document = document_of(Heading(1, "Ett", "ett"), is_draft=False, title_page=adopted)
    assert "Utkast" not in "".join(on_paper(read(document)))


def test_a_chapter_that_wants_a_new_page_gets_it(read: Reader):
    chapters = (
        block
        for number in range(3)
        for block in (
            Heading(1, f"Kapitel {number}", f"k{number}", new_page=number != 1),
            Paragraph(says(f"Text {number}.")),
        )
    )
    found = [re.findall(r"Text \d", text) for text in on_paper(read(document_of(*chapters)))]
    assert found == [[], ["Text 0", "Text 1"], ["Text 2"]]


def test_paper_is_black_on_white_with_nothing_to_click(read: Reader):
    window = read(every_block(), theme="dark")
    controls = window.locator(".here, [role=doc-backlink], .beside-chart summary")
    expect(controls.first).to_be_visible()
    window.emulate_media(media="print", color_scheme="dark")
    for each in controls.all():
        expect(each).to_be_hidden()
    expect(window.locator(".document p.lead")).to_have_css("color", "rgb(0, 0, 0)")
    expect(window.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_paper_is_a4_and_turned_for_a_wide_table(read: Reader):
    for sheet in printed(read(every_block())):
        assert sheet.size == ((842, 595) if "13 234 567" in sheet.text else (595, 842))


def test_the_head_of_a_table_stands_on_each_page_it_goes_on_to(read: Reader):
    pages = on_paper(read(document_of(Heading(1, "Rader", "rader"), long_table(120))))
    with_rows = [text for text in pages if "Insats nummer" in text]
    assert len(with_rows) > 2
    assert all("Nr Insats Inriktning Budget" in text for text in with_rows)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_no_heading_stands_alone_at_the_foot_of_a_page(read: Reader, level):
    sections = [
        block
        for number in range(40)
        for block in (
            Heading(min(level, number + 1), f"Rubrik {number}", f"r{number}"),
            Paragraph(says(PROSE * (1 + number % 3))),
        )
    ]
    pages = on_paper(read(document_of(*sections)))
    assert len(pages) > 4
    for text in pages:
        last = text.rsplit("Rubrik", 1)[-1]
        assert "Samordningsförbundet stödjer samverkan" in last or "Rubrik" not in text
