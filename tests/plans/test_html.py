"""A document as HTML: all it says, in order, in the right elements, and nothing that a browser may run."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from lxml import html as markup

from plans.document import (
    BulletList,
    Cell,
    Contents,
    Document,
    Facts,
    Figure,
    Footnotes,
    Heading,
    Illustration,
    PageBreak,
    Paragraph,
    Quotation,
    Signatures,
    Span,
    Spans,
    Table,
    TableColumn,
    TableRow,
)
from plans.render.html import STYLES, page, render
from tests.plans.made_documents import (
    TITLE_PAGE,
    document_of,
    documents,
    every_block,
    long_table,
    many_headings,
    row,
    says,
)

STYLE_SHEET = (STYLES / "document.css").read_text(encoding="utf-8")
WITHOUT_END = ("meta", "link", "col", "hr", "br", "img")


def tree(document: Document) -> markup.HtmlElement:
    return markup.fromstring(render(document))


def texts(elements: list[markup.HtmlElement]) -> list[str]:
    return [squeezed(element.text_content()) for element in elements]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def of_spans(spans: Spans) -> str:
    return "".join(span.text if span.note is None else str(span.note) for span in spans)


def of_table(table: Table) -> Iterator[str]:
    yield from (table.caption, table.unit)
    for each in (*table.head, *table.rows):
        yield from (of_spans(cell.spans) for cell in each.cells)


def of_list(block: BulletList) -> Iterator[str]:
    for item in block.items:
        yield of_spans(item.spans)
        for beneath in item.lists:
            yield from of_list(beneath)


def of_block(block: object) -> Iterator[str]:
    """What a reader finds in a block, in order."""
    match block:
        case Heading():
            yield block.full
        case Paragraph():
            yield of_spans(block.spans)
        case Quotation():
            yield from (*map(of_spans, block.paragraphs), block.source)
        case BulletList():
            yield from of_list(block)
        case Table():
            yield from of_table(block)
        case Figure():
            yield from (block.title, block.description)
            yield from (text.text for picture in (block.wide, block.narrow) for text in picture.texts)
            yield from (*block.notes, *of_table(block.table))
        case Illustration():
            yield block.caption
        case Facts():
            for fact in block.facts:
                yield from (fact.term, of_spans(fact.description))
        case Signatures():
            for line in block.lines:
                yield from (line.name, line.post)
        case Footnotes():
            yield from (of_spans(spans) for _, spans in block.notes)
        case _:
            assert isinstance(block, Contents | PageBreak)


def assert_all_there(document: Document) -> None:
    title, text = document.title_page, squeezed(tree(document).text_content())
    said = [title.federation, title.title, title.subtitle, title.state]
    said += [*of_block(title.quotation)] if title.quotation else []
    said += [*title.members, title.organisation_number, title.diary_number]
    said += [each for block in document.blocks for each in of_block(block)]
    place = 0
    for each in map(squeezed, said):
        found = text.find(each, place)
        assert found >= 0, f"{each!r} is not after {text[max(0, place - 60) : place]!r}"
        place = found + len(each)


class Nesting(HTMLParser):
    """Fails on an element that is not closed, or closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attributes):
        if tag not in WITHOUT_END:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def assert_sound(document: Document) -> None:
    """Well nested; ids unique; what is referred to exists; headings in order; nothing that a strict content
    policy refuses."""
    source = render(document)
    nesting = Nesting()
    nesting.feed(source)
    assert nesting.open == []
    assert not re.search(r"<[^>]*\s(style|on\w+)=|<style|<script", source)
    root = markup.fromstring(source)
    ids = Counter(root.xpath("//@id"))
    assert [each for each, count in ids.items() if count > 1 or not each] == []
    referred = {href[1:] for href in root.xpath("//@href") if href.startswith("#")}
    referred |= {each for names in root.xpath("//@aria-labelledby") for each in names.split()}
    assert referred <= ids.keys()
    ranks = [int(each.tag[1]) for each in root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(ranks))


# -- the whole -------------------------------------------------------------------------------------


def test_every_block_says_all_of_its_text_and_figures_in_order():
    assert_all_there(every_block())


def test_every_block_is_sound():
    assert_sound(every_block())


@given(documents)
def test_any_document_is_sound_and_complete(document):
    assert_sound(document)
    assert_all_there(document)


def test_a_document_in_swedish_is_one_article():
    root = tree(every_block())
    assert (root.tag, root.get("lang")) == ("article", "sv")


EVIL = "</p><script>alert('x')</script>&amp;\"><b>"
OUR_OWN_WORDS = ("anchor", "target", "style", "kind", "role", "language")


def poisoned(value):
    """The same document with text that would be markup wherever there is text."""
    if isinstance(value, tuple):
        return tuple(map(poisoned, value))
    if isinstance(value, str):
        return value + EVIL
    if is_dataclass(value):
        kept = [field.name for field in fields(value) if field.name not in OUR_OWN_WORDS]
        return replace(value, **{name: poisoned(getattr(value, name)) for name in kept})
    return value


def test_odd_text_is_text_everywhere():
    document = poisoned(every_block())
    assert_sound(document)
    assert_all_there(document)
    assert tree(document).xpath("//script|//b") == []


def test_a_thousand_sections_are_all_in_the_contents():
    root = tree(many_headings())
    assert len(root.xpath("//nav//a")) == len(root.xpath("//h2|//h3|//h4|//h5|//h6")) == 1000


# -- the title and the contents --------------------------------------------------------------------


def test_the_title_says_whose_plan_it_is_and_how_it_stands():
    header = tree(every_block()).find("header")
    assert texts(header.xpath("h1")) == ["Verksamhetsplan 2021"]
    assert texts(header.xpath("dl/div[dt='Medlemmar']/dd")) == list(TITLE_PAGE.members)
    assert texts(header.xpath("dl/div[dt='Diarienummer']/dd")) == ["2021/12"]
    assert texts(header.xpath("*[@class='status']")) == ["● Utkast 2021-11-02 14.10"]
    assert header.xpath("figure/blockquote")


def test_only_a_draft_is_marked_as_one():
    adopted = replace(TITLE_PAGE, state="Fastställd 2021-11-26, § 41")
    root = tree(document_of(is_draft=False, title_page=adopted))
    assert texts(root.xpath("//*[@class='status']")) == ["■ Fastställd 2021-11-26, § 41"]
    assert "Utkast" not in root.text_content()
    assert tree(document_of()).xpath("//*[@class='draft-mark']")


def test_what_a_title_lacks_leaves_nothing_behind():
    bare = replace(TITLE_PAGE, diary_number="", organisation_number="", members=(), quotation=None)
    header = tree(document_of(title_page=bare)).find("header")
    assert header.xpath(".//dt|.//dd|.//blockquote") == []


def test_contents_are_nested_links_as_deep_as_they_are_to_be():
    headings = (
        Heading(1, "Ett", "ett", "1"),
        Heading(2, "Under", "under", "1.1"),
        Heading(3, "För djupt", "djupt"),
        Heading(1, "Inte med", "inte", in_contents=False),
        Heading(1, "Två", "tva", "2"),
        Heading(1, "Begrepp", "begrepp", "Bilaga 1"),
    )
    root = tree(document_of(*headings, Contents("Innehåll", 2)))
    (nav,) = root.xpath("//nav[@aria-label='Innehåll']")
    first = nav.xpath("details/ol/li/a")
    assert texts(first) == ["1 Ett", "2 Två", "Bilaga 1: Begrepp"]
    assert texts(nav.xpath("details/ol/li[a='1 Ett']/ol/li/a")) == ["1.1 Under"]
    assert len(nav.xpath(".//a")) == 4


def test_a_document_without_contents_has_none():
    assert tree(document_of(Heading(1, "Ett", "ett"))).xpath("//nav") == []


# -- headings and text -----------------------------------------------------------------------------


def test_a_heading_has_its_rank_its_anchor_and_a_link_to_itself():
    root = tree(document_of(Heading(1, "Budget", "budget", "2", new_page=True), Heading(2, "Ett", "ett")))
    (heading,) = root.xpath("//h2")
    assert (heading.text_content(), heading.get("id")) == ("2 Budget", "budget")
    assert heading.getparent().get("class").split() == ["heading-line", "level-1", "new-page"]
    (link,) = heading.xpath("../a[@href='#budget']")
    assert link.get("aria-label") == "Länk hit: 2 Budget"
    assert root.xpath("//h3[@id='ett']")


def only(root: markup.HtmlElement, path: str) -> markup.HtmlElement:
    (found,) = root.xpath(f"//div[@class='text']{path}")
    return found


@pytest.mark.parametrize("style", ["body", "lead", "small", "label"])
def test_a_paragraph_has_its_style(style):
    paragraph = only(tree(document_of(Paragraph(says("Ord."), style, "har"))), "/p")
    assert (paragraph.get("class"), paragraph.get("id")) == (style, "har")
    assert paragraph.text_content() == "Ord."


def test_a_warning_has_a_word_and_a_shape():
    warning = only(tree(document_of(Paragraph(says("Underskott."), "warning"))), "/p[@class='warning']")
    assert squeezed(warning.text_content()) == "Observera. Underskott."
    assert warning.xpath("*[local-name()='svg']/*[local-name()='path']")


def test_bold_italic_and_both():
    spans = (Span("a", bold=True), Span("b", italic=True), Span("c", bold=True, italic=True))
    source = render(document_of(Paragraph(spans)))
    assert "<strong>a</strong><em>b</em><strong><em>c</em></strong>" in source


def test_links_of_the_web_tell_nobody_where_the_reader_came_from():
    link = only(tree(document_of(Paragraph(says("här", target="https://a.se/?b=1&c=2")))), "//a")
    assert link.get("href") == "https://a.se/?b=1&c=2"
    assert {"noopener", "noreferrer"} <= set(link.get("rel").split())


def test_spans_with_one_target_are_one_link():
    spans = (Span("a ", target="https://a.se"), Span("b", bold=True, target="https://a.se"), Span(" c"))
    assert only(tree(document_of(Paragraph(spans))), "//a").text_content() == "a b"


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "#saknas", "//a.se", "/har"])
def test_a_target_that_is_unsafe_or_not_there_is_no_link(target):
    paragraph = only(tree(document_of(Paragraph(says("ord", target=target)))), "/p")
    assert paragraph.xpath(".//a") == []
    assert paragraph.text_content() == "ord"


def test_a_quotation_has_its_paragraphs_and_its_source():
    figure = only(tree(document_of(Quotation((says("Ett."), says("Två.")), "En deltagare"))), "/figure")
    assert texts(figure.xpath("blockquote/p")) == ["Ett.", "Två."]
    assert texts(figure.xpath("figcaption")) == ["En deltagare"]


def test_lists_are_within_the_points_they_belong_to():
    (bullets,) = (block for block in every_block().blocks if isinstance(block, BulletList))
    root = tree(document_of(bullets))
    assert len(only(root, "/ul").xpath("li")) == 2
    assert texts(only(root, "/ul/li[2]/ol").xpath("li[1]")) == ["Numrerad, andra nivån"]
    assert texts(root.xpath("//ul/li[2]/ol/li[2]/ul/li")) == ["Tredje nivån"]


def test_facts_are_terms_and_what_is_said_of_them():
    (compact, glossary) = (block for block in every_block().blocks if isinstance(block, Facts))
    root = tree(document_of(compact, glossary))
    assert texts(only(root, "/dl[@class='terms compact']").xpath("div/dt")) == ["Start", "Budget 2021"]
    assert texts(only(root, "/dl[@class='terms']").xpath("div[dt='Samverkan']/dd")) == [
        "Att arbeta tillsammans över gränser."
    ]


def test_there_is_a_line_for_each_who_signs_and_for_place_and_date():
    (signatures,) = (block for block in every_block().blocks if isinstance(block, Signatures))
    root = tree(document_of(signatures))
    assert texts(root.xpath("//*[@class='signatures']/ul/li"))[0] == "Anna Andersson Ordförande"
    assert len(root.xpath("//*[@class='signatures']/ul/li")) == 3
    assert "Ort och datum" in root.text_content()
    assert "Ort och datum" not in render(document_of(replace(signatures, place_and_date=False)))


def test_footnotes_and_their_marks_lead_to_each_other():
    marked = (Span("Ord"), Span("", note=7), Span(" igen"), Span("", note=7))
    root = tree(document_of(Paragraph(marked), Footnotes(((7, says("Källa.")),))))
    (note,) = root.xpath("//*[@role='doc-endnotes']/ol/li[@value='7']")
    marks = root.xpath("//a[@role='doc-noteref']")
    assert [(mark.text, mark.get("href")) for mark in marks] == [("7", f"#{note.get('id')}")] * 2
    backwards = note.xpath("a[@role='doc-backlink']/@href")
    assert backwards == [f"#{mark.get('id')}" for mark in marks]
    names = note.xpath("a/@aria-label")
    assert len(set(names)) == 2
    assert note.xpath("a/text()") == ["↑a", "↑b"]


def test_a_note_with_one_mark_leads_back_without_a_letter():
    marked = Paragraph((Span("Ord"), Span("", note=7)))
    root = tree(document_of(marked, Footnotes(((7, says("Källa.")),))))
    assert root.xpath("//a[@role='doc-backlink']/text()") == ["↑"]


def test_a_number_is_not_parted_from_what_belongs_to_it():
    paragraph = only(tree(document_of(Paragraph(says("Enligt 8 kap. 5 a § kostar det 25 000 kr")))), "/p")
    assert paragraph.text_content() == "Enligt 8\u00a0kap. 5\u00a0a\u00a0§ kostar det 25\u00a0000\u00a0kr"


def test_a_mark_in_a_group_row_is_shown():
    head = TableRow((Cell(says("Intäkter")), Cell((Span("", note=1),))), "group")
    root = tree(document_of(Table("", (TableColumn(), TableColumn()), (), (head,))))
    assert root.xpath("//table//sup/text()") == ["1"]


def test_a_mark_whose_note_is_not_there_leads_nowhere():
    paragraph = only(tree(document_of(Paragraph((Span("Ord"), Span("", note=3))))), "/p")
    assert paragraph.text_content() == "Ord3"
    assert paragraph.xpath(".//a") == []


# -- tables and figures ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def budget() -> markup.HtmlElement:
    return tree(every_block()).get_element_by_id("budget-table")


def test_a_table_can_be_scrolled_with_keys_and_has_a_name(budget):
    caption = budget.find("table/caption")
    assert (budget.get("tabindex"), budget.get("aria-labelledby")) == ("0", caption.get("id"))
    assert squeezed(caption.text_content()) == "Budget 2021 och plan 2022–2023 kr"
    assert budget.text_content().count("kr\n") == 1, "the unit is said once"


def test_the_heads_of_columns_say_what_they_are_heads_of(budget):
    rows = budget.xpath("table/thead/tr")
    assert [(each.tag, each.get("scope"), each.get("colspan")) for each in rows[0]] == [
        ("td", None, None),
        ("th", "colgroup", "2"),
        ("th", "colgroup", "2"),
    ]
    assert [(each.text, each.get("scope")) for each in rows[1]] == [
        (name, "col") for name in ("Post", "2020", "2021", "2022", "2023")
    ]


def test_each_row_is_as_wide_as_the_table_and_has_one_head(budget):
    columns = len(budget.xpath("table/colgroup/col"))
    assert columns == 5
    for each in budget.xpath(".//tr"):
        assert sum(int(cell.get("colspan", 1)) for cell in each) == columns
    heads = [each.xpath("count(th)") for each in budget.xpath("table/tbody/tr")]
    assert set(heads) == {1}


def test_a_group_heads_its_rows_and_no_others(budget):
    parts = [texts(body.xpath("tr/th")) for body in budget.xpath("table/tbody")]
    assert [part[0] for part in parts] == ["Intäkter", "Kostnader", "Resultat"]
    assert parts[1][-1] == "Summa kostnader"
    assert [each.text for each in budget.xpath(".//th[@scope='rowgroup']")] == ["Intäkter", "Kostnader"]


def test_figures_stand_to_the_right_and_kinds_of_rows_are_told_apart(budget):
    (total,) = budget.xpath(".//tr[@class='total']")
    assert [cell.get("class") for cell in total] == ["text", *["figure"] * 4]
    assert texts(list(total)) == ["Utgående eget kapital", "433 699", "0", "0", "0"]
    kinds = {name.split()[0] for name in budget.xpath("table/tbody/tr/@class")}
    assert kinds == {"group", "subgroup", "line", "part", "subtotal", "key", "total", "limit", "note"}
    assert budget.xpath(".//tr[contains(@class, 'depth-1')]/th[starts-with(., 'JobbSam')]")


def test_columns_of_one_weight_have_one_width(budget):
    assert budget.xpath("table/colgroup/col/@class") == ["width-42", *["width-14"] * 4]


def test_a_table_without_row_heads_has_none():
    root = tree(document_of(replace(long_table(3), row_heads=False)))
    assert root.xpath("//tbody//th") == []
    assert len(root.xpath("//tbody//td")) == 12


@pytest.mark.parametrize("per_cent", range(1, 100))
def test_every_width_has_a_rule_in_the_style_sheet(per_cent):
    columns = (TableColumn(100 - per_cent), TableColumn(per_cent))
    root = tree(document_of(Table("Namn", columns, (), (row("a", "b"),))))
    width = int(root.xpath("string(//colgroup/col[2]/@class)").removeprefix("width-"))
    assert width in (per_cent, per_cent - 1, 2)
    assert f".width-{width} {{ width: {width}%; }}" in STYLE_SHEET


def test_a_figure_is_said_in_words_and_as_a_table():
    figure = tree(every_block()).get_element_by_id("equity-chart")
    assert figure.tag == "figure"
    assert texts(figure.xpath("figcaption/p"))[0] == "Eget kapital mot nivåerna"
    pictures = figure.xpath("*[local-name()='svg']")
    assert [each.get("role") for each in pictures] == ["img", "img"]
    for each in pictures:
        title, description = each.get("aria-labelledby").split()
        assert figure.get_element_by_id(title).text == "Eget kapital mot nivåerna"
        assert figure.get_element_by_id(description).text.startswith("Stapeldiagram")
    assert texts(figure.xpath(".//details[@open]//tr[th='Eget kapital']/td")) == ["−20", "300", "600", "900"]


# -- pages -----------------------------------------------------------------------------------------


def test_a_file_of_its_own_needs_no_other_and_runs_nothing():
    source = page(every_block())
    root = markup.document_fromstring(source)
    assert source.lstrip().startswith("<!DOCTYPE html>")
    assert root.get("lang") == "sv"
    assert root.findtext("head/title") == "Verksamhetsplan 2021, FinsamGotland"
    assert root.xpath("//script|//link|//iframe|//@style") == []
    assert {source.partition(";")[0] for source in root.xpath("//@src")} == {
        "data:image/png",
        "data:image/jpeg",
    }
    assert not re.search(r"@import|url\(", source)
    assert render(every_block(), alone=True) in source


def test_the_same_document_gives_the_same_file():
    assert page(every_block()) == page(every_block())


def test_the_page_of_the_app_holds_the_document_and_leads_to_its_files():
    document = every_block()
    federation = SimpleNamespace(slug="gotland", short_name="FinsamGotland", name="FinsamGotland")
    context = {
        "here": SimpleNamespace(federation=federation, may=lambda action: False),
        "document": document,
        "document_html": render(document),
        "files": [("hela planen", [("PDF", "/plan.pdf"), ("Word", "/plan.docx")])],
        "remarks": [],
        "plan": SimpleNamespace(plan_year=2021),
        "is_empty": False,
    }
    source = render_to_string("plans/document/page.html", context)
    root = markup.document_fromstring(source)
    assert render(document) in source
    assert root.findtext("head/title") == "Verksamhetsplan 2021, FinsamGotland – Finsam"
    files = root.xpath("//nav[@aria-label='Hämta dokumentet']//a[@download]")
    assert [(each.text, each.get("href")) for each in files] == [("PDF", "/plan.pdf"), ("Word", "/plan.docx")]
    assert len(root.xpath("//h1")) == 1
    ids = Counter(root.xpath("//@id"))
    assert max(ids.values()) == 1
