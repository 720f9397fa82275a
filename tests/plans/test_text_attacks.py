"""Texts that nobody should write but somebody will: what is sent, pasted or imported takes time that grows
with its length, keeps its words, and gives a page."""

import io
import json
import re
from collections.abc import Callable
from time import process_time

import docx
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import RoleKind, User
from plans.document import Paragraph, Span, Table, plain
from plans.editing.change import ImpossibleError
from plans.editing.outline import add_section, remove_section, rename_section
from plans.editing.undoing import undo
from plans.exchange.word import UnreadableWordError, read_word
from plans.exchange.word.styles import style_map
from plans.models import Activity, Goal, Plan, Section, SectionChange
from plans.preview import read_figures
from plans.text.pasting import cleaned
from plans.text.pasting.clipboard import MOST_SIGNS
from plans.text.reading import blocks_of
from plans.text.sanitising import LONGEST, sanitised
from plans.text.tables import MOST_CELLS
from plans.text.tree import Element
from plans.text_remarks import text_remarks
from tests.loading import load
from tests.members import people
from tests.members.page_forms import faults, opened
from tests.members.shown_page import shown
from tests.plans.access_world import budget_of
from tests.plans.test_text_reading import Told

DIGITS = "1" * 5000
"""More than Python makes a number of."""


def read(text: str) -> tuple[object, ...]:
    return blocks_of(sanitised(text), Told())


def assert_takes_time_by_length(work: Callable[[str], object], written: Callable[[int], str], n: int) -> None:
    """Four times the text takes at most eight times as long; with the square of it, it would be sixteen."""
    once, more = (min(seconds(work, text) for _ in range(2)) for text in (written(n), written(4 * n)))
    assert more < 8 * once + 0.1


def seconds(work: Callable[[str], object], text: str) -> float:
    start = process_time()
    work(text)
    return process_time() - start


# -- tags out of order -----------------------------------------------------------------------------

UNENDED: dict[str, Callable[[int], str]] = {
    "formatting": lambda n: "<p>" + "".join(f"<b a={each}>" for each in range(n)) + "<p>x" * n,
    "formatting alike": lambda n: "<p>" + "<b><i><u><s><font>" * n + "<p>x" * n,
    "styled": lambda n: "<p>" + "".join(f"<b style='a:{each}'>" for each in range(n)) + "<p>x" * n,
    "a long link": lambda n: f"<p><a href='https://x.se/{'a' * n}'>" + "<p>x" * n,
    "a long link in a table": lambda n: f"<table><tr><a href='https://x.se/{'a' * n}'>" + "<td>x</td>y" * n,
    "hidden ends": lambda n: "<p>" + "".join(f"<b a={each}><!--</b>-->" for each in range(n)) + "<p>x" * n,
    "hidden in an attribute": lambda n: (
        "<p>" + "".join(f"<b a='</b>{each}'>" for each in range(n)) + "<p>x" * n
    ),
}


@pytest.mark.parametrize("text", UNENDED.values(), ids=UNENDED)
def test_formatting_that_is_never_ended_does_not_multiply(text):
    """A parser of HTML begins it again in each paragraph: 10 000 signs became 300 MB."""
    for clean in (sanitised, lambda html: cleaned(html).html):
        kept = clean(text(600))
        assert len(kept) < 10 * len(text(600))
        assert re.sub("<[^>]*>", "", kept).count("x") == 600


DEEP: dict[str, Callable[[int], str]] = {
    "lists": lambda n: "<ul>" * n,
    "items": lambda n: "<ul><li>" * n,
    "blocks": lambda n: "<div>" * n,
    "quotations": lambda n: "<blockquote>" * n,
    "tables": lambda n: "<table><tr><td>" * n,
    "ends of other tags": lambda n: "<span>" * n + "</sub>" * n,
    "tags that are never ended": lambda n: "<div " * n,
    "feet that are never ended": lambda n: "<tfoot " * n,
    "formulas that are never ended": lambda n: "<mrow " * n,
    "quotes that are never ended": lambda n: "<a b='" * n,
    "comments that are never ended": lambda n: "<!--" * n,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
@pytest.mark.parametrize("clean", [sanitised, cleaned])
def test_tags_within_each_other_take_time_that_grows_with_the_text(clean, text):
    assert_takes_time_by_length(clean, text, 6_000)


def test_what_is_put_in_order_reads_as_it_was_meant():
    assert sanitised("<p>ett<b>två<p>tre</b>") == "<p>ett<b>två</b></p><p>tre</p>"
    assert sanitised("<b>ett<i>två</b>tre</i>") == "<b>ett<i>två</i></b>tre"
    assert sanitised("<ul><li>ett<ul><li>två</ul><li>tre</ul>") == (
        "<ul><li>ett<ul><li>två</li></ul></li><li>tre</li></ul>"
    )
    assert sanitised("<table><tr><td>1<td>2<tr><td>3</table>") == (
        "<table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></tbody></table>"
    )
    assert sanitised("<a href='https://a.se'>ett <a href='https://b.se'>två</a>") == (
        '<a href="https://a.se">ett </a><a href="https://b.se">två</a>'
    )


PASTED: dict[str, Callable[[int], str]] = {
    "notes": lambda n: (
        "".join(f"<p>ord<a href='#_ftn{each}'>x</a>" for each in range(n))
        + "<div>"
        + "".join(f"<span id=ftn{each}>not</span>" for each in range(n))
        + "</div>"
    ),
    "numbered items of Word": lambda n: (
        "<p style='mso-list:l1 level1 lfo2'><![if !supportLists]><span>3.</span><![endif]>ord</p>" * n
    ),
    "marks of one item": lambda n: (
        "<p style='mso-list:l1 level1 lfo2'>" + "<i style='mso-list:Ignore'>1</i>" * n + "ord</p>"
    ),
}


@pytest.mark.parametrize("text", PASTED.values(), ids=PASTED)
def test_a_paste_takes_time_that_grows_with_its_length(text):
    assert_takes_time_by_length(cleaned, text, 1_500)


def test_a_bullet_within_thousands_of_tags_is_read():
    """It was a RecursionError, and no answer."""
    bullet = f"<span style='mso-list:Ignore'>{'<span>' * 3000}·{'</span>' * 3000}</span>"
    pasted = cleaned(f"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{bullet}ord</p>")
    assert pasted.html == "<ul><li>ord</li></ul>"


def test_the_words_of_an_element_are_read_however_deep_and_in_order():
    element = Element("b", {}, ["mitt"])
    for _ in range(5000):
        element = Element("b", {}, ["(", element, ")"])
    assert element.words() == "(" * 5000 + "mitt" + ")" * 5000


# -- numbers without end ---------------------------------------------------------------------------


@pytest.fixture
def plan(db) -> Plan:
    """A plan with one section, Kapitel."""
    plan = budget_of(people.federation("norrby"), 2021, "Norr")
    Section.objects.filter(plan=plan).delete()
    return plan


@pytest.fixture
def karin(plan) -> User:
    return people.with_role(plan.federation, RoleKind.DIRECTOR, people.user(name="Karin Ek"))


@pytest.fixture
def client(karin) -> Client:
    return people.client_of(karin)


def latest(plan: Plan) -> int:
    return SectionChange.objects.filter(plan=plan).latest("number").number


PAGE = "/norrby/plan/2021/skriv/kapitel/"


def test_a_cell_over_more_columns_than_can_be_counted_is_saved_and_shown(plan, karin, client):
    """The text was stored, and then neither its page nor the document could be shown."""
    add_section(plan, karin, "Kapitel")
    text = f"<table><tr><td colspan={DIGITS} rowspan={DIGITS}>ett</td><td>två</td></tr></table>"
    answer = client.post(
        f"{PAGE}spara/", {"text": text, "revision": latest(plan)}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 200
    assert "ett" in json.loads(answer.content)["preview"]
    for address in (PAGE, "/norrby/plan/2021/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "html",
    [
        f"<table><tr><td colspan={DIGITS} rowspan={DIGITS}>ord</td><td>två</td></tr></table>",
        f"<ul><li data-aria-level={DIGITS}>ord</li></ul>",
        f"<ol start={DIGITS}><li>ord</li></ol>",
        f"<p style='font-weight:{DIGITS}'>ord</p>",
        f"<p style='mso-list:l1 level{DIGITS} lfo2'>ord</p>",
    ],
)
def test_a_paste_with_a_number_without_end_is_read(html):
    pasted = cleaned(html)
    assert "ord" in pasted.html
    assert "111" not in "".join((pasted.html, *pasted.left_out))


def test_a_word_style_at_a_level_without_end_is_no_heading():
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    style = '<w:style w:type="paragraph" w:styleId="X"><w:name w:val="Egen"/><w:pPr>{}</w:pPr></w:style>'
    level = '<w:outlineLvl w:val="{}"/>'

    def rules(value: str) -> str:
        return style_map(
            f'<w:styles xmlns:w="{name}">{style.format(level.format(value))}</w:styles>'.encode()
        )

    assert rules(DIGITS) == ""
    assert "=> h2" in rules("1")


# -- too much of it --------------------------------------------------------------------------------


def test_a_paste_that_is_too_long_is_refused_in_a_sentence(plan, client):
    answer = client.post("/norrby/plan/2021/klistra/", {"html": "ord " * (MOST_SIGNS // 4 + 1)})
    assert answer.status_code == 422
    assert json.loads(answer.content)["left_out"][0].startswith("Texten är för lång")


def test_a_word_file_with_a_section_longer_than_can_be_saved_is_refused_by_its_heading():
    def file(signs: int) -> bytes:
        document = docx.Document()
        document.add_heading("Mål", 1)
        document.add_paragraph("ord")
        document.add_heading("Allt annat", 1)
        for _ in range(signs // 1000):
            document.add_paragraph("ord " * 250)
        content = io.BytesIO()
        document.save(content)
        return content.getvalue()

    with pytest.raises(UnreadableWordError, match="Allt annat"):
        read_word(file(LONGEST + 1000))
    assert [section["heading"] for section in read_word(file(LONGEST - 10_000)).sections] == [
        "Mål",
        "Allt annat",
    ]


WIDE_AND_TALL = "<td rowspan=20 colspan=20>x</td>"
TABLES: dict[str, Callable[[int], str]] = {
    "a long row": lambda n: f"<table><tr>{'<td>x</td>' * n}</tr></table>",
    "a long row of wide cells": lambda n: f"<table><tr>{'<td colspan=20>x</td>' * n}</tr></table>",
    "many rows and a long one": lambda n: f"<table>{'<tr><td>x</td></tr>' * n}{'<td>y</td>' * 63}</table>",
    "rows under tall cells": lambda n: (
        f"<table>{(f'<tr>{WIDE_AND_TALL * 4}</tr>' + '<tr></tr>' * 9) * (n // 10)}</table>"
    ),
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_table_takes_time_that_grows_with_its_length(text):
    assert_takes_time_by_length(lambda stored: blocks_of(stored, Told()), lambda n: sanitised(text(n)), 4_000)


def test_a_table_that_is_too_large_goes_on_as_paragraphs_and_every_word_is_kept():
    rows = "".join(
        f"<tr>{''.join(f'<td>r{row}c{cell}</td>' for cell in range(50))}</tr>" for row in range(100)
    )
    table, *beyond = read(f"<table>{rows}</table>")
    assert isinstance(table, Table) and all(isinstance(each, Paragraph) for each in beyond)
    assert len(table.rows) * len(table.columns) <= MOST_CELLS
    words = [cell.text for row in table.rows for cell in row.cells]
    words += [word for each in beyond for word in plain(each.spans).split()]
    assert words == [f"r{row}c{cell}" for row in range(100) for cell in range(50)]


def test_a_row_that_is_too_wide_keeps_every_word():
    (table,) = read(f"<table><tr>{''.join(f'<td>c{cell}</td>' for cell in range(500))}</tr></table>")
    assert isinstance(table, Table) and len(table.columns) == 63
    assert " ".join(cell.text for cell in table.rows[0].cells).split() == [f"c{cell}" for cell in range(500)]


# -- signs -----------------------------------------------------------------------------------------


def test_code_points_that_are_no_characters_are_dropped():
    assert sanitised("<p>e\ufffet\ufffft\ufdd0 \U0001fffeett</p>") == "<p>ett ett</p>"
    assert sanitised("<p>ett&#xfffe;&#xffff;</p>") == "<p>ett</p>"


@pytest.mark.parametrize("heading", ["\u200b", " \u200b\u2060 ", "\u00ad", "\u3164", "\u2800", "\ufeff"])
def test_a_heading_that_nobody_sees_is_none(plan, karin, client, heading):
    with pytest.raises(ImpossibleError, match="Skriv en rubrik"):
        add_section(plan, karin, heading)
    outline = "/norrby/plan/2021/disposition/"
    answer = client.post(f"{outline}nytt/", {"heading": heading})
    assert answer.status_code == 422 and "Skriv en rubrik" in answer.content.decode()
    add_section(plan, karin, "Kapitel")
    answer = client.post(f"{outline}avsnitt/kapitel/rubrik/", {"heading": heading, "seen": latest(plan)})
    assert answer.status_code == 422
    assert [section.heading for section in plan.sections.all()] == ["Kapitel"]


@pytest.mark.parametrize("heading", ["a\ufffeb", "a\uffffb"])
def test_a_heading_that_no_file_can_hold_is_refused(plan, karin, client, heading):
    add_section(plan, karin, "Kapitel")
    address = "/norrby/plan/2021/disposition/avsnitt/kapitel/rubrik/"
    assert client.post(address, {"heading": heading, "seen": latest(plan)}).status_code == 422
    assert plan.sections.get().heading == "Kapitel"


def test_a_live_figure_or_a_reference_is_no_sign_that_cannot_be_printed(plan):
    live = '<span data-figure="what=income">2 mkr</span>, se <a data-section="mal">avsnitt 2</a>'
    table = f"<table><tr><td>Summa</td><td>{live}</td></tr></table>"
    for text in (f"<p>Budgeten är {live}.</p>", table):
        assert not text_remarks(text, "", read_figures(plan))
    (remark,) = text_remarks(f"<p>Budgeten är {live} 中.</p>", "", read_figures(plan))
    assert remark.text == "中"
    assert "2 mkr, se avsnitt 2 中" in remark.said


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("<p>5 200 000 kr, 2 162 tkr, 1,5 mkr, 12 %</p>", "5_200_000_kr, 2_162_tkr, 1,5_mkr, 12_%"),
        ("<p>enligt § 57 och avsnitt 4.2</p>", "enligt §_57 och avsnitt_4.2"),
        ("<p>år 2021 200 personer, 5 krav</p>", "år 2021 200 personer, 5 krav"),
        ("<p><b>5 200</b> kr och <b>§</b> 57</p>", "5_200_kr och §_57"),
    ],
)
def test_a_typed_amount_stays_on_one_line(text, bound):
    (paragraph,) = read(text)
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.spans) == bound.replace("_", "\u00a0")


def test_an_amount_that_is_partly_bold_keeps_what_is_bold():
    (paragraph,) = read("<p><b>5 200</b> kr</p>")
    assert paragraph.spans == (Span("5\u00a0200", bold=True), Span("\u00a0kr"))


# -- keys that no row has --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "page"),
    [
        ("partners", "uppgifter"),
        ("owner", "uppgifter"),
        ("predecessor", "uppgifter"),
        ("areas", "samband"),
        ("goals", "samband"),
        ("activities", "samband"),
        ("target_groups", "samband"),
    ],
)
def test_a_key_larger_than_any_row_has_chooses_nothing_for_an_insats(db, field, page):
    federation, _ = load(settings.BASE_DIR / "fixtures" / "gotland")
    client = people.client_of(people.with_role(federation, RoleKind.DIRECTOR))
    project = federation.projects.get(name="JobbSam 3.0")
    chosen = getattr(project, field)
    before = set(chosen.all()) if hasattr(chosen, "all") else chosen
    address = f"/gotland/insatser/{project.pk}/{page}/"
    answer = client.post(address, {**opened(client, address), field: "9" * 30})
    assert faults(shown(answer, 200)), "the form comes back with what is wrong"
    chosen = getattr(federation.projects.get(pk=project.pk), field)
    assert (set(chosen.all()) if hasattr(chosen, "all") else chosen) == before


# -- large trees of sections -----------------------------------------------------------------------


def test_removing_and_undoing_take_no_query_for_each_section(plan, karin):
    def queries(name: str, parts: int) -> tuple[int, int]:
        key = add_section(plan, karin, name).key
        above = Section.objects.get(plan=plan, key=key)
        Section.objects.bulk_create(
            Section(plan=plan, parent=above, key=f"{key}-{place}", heading=f"Del {place}", position=place)
            for place in range(parts)
        )
        rename_section(plan, karin, f"{key}-1", latest(plan), "En annan")
        with CaptureQueriesContext(connection) as removing:
            remove_section(plan, karin, key, latest(plan))
        with CaptureQueriesContext(connection) as undoing:
            undo(plan, karin, latest(plan))
        assert above.plan.sections.filter(parent__key=key).count() == parts
        return len(removing), len(undoing)

    of_many, of_few = queries("Många", 200), queries("Få", 20)
    assert all(many < few + 10 for many, few in zip(of_many, of_few, strict=True))


def test_undoing_puts_back_the_order_the_levels_and_the_links(plan, karin):
    add_section(plan, karin, "Kapitel")
    for heading in ("Ett", "Två"):
        add_section(plan, karin, heading, under="kapitel")
    add_section(plan, karin, "Inre", under="ett")
    goal = Goal.objects.create(plan=plan, text="Fler i arbete")
    activity = Activity.objects.create(plan=plan, goal=goal, text="Möten")
    activity.sections.set(Section.objects.filter(plan=plan, key__in=["ett", "inre"]))
    before = list(plan.sections.order_by("key").values("key", "heading", "position", "parent__key"))
    remove_section(plan, karin, "kapitel", latest(plan))
    assert not plan.sections.exists()
    undo(plan, karin, latest(plan))
    assert list(plan.sections.order_by("key").values("key", "heading", "position", "parent__key")) == before
    assert {section.key for section in activity.sections.all()} == {"ett", "inre"}
