"""The charts as a page shows them: markup, both themes, wide and narrow, and as drawings in a PDF."""

import io
import re
from collections import Counter
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page
from reportlab.graphics import renderPDF
from reportlab.pdfgen.canvas import Canvas

from budgets.charts import charts
from budgets.charts.drawing import INKS, drawing
from budgets.charts.shapes import Role
from tests.browser.test_accessibility import OPTIONS
from tests.budgets.examples import FILES, fixture
from tests.budgets.made_sheets import large_sheet, odd_sheet
from tests.budgets.test_charts import NOTHING, projects_of

pytestmark = pytest.mark.looks

STYLES = settings.BASE_DIR / "finsam" / "static" / "finsam"
UNITS = ("SEK", "kSEK")


def fragment(name: str, unit: str = "kSEK") -> str:
    made = charts(fixture(name), projects_of(name), unit)
    return render_to_string("budgets/charts/charts.html", {"charts": made, "unit": unit})


@pytest.mark.parametrize("name", FILES)
def test_the_markup_needs_no_exception_from_the_content_security_policy(name):
    html = fragment(name)
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", html)


@pytest.mark.parametrize("name", FILES)
def test_ids_are_unique_and_whatever_is_referred_to_exists(name):
    html = fragment(name)
    ids = Counter(re.findall(r'\bid="([^"]+)"', html))
    assert max(ids.values()) == 1
    referred = {word for value in re.findall(r'aria-labelledby="([^"]+)"', html) for word in value.split()}
    assert referred <= ids.keys()
    assert html.count('role="img"') == html.count("<title") == html.count("<desc") == html.count("<svg")


def test_numbers_in_the_geometry_have_points_and_those_in_words_commas():
    html = fragment("lund")
    attributes = re.findall(r'\s(?:x|y|width|height|viewBox|font-size|transform)="([^"]+)"', html)
    assert len(attributes) > 100
    assert not [value for value in attributes if "," in value]
    assert "47,4\u00a0%" in html


def test_names_are_escaped():
    odd = next(odd_sheet(seed) for seed in range(50) if "<b>" in str(odd_sheet(seed).lines))
    html = render_to_string(
        "budgets/charts/charts.html", {"charts": charts(odd, NOTHING, "SEK"), "unit": "SEK"}
    )
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_an_empty_budget_says_what_belongs_here():
    html = render_to_string("budgets/charts/charts.html", {"charts": (), "unit": "SEK"})
    assert "Här kommer diagram att stå" in html
    assert "<svg" not in html


def test_each_role_has_a_colour_on_the_page_and_in_print():
    css = (STYLES / "charts.css").read_text(encoding="utf-8")
    roles = set(Role.__args__)
    assert roles == INKS.keys()
    assert [role for role in roles if f".c-{role}" not in css] == []


# -- in Chromium ----------------------------------------------------------------------------------


@pytest.fixture
def shown(browser: Browser):
    """A function that opens the fragment of a budget in a page of its own, with the project's styles."""
    pages: list[Page] = []

    def show(html: str, width: int, theme: str = "light") -> Page:
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
        pages.append(page)
        page.set_content(
            f'<!DOCTYPE html><html lang="sv"><head><title>Diagram</title></head><body><div class="frame">'
            f'<main tabindex="-1"><h1>Diagram</h1>{html}</main></div></body></html>'
        )
        for name in ("tokens", "finsam", "charts"):
            page.add_style_tag(path=Path(STYLES / f"{name}.css"))
        return page

    yield show
    for page in pages:
        page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_fault(shown, theme, width):
    found = {}
    for name in FILES:
        page = shown(fragment(name), width, theme)
        result = Axe().run(page, options=OPTIONS)
        found[name] = result.generate_report() if result.violations_count else ""
    assert not any(found.values()), found


SMALLEST_TEXT = """() => Math.min(...[...document.querySelectorAll('svg')]
    .filter((svg) => svg.checkVisibility())
    .flatMap((svg) => {
        const part = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        return [...svg.querySelectorAll('text')]
            .map((text) => parseFloat(text.getAttribute('font-size')) * part);
    }))"""


@pytest.mark.parametrize("width", [320, 360, 480, 640, 700, 1024, 1600])
def test_one_picture_of_each_chart_is_shown_and_its_text_can_be_read(shown, width):
    page = shown(fragment("lund"), width)
    visible = page.locator("svg.picture:visible").count()
    assert visible == page.locator("figure").count() == 4
    if width >= 360:
        assert page.evaluate(SMALLEST_TEXT) >= 10.99
    assert page.evaluate("document.documentElement.scrollWidth") <= width


REALLY_OVERLAPPING = """() => [...document.querySelectorAll('svg')].filter((svg) => svg.checkVisibility())
    .flatMap((svg) => {
        const frame = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll('text')]
            .map((text) => [text.textContent, text.getBoundingClientRect()]);
        const wrong = texts.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1)
            .map(([name]) => [name, 'outside']);
        texts.forEach(([one, a], place) => texts.slice(place + 1).forEach(([other, b]) => {
            // A line's box is taller than its letters.
            if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5) wrong.push([one, other]);
        }));
        return wrong;
    })"""


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", [*FILES, "large"])
def test_no_label_covers_another_as_the_browser_sets_them(shown, name, width):
    if name == "large":
        made = charts(large_sheet(60, 8), NOTHING, "SEK")
        html = render_to_string("budgets/charts/charts.html", {"charts": made, "unit": "SEK"})
    else:
        html = fragment(name)
    assert shown(html, width).evaluate(REALLY_OVERLAPPING) == []


LUMINANCE = """([role, property]) => {
    const mark = document.querySelector(`svg:not([hidden]) .c-${role}`);
    const parts = (color) => color.match(/[\\d.]+/g).map(Number).slice(0, 3).map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const light = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const [a, b] = [light(parts(getComputedStyle(mark)[property])),
        light(parts(getComputedStyle(document.body).backgroundColor))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_and_texts_stand_out_from_the_paper(shown, theme):
    page = shown(fragment("introduktion") + fragment("lund"), 1280, theme)
    marks = [("accent", "fill"), ("warning", "fill")]
    marks += [(role, "stroke") for role in ("outline", "hatch", "negative-line", "limit", "limit-dashed")]
    marks += [("uncertain", "stroke"), ("axis", "stroke")]
    for mark in marks:
        assert page.evaluate(LUMINANCE, list(mark)) >= 3, mark
    for role in ("ink", "quiet", "strong"):
        assert page.evaluate(LUMINANCE, [role, "fill"]) >= 4.5, role


def test_on_paper_the_wide_picture_and_the_figures_are_shown(shown):
    page = shown(fragment("gotland"), 360)
    page.emulate_media(media="print")
    assert page.locator("svg.bred:visible").count() == 4
    assert page.locator("svg.smal:visible").count() == 0
    assert page.locator(".figures table:visible").count() == 4


# -- in a PDF -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_drawing_has_all_marks_and_becomes_a_pdf(name):
    for each in charts(fixture(name), projects_of(name), "kSEK"):
        for picture in (each.wide, each.narrow):
            drawn = drawing(picture, "Helvetica", "Helvetica-Bold", width=450)
            assert len(drawn.contents[0].contents) == len(picture.marks)
            assert (drawn.width, drawn.height) == pytest.approx((450, picture.height * 450 / picture.width))
            content = io.BytesIO()
            canvas = Canvas(content, pageCompression=0)
            renderPDF.draw(drawn, canvas, 50, 50)
            canvas.save()
            assert content.getvalue().startswith(b"%PDF")
            assert content.getvalue().count(b"Tj") + content.getvalue().count(b"TJ") >= len(picture.texts)


def test_a_drawing_uses_the_fonts_it_is_given_and_turns_upside_down():
    picture = charts(fixture("introduktion"), NOTHING, "kSEK")[0].wide
    drawn = drawing(picture, "Courier", "Courier-Bold")
    strings = [group.contents[0] for group in drawn.contents[0].contents if hasattr(group, "contents")]
    assert {string.fontName for string in strings} == {"Courier", "Courier-Bold"}
    rects = [mark for mark in picture.marks if mark.kind == "rect"]
    drawn_rects = [shape for shape in drawn.contents[0].contents if type(shape).__name__ == "Rect"]
    for ours, theirs in zip(rects, drawn_rects, strict=True):
        assert theirs.y == pytest.approx(picture.height - ours.y - ours.height)
        assert (theirs.x, theirs.width, theirs.height) == (ours.x, ours.width, ours.height)
